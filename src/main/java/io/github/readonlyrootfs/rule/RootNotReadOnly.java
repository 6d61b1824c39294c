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
            Optional<SchemaProblem> misspelt = misspelt(task, definition);
            String what = misspelt.isPresent() ? "is misspelt" : flag.isAbsent() ? "is not set" : "is false";
            Location where = flag.where()
                    .or(() -> misspelt.map(slip -> slip.problem().location()))
                    .or(() -> nullAt(task, definition))
                    .orElse(definition.nameLocation());
            String message = "readonlyRootFilesystem of container " + definition.name() + " " + what
                    + ": whoever breaks in can change its programs and add others";
            findings.accept(Finding.of(
                            this,
                            where,
                            message,
                            misspelt.map(slip -> slip.problem().help()).orElseGet(() -> help(task, definition)))
                    .in(definition.name()));
        }
    }

    private static String help(CheckedTask task, ContainerDefinition definition) {
        if (!definition.readonlyRootFilesystem().isAbsent()) {
            return "write here\n" + LINE;
        }
        if (nullAt(task, definition).isPresent()) {
            return "write here\n" + LINE;
        }
        // A line in front of another key of the object always ends with a comma.
        return "put in front of " + firstKey(definition) + "\n" + LINE + ",";
    }

    /** The key that was meant to be it: the help of unknown-field then names the right one. */
    private static Optional<SchemaProblem> misspelt(CheckedTask task, ContainerDefinition definition) {
        return task.schemaProblems().stream()
                .filter(departure -> departure.kind() == SchemaProblem.Kind.UNKNOWN_FIELD
                        && departure
                                .container()
                                .filter(definition.name()::equals)
                                .isPresent()
                        && departure.problem().help().equals("write `readonlyRootFilesystem`"))
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
