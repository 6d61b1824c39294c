// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.need.project.CodeBase;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.NearestName;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration of the containers in all task definitions of a file: their settings, which of them are the project's own,
 * and their builds.
 */
public final class OwnContainers {

    private final CheckRequest request;
    private final List<TaskDefinition> tasks;
    private final ImageBuilds images;

    /** By container name; they apply to the containers of that name in every task. */
    private final Map<String, ContainerSettings> settings = new LinkedHashMap<>();

    private final Map<String, ImageBuild> builds = new HashMap<>();

    /** The containers of the request's main Dockerfile and paths. */
    private final Set<ContainerDefinition> described = Collections.newSetFromMap(new IdentityHashMap<>());

    /** See {@link #replacesPublished}. */
    private final Set<ContainerDefinition> replaced = Collections.newSetFromMap(new IdentityHashMap<>());

    private Optional<ImageBuild> build = Optional.empty();

    private final IdentityHashMap<ImageBuild, Optional<ProjectFacts>> nearby = new IdentityHashMap<>();

    private final Map<List<Object>, CodeBase> codeBases;

    /**
     * Containers that are not found yet.
     *
     * @param tasks the readable ones
     * @param codeBases those that have been read: most edits of a Dockerfile change nothing of what it copies
     */
    public OwnContainers(
            CheckRequest request,
            List<TaskDefinition> tasks,
            ImageBuilds images,
            Map<List<Object>, CodeBase> codeBases) {
        this.codeBases = codeBases;
        this.request = request;
        this.tasks = tasks;
        this.images = images;
    }

    /**
     * A request in which each Dockerfile that is as likely as others, or is for another image than the project's, builds the
     * containers that are named like it.
     *
     * @throws ConfigurationException if there are no such containers
     */
    public static CheckRequest named(CheckRequest request, List<TaskDefinition> tasks, ImageFacts facts)
            throws ConfigurationException {
        List<DockerfileBuild> candidates = request.application().candidates();
        if (candidates.isEmpty() || tasks.isEmpty()) {
            return request;
        }
        Set<String> taken = new HashSet<>();
        for (ContainerSettings own : request.containers()) {
            if (own.dockerfile().isPresent()) {
                taken.add(own.name());
            }
        }
        boolean hasMain = request.application().dockerfile().isPresent();
        if (hasMain) {
            request.application().container().ifPresent(taken::add);
        }
        ContainerMapping mapping = new ContainerMapping(
                tasks, facts, hasMain ? request.application().artifactId() : Optional.empty());
        return request.building(hasMain ? mapping.others(candidates, taken) : mapping.likely(candidates, taken));
    }

    /**
     * Maps settings and builds to containers.
     *
     * @param complete whether all task definitions of the file are readable, so that an unknown container name is an error
     * @throws ConfigurationException if the configuration does not fit the task definitions
     */
    public void find(ImageFacts facts, boolean complete) throws ConfigurationException {
        mapSettings(complete);
        for (ContainerSettings own : settings.values()) {
            Optional<ImageBuild> built = built(own.dockerfile());
            if (built.isPresent()) {
                builds.put(own.name(), built.get());
            }
        }
        boolean isDescribed = request.application().dockerfile().isPresent()
                || request.application().described().isPresent()
                || !request.application().writablePaths().isEmpty()
                || request.application().container().isPresent();
        if (isDescribed) {
            ContainerMapping mapping =
                    new ContainerMapping(tasks, facts, request.application().artifactId());
            described.addAll(mapping.find(request.application().container(), Set.copyOf(builds.keySet())));
            if (described.isEmpty() && !request.application().writablePaths().isEmpty()) {
                throw new ConfigurationException("writablePaths are of no container: each has a Dockerfile of its own;"
                        + " declare them in <containers>, as <container><name>app</name><writablePaths>...");
            }
            boolean hasImage = request.application().dockerfile().isPresent()
                    || request.application().described().isPresent();
            if (hasImage && request.application().container().isEmpty()) {
                replaced.addAll(mapping.ofOtherImages(described));
            }
        }
        build = built(request.application().dockerfile());
    }

    /** The project that an image is built from, as its manifest says; read once for all containers of the image. */
    Optional<ProjectFacts> nearbyProject(DockerfileBuild dockerfile, ImageBuild image) {
        return nearby.computeIfAbsent(image, build -> NearbyProject.of(dockerfile, build));
    }

    /** What a container's image is built from; read once for all containers of the image. */
    CodeBase codeBase(ContainerDefinition container) {
        Optional<ImageBuild> image = build(container);
        Optional<DockerfileBuild> dockerfile = dockerfile(container);
        return image.isPresent() && dockerfile.isPresent()
                ? CopiedCode.of(dockerfile.get(), images.dockerfile(image.get()), codeBases)
                : CodeBase.NONE;
    }

    /** The Dockerfile of a container's image: its own, else that of the request where this describes the container. */
    Optional<DockerfileBuild> dockerfile(ContainerDefinition container) {
        return settings(container)
                .flatMap(ContainerSettings::dockerfile)
                .or(() -> isDescribed(container) ? request.application().dockerfile() : Optional.empty());
    }

    private Optional<ImageBuild> built(Optional<DockerfileBuild> wanted) {
        return wanted.isPresent() ? images.get(wanted.get()) : Optional.empty();
    }

    private void mapSettings(boolean complete) throws ConfigurationException {
        for (ContainerSettings own : request.containers()) {
            boolean exists =
                    tasks.stream().anyMatch(task -> task.container(own.name()).isPresent());
            if (!exists && complete) {
                List<String> names = tasks.stream()
                        .flatMap(task -> task.containerDefinitions().stream())
                        .map(ContainerDefinition::name)
                        .toList();
                throw new ConfigurationException("containers: there is no container " + own.name() + " in "
                        + request.taskDefinition().file().name()
                        + NearestName.orLonger(own.name(), names)
                                .map(near -> "; did you mean " + near + "?")
                                .orElse(""));
            }
            if (settings.put(own.name(), own) != null) {
                throw new ConfigurationException("containers: " + own.name() + " has two entries");
            }
        }
    }

    /** The settings for a container's name. */
    Optional<ContainerSettings> settings(ContainerDefinition container) {
        return Optional.ofNullable(settings.get(container.name()));
    }

    /** Whether the request's main Dockerfile and paths are for a container. */
    boolean isDescribed(ContainerDefinition container) {
        return described.contains(container);
    }

    /**
     * Whether the task definition names a published image for a container, and the project's image is assumed to replace it only
     * because there is no other container.
     */
    boolean replacesPublished(ContainerDefinition container) {
        return replaced.contains(container);
    }

    /**
     * The description of a container's image that has no Dockerfile; facts that the configuration states about the image override
     * it.
     */
    Optional<ImageSource.Described> source(ContainerDefinition container, ImageFacts facts) {
        Optional<ImageSource.Described> source = request.application().described();
        boolean describesIt = source.isPresent()
                && isDescribed(container)
                && !builds.containsKey(container.name())
                && (!isStated(container.image().filled(), facts)
                        || isStated(source.get().description().base(), facts));
        return describesIt ? source : Optional.empty();
    }

    private static boolean isStated(Value<String> reference, ImageFacts facts) {
        return reference instanceof Value.Known<String> known && facts.isStated(known.value());
    }

    /** The build of a container's image; empty if no Dockerfile of the project builds it. */
    Optional<ImageBuild> build(ContainerDefinition container) {
        ImageBuild itsOwn = builds.get(container.name());
        if (itsOwn != null) {
            return Optional.of(itsOwn);
        }
        return isDescribed(container) ? build : Optional.empty();
    }
}
