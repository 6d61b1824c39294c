// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.TaskRule;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.Optional;
import java.util.function.Consumer;

/** The flag is true in a Windows container, which has no such thing. */
public final class ReadOnlyRootUnsupported implements TaskRule {

    @Override
    public void check(TaskAnalysis task, Optional<Remedies> remedies, Consumer<Finding> findings) {
        if (!task.isWindows() || remedies.isEmpty()) {
            return;
        }
        for (ContainerAnalysis container : task.containers()) {
            ContainerDefinition definition = container.definition();
            if (definition.fileSystem().readonlyRootFilesystem() instanceof Value.Known<Boolean> flag && flag.value()) {
                String key = task.readOnlyRootKey();
                String message = key + " of container " + definition.name()
                        + " is true, which Windows containers do not support: the task does not start";
                findings.accept(finding(
                                flag.location(),
                                message,
                                remedies.get()
                                        .editor()
                                        .remove(flag.location(), "`" + key + "` from container " + definition.name()))
                        .in(definition.name()));
            }
        }
    }
}
