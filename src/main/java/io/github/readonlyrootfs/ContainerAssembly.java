package io.github.readonlyrootfs;

import io.github.readonlyrootfs.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.CheckRequest.DeclaredPath;
import io.github.readonlyrootfs.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.ImageBuild;
import io.github.readonlyrootfs.image.ImageFacts;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.ContainerNeeds;
import io.github.readonlyrootfs.need.DeclaredNeed;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.ImpliedNeeds;
import io.github.readonlyrootfs.need.ProjectFacts;
import io.github.readonlyrootfs.need.WritablePathsLabel;
import io.github.readonlyrootfs.rule.CheckedContainer;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.TaskRuntime;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Brings together, for each container of a task, its image, its needs, and what the platforms make of it. */
final class ContainerAssembly {

    private final CheckRequest request;
    private final TaskDefinition task;
    private final ImageBuilds builds;
    private final ImageFacts facts;
    private final Map<String, ContainerSettings> settings = new LinkedHashMap<>();
    /** By the name of the container that runs them. */
    private final Map<String, ImageBuild> built = new LinkedHashMap<>();

    /** The names of the containers that the request's own Dockerfile and paths describe. */
    private final Set<String> described = new HashSet<>();

    private final Map<String, SourceFile> sources = new LinkedHashMap<>();

    ContainerAssembly(CheckRequest request, TaskDefinition task, ImageBuilds builds, ImageFacts facts) {
        this.request = request;
        this.task = task;
        this.builds = builds;
        this.facts = facts;
    }

    /**
     * The containers in the task definition's order.
     *
     * @throws ConfigurationException when the configuration does not fit the task definition
     */
    List<CheckedContainer> assemble(List<Platform> platforms) throws ConfigurationException {
        mapSettings();
        mapDockerfiles();
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
            ContainerContext context = ContainerContext.of(container, image, project(name));
            ContainerNeeds needs = ContainerNeeds.of(context, declaredNeeds(container, image), request.inference());
            needs.sources().forEach(source -> sources.putIfAbsent(source.name(), source));
            containers.add(new CheckedContainer(
                    container,
                    image,
                    Optional.ofNullable(built.get(name)),
                    needs.needs(),
                    ImpliedNeeds.of(container, image),
                    needs.unresolved(),
                    runtimes.getOrDefault(name, Map.of())));
        }
        return containers;
    }

    /** The files that the evidence of needs points into, beside the task definition and the Dockerfiles. */
    List<SourceFile> sources() {
        return List.copyOf(sources.values());
    }

    private void mapSettings() throws ConfigurationException {
        for (ContainerSettings own : request.containers()) {
            if (task.container(own.name()).isEmpty()) {
                throw new ConfigurationException("<containers> names '" + own.name() + "', but "
                        + task.source().name() + " has no such container");
            }
            if (settings.put(own.name(), own) != null) {
                throw new ConfigurationException("<containers> names '" + own.name() + "' twice");
            }
        }
    }

    private void mapDockerfiles() throws ConfigurationException {
        for (ContainerSettings own : settings.values()) {
            if (own.dockerfile().isPresent()) {
                builds.build(own.dockerfile().get()).ifPresent(build -> built.put(own.name(), build));
            }
        }
        boolean isDescribed = request.dockerfile().isPresent()
                || !request.writablePaths().isEmpty()
                || request.container().isPresent();
        if (isDescribed) {
            described.addAll(new ContainerMapping(task, facts)
                    .find(request.container(), request.artifactId(), Set.copyOf(built.keySet())));
        }
        if (request.dockerfile().isPresent()) {
            Optional<ImageBuild> build = builds.build(request.dockerfile().get());
            for (String name : described) {
                build.ifPresent(image -> built.putIfAbsent(name, image));
            }
        }
    }

    private Image image(ContainerDefinition container) {
        ImageBuild build = built.get(container.name());
        if (build != null) {
            return build.image();
        }
        String reference = container.image().known().orElse("(unknown)");
        return facts.image(reference, container.nameLocation())
                .orElseGet(() -> ImageFacts.unknown(reference, container.nameLocation()));
    }

    /** The project that a container's image is built from, be it this one or another module. */
    private Optional<ProjectFacts> project(String name) {
        Optional<DockerfileBuild> own = Optional.ofNullable(settings.get(name)).flatMap(ContainerSettings::dockerfile);
        if (own.isPresent()) {
            return request.project().flatMap(project -> ImageProject.ofModule(project, own.get()));
        }
        if (!described.contains(name)) {
            return Optional.empty();
        }
        ImageBuild build = built.get(name);
        return request.project()
                .map(project -> build == null
                        ? project
                        : request.dockerfile()
                                .map(wanted -> ImageProject.of(project, wanted, build))
                                .orElse(project));
    }

    private List<DeclaredNeed> declaredNeeds(ContainerDefinition container, Image image) throws ConfigurationException {
        List<DeclaredNeed> declared = new ArrayList<>();
        if (described.contains(container.name())) {
            declare(declared, request.writablePaths());
        }
        ContainerSettings own = settings.get(container.name());
        if (own != null) {
            declare(declared, own.writablePaths());
        }
        try {
            declared.addAll(WritablePathsLabel.read(container, image));
        } catch (DeclaredNeed.MalformedException e) {
            throw new ConfigurationException("label " + WritablePathsLabel.KEY + ": " + e.getMessage());
        }
        return declared;
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
