// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TaskDefinitionEditor;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.TaskRule;
import io.github.readonlyrootfs.source.NearestName;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.Volume;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A mount point whose volume the task does not have. */
public final class UndefinedVolume implements TaskRule {

    /** Of that many volumes some name is always near, and looking through them takes its time. */
    private static final int MAX_CANDIDATES = 100;

    @Override
    public void check(TaskAnalysis task, Optional<Remedies> remedies, Consumer<Finding> findings) {
        TaskDefinition definition = task.definition().orElse(null);
        if (definition == null || remedies.isEmpty()) {
            return;
        }
        for (Volume volume : definition.volumes()) {
            // A name that is a placeholder may be the one that is meant.
            if (volume.name().isUnknown()) {
                return;
            }
        }
        for (ContainerDefinition container : definition.containerDefinitions()) {
            for (MountPoint mount : container.fileSystem().mountPoints()) {
                finding(definition, remedies.get().editor(), container, mount).ifPresent(findings);
            }
        }
    }

    private Optional<Finding> finding(
            TaskDefinition task, TaskDefinitionEditor editor, ContainerDefinition container, MountPoint mount) {
        String where = mount.containerPath().known().map(path -> " at " + path).orElse("");
        if (mount.sourceVolume() instanceof Value.Known<String> source) {
            String message = "container " + container.name() + " mounts volume " + source.value() + where
                    + ", which the task does not have: ECS refuses the task definition";
            return task.volume(source.value()).isPresent()
                    ? Optional.empty()
                    : Optional.of(finding(source.location(), message, remedy(task, editor, mount, source.value()))
                            .in(container.name())
                            .about(source.value()));
        }
        String message =
                "a mount point of container " + container.name() + where + " names no volume: nothing is mounted";
        String key = task.key("containerDefinitions.mountPoints.sourceVolume");
        if (!mount.sourceVolume().isAbsent()) {
            return Optional.empty();
        }
        Finding finding = finding(mount.location(), message, Remedy.advice("add the `" + key + "` that is meant"))
                .in(container.name());
        return Optional.of(mount.containerPath().known().map(finding::about).orElse(finding));
    }

    private static Remedy remedy(TaskDefinition task, TaskDefinitionEditor editor, MountPoint mount, String missing) {
        return meant(task, missing)
                .map(meant -> editor.mountPoint(mount)
                        .set("sourceVolume", Fragment.of(meant))
                        .noting("the task calls it " + meant))
                .orElseGet(() -> editor.root().add("volumes", List.of(Fragment.object("name", missing))));
    }

    /** The volume without a mount whose name is nearest to that of a mount point: it was misspelt. */
    static Optional<String> meant(TaskDefinition task, String missing) {
        if (task.volumes().size() > MAX_CANDIDATES) {
            return Optional.empty();
        }
        Set<String> mounted = task.containerDefinitions().stream()
                .flatMap(container -> container.fileSystem().mountPoints().stream())
                .flatMap(mount -> mount.sourceVolume().known().stream())
                .collect(Collectors.toSet());
        return NearestName.of(
                missing,
                task.volumes().stream()
                        .flatMap(volume -> volume.name().known().stream())
                        .filter(name -> !mounted.contains(name))
                        .toList());
    }
}
