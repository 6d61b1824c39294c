package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.message.StartText;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.DependsOn;
import io.github.readonlyrootfs.taskdef.Fragment;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The engine refuses to start a container. */
final class ContainerCannotStart implements Rule {

    private static final Set<String> ENDED = Set.of("SUCCESS", "COMPLETE");

    @Override
    public String id() {
        return "container-cannot-start";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.ERROR;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        // What keeps several containers from starting is said of the first of them.
        Map<StartFailure, String> first = new HashMap<>();
        JudgedContainer.all(task)
                .forEach(on -> on.runtime().startFailures().stream()
                        .filter(failure -> Objects.requireNonNullElse(first.putIfAbsent(failure, on.name()), on.name())
                                .equals(on.name()))
                        .map(failure -> finding(on, failure))
                        .forEach(findings));
        task.definition()
                .ifPresent(definition -> definition.containerDefinitions().stream()
                        .flatMap(container -> container.dependsOn().stream()
                                .flatMap(dependency -> waitingForEssential(definition, container, dependency).stream()))
                        .forEach(findings));
    }

    /** When an essential container ends, so does the task: nobody can wait for that (API reference, ContainerDependency). */
    private Optional<Finding> waitingForEssential(
            TaskDefinition task, ContainerDefinition container, DependsOn dependency) {
        if (!(dependency.condition() instanceof Value.Known<String> condition && ENDED.contains(condition.value()))) {
            return Optional.empty();
        }
        return dependency
                .containerName()
                .known()
                .flatMap(task::container)
                .filter(other ->
                        other.essential().known().orElse(other.essential().isAbsent()))
                .map(other -> Finding.of(
                                this,
                                condition.location(),
                                "container " + container.name() + " waits for the end of container " + other.name()
                                        + ", which is essential: ECS refuses the task definition",
                                TaskDefinitionEdit.container(new TaskDefinitionText(task, condition.location()), other)
                                        .set("essential", Fragment.of(false))
                                        .inline())
                        .in(container.name())
                        .about(other.name()));
    }

    private Finding finding(JudgedContainer on, StartFailure failure) {
        boolean ofPom = on.container().described().isPresent()
                && on.container()
                        .image()
                        .user()
                        .where()
                        .filter(failure.location()::equals)
                        .isPresent();
        String help = ofPom
                ? "write a numeric uid: nothing in this pom makes users or groups"
                : StartText.help(failure.problem());
        Finding finding = on.finding(this, failure.location(), StartText.of(failure.problem()), help);
        Finding named = failure.problem().subject().map(finding::about).orElse(finding);
        return failure.path().map(named::at).orElse(named);
    }
}
