// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.build;

import io.github.readonlyrootfs.dockerfile.Dockerfile;
import io.github.readonlyrootfs.image.facts.ImageFacts;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Works out what a build leaves behind, without running it. */
public final class ImageBuilder {

    /** Who builds the image. */
    public enum Builder {
        BUILDKIT,
        CLASSIC
    }

    /**
     * A build as its caller would start it.
     *
     * @param target the stage to build; the last one where empty
     * @param context the directory COPY reads from; without it nothing is known of what is copied
     * @param contextName the context's name for people; empty for the project's own directory
     * @param facts what the user states about base images
     */
    public record Request(
            Dockerfile dockerfile,
            Optional<String> target,
            Map<String, String> buildArgs,
            Builder builder,
            Optional<Path> context,
            String contextName,
            ImageFacts facts) {}

    private ImageBuilder() {}

    /** Evaluates the target stage and those it descends from. */
    public static ImageBuild build(Request request) {
        return new BuildEvaluation(request).run();
    }
}
