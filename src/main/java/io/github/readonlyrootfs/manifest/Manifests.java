// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.manifest;

import io.github.readonlyrootfs.configuration.file.ResourceDirectory;
import io.github.readonlyrootfs.need.project.Libraries;
import io.github.readonlyrootfs.need.project.ProjectDirectories;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Reads manifests. */
public final class Manifests {

    private Manifests() {}

    /**
     * The project of a directory: what a Maven pom or a Gradle build says; empty if it has none that can be read.
     *
     * @param base displayed file names are relative to it
     * @param context of the image that is built from it
     */
    public static Optional<ProjectFacts> project(Path directory, Path base, Optional<Path> context) {
        return MavenPom.in(directory)
                .map(pom -> pom.facts(base, context))
                .or(() -> GradleBuild.in(directory).map(build -> build.facts(base, context)));
    }

    /** Whether a file is the manifest of another language, by its name. */
    public static boolean namesLibraries(Path file) {
        return LibraryManifest.isOne(file);
    }

    /** The libraries that such manifests name. */
    public static Libraries libraries(Collection<Path> manifests) {
        List<Dependency> libraries = new ArrayList<>();
        for (Path manifest : manifests) {
            for (Coordinates library : LibraryManifest.read(manifest)) {
                libraries.add(new Dependency(library, "runtime", false, Optional.empty()));
            }
        }
        return new Libraries(libraries);
    }

    /** The directories that Maven and Gradle share, and that of the classes, which is relative to the project's. */
    static ProjectDirectories directories(Path project, Path base, Optional<Path> context, String output) {
        Path resources = project.resolve("src/main/resources");
        return new ProjectDirectories(
                project,
                base,
                context,
                project.resolve(output),
                List.of(new ResourceDirectory(resources, false, "", List.of(), List.of())));
    }
}
