// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.Optional;

/**
 * What the engine mounts at {@code /dev/shm}: measured on a Docker engine 26.1, and the same everywhere as far as
 * reported.
 *
 * @param ipcModeKey as the file spells it
 * @param whose empty where there is none, as with {@code ipcMode} none
 * @param noexec whether code in it cannot be executed; in the memory of the instance it can
 */
record SharedMemory(String ipcModeKey, Optional<OwnerReason> whose, boolean noexec) {

    static final ContainerPath PATH = ContainerPath.of("/dev/shm");

    private static final String IPC_MODE = "ipcMode";

    private static final String SIZE = "containerDefinitions.linuxParameters.sharedMemorySize";

    /** The shared memory of a container; on a platform without {@code ipcMode} each has its own. */
    static SharedMemory of(TaskDefinition task, String container, Platform platform) {
        String ipcMode =
                platform.runsDocker() ? only(task, IPC_MODE, Optional.empty()).orElse("") : "";
        String key = task.key(IPC_MODE);
        return switch (ipcMode) {
            case "none" -> new SharedMemory(key, Optional.empty(), true);
            case "host" -> new SharedMemory(key, Optional.of(new OwnerReason.InstancesSharedMemory(key)), false);
            case "task" -> new SharedMemory(key, Optional.of(new OwnerReason.TasksSharedMemory(key)), true);
            default -> new SharedMemory(key, Optional.of(own(task, container, platform)), true);
        };
    }

    private static OwnerReason own(TaskDefinition task, String container, Platform platform) {
        return platform.runsDocker()
                ? new OwnerReason.OwnSharedMemory(
                        task.key(SIZE),
                        only(task, SIZE, Optional.of(container)).filter(mebibytes -> !mebibytes.equals("0")))
                : new OwnerReason.OfEngine();
    }

    private static Optional<String> only(TaskDefinition task, String path, Optional<String> container) {
        return task.parameters().at(path).stream()
                .filter(parameter -> parameter.name().equals(container))
                .flatMap(parameter -> parameter.known().stream())
                .map(located -> located.value())
                .findFirst();
    }
}
