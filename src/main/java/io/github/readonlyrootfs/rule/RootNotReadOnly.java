package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.SchemaProblem;
import java.util.Optional;
import java.util.function.Consumer;

/** A container whose root file system can be written: the flag is false, null or missing. */
final class RootNotReadOnly implements Rule {

    private static final String LINE = "\"readonlyRootFilesystem\": true";

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
            String what = flag.isAbsent() ? "is not set" : "is false";
            Location where = flag.where().orElse(definition.nameLocation());
            String message = "readonlyRootFilesystem of container " + definition.name() + " " + what
                    + ": whoever breaks in can change its programs and add others";
            findings.accept(
                    Finding.of(this, where, message, help(task, definition)).in(definition.name()));
        }
    }

    private static String help(CheckedTask task, ContainerDefinition definition) {
        if (!definition.readonlyRootFilesystem().isAbsent()) {
            return "write here\n" + LINE;
        }
        Optional<Location> misspelt = misspelt(task, definition);
        if (misspelt.isPresent()) {
            return "write `readonlyRootFilesystem` in line " + misspelt.get().line() + ", letter for letter";
        }
        if (saysNull(task, definition)) {
            return "write in place of the null\n" + LINE;
        }
        // A line in front of another key of the object always ends with a comma.
        return "put in front of " + firstKey(definition) + "\n" + LINE + ",";
    }

    /** A key of the container that is meant to be the flag; ECS does not read it. */
    private static Optional<Location> misspelt(CheckedTask task, ContainerDefinition definition) {
        return task.schemaProblems().stream()
                .filter(problem -> problem.kind() == SchemaProblem.Kind.UNKNOWN_FIELD
                        && problem.container().equals(Optional.of(definition.name()))
                        && problem.problem().help().contains("`readonlyRootFilesystem`"))
                .map(problem -> problem.problem().location())
                .findFirst();
    }

    /** A second key would only be overridden by the null that stands there. */
    private static boolean saysNull(CheckedTask task, ContainerDefinition definition) {
        return Optional.ofNullable(task.sources().get(definition.location().file()))
                .filter(source -> source.text(definition.location()).contains("\"readonlyRootFilesystem\""))
                .isPresent();
    }

    private static String firstKey(ContainerDefinition definition) {
        return definition.name().startsWith("containerDefinitions[")
                ? "the first key of " + definition.name()
                : "\"name\": \"" + definition.name() + "\"";
    }
}
