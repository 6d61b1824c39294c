package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.SchemaProblem;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A container whose root file system can be written: the flag is false, null or missing. */
final class RootNotReadOnly implements Rule {

    private static final Pattern NULL = Pattern.compile("\"readonlyRootFilesystem\"\\s*:\\s*(null)");
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
            Location where = flag.where()
                    .or(() -> misspelt(task, definition))
                    .or(() -> nullAt(task, definition))
                    .orElse(definition.nameLocation());
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
        if (nullAt(task, definition).isPresent()) {
            return "write here\n" + LINE;
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

    /** The null that stands for the value: a second key in front of it would not count. */
    private static Optional<Location> nullAt(CheckedTask task, ContainerDefinition definition) {
        Location whole = definition.location();
        SourceFile source = task.sources().get(whole.file());
        if (source == null) {
            return Optional.empty();
        }
        Matcher matcher = NULL.matcher(source.text(whole));
        int start = source.lineStart(whole.line()) + whole.column() - 1;
        return matcher.find()
                ? Optional.of(source.location(start + matcher.start(1), start + matcher.end(1)))
                : Optional.empty();
    }

    private static String firstKey(ContainerDefinition definition) {
        return definition.name().startsWith("containerDefinitions[")
                ? "the first key of " + definition.name()
                : "\"name\": \"" + definition.name() + "\"";
    }
}
