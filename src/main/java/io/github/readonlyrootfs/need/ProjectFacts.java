// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.archive.JarListing;
import io.github.readonlyrootfs.archive.UnreadableArchiveException;
import io.github.readonlyrootfs.bytecode.start.WebApplication;
import io.github.readonlyrootfs.configuration.file.ResourceDirectory;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The project that an image is built from, as its build tool knows it. What costs something is asked for when it is
 * needed only.
 *
 * @param coordinates the project's own
 * @param packaging {@code jar}, {@code war}, …
 * @param directory the project's
 * @param base the directory that names of files are relative to: that of the project that is checked, which may be another
 * @param context what the image's COPY reads from; empty where no Dockerfile builds it
 * @param outputDirectory where its classes and filtered resources are, if they have been built
 * @param resourceDirectories where those resources come from
 * @param properties what the project defines, and what its parents do
 * @param dependencies what it runs with; the same list each time
 * @param others those that are built together with it; their own others are not given
 */
public record ProjectFacts(
        Coordinates coordinates,
        String packaging,
        Path directory,
        Path base,
        Optional<Path> context,
        Path outputDirectory,
        List<ResourceDirectory> resourceDirectories,
        Map<String, String> properties,
        Supplier<Dependencies> dependencies,
        List<ProjectFacts> others) {

    /** Where Maven and Gradle have the pages of a web application. */
    private static final String PAGES = "src/main/webapp";

    private static final List<String> CODE =
            List.of("src/main/java", "src/main/kotlin", "src/main/groovy", "src/main/scala");

    private static final int MOST_DIRECTORIES_DEEP = 20;
    private static final long MOST_PAGES = 20_000;

    /** The same project beside others that are built together with it. */
    public ProjectFacts among(List<ProjectFacts> all) {
        return new ProjectFacts(
                coordinates,
                packaging,
                directory,
                base,
                context,
                outputDirectory,
                resourceDirectories,
                properties,
                dependencies,
                all.stream()
                        .filter(other -> !other.directory().equals(directory))
                        .toList());
    }

    /** Where a project usually has its code. */
    List<Path> codeDirectories() {
        return CODE.stream().map(directory::resolve).toList();
    }

    /** Whether it has code or resources, and none of them are in its output directory, for that is not there. */
    boolean isNotBuilt() {
        return !packaging.equals("pom")
                && !Files.isDirectory(outputDirectory)
                && Stream.concat(
                                codeDirectories().stream(),
                                resourceDirectories.stream().map(ResourceDirectory::path))
                        .anyMatch(ProjectFacts::hasFile);
    }

    private static boolean hasFile(Path path) {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(path, MOST_DIRECTORIES_DEEP)) {
            return files.anyMatch(Files::isRegularFile);
        } catch (IOException | UncheckedIOException e) {
            // The build that packs it reports what cannot be read.
            return false;
        }
    }

    /** Whether the sources of its web application have a file with such an ending, such as {@code .jsp}. */
    public boolean hasPage(String ending) {
        Path pages = directory.resolve(PAGES);
        if (!Files.isDirectory(pages)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(pages, MOST_DIRECTORIES_DEEP)) {
            return files.limit(MOST_PAGES).anyMatch(file -> file.toString().endsWith(ending));
        } catch (IOException | UncheckedIOException e) {
            // What cannot be read here, the build that packs it will speak of.
            return false;
        }
    }

    /** What a servlet container does at start with its web application. */
    WebApplication webApplication() {
        Path file = directory.resolve(PAGES + "/WEB-INF/web.xml");
        try {
            return Files.isRegularFile(file)
                    ? DeploymentDescriptor.read(SourceFile.read(file, file.toString()))
                    : DeploymentDescriptor.NONE;
        } catch (UnreadableSourceException e) {
            // What cannot be read here, the build that packs it will speak of.
            return DeploymentDescriptor.NONE;
        }
    }

    /**
     * {@code groupId:artifactId:version}; of a library in an archive, all but the artifactId may be empty: not known.
     */
    public record Coordinates(String groupId, String artifactId, String version) {

        /** Without what is not known. */
        @Override
        public String toString() {
            StringBuilder text = new StringBuilder();
            for (String part : List.of(groupId, artifactId, version)) {
                if (!part.isEmpty()) {
                    text.append(text.isEmpty() ? "" : ":").append(part);
                }
            }
            return text.toString();
        }
    }

    /**
     * What a project depends on, transitively.
     *
     * @param unresolved those that are declared and could not be found: what they bring along is not known
     */
    public record Dependencies(List<Dependency> resolved, List<String> unresolved) {

        public static final Dependencies NONE = new Dependencies(List.of(), List.of());
    }

    /**
     * One of them.
     *
     * @param scope {@code compile}, {@code runtime}, {@code provided}, {@code system} or {@code test}
     * @param file the jar, or a directory of classes for a module of the same build; empty where it is not at hand
     */
    public record Dependency(Coordinates coordinates, String scope, boolean optional, Optional<Path> file) {

        /** Whether it is in the image of an application that is packaged with what it runs with. */
        public boolean isAtRunTime() {
            return scope.equals("compile") || scope.equals("runtime") || scope.equals("system");
        }

        /**
         * The shared libraries for Linux in its jar; none where that is not at hand.
         *
         * @throws UnreadableArchiveException where the jar cannot be listed
         */
        public List<String> nativeLibraries() throws UnreadableArchiveException {
            return file.isPresent() && Files.isRegularFile(file.get())
                    ? JarListing.of(file.get()).libraries()
                    : List.of();
        }
    }
}
