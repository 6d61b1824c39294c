// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.image.stage.ImageDescription;
import io.github.readonlyrootfs.source.Location;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The source from which a plugin of a pom builds an image. */
public sealed interface ImageSource {

    /** The plugin that builds it, as people call it. */
    String plugin();

    /** The place in the pom. */
    Location location();

    /**
     * A Dockerfile that the plugin's configuration names, or that is where the plugin looks for it.
     *
     * @param dockerfile absolute; it need not exist
     * @param filter the plugin's change of the file's text before it builds it
     */
    record FromDockerfile(
            String plugin,
            Location location,
            Path dockerfile,
            Path context,
            Optional<String> target,
            Map<String, String> buildArgs,
            UnaryOperator<String> filter)
            implements ImageSource {

        /** A Dockerfile that is built unchanged. */
        FromDockerfile(
                String plugin,
                Location location,
                Path dockerfile,
                Path context,
                Optional<String> target,
                Map<String, String> buildArgs) {
            this(plugin, location, dockerfile, context, target, buildArgs, UnaryOperator.identity());
        }
    }

    /**
     * The plugin's configuration itself.
     *
     * @param volume where to add a VOLUME; empty where the plugin has no setting for it
     * @param user where to set the image's user; empty where the plugin has no setting for it
     * @param owner where to set the owner of a directory; empty where the plugin has no setting for it
     */
    record Described(
            String plugin,
            Location location,
            ImageDescription description,
            Optional<Insertion> volume,
            Optional<Insertion> user,
            Optional<Insertion> owner)
            implements ImageSource {

        /** A configuration without settings for these. */
        Described(String plugin, Location location, ImageDescription description) {
            this(plugin, location, description, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }
}
