package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.source.NearestName;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A mount point whose volume the task does not have. */
final class UndefinedVolume implements Rule {

    /** Of that many volumes some name is always near, and looking through them takes its time. */
    private static final int MAX_CANDIDATES = 100;

    @Override
    public String id() {
        return "undefined-volume";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.ERROR;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        TaskDefinition definition = task.definition().orElse(null);
        // A volume whose name is a placeholder may be the one that is meant.
        if (definition == null
                || definition.volumes().stream()
                        .anyMatch(volume -> volume.name().isUnknown())) {
            return;
        }
        definition
                .containerDefinitions()
                .forEach(container -> container.mountPoints().stream()
                        .flatMap(mount -> finding(definition, container.name(), mount).stream())
                        .forEach(findings));
    }

    private Optional<Finding> finding(TaskDefinition task, String container, MountPoint mount) {
        String where = mount.containerPath().known().map(path -> " at " + path).orElse("");
        if (mount.sourceVolume() instanceof Value.Known<String> source) {
            String message = "container " + container + " mounts volume " + source.value() + where
                    + ", which the task does not have: ECS refuses the task definition";
            return task.volume(source.value()).isPresent()
                    ? Optional.empty()
                    : Optional.of(Finding.of(this, source.location(), message, help(task, source.value()))
                            .in(container));
        }
        String message = "a mount point of container " + container + where + " names no volume: nothing is mounted";
        return mount.sourceVolume().isAbsent()
                ? Optional.of(Finding.of(this, mount.location(), message, "add the `sourceVolume` that is meant")
                        .in(container))
                : Optional.empty();
    }

    private static String help(TaskDefinition task, String missing) {
        List<String> names = task.volumes().stream()
                .flatMap(volume -> volume.name().known().stream())
                .toList();
        Optional<String> misspelt =
                names.size() > MAX_CANDIDATES ? Optional.empty() : NearestName.of(missing, unmounted(task, names));
        if (misspelt.isPresent()) {
            return "write it as the task does\n\"sourceVolume\": \"" + misspelt.get() + "\"";
        }
        String volume = "{ \"name\": \"" + missing + "\" }";
        if (!names.isEmpty()) {
            return "put in front of the task's volume " + names.get(0) + "\n" + volume + ",";
        }
        return task.source().text().contains("\"volumes\"")
                ? "write the task's volumes as\n\"volumes\": [" + volume + "]"
                : "put in front of \"containerDefinitions\"\n\"volumes\": [" + volume + "],";
    }

    /** Whoever mistypes a volume's name leaves the one that is meant without a mount. */
    private static List<String> unmounted(TaskDefinition task, List<String> names) {
        Set<String> mounted = task.containerDefinitions().stream()
                .flatMap(container -> container.mountPoints().stream())
                .flatMap(mount -> mount.sourceVolume().known().stream())
                .collect(Collectors.toSet());
        return names.stream().filter(name -> !mounted.contains(name)).toList();
    }
}
