// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.source.SourceFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the module that an image is built from. A Dockerfile at the root names the {@code target} directory of a module, in the
 * build context or in a stage that builds all modules; a Dockerfile of one module lies in its directory.
 */
final class ImageProject {

    private static final String NO_CODE = "pom";

    /** What a Dockerfile of an application that Maven builds names: its tools, its base, or its output. */
    private static final Pattern JAVA = Pattern.compile(
            "(?i)mvn|maven|gradle|java|j(?:dk|re)\\b|\\.[jwe]ar\\b|target/|native-image|graalvm|mandrel|quarkus|spring|tomcat|jetty"
                    + "|wildfly|jboss|payara|glassfish|liberty|corretto|temurin|zulu|semeru");

    private ImageProject() {}

    /** Whether a project may have code: not a parent of others. */
    static boolean hasCode(ProjectFacts project) {
        return !project.packaging().equals(NO_CODE);
    }

    /** Whether a Dockerfile may be that of an application that Maven builds; a service in Go or Python beside it is none. */
    static boolean mayBeOf(ImageBuild build) {
        return JAVA.matcher(build.dockerfile().text()).find();
    }

    /**
     * The project that a Dockerfile's image is built from.
     *
     * @param goal the project that is checked
     */
    static ProjectFacts of(ProjectFacts goal, DockerfileBuild wanted, ImageBuild build) {
        List<ProjectFacts> all = all(goal);
        List<ProjectFacts> named = new ArrayList<>();
        for (ProjectFacts project : all) {
            if (wanted.context().isPresent()
                    && isNamed(project, wanted.context().get(), build)) {
                named.add(project);
            }
        }
        Optional<ProjectFacts> top = top(named);
        if (top.isPresent()) {
            return top.get().among(all);
        }
        if (hasCode(goal)) {
            return goal;
        }
        return around(goal, wanted).orElse(goal);
    }

    /** Of several projects in an image, the one that uses all others; empty where none does. */
    static Optional<ProjectFacts> top(List<ProjectFacts> some) {
        return some.stream()
                .filter(project -> some.stream().allMatch(other -> other.equals(project) || uses(project, other)))
                .findFirst();
    }

    private static boolean uses(ProjectFacts project, ProjectFacts other) {
        return project.dependencies().get().resolved().stream()
                .anyMatch(used -> used.coordinates().isSameArtifact(other.coordinates()));
    }

    /** The module of a Dockerfile in {@code <containers>}; empty if it lies in no module. */
    static Optional<ProjectFacts> ofModule(ProjectFacts goal, DockerfileBuild wanted) {
        return around(goal, wanted);
    }

    private static Optional<ProjectFacts> around(ProjectFacts goal, DockerfileBuild wanted) {
        Path dockerfile = wanted.file().file().toAbsolutePath().normalize();
        ProjectFacts innermost = null;
        for (ProjectFacts project : goal.others()) {
            if (hasCode(project)
                    && dockerfile.startsWith(project.directories().project())
                    && (innermost == null
                            || project.directories().project().getNameCount()
                                    > innermost.directories().project().getNameCount())) {
                innermost = project;
            }
        }
        return innermost == null ? Optional.empty() : Optional.of(innermost.among(all(goal)));
    }

    private static List<ProjectFacts> all(ProjectFacts goal) {
        return Stream.concat(Stream.of(goal), goal.others().stream()).toList();
    }

    private static boolean isNamed(ProjectFacts project, Path context, ImageBuild build) {
        Path output = project.directories().output().getParent();
        Path root = context.toAbsolutePath().normalize();
        if (output == null
                || !output.startsWith(root)
                || output.getParent() == null
                || output.getParent().equals(root)) {
            return false;
        }
        String name = SourceFile.nameOf(root.relativize(output));
        return Pattern.compile("(?<![\\w.-])" + Pattern.quote(name) + "(?![\\w.-])")
                .matcher(build.dockerfile().text())
                .find();
    }
}
