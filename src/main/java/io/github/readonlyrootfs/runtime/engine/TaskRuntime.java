// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A task on one platform. */
public final class TaskRuntime {

    private final TaskDefinition task;
    private final Platform platform;
    private final EmptyVolumes volumes;
    private final MountPlan.Planners plans;
    private final Map<String, ContainerRuntime> containers = new HashMap<>();

    private TaskRuntime(TaskDefinition task, Map<String, Image> images, Platform platform) {
        this.task = task;
        this.platform = platform;
        this.volumes = new EmptyVolumes(task, images);
        this.plans = new MountPlan.Planners(task, volumes);
    }

    /**
     * Every container of a task on one platform, in the task definition's order.
     *
     * @param images by container name; each container has one
     */
    public static List<ContainerRuntime> of(TaskDefinition task, Map<String, Image> images, Platform platform) {
        TaskRuntime runtime = new TaskRuntime(task, created(task, images, platform), platform);
        List<ContainerRuntime> all = new ArrayList<>();
        for (ContainerDefinition container : task.containerDefinitions()) {
            all.add(runtime.container(container));
        }
        return List.copyOf(all);
    }

    /**
     * The images as the containers find them. Docker makes a missing working directory when it creates a container, before
     * it mounts anything and before it copies the image's directories into volumes: measured on a Docker engine.
     */
    private static Map<String, Image> created(TaskDefinition task, Map<String, Image> images, Platform platform) {
        if (task.launch().isWindows()) {
            return images;
        }
        Set<ContainerPath> directories = directories(task, images);
        Map<String, Image> created = new HashMap<>();
        for (Map.Entry<String, Image> image : images.entrySet()) {
            created.put(image.getKey(), image.getValue().unsureAt(directories));
        }
        if (!platform.runsDocker()) {
            return created;
        }
        for (ContainerDefinition container : task.containerDefinitions()) {
            Image image = created.get(container.name());
            Optional<WorkingDirectory> workdir =
                    image == null ? Optional.empty() : WorkingDirectory.of(container, image);
            if (image != null && workdir.isPresent()) {
                created.put(container.name(), workdir.get().in(image));
            }
        }
        return created;
    }

    /** Where containers of the task need a directory: their mounts and working directories. */
    private static Set<ContainerPath> directories(TaskDefinition task, Map<String, Image> images) {
        Set<ContainerPath> directories = new HashSet<>();
        for (ContainerDefinition container : task.containerDefinitions()) {
            for (String path : container.mountPaths()) {
                directories.add(ContainerPath.of(path));
            }
            Image image = images.get(container.name());
            if (image != null) {
                for (Image.ImageVolume volume : image.config().volumes().declared()) {
                    directories.add(volume.path());
                }
                Optional<WorkingDirectory> workdir = WorkingDirectory.of(container, image);
                if (workdir.isPresent()) {
                    directories.add(workdir.get().path());
                }
            }
        }
        return directories;
    }

    private ContainerRuntime container(ContainerDefinition definition) {
        ContainerRuntime known = containers.get(definition.name());
        if (known != null) {
            return known;
        }
        Image image = volumes.image(definition);
        if (task.launch().isWindows()) {
            return new WindowsContainer(definition, image, platform);
        }
        MountPlan plan = plans.plan(definition);
        List<StartFailure> failures = plan.failures().isEmpty() ? sourceFailures(definition) : List.of();
        ContainerRuntime container = new LinuxContainer(
                definition,
                image,
                platform,
                plan,
                failures,
                volumes,
                SharedMemory.of(task, definition.name(), platform));
        containers.put(definition.name(), container);
        return container;
    }

    /** A container is created after those whose volumes it takes, so it does not start where they cannot be created. */
    private List<StartFailure> sourceFailures(ContainerDefinition definition) {
        List<StartFailure> failures = new ArrayList<>();
        for (VolumesFrom from : definition.fileSystem().volumesFrom()) {
            Optional<ContainerDefinition> source =
                    from.sourceContainer().known().flatMap(task::container);
            if (source.isPresent() && !container(source.get()).isCreated()) {
                failures.add(new StartFailure(
                        new StartProblem.SourceDoesNotStart(source.get().name()), from.location(), Optional.empty()));
            }
        }
        return failures;
    }
}
