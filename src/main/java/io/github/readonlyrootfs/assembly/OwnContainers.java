// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import io.github.readonlyrootfs.image.build.ImageBuild;
import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the configuration says of the containers of all task definitions of a file: which settings they have, which are
 * the project's own, and what builds them.
 */
public final class OwnContainers {

    private final CheckRequest request;
    private final List<TaskDefinition> tasks;

    /** By the names of the containers; they hold for every task's container of that name. */
    private final Map<String, ContainerSettings> settings = new LinkedHashMap<>();

    private final Map<String, ImageBuild> builds = new HashMap<>();

    /** Those that the request's own Dockerfile and paths describe. */
    private final Set<ContainerDefinition> described = Collections.newSetFromMap(new IdentityHashMap<>());

    private Optional<ImageBuild> build = Optional.empty();

    /** @param tasks those that can be read */
    public OwnContainers(CheckRequest request, List<TaskDefinition> tasks) {
        this.request = request;
        this.tasks = tasks;
    }

    /**
     * Finds them.
     *
     * @param complete whether all of the file's task definitions can be read, so that a name they lack exists nowhere
     * @throws ConfigurationException when the configuration does not fit the task definitions
     */
    public void find(ImageBuilds images, ImageFacts facts, boolean complete) throws ConfigurationException {
        mapSettings(complete);
        for (ContainerSettings own : settings.values()) {
            Optional<ImageBuild> built = built(own.dockerfile(), images);
            if (built.isPresent()) {
                builds.put(own.name(), built.get());
            }
        }
        boolean isDescribed = request.application().dockerfile().isPresent()
                || request.application().described().isPresent()
                || !request.application().writablePaths().isEmpty()
                || request.application().container().isPresent();
        if (isDescribed) {
            described.addAll(new ContainerMapping(tasks, facts)
                    .find(
                            request.application().container(),
                            request.application().artifactId(),
                            Set.copyOf(builds.keySet())));
        }
        build = built(request.application().dockerfile(), images);
    }

    private static Optional<ImageBuild> built(Optional<DockerfileBuild> wanted, ImageBuilds images) {
        return wanted.isPresent() ? images.get(wanted.get()) : Optional.empty();
    }

    private void mapSettings(boolean complete) throws ConfigurationException {
        for (ContainerSettings own : request.containers()) {
            boolean exists =
                    tasks.stream().anyMatch(task -> task.container(own.name()).isPresent());
            if (!exists && complete) {
                throw new ConfigurationException("<containers> names '" + own.name() + "', but "
                        + request.taskDefinition().file().name() + " has no such container");
            }
            if (settings.put(own.name(), own) != null) {
                throw new ConfigurationException("<containers> names '" + own.name() + "' twice");
            }
        }
    }

    /** What the configuration says of a container by its name. */
    Optional<ContainerSettings> settings(ContainerDefinition container) {
        return Optional.ofNullable(settings.get(container.name()));
    }

    /** Whether the request's own Dockerfile and paths describe a container. */
    boolean isDescribed(ContainerDefinition container) {
        return described.contains(container);
    }

    /**
     * What describes a container's image without a Dockerfile; what the configuration states of that very image goes
     * before it.
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

    /** What builds a container's image; empty where no Dockerfile of the project does. */
    Optional<ImageBuild> build(ContainerDefinition container) {
        ImageBuild itsOwn = builds.get(container.name());
        if (itsOwn != null) {
            return Optional.of(itsOwn);
        }
        return isDescribed(container) ? build : Optional.empty();
    }
}
