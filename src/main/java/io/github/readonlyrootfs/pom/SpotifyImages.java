// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.pom.ImageSource.FromDockerfile;
import io.github.readonlyrootfs.source.Value;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The Dockerfiles of Spotify's two plugins.
 *
 * @see <a href="https://github.com/spotify/dockerfile-maven">dockerfile-maven-plugin</a>
 * @see <a href="https://github.com/spotify/docker-maven-plugin">docker-maven-plugin, the older one</a>
 */
final class SpotifyImages {

    private static final Set<String> GOALS = Set.of("build");

    private SpotifyImages() {}

    /** {@code dockerfile} and {@code contextDirectory}, by default {@code Dockerfile} in the project's directory. */
    static List<ImageSource> dockerfile(BuildPlugin plugin, PomBuild build) {
        Optional<Element> configuration = plugin.configurationOf(GOALS);
        boolean skipped = build.isSet("dockerfile.skip")
                || build.isSet("dockerfile.build.skip")
                || BuildPlugin.skips(configuration, "skip");
        Value<String> context = Element.value(configuration, "contextDirectory");
        Value<String> file = Element.value(configuration, "dockerfile");
        if (skipped || context.isUnknown() || file.isUnknown()) {
            return List.of();
        }
        Path directory = context.known().map(build.directory()::resolve).orElse(build.directory());
        Path dockerfile = file.known().map(build.directory()::resolve).orElseGet(() -> directory.resolve("Dockerfile"));
        return List.of(new FromDockerfile(
                plugin.name(),
                file.where().or(context::where).orElse(plugin.location()),
                dockerfile.normalize(),
                directory.normalize(),
                Optional.empty(),
                Element.knownEntries(configuration, "buildArgs")));
    }

    /** {@code dockerDirectory}; without it, the image is made of settings that are not followed. */
    static List<ImageSource> directory(BuildPlugin plugin, PomBuild build) {
        Value<String> directory = Element.value(plugin.configurationOf(GOALS), "dockerDirectory");
        return directory.known().stream()
                .map(written -> build.directory().resolve(written).normalize())
                .<ImageSource>map(context -> new FromDockerfile(
                        plugin.name(),
                        directory.where().orElse(plugin.location()),
                        context.resolve("Dockerfile"),
                        context,
                        Optional.empty(),
                        Map.of()))
                .toList();
    }
}
