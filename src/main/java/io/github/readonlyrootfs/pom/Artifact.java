// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.partial.Glob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that plugins copy: the project's own, or that of a library.
 *
 * @param file its name in a repository
 */
record Artifact(Coordinates coordinates, String extension, String file) {

    /** What the project builds. */
    static Artifact of(PomBuild build) {
        Coordinates coordinates = new Coordinates(
                build.property("project.groupId").orElse(""),
                build.property("project.artifactId").orElse(""),
                build.property("project.version").orElse(""));
        return new Artifact(coordinates, build.packaging(), name(coordinates, build.packaging()));
    }

    static Artifact of(Dependency library) {
        String extension = "jar";
        if (library.file().isPresent() && Files.isRegularFile(library.file().get())) {
            Path name = library.file().get().getFileName();
            return new Artifact(library.coordinates(), extension, String.valueOf(name));
        }
        return new Artifact(library.coordinates(), extension, name(library.coordinates(), extension));
    }

    private static String name(Coordinates coordinates, String extension) {
        return coordinates.artifactId() + "-" + coordinates.version() + "." + extension;
    }

    /** Whether patterns of {@code groupId:artifactId}, which may go on, or of the artifactId alone mean it. */
    boolean matches(List<Glob> patterns) {
        String id = coordinates.groupId() + ":" + coordinates.artifactId();
        List<String> names = List.of(
                id, coordinates.artifactId(), id + ":" + extension, id + ":" + extension + ":" + coordinates.version());
        return patterns.stream().anyMatch(pattern -> names.stream().anyMatch(pattern::matches));
    }

    /** Its name by a mapping of maven-assembly-plugin. */
    String named(String mapping) {
        return mapping.equals("${artifact.artifactId}-${artifact.version}.${artifact.extension}")
                ? file
                : mapping.replace("${artifact.groupId}", coordinates.groupId())
                        .replace("${artifact.artifactId}", coordinates.artifactId())
                        .replace("${artifact.version}", coordinates.version())
                        .replace("${artifact.baseVersion}", coordinates.version())
                        .replace("${artifact.extension}", extension)
                        .replaceAll("\\$\\{(?:dashClassifier\\?|artifact\\.dashClassifier\\?)\\}", "");
    }
}
