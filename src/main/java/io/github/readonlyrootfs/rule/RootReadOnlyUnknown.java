package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.function.Consumer;

/** The flag's value is a placeholder or an expression that nothing here resolves. */
final class RootReadOnlyUnknown implements Rule {

    @Override
    public String id() {
        return "root-read-only-unknown";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.WARNING;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        if (task.isWindows()) {
            return;
        }
        for (CheckedContainer container : task.containers()) {
            ContainerDefinition definition = container.definition();
            if (definition.readonlyRootFilesystem() instanceof Value.Unknown<Boolean> flag) {
                String message = "whether container " + definition.name() + " has a read-only root cannot be told: "
                        + flag.reason();
                String literally = TaskDefinitionEdit.setReadOnlyRoot(task, definition, flag.location());
                String help = GivenValue.help(flag, "true")
                        .map(given -> literally + "\nor " + given)
                        .orElse(literally);
                findings.accept(Finding.of(this, flag.location(), message, help).in(definition.name()));
            }
        }
    }
}
