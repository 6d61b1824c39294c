// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.image.CommandWord;
import io.github.readonlyrootfs.image.facts.BaseImage;
import io.github.readonlyrootfs.image.stage.ImageDescription;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The images of micronaut-maven-plugin: for the packaging {@code docker} the project's own Dockerfile, for
 * {@code docker-native} a native executable on a base image. For {@code docker} without a Dockerfile, Jib builds the image.
 *
 * @see <a href="https://micronaut-projects.github.io/micronaut-maven-plugin/latest/examples/package.html">the packagings;
 *     defaults as in version 4.11</a>
 */
final class MicronautImages {

    static final String KEY = "io.micronaut.maven:micronaut-maven-plugin";

    private static final Set<String> GOALS = Set.of("docker", "docker-native");

    /** Values of {@code micronaut.runtime} with images of their own, which no ECS task runs. */
    private static final Set<String> FUNCTIONS = Set.of("lambda", "oracle_function");

    private static final String DEFAULT_NATIVE_BASE = "cgr.dev/chainguard/wolfi-base:latest";
    private static final ContainerPath EXECUTABLE = ContainerPath.of("/app/application");

    private MicronautImages() {}

    static List<ImageSource> of(BuildPlugin plugin, PomBuild build) {
        if (buildsFunction(build)) {
            return List.of();
        }
        return switch (build.packaging()) {
            case "docker" -> dockerfile(plugin, build);
            case "docker-native" -> List.of(nativeImage(plugin, build));
            default -> List.of();
        };
    }

    static boolean buildsFunction(PomBuild build) {
        return build.property("micronaut.runtime")
                .filter(runtime -> FUNCTIONS.contains(runtime.toLowerCase(Locale.ROOT)))
                .isPresent();
    }

    /** It is copied into the build directory and built there. */
    private static List<ImageSource> dockerfile(BuildPlugin plugin, PomBuild build) {
        Path dockerfile = build.directory().resolve("Dockerfile");
        return Files.exists(dockerfile)
                ? List.of(new ImageSource.FromDockerfile(
                        plugin.name(), plugin.location(), dockerfile, build.output(), Optional.empty(), Map.of()))
                : List.of();
    }

    private static ImageSource nativeImage(BuildPlugin plugin, PomBuild build) {
        Location location = plugin.location();
        Provenance by = Provenance.at(plugin.name(), location);
        boolean isStatic = setting(plugin, build, "staticNativeImage", "micronaut.native-image.static")
                .known()
                .filter(Boolean::parseBoolean)
                .isPresent();
        Value<String> base = isStatic
                ? new Value.Known<>(BaseImage.SCRATCH, location)
                : setting(plugin, build, "baseImageRun", "micronaut.native-image.base-image-run")
                        .or(new Value.Known<>(DEFAULT_NATIVE_BASE, location));
        return new ImageSource.Described(
                plugin.name(),
                location,
                new ImageDescription(
                        base,
                        location,
                        new ImageDescription.Start(
                                Value.absent(),
                                Value.absent(),
                                Map.of(),
                                CommandWord.all(List.of(new Value.Known<>(EXECUTABLE.toString(), location))),
                                Value.absent()),
                        new ImageDescription.Volumes(List.of(), false),
                        Map.of(),
                        List.of(ImageDescription.Entry.file(
                                EXECUTABLE, Ownership.ROOT_0755, new FileContent.Changed(by), by)),
                        Optional.empty(),
                        Optional.empty()));
    }

    /** The plugin's configuration overrides the property. */
    private static Value<String> setting(BuildPlugin plugin, PomBuild build, String element, String property) {
        return Element.value(plugin.configurationOf(GOALS), element)
                .or(build.property(property)
                        .map(text -> Element.value(text, plugin.location()))
                        .orElse(Value.absent()));
    }
}
