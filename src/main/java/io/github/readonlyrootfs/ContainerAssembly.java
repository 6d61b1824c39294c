package io.github.readonlyrootfs;

import io.github.readonlyrootfs.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.CheckRequest.DeclaredPath;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.ImageBuild;
import io.github.readonlyrootfs.image.ImageFacts;
import io.github.readonlyrootfs.need.BaseDirectories;
import io.github.readonlyrootfs.need.DeclaredNeed;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.ImpliedNeeds;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.WritablePathsLabel;
import io.github.readonlyrootfs.rule.CheckedContainer;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.TaskRuntime;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Brings together, for each container of a task, its image, its needs, and what the platforms make of it. */
final class ContainerAssembly {

    private final CheckRequest request;
    private final TaskDefinition task;
    private final OwnContainers own;
    private final ImageFacts facts;

    ContainerAssembly(CheckRequest request, TaskDefinition task, OwnContainers own, ImageFacts facts) {
        this.request = request;
        this.task = task;
        this.own = own;
        this.facts = facts;
    }

    /**
     * The containers in the task definition's order.
     *
     * @throws ConfigurationException when a declared path is none
     */
    List<CheckedContainer> assemble(List<Platform> platforms) throws ConfigurationException {
        Map<String, Image> images = new LinkedHashMap<>();
        for (ContainerDefinition container : task.containerDefinitions()) {
            images.put(container.name(), image(container));
        }
        Map<String, Map<Platform, ContainerRuntime>> runtimes = new LinkedHashMap<>();
        for (Platform platform : platforms) {
            for (ContainerRuntime runtime : TaskRuntime.of(task, images, platform)) {
                runtimes.computeIfAbsent(runtime.definition().name(), name -> new EnumMap<>(Platform.class))
                        .put(platform, runtime);
            }
        }
        List<CheckedContainer> containers = new ArrayList<>();
        for (ContainerDefinition container : task.containerDefinitions()) {
            String name = container.name();
            Image image = images.get(name);
            if (image == null) {
                throw new IllegalStateException("no image for container " + name);
            }
            List<DeclaredNeed> declared = declaredNeeds(container, image);
            BaseDirectories directories = BaseDirectories.of(container, image);
            containers.add(new CheckedContainer(
                    container,
                    image,
                    own.build(container),
                    united(declared, directories),
                    ImpliedNeeds.of(container, image),
                    declared.stream()
                            .flatMap(need -> need.unresolvedIn(directories).stream())
                            .toList(),
                    runtimes.getOrDefault(name, Map.of())));
        }
        return containers;
    }

    private Image image(ContainerDefinition container) {
        Optional<ImageBuild> build = own.build(container);
        if (build.isPresent()) {
            return build.get().image();
        }
        String written = container.image().known().orElse("(unknown)");
        String reference = container.filledImage().known().orElse(written);
        return facts.image(reference, container.nameLocation())
                .orElseGet(() -> ImageFacts.unknown(written, container.nameLocation()));
    }

    private List<DeclaredNeed> declaredNeeds(ContainerDefinition container, Image image) throws ConfigurationException {
        List<DeclaredNeed> declared = new ArrayList<>();
        if (own.isDescribed(container)) {
            declare(declared, request.writablePaths());
        }
        Optional<ContainerSettings> settings = own.settings(container);
        if (settings.isPresent()) {
            declare(declared, settings.get().writablePaths());
        }
        try {
            declared.addAll(WritablePathsLabel.read(container, image));
        } catch (DeclaredNeed.MalformedException e) {
            throw new ConfigurationException("label " + WritablePathsLabel.KEY + ": " + e.getMessage());
        }
        return declared;
    }

    /** Several declarations of one path are one need with several pieces of evidence. */
    private static List<Need> united(List<DeclaredNeed> declared, BaseDirectories directories) {
        Map<List<?>, Need> needs = new LinkedHashMap<>();
        for (DeclaredNeed need : declared) {
            need.in(directories)
                    .ifPresent(known -> needs.merge(
                            List.of(known.alternatives(), known.impact()), known, ContainerAssembly::unite));
        }
        return List.copyOf(needs.values());
    }

    private static Need unite(Need first, Need second) {
        List<Evidence> evidence = new ArrayList<>(first.evidence());
        evidence.addAll(second.evidence());
        return new Need(first.alternatives(), first.impact(), first.executable(), first.createsParents(), evidence);
    }

    private static void declare(List<DeclaredNeed> needs, List<DeclaredPath> paths) throws ConfigurationException {
        for (DeclaredPath path : paths) {
            try {
                needs.add(DeclaredNeed.parse(
                        path.text(), new Evidence(Evidence.Kind.DECLARED, path.label(), path.location())));
            } catch (DeclaredNeed.MalformedException e) {
                throw new ConfigurationException(path.label() + ": " + e.getMessage());
            }
        }
    }
}
