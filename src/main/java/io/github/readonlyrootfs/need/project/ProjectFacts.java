// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.project;

import io.github.readonlyrootfs.archive.Assembly;
import io.github.readonlyrootfs.archive.JarListing;
import io.github.readonlyrootfs.archive.UnreadableArchiveException;
import io.github.readonlyrootfs.bytecode.ProjectCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The project that an image is built from, as its build tool knows it. Dependencies are resolved only if they are needed.
 *
 * @param packaging {@code jar}, {@code war}, …
 * @param properties of the project and its parents
 * @param dependencies the same object each time
 * @param assemblies archives and directories that its build makes, the same object each time
 * @param others the other projects of the build; theirs are empty
 * @param code what its code was found to write, the same object each time
 */
public record ProjectFacts(
        Coordinates coordinates,
        String packaging,
        ProjectDirectories directories,
        Map<String, String> properties,
        Supplier<Dependencies> dependencies,
        Supplier<List<Assembly>> assemblies,
        List<ProjectFacts> others,
        ProjectCode code) {

    /** A project of which no more than its jar is made. */
    public ProjectFacts(
            Coordinates coordinates,
            String packaging,
            ProjectDirectories directories,
            Map<String, String> properties,
            Supplier<Dependencies> dependencies,
            List<ProjectFacts> others) {
        this(coordinates, packaging, directories, properties, dependencies, List::of, others, new ProjectCode());
    }

    /** This project with the other projects of its build. */
    public ProjectFacts among(List<ProjectFacts> all) {
        return new ProjectFacts(
                coordinates,
                packaging,
                directories,
                properties,
                dependencies,
                assemblies,
                all.stream()
                        .filter(other -> !other.directories.project().equals(directories.project()))
                        .toList(),
                new ProjectCode(code::mainClasses));
    }

    /** What is made of it and of the other projects of its build. */
    public List<Assembly> assembliesOfAll() {
        return Stream.concat(Stream.of(this), others.stream())
                .flatMap(project -> project.assemblies.get().stream())
                .toList();
    }

    /** Whether it has code that is not compiled, or nothing of it is built. */
    public boolean isNotBuilt() {
        return !packaging.equals("pom") && directories.areNotBuilt();
    }

    /**
     * {@code groupId:artifactId:version}. For a library in an archive, groupId and version may be unknown and empty.
     */
    public record Coordinates(String groupId, String artifactId, String version) {

        /** Whether both are the same but for the version. */
        public boolean isSameArtifact(Coordinates other) {
            return groupId.equals(other.groupId) && artifactId.equals(other.artifactId);
        }

        /** The known parts. */
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
     * @param unresolved declared dependencies that could not be resolved; their own dependencies are unknown
     * @param manifest the file that was read instead of a build, which resolves nothing
     */
    public record Dependencies(List<Dependency> resolved, List<String> unresolved, Optional<String> manifest) {

        /** The dependencies that a build knows. */
        public Dependencies(List<Dependency> resolved, List<String> unresolved) {
            this(resolved, unresolved, Optional.empty());
        }

        public static final Dependencies NONE = new Dependencies(List.of(), List.of());
    }

    /**
     * A dependency.
     *
     * @param scope {@code compile}, {@code runtime}, {@code provided}, {@code system} or {@code test}
     * @param file the jar, or the directory of classes of a module of the same build; empty if not available
     */
    public record Dependency(Coordinates coordinates, String scope, boolean optional, Optional<Path> file) {

        /** Whether an application is packaged with it. */
        public boolean isAtRunTime() {
            return scope.equals("compile") || scope.equals("runtime") || scope.equals("system");
        }

        /**
         * The shared libraries for Linux in its jar; none if the jar is not available.
         *
         * @throws UnreadableArchiveException if the jar cannot be listed
         */
        public List<String> nativeLibraries() throws UnreadableArchiveException {
            return file.isPresent() && Files.isRegularFile(file.get())
                    ? JarListing.of(file.get()).libraries()
                    : List.of();
        }
    }
}
