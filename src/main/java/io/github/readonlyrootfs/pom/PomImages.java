// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Finds the images that the plugins of a pom build. */
public final class PomImages {

    private PomImages() {}

    /**
     * An image that a plugin of the pom builds.
     *
     * @param shared whether the plugin is configured only in {@code pluginManagement} or in a parent: it may be meant for another module
     */
    public record PomImage(ImageSource source, boolean shared) {}

    /**
     * All of them, the one that is most likely meant first: a Dockerfile that a plugin builds, then a
     * configuration that describes the image, then one for buildpacks.
     */
    public static List<PomImage> in(PomBuild build) {
        List<PomImage> found = new ArrayList<>();
        for (BuildPlugin plugin : build.plugins()) {
            for (ImageSource source : sources(plugin, build)) {
                found.add(new PomImage(source, plugin.shared()));
            }
        }
        for (ImageSource source : QuarkusImages.of(build)) {
            found.add(new PomImage(source, false));
        }
        if (found.size() > 1) {
            found.sort(Comparator.comparing(PomImage::shared).thenComparingInt(one -> rank(one.source())));
        }
        return List.copyOf(found);
    }

    private static List<ImageSource> sources(BuildPlugin plugin, PomBuild build) {
        try {
            return read(plugin, build);
        } catch (InvalidPathException e) {
            // A setting names a path that this machine cannot have: the plugin will say so itself.
            return List.of();
        }
    }

    private static List<ImageSource> read(BuildPlugin plugin, PomBuild build) {
        return switch (plugin.key()) {
            case JibImage.KEY -> JibImage.of(plugin, build).stream().toList();
            case BuildpacksImage.KEY ->
                BuildpacksImage.of(plugin, build).stream().toList();
            case MicronautImages.KEY -> MicronautImages.of(plugin, build);
            case "com.spotify:dockerfile-maven-plugin" -> SpotifyImages.dockerfile(plugin, build);
            case "com.spotify:docker-maven-plugin" -> SpotifyImages.directory(plugin, build);
            case "org.codehaus.mojo:exec-maven-plugin", "org.apache.maven.plugins:maven-antrun-plugin" ->
                DockerCommands.of(plugin, build);
            case "io.fabric8:docker-maven-plugin",
                    "org.eclipse.jkube:kubernetes-maven-plugin",
                    "org.eclipse.jkube:openshift-maven-plugin" -> FabricImages.of(plugin, build);
            default -> List.of();
        };
    }

    private static int rank(ImageSource source) {
        if (source instanceof ImageSource.FromDockerfile) {
            return 0;
        }
        return source.plugin().equals(BuildpacksImage.NAME) ? 2 : 1;
    }
}
