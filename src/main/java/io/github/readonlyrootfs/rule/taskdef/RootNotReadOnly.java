// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.ContainerVerdict;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.SchemaProblemRule;
import io.github.readonlyrootfs.rule.engine.TaskRule;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A container whose root file system can be written: the flag is false, null or missing. */
public final class RootNotReadOnly implements TaskRule {

    @Override
    public boolean judgesContainers() {
        return true;
    }

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.READ_ONLY_ROOT);
    }

    @Override
    public void check(TaskAnalysis task, Optional<Remedies> remedies, Consumer<Finding> findings) {
        if (task.isWindows() || remedies.isEmpty()) {
            return;
        }
        for (ContainerAnalysis container : task.containers()) {
            ContainerDefinition definition = container.definition();
            Value<Boolean> flag = definition.fileSystem().readonlyRootFilesystem();
            if (flag.isUnknown() || flag.known().orElse(false)) {
                continue;
            }
            Optional<Location> misspelt = flag.isAbsent() ? misspelt(task, definition) : Optional.empty();
            Location where = flag.where()
                    .or(() -> misspelt)
                    .or(() -> nullAt(task, definition))
                    .orElse(definition.metadata().nameLocation());
            String name = task.readOnlyRootKey();
            String message = name + " of container " + definition.name() + " "
                    + (flag.isAbsent() ? "is not set" : "is false")
                    + ": an attacker in the container could modify or add programs (Security Hub ECS.5)";
            Remedy remedy = misspelt.map(key -> SchemaProblemRule.replace(task, key, name))
                    .orElseGet(() -> remedies.get().editor().setReadOnlyRoot(definition));
            findings.accept(
                    finding(where, message, afterwards(remedy, task, container)).in(definition.name()));
        }
    }

    /** The flag, once the container runs with it. */
    private static Remedy afterwards(Remedy remedy, TaskAnalysis task, ContainerAnalysis container) {
        List<JudgedContainer> judged = JudgedContainer.all(task, container);
        SortedSet<ContainerPath> fatal = ContainerPath.outermost(judged.stream()
                .flatMap(on -> on.fatal().stream().map(RefusedNeed::path))
                .collect(Collectors.toSet()));
        String paths = (fatal.isEmpty() ? "" : fatal.first())
                + (fatal.size() < 2
                        ? ""
                        : " and " + (fatal.size() - 1) + " other path" + (fatal.size() == 2 ? "" : "s"));
        if (container.isBuilt() && judged.stream().anyMatch(on -> !on.isProven())) {
            return remedy.advising((fatal.isEmpty() ? "" : "make " + paths + " writable and ") + closing(container));
        }
        boolean fails = judged.stream().anyMatch(on -> on.verdict().equals(Optional.of(ContainerVerdict.FAILS)));
        if (fails && fatal.isEmpty()) {
            return remedy.advising("fix the other findings of container " + container.name() + " first, then");
        }
        return fatal.isEmpty()
                ? remedy
                : remedy.noting("container " + container.name() + " fails with it until it can write " + paths);
    }

    private static String closing(ContainerAnalysis container) {
        if (container.isOfProject()) {
            return "close the gaps of container " + container.name() + " first, then";
        }
        // The project may have a Dockerfile that is not named like the container.
        return container.definition().image().isPlaceholder()
                ? "name the Dockerfile of container " + container.name()
                        + " in <containers>, or say there with imageFacts or writablePaths what it writes, then"
                : "say with imageFacts or writablePaths in <containers> what container " + container.name()
                        + " writes, then";
    }

    /** A key of the container that is meant to be the flag; ECS ignores it. */
    private static Optional<Location> misspelt(TaskAnalysis task, ContainerDefinition definition) {
        Optional<String> flag = Optional.of(task.readOnlyRootKey());
        return task.read().problems().stream()
                .filter(problem -> problem.kind() == SchemaProblem.Kind.UNKNOWN_FIELD
                        && problem.container().equals(Optional.of(definition.name()))
                        && problem.problem().replacement().equals(flag))
                .map(problem -> problem.problem().location())
                .findFirst();
    }

    /** The key whose value is null. */
    private static Optional<Location> nullAt(TaskAnalysis task, ContainerDefinition definition) {
        return task.definition()
                .flatMap(it ->
                        it.document().outline().member(definition.metadata().location(), task.readOnlyRootKey()))
                .map(member -> member.value().isEmpty() ? member.keyLocation() : member.value());
    }
}
