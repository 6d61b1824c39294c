// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.remedy.ExecAccess;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** ECS Exec is switched on, and its agent cannot write what it needs. */
public final class ExecNeedsWritablePaths implements ContainerRule {

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.MOUNTED);
    }

    @Override
    public boolean judgesPaths() {
        return true;
    }

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        Optional<ExecAccess> refused = ExecAccess.refused(on);
        if (refused.isEmpty()) {
            return;
        }
        ExecAccess exec = refused.get();
        findings.accept(finding(
                        on,
                        on.nameLocation(),
                        "ECS Exec opens no session in container " + on.name() + ": its agent cannot write "
                                + exec.paths().stream()
                                        .map(ContainerPath::toString)
                                        .collect(Collectors.joining(", ")),
                        remedies.of(exec)
                                .noting("ECS Exec works then, though AWS does not support it with a read-only root"))
                .at(exec.paths().get(0))
                .with(on.task().definition().stream()
                        .flatMap(task -> task.launch().executeCommand().stream())
                        .map(place -> new Finding.Related("switched on", "by a service", Optional.of(place)))
                        .toList()));
    }
}
