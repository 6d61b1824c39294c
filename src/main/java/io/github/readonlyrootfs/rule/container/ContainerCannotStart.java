// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.message.StartText;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.DependsOn;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The engine refuses to start a container. */
public final class ContainerCannotStart implements ContainerRule {

    private static final Set<String> ENDED = Set.of("SUCCESS", "COMPLETE");

    @Override
    public boolean judgesWindows() {
        return true;
    }

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        for (StartFailure failure : on.runtime().startFailures()) {
            findings.accept(finding(on, failure));
        }
        ContainerDefinition container = on.container().definition();
        for (DependsOn dependency : container.lifecycle().dependsOn()) {
            waitingForEssential(on.task().definition().orElseThrow(), container, dependency, remedies)
                    .ifPresent(findings);
        }
    }

    /** When an essential container ends, so does the task: no container can wait for that (API reference, ContainerDependency). */
    private Optional<Finding> waitingForEssential(
            TaskDefinition task, ContainerDefinition container, DependsOn dependency, Remedies remedies) {
        if (!(dependency.condition() instanceof Value.Known<String> condition && ENDED.contains(condition.value()))) {
            return Optional.empty();
        }
        return dependency
                .containerName()
                .known()
                .flatMap(task::container)
                .filter(other -> other.lifecycle()
                        .essential()
                        .known()
                        .orElse(other.lifecycle().essential().isAbsent()))
                .map(other -> finding(
                                condition.location(),
                                "container " + container.name() + " waits for the end of container " + other.name()
                                        + ", but that one is essential: ECS refuses the task definition",
                                remedies.editor().container(other).set("essential", Fragment.of(false)))
                        .in(container.name())
                        .about(other.name()));
    }

    private Finding finding(JudgedContainer on, StartFailure failure) {
        boolean ofPom = on.container().described().isPresent()
                && on.container()
                        .image()
                        .config()
                        .user()
                        .where()
                        .filter(failure.location()::equals)
                        .isPresent();
        Remedy remedy = Remedy.advice(
                ofPom ? "use a numeric uid: this pom creates no users or groups" : StartText.help(failure.problem()));
        Finding finding = finding(on, failure.location(), StartText.of(failure.problem()), remedy);
        Finding named = failure.problem().subject().map(finding::about).orElse(finding);
        return failure.path().map(named::at).orElse(named);
    }
}
