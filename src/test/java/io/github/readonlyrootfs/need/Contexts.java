// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.dockerfile.DockerfileParser;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.need.finder.ContainerNeeds;
import io.github.readonlyrootfs.need.project.CodeBase;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Containers from their files. */
public final class Contexts {

    private Contexts() {}

    /** A container with an image built from a Dockerfile, and an empty container definition. */
    public static ContainerContext built(String dockerfile) {
        return built(dockerfile, "");
    }

    /** @param members of the container definition, in JSON, such as {@code "command": ["x"]} */
    public static ContainerContext built(String dockerfile, String members) {
        return of(image(dockerfile, Optional.empty()), members, CodeBase.NONE);
    }

    /** The same with a build context to copy from. */
    public static ContainerContext built(Path context, String dockerfile, String members) {
        return built(context, dockerfile, members, CodeBase.NONE);
    }

    /** @param codeBase what manifests beside the code name */
    public static ContainerContext built(Path context, String dockerfile, String members, CodeBase codeBase) {
        return of(image(dockerfile, Optional.of(context)), members, codeBase);
    }

    /** A container of a published image. */
    public static ContainerContext published(String reference, String members) {
        Location at = Location.of("taskdef.json");
        return of(
                ImageFacts.builtIn().image(reference, at).orElseGet(() -> ImageFacts.unknown(reference, at)),
                members,
                CodeBase.NONE);
    }

    private static ContainerContext of(Image image, String members, CodeBase codeBase) {
        String json = "{\"containerDefinitions\": [{\"name\": \"app\", \"image\": \"i\"\n"
                + (members.isBlank() ? "" : ", " + members) + "}]}";
        ContainerDefinition definition = TaskFile.read(json).container();
        return ContainerContext.of(definition, image, Optional.empty(), codeBase, new Effort(1_000_000));
    }

    private static Image image(String dockerfile, Optional<Path> context) {
        return ImageBuilder.build(new ImageBuilder.Request(
                        DockerfileParser.parse(SourceFile.of("Dockerfile", dockerfile)),
                        Optional.empty(),
                        Map.of(),
                        ImageBuilder.Builder.BUILDKIT,
                        context,
                        "",
                        ImageFacts.builtIn(),
                        List::of))
                .image();
    }

    /**
     * The needs of a finder as {@code /path impact}, with alternatives joined by {@code |}, followed by {@code executable} and
     * {@code parents} if they apply; an unresolved need is {@code ? written: reason}.
     */
    public static List<String> found(String finder, ContainerContext container) {
        ContainerNeeds needs = ContainerNeeds.of(container, List.of(), Set.of(finder));
        Stream<String> known = needs.needs().stream()
                .map(need -> need.alternatives().stream()
                                .map(ContainerPath::toString)
                                .collect(Collectors.joining("|"))
                        + " " + need.impact().name().toLowerCase(Locale.ROOT)
                        + (need.executable() ? " executable" : "")
                        + (need.createsParents() ? " parents" : ""));
        Stream<String> unknown = needs.gaps().stream().map(need -> "? " + need.subject() + ": " + need.reason());
        return Stream.concat(known, unknown).toList();
    }
}
