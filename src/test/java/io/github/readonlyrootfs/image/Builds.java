// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.archive.Assembly;
import io.github.readonlyrootfs.dockerfile.DockerfileParser;
import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds images from Dockerfiles in tests. */
public final class Builds {

    private Builds() {}

    public static ImageBuild of(String dockerfile) {
        return of(dockerfile, ImageBuilder.Builder.BUILDKIT, Optional.empty());
    }

    public static ImageBuild of(String dockerfile, ImageFacts facts) {
        return of(dockerfile, ImageBuilder.Builder.BUILDKIT, Optional.empty(), facts);
    }

    public static ImageBuild of(String dockerfile, ImageBuilder.Builder builder, Optional<Path> context) {
        return of(dockerfile, builder, context, ImageFacts.builtIn());
    }

    private static ImageBuild of(
            String dockerfile, ImageBuilder.Builder builder, Optional<Path> context, ImageFacts facts) {
        return of(dockerfile, builder, context, facts, List.of());
    }

    /** The build of a Dockerfile that copies what the build of the project makes. */
    public static ImageBuild of(String dockerfile, Path context, List<Assembly> assemblies) {
        return of(dockerfile, ImageBuilder.Builder.BUILDKIT, Optional.of(context), ImageFacts.builtIn(), assemblies);
    }

    private static ImageBuild of(
            String dockerfile,
            ImageBuilder.Builder builder,
            Optional<Path> context,
            ImageFacts facts,
            List<Assembly> assemblies) {
        return ImageBuilder.build(new ImageBuilder.Request(
                DockerfileParser.parse(SourceFile.of("Dockerfile", dockerfile)),
                Optional.empty(),
                Map.of(),
                builder,
                context,
                "",
                facts,
                () -> assemblies));
    }

    /** The node at a path: {@code d app:app 0755}, {@code f …}, {@code l target}, {@code missing}, {@code unknown}. */
    public static String at(String dockerfile, String path) {
        return at(of(dockerfile), path);
    }

    public static String at(ImageBuild build, String path) {
        TreeNode node = build.image().files().at(ContainerPath.of(path));
        return switch (node.kind()) {
            case DIRECTORY -> "d " + node.ownership();
            case FILE -> "f " + node.ownership();
            case SYMLINK -> "l " + node.target();
            case MISSING -> "missing";
            case UNKNOWN -> "unknown";
        };
    }
}
