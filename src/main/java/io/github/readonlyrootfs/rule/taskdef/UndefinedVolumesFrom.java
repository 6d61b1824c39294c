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
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A container that takes its mounts from one that the task does not have. */
public final class UndefinedVolumesFrom implements TaskRule {

    @Override
    public void check(TaskAnalysis task, Optional<Remedies> remedies, Consumer<Finding> findings) {
        if (task.definition().isEmpty()) {
            return;
        }
        TaskDefinition definition = task.definition().get();
        for (ContainerDefinition container : definition.containerDefinitions()) {
            for (VolumesFrom from : container.fileSystem().volumesFrom()) {
                check(definition, remedies.orElseThrow().editor(), container, from, findings);
            }
        }
    }

    private void check(
            TaskDefinition task,
            TaskDefinitionEditor editor,
            ContainerDefinition container,
            VolumesFrom from,
            Consumer<Finding> findings) {
        if (from.sourceContainer() instanceof Value.Known<String> source
                && task.container(source.value()).isEmpty()) {
            String message = "container " + container.name() + " takes the volumes of container " + source.value()
                    + ", which the task does not have: ECS refuses the task definition";
            findings.accept(finding(source.location(), message, remedy(task, editor, container, from))
                    .in(container.name())
                    .about(source.value()));
        }
    }

    private static Remedy remedy(
            TaskDefinition task, TaskDefinitionEditor editor, ContainerDefinition container, VolumesFrom from) {
        List<String> others = task.containerDefinitions().stream()
                .map(ContainerDefinition::name)
                .filter(name -> !name.equals(container.name()))
                .toList();
        if (others.isEmpty()) {
            return editor.remove(
                            from.location(), "this entry of `" + task.key("containerDefinitions.volumesFrom") + "`")
                    .noting("the task has no other container");
        }
        Remedy named = editor.volumesFrom(from).set("sourceContainer", Fragment.of(meant(from, others)));
        return isMisspelt(from, others) ? named : named.advising("name one that the task has:");
    }

    private static boolean isMisspelt(VolumesFrom from, List<String> others) {
        return from.sourceContainer()
                .known()
                .flatMap(name -> NearestName.of(name, others))
                .isPresent();
    }

    private static String meant(VolumesFrom from, List<String> others) {
        return from.sourceContainer()
                .known()
                .flatMap(name -> NearestName.of(name, others))
                .orElse(others.get(0));
    }
}
