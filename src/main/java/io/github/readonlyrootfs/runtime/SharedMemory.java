package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.Optional;

/**
 * What the engine mounts at {@code /dev/shm}: measured on a Docker engine 26.1, and the same everywhere as far as reported.
 *
 * @param mounted whether there is any: with {@code ipcMode} none there is not
 * @param noexec whether code in it cannot be executed: that of the instance lets it
 * @param whose for people
 */
record SharedMemory(boolean mounted, boolean noexec, String whose) {

    static final ContainerPath PATH = ContainerPath.of("/dev/shm");

    private static final String SIZE = "containerDefinitions.linuxParameters.sharedMemorySize";

    /** Of a container; on a platform without {@code ipcMode} it has one of its own. */
    static SharedMemory of(TaskDefinition task, String container, Platform platform) {
        String ipcMode =
                platform.runsDocker() ? only(task, "ipcMode", Optional.empty()).orElse("") : "";
        return switch (ipcMode) {
            case "none" -> new SharedMemory(false, true, "not mounted with ipcMode none");
            case "host" -> new SharedMemory(true, false, "the instance's own shared memory, by ipcMode host");
            case "task" -> new SharedMemory(true, true, "the task's shared memory, by ipcMode task");
            default -> new SharedMemory(true, true, own(task, container, platform));
        };
    }

    private static String own(TaskDefinition task, String container, Platform platform) {
        String size = only(task, SIZE, Optional.of(container))
                .filter(mebibytes -> !mebibytes.equals("0"))
                .map(mebibytes -> mebibytes + " MiB by sharedMemorySize")
                .orElse("64 MiB unless sharedMemorySize says otherwise");
        return "mounted by the container engine" + (platform.runsDocker() ? ": " + size : "");
    }

    private static Optional<String> only(TaskDefinition task, String path, Optional<String> container) {
        return task.parameters().at(path).stream()
                .filter(parameter -> parameter.name().equals(container))
                .flatMap(parameter -> parameter.known().stream())
                .map(located -> located.value())
                .findFirst();
    }
}
