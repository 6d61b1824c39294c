package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a platform makes of a task. */
public final class TaskRuntime {

    private TaskRuntime() {}

    /**
     * Every container of a task on one platform, in the task definition's order.
     *
     * @param images by container name; each container has one
     */
    public static List<ContainerRuntime> of(TaskDefinition task, Map<String, Image> images, Platform platform) {
        EmptyVolumes volumes = new EmptyVolumes(task, images);
        List<ContainerRuntime> containers = new ArrayList<>();
        for (ContainerDefinition definition : task.containerDefinitions()) {
            Image image = images.get(definition.name());
            if (image == null) {
                throw new IllegalArgumentException("no image for container " + definition.name());
            }
            containers.add(
                    task.isWindows()
                            ? new WindowsContainer(definition, image, platform)
                            : new LinuxContainer(
                                    definition, image, platform, MountPlan.of(definition, task, images), volumes));
        }
        return containers;
    }
}
