package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.need.LogFiles;
import io.github.readonlyrootfs.need.LogFiles.LogFile;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Optional;
import java.util.function.Consumer;

/** A log is sent to a file: nobody reads it there, and it ends with the task. */
final class LogToFile implements Rule {

    @Override
    public String id() {
        return "log-to-file";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.INFO;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        JudgedContainer.linux(task)
                .forEach(on -> LogFiles.of(
                                on.container().definition(), on.container().image())
                        .stream()
                        .filter(file -> !isShared(on, file.path()))
                        .map(file -> finding(on, file))
                        .forEach(findings));
    }

    /** Another container that mounts the same volume may well read the log there. */
    private static boolean isShared(JudgedContainer on, ContainerPath path) {
        Optional<String> volume = on.holder(path).flatMap(Mount::volume);
        return volume.isPresent()
                && on.task().containers().stream()
                        .filter(other -> !other.definition().name().equals(on.name()))
                        .flatMap(other -> other.definition().mountPoints().stream())
                        .anyMatch(point -> point.sourceVolume().known().equals(volume));
    }

    private Finding finding(JudgedContainer on, LogFile file) {
        boolean driver = !on.container().definition().logConfiguration().isAbsent();
        String message = file.setting() + " sends the log to " + file.path()
                + (driver
                        ? ", although a log driver takes the container's output"
                        : ", and container " + on.name() + " has no logConfiguration for its output");
        String help = "remove `" + file.setting() + "`, and the log goes to the container's output"
                + (driver ? "" : "; add a `logConfiguration` that takes it, such as `\"logDriver\": \"awslogs\"`");
        return on.finding(this, file.location(), message, help).at(file.path());
    }
}
