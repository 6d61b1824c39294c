// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.partial.Hole.Variable;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Value;
import java.util.function.Function;

/** Evaluates paths that code constructs in a container. */
public final class CodePath {

    private static final String COMPUTED = "the code computes it";

    private CodePath() {}

    /** A path with the values of its variables. */
    public static Text of(Text path, ContainerContext container) {
        Text evaluated = text(path, container);
        return evaluated.withPrefix(ContainerFiles.path(evaluated.prefix()));
    }

    /** Another text with the values of its variables. */
    public static Text text(Text text, ContainerContext container) {
        return of(text, variable -> value(variable, container));
    }

    /** A text with these values of its variables. */
    static Text of(Text text, Function<Variable, Value<String>> values) {
        return text.fill(hole ->
                hole instanceof Variable variable ? text(variable, values.apply(variable)) : Text.unknown(COMPUTED));
    }

    static Value<String> value(Variable variable, ContainerContext container) {
        return switch (variable.kind()) {
            case SYSTEM_PROPERTY -> container.application().property(variable.name());
            case ENVIRONMENT_VARIABLE -> container.environment().get(variable.name());
            case KEY -> container.application().settings().configuration().value(variable.name());
        };
    }

    private static Text text(Variable variable, Value<String> value) {
        // Java concatenates null for an unset variable; that is never meant as a path.
        return value.isAbsent() && variable.otherwise().isPresent()
                ? Text.of(variable.otherwise().get())
                : Text.of(value, variable.name());
    }
}
