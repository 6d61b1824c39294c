// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import io.github.readonlyrootfs.archive.Assembly;
import io.github.readonlyrootfs.dockerfile.Dockerfile;
import io.github.readonlyrootfs.image.facts.ImageFacts;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Determines the result of a build without running it. */
public final class ImageBuilder {

    /** The tool that builds the image. */
    public enum Builder {
        BUILDKIT,
        CLASSIC
    }

    /**
     * The arguments of a build.
     *
     * @param target the stage to build; empty for the last one
     * @param context the directory that COPY reads from; without it all that is copied is unknown
     * @param contextName the name of the context in messages; empty for the project's own directory
     * @param facts about base images
     * @param assemblies what the build of the project makes and COPY takes, where it is not there
     */
    public record Request(
            Dockerfile dockerfile,
            Optional<String> target,
            Map<String, String> buildArgs,
            Builder builder,
            Optional<Path> context,
            String contextName,
            ImageFacts facts,
            Supplier<List<Assembly>> assemblies) {}

    private ImageBuilder() {}

    /** Evaluates the target stage and those that it is built from. */
    public static ImageBuild build(Request request) {
        return build(request, new BuildContexts());
    }

    /** The same with the contexts that other builds have read. */
    public static ImageBuild build(Request request, BuildContexts contexts) {
        return new BuildEvaluation(request, contexts).run();
    }
}
