package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
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
        throw new UnsupportedOperationException(task + " " + images + " " + platform);
    }
}
