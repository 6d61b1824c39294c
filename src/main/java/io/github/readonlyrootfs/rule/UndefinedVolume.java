package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.source.NearestName;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.Fragment;
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
                        .flatMap(mount ->
                                finding(new TaskDefinitionText(definition, mount.location()), container, mount)
                                        .stream())
                        .forEach(findings));
    }

    private Optional<Finding> finding(TaskDefinitionText text, ContainerDefinition container, MountPoint mount) {
        String where = mount.containerPath().known().map(path -> " at " + path).orElse("");
        if (mount.sourceVolume() instanceof Value.Known<String> source) {
            String message = "container " + container.name() + " mounts volume " + source.value() + where
                    + ", which the task does not have: ECS refuses the task definition";
            return text.task().volume(source.value()).isPresent()
                    ? Optional.empty()
                    : Optional.of(Finding.of(this, source.location(), message, help(text, mount, source.value()))
                            .in(container.name())
                            .about(source.value()));
        }
        String message =
                "a mount point of container " + container.name() + where + " names no volume: nothing is mounted";
        String key = text.task().key("containerDefinitions.mountPoints.sourceVolume");
        return mount.sourceVolume().isAbsent()
                ? Optional.of(Finding.of(this, mount.location(), message, "add the `" + key + "` that is meant")
                        .in(container.name()))
                : Optional.empty();
    }

    private static String help(TaskDefinitionText text, MountPoint mount, String missing) {
        List<String> names = text.task().volumes().stream()
                .flatMap(volume -> volume.name().known().stream())
                .toList();
        Optional<String> misspelt = names.size() > MAX_CANDIDATES
                ? Optional.empty()
                : NearestName.of(missing, unmounted(text.task(), names));
        return misspelt.map(meant -> TaskDefinitionEdit.mountPoint(text, mount)
                                .set("sourceVolume", Fragment.of(meant))
                                .inline()
                        + ", as the task calls it")
                .orElseGet(() -> text.root()
                        .add("volumes", List.of(Fragment.object("name", missing)))
                        .paste("this volume"));
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
