package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.source.NearestName;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import io.github.readonlyrootfs.taskdef.Fragment;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.List;
import java.util.function.Consumer;

/** A container that takes its mounts from one that the task does not have. */
final class UndefinedVolumesFrom implements Rule {

    @Override
    public String id() {
        return "undefined-volumes-from";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.ERROR;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        task.definition()
                .ifPresent(definition -> definition
                        .containerDefinitions()
                        .forEach(container ->
                                container.volumesFrom().forEach(from -> check(definition, container, from, findings))));
    }

    private void check(
            TaskDefinition task, ContainerDefinition container, VolumesFrom from, Consumer<Finding> findings) {
        if (from.sourceContainer() instanceof Value.Known<String> source
                && task.container(source.value()).isEmpty()) {
            String message = "container " + container.name() + " takes the volumes of container " + source.value()
                    + ", which the task does not have: ECS refuses the task definition";
            findings.accept(Finding.of(this, source.location(), message, help(task, container, from))
                    .in(container.name())
                    .about(source.value()));
        }
    }

    private static String help(TaskDefinition task, ContainerDefinition container, VolumesFrom from) {
        TaskDefinitionText text = new TaskDefinitionText(task, from.location());
        List<String> others = task.containerDefinitions().stream()
                .map(ContainerDefinition::name)
                .filter(name -> !name.equals(container.name()))
                .toList();
        return others.isEmpty()
                ? "remove this entry of `" + task.key("containerDefinitions.volumesFrom")
                        + "`: the task has no other container"
                : "name one that the task has: "
                        + TaskDefinitionEdit.volumesFrom(text, from)
                                .set("sourceContainer", Fragment.of(meant(from, others)))
                                .inline();
    }

    private static String meant(VolumesFrom from, List<String> others) {
        return from.sourceContainer()
                .known()
                .flatMap(name -> NearestName.of(name, others))
                .orElse(others.get(0));
    }
}
