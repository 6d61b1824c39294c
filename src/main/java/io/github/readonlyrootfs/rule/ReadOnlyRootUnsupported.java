package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.function.Consumer;

/** The flag is true in a Windows container, which has no such thing. */
final class ReadOnlyRootUnsupported implements Rule {

    @Override
    public String id() {
        return "read-only-root-unsupported";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.ERROR;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        if (!task.isWindows()) {
            return;
        }
        for (CheckedContainer container : task.containers()) {
            ContainerDefinition definition = container.definition();
            if (definition.readonlyRootFilesystem() instanceof Value.Known<Boolean> flag && flag.value()) {
                TaskDefinitionText text = TaskDefinitionEdit.text(task, flag.location());
                String key = RootNotReadOnly.key(task);
                String message = key + " of container " + definition.name()
                        + " is true, which Windows containers do not support: the task does not start";
                findings.accept(Finding.of(
                                this,
                                flag.location(),
                                message,
                                text.remove(flag.location())
                                        .orElseGet(() -> "remove `" + key + "` from container " + definition.name()))
                        .in(definition.name()));
            }
        }
    }
}
