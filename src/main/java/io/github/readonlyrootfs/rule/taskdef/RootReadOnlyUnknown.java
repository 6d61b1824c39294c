// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.remedy.GivenValue;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.TaskRule;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.Optional;
import java.util.function.Consumer;

/** The flag's value is a placeholder or an expression that cannot be resolved here. */
public final class RootReadOnlyUnknown implements TaskRule {

    @Override
    public boolean judgesContainers() {
        return true;
    }

    @Override
    public void check(TaskAnalysis task, Optional<Remedies> remedies, Consumer<Finding> findings) {
        if (task.isWindows() || remedies.isEmpty()) {
            return;
        }
        for (ContainerAnalysis container : task.containers()) {
            ContainerDefinition definition = container.definition();
            if (definition.fileSystem().readonlyRootFilesystem() instanceof Value.Unknown<Boolean> flag) {
                String message = "it is unknown whether container " + definition.name() + " has a read-only root: "
                        + flag.reason();
                Remedy literally = remedies.get().editor().setReadOnlyRoot(definition);
                // A flag in the place of its container is unknown because nothing of the container is known.
                boolean nothing = flag.location().equals(definition.metadata().location());
                Remedy remedy = nothing && !literally.edits().isEmpty()
                        ? Remedy.NONE
                        : GivenValue.help(flag, "true")
                                .map(given -> literally.withLead(given + "\nor"))
                                .orElse(literally);
                findings.accept(finding(flag.location(), message, remedy).in(definition.name()));
            }
        }
    }
}
