// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.TaskRule;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.Volume;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A volume of the task that no container mounts. */
public final class UnusedVolume implements TaskRule {

    @Override
    public void check(TaskAnalysis task, Optional<Remedies> remedies, Consumer<Finding> findings) {
        if (task.definition().isPresent() && !task.definition().get().volumes().isEmpty()) {
            check(task.definition().get(), remedies.orElseThrow(), findings);
        }
    }

    private void check(TaskDefinition task, Remedies remedies, Consumer<Finding> findings) {
        List<Value<String>> mounted = task.containerDefinitions().stream()
                .flatMap(container -> container.fileSystem().mountPoints().stream())
                .map(MountPoint::sourceVolume)
                .toList();
        // A mount point whose volume is a placeholder may mount any of them.
        if (mounted.stream().anyMatch(Value::isUnknown)) {
            return;
        }
        Set<String> names =
                mounted.stream().flatMap(source -> source.known().stream()).collect(Collectors.toSet());
        Set<String> meant = names.stream()
                .filter(source -> task.volume(source).isEmpty())
                .flatMap(missing -> UndefinedVolume.meant(task, missing).stream())
                .collect(Collectors.toSet());
        Set<Location> reported = remedies.nearMisses();
        for (Volume volume : task.volumes()) {
            if (volume.name() instanceof Value.Known<String> name
                    && !names.contains(name.value())
                    && !meant.contains(name.value())
                    && !reported.contains(name.location())) {
                findings.accept(finding(task, remedies, volume, name));
            }
        }
    }

    /** One that is configured at launch has to be mounted: ECS was seen to refuse the task definition otherwise. */
    private Finding finding(TaskDefinition task, Remedies remedies, Volume volume, Value.Known<String> name) {
        boolean atLaunch = volume.storage() instanceof Volume.Storage.Ebs;
        Finding finding = finding(
                        name.location(),
                        "no container mounts volume " + name.value() + ": "
                                + (atLaunch
                                        ? "it is configured at launch, and ECS refuses the task definition"
                                        : "it makes no path writable"),
                        remedies.editor()
                                .remove(volume.location(), "volume " + name.value())
                                .advising("add it to the `" + task.key("containerDefinitions.mountPoints")
                                        + "` of the container that needs it, or"))
                .about(name.value());
        return atLaunch ? finding.as(Severity.ERROR) : finding;
    }
}
