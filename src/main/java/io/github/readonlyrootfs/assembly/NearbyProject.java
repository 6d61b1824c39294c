// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.manifest.Manifests;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The project that a Dockerfile builds or copies from, where it is not one that is being built: what its manifest says. */
final class NearbyProject {

    /** A source of COPY or ADD that a project has or makes, with its directory; a build argument may name it. */
    private static final Pattern SOURCE = Pattern.compile(
            "(?im)^[ \\t]*+(?:(?:COPY|ADD)\\b[^\\n]*?[ \\t\"]|ARG[ \\t]++\\w++=[\"']?)\\.?/?((?:[\\w.-]++/){0,20}?)"
                    + "(?:target/|pom\\.xml|build/libs/|(?:build|settings)\\.gradle|gradlew)");

    /** A stage that builds all that it was given. */
    private static final Pattern BUILD = Pattern.compile("\\b(?:mvnw?|gradlew?)\\b");

    private NearbyProject() {}

    static Optional<ProjectFacts> of(DockerfileBuild wanted, ImageBuild build) {
        Path dockerfile = wanted.file().file().toAbsolutePath().normalize();
        Path base = wanted.file().start().orElse(dockerfile.resolveSibling(""));
        Path context = wanted.context()
                .map(given -> given.toAbsolutePath().normalize())
                .or(() -> Optional.ofNullable(dockerfile.getParent()))
                .orElse(dockerfile);
        String text = build.dockerfile().text();
        Map<Path, ProjectFacts> copied = new LinkedHashMap<>();
        Matcher source = SOURCE.matcher(text);
        while (source.find()) {
            in(context, Path.of(source.group(1)), base)
                    .ifPresent(found -> copied.putIfAbsent(found.directories().project(), found));
        }
        if (!copied.isEmpty()) {
            return ImageProject.top(List.copyOf(copied.values()))
                    .map(project -> ImageProject.of(project, wanted, build));
        }
        return BUILD.matcher(text).find()
                ? Manifests.project(context, base, Optional.of(context))
                        .map(project -> ImageProject.of(project, wanted, build))
                : Optional.empty();
    }

    /** The project of a directory of the context, or of one that a stage has put elsewhere: {@code /build/shop} is {@code shop}. */
    private static Optional<ProjectFacts> in(Path context, Path directory, Path base) {
        for (int i = 0; i < directory.getNameCount(); i++) {
            Path place = context.resolve(directory.subpath(i, directory.getNameCount()))
                    .normalize();
            Optional<ProjectFacts> found =
                    place.startsWith(context) ? Manifests.project(place, base, Optional.of(context)) : Optional.empty();
            if (found.isPresent()) {
                return found;
            }
        }
        return Manifests.project(context, base, Optional.of(context));
    }
}
