package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.SchemaProblem;
import java.util.Optional;
import java.util.function.Consumer;

/** A container whose root file system can be written: the flag is false, null or missing. */
final class RootNotReadOnly implements Rule {

    static final String FLAG = "readonlyRootFilesystem";

    @Override
    public String id() {
        return "root-not-read-only";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.ERROR;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        if (task.isWindows()) {
            return;
        }
        for (CheckedContainer container : task.containers()) {
            ContainerDefinition definition = container.definition();
            Value<Boolean> flag = definition.readonlyRootFilesystem();
            if (flag.isUnknown() || flag.known().orElse(false)) {
                continue;
            }
            Optional<Location> misspelt = flag.isAbsent() ? misspelt(task, definition) : Optional.empty();
            Location where = flag.where()
                    .or(() -> misspelt)
                    .or(() -> nullAt(task, definition))
                    .orElse(definition.nameLocation());
            String name = key(task);
            String message = name + " of container " + definition.name() + " "
                    + (flag.isAbsent() ? "is not set" : "is false")
                    + ": whoever breaks in can change its programs and add others";
            String help = misspelt.isPresent()
                    ? "write `" + name + "` in line " + misspelt.get().line() + ", letter for letter"
                    : TaskDefinitionEdit.setReadOnlyRoot(task, definition, where);
            findings.accept(Finding.of(this, where, message, help).in(definition.name()));
        }
    }

    /** The flag as the file spells it. */
    static String key(CheckedTask task) {
        return task.key("containerDefinitions." + FLAG);
    }

    /** A key of the container that is meant to be the flag; ECS does not read it. */
    private static Optional<Location> misspelt(CheckedTask task, ContainerDefinition definition) {
        Optional<String> flag = Optional.of(key(task));
        return task.schemaProblems().stream()
                .filter(problem -> problem.kind() == SchemaProblem.Kind.UNKNOWN_FIELD
                        && problem.container().equals(Optional.of(definition.name()))
                        && problem.meant().equals(flag))
                .map(problem -> problem.problem().location())
                .findFirst();
    }

    /** The key whose value is null. */
    private static Optional<Location> nullAt(CheckedTask task, ContainerDefinition definition) {
        return task.definition()
                .flatMap(it -> it.outline().member(definition.location(), key(task)))
                .map(member -> TaskDefinitionText.isEmpty(member.value()) ? member.keyLocation() : member.value());
    }
}
