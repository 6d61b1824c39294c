// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.project;

import io.github.readonlyrootfs.bytecode.start.DeploymentDescriptor;
import io.github.readonlyrootfs.bytecode.start.WebApplication;
import io.github.readonlyrootfs.configuration.file.ResourceDirectory;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directories of a project.
 *
 * @param project the project's own directory
 * @param base displayed names of files are relative to it
 * @param context the build context of the image; empty if no Dockerfile builds it
 * @param output of its classes and filtered resources, even if it was not built yet
 * @param resources the directories of its resources
 */
public record ProjectDirectories(
        Path project, Path base, Optional<Path> context, Path output, List<ResourceDirectory> resources) {

    /** The directory of a web application's pages in Maven and Gradle. */
    private static final String PAGES = "src/main/webapp";

    private static final List<String> CODE =
            List.of("src/main/java", "src/main/kotlin", "src/main/groovy", "src/main/scala");

    private static final int MOST_DIRECTORIES_DEEP = 20;
    private static final long MOST_PAGES = 20_000;

    /** The usual directories of code. */
    public List<Path> codeDirectories() {
        return CODE.stream().map(project::resolve).toList();
    }

    /** Whether there are code or resources, but no output directory, or code and an output directory without classes. */
    boolean areNotBuilt() {
        if (Files.isDirectory(output)) {
            return !hasFile(output, ".class") && hasCode();
        }
        for (ResourceDirectory directory : resources) {
            if (hasFile(directory.path(), "")) {
                return true;
            }
        }
        return hasCode();
    }

    private boolean hasCode() {
        for (Path directory : codeDirectories()) {
            if (hasFile(directory, "")) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasFile(Path directory, String ending) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(directory, MOST_DIRECTORIES_DEEP)) {
            return files.anyMatch(file -> file.toString().endsWith(ending) && Files.isRegularFile(file));
        } catch (IOException | UncheckedIOException e) {
            // The build that packs it reports what cannot be read.
            return false;
        }
    }

    /** Whether its web application has a page with an extension, such as {@code .jsp}. */
    public boolean hasPage(String ending) {
        Path pages = project.resolve(PAGES);
        if (!Files.isDirectory(pages)) {
            return false;
        }
        try (Stream<Path> files = Files.walk(pages, MOST_DIRECTORIES_DEEP)) {
            return files.limit(MOST_PAGES).anyMatch(file -> file.toString().endsWith(ending));
        } catch (IOException | UncheckedIOException e) {
            // The build that packs it reports what cannot be read.
            return false;
        }
    }

    /** What a servlet container does at start with its web application. */
    public WebApplication webApplication() {
        Path file = project.resolve(PAGES + "/WEB-INF/web.xml");
        try {
            return Files.isRegularFile(file)
                    ? DeploymentDescriptor.read(SourceFile.read(file, file.toString()))
                    : DeploymentDescriptor.NONE;
        } catch (UnreadableSourceException e) {
            // The build that packs it reports what cannot be read.
            return DeploymentDescriptor.NONE;
        }
    }
}
