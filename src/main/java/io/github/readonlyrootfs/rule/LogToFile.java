package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A setting sends the log to a file, although a log driver takes the container's output. */
final class LogToFile implements Rule {

    private static final Set<String> SETTINGS = Set.of(
            "LOGGING_FILE_NAME",
            "LOGGING_FILE_PATH",
            "--logging.file.name",
            "--logging.file.path",
            "-Dlogging.file.name",
            "-Dlogging.file.path",
            "LOG_FILE",
            "LOGFILE",
            "CATALINA_OUT",
            "--log-file");

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
        JudgedContainer.all(task)
                .filter(on -> !on.container().definition().logConfiguration().isAbsent())
                .forEach(on -> Setting.of(on).stream()
                        .filter(setting -> SETTINGS.contains(setting.name()))
                        .filter(setting -> isFile(setting.value()))
                        .filter(setting -> !isShared(on, ContainerPath.of(setting.value())))
                        .map(setting -> finding(on, setting))
                        .forEach(findings));
    }

    /** An absolute path; devices such as /dev/stdout are what is wanted. */
    private static boolean isFile(String value) {
        return value.matches("/[\\w./-]+") && !value.startsWith("/dev/") && !value.startsWith("/proc/");
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

    private Finding finding(JudgedContainer on, Setting setting) {
        ContainerPath path = ContainerPath.of(setting.value());
        String message =
                setting.name() + " sends the log to " + path + ", although a log driver takes the container's output";
        String help = "remove `" + setting.name() + "`, and the log goes to the container's output";
        return on.finding(this, setting.location(), message, help).at(path);
    }
}
