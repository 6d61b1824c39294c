// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.partial.Hole.Variable;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Value;

/** Evaluates paths that code constructs in a container. */
public final class CodePath {

    private static final String COMPUTED = "the code computes it";

    private CodePath() {}

    /** A path with the values of its variables. */
    public static Text of(Text path, ContainerContext container) {
        Text evaluated = path.fill(
                hole -> hole instanceof Variable variable ? value(variable, container) : Text.unknown(COMPUTED));
        return evaluated.withPrefix(ContainerFiles.path(evaluated.prefix()));
    }

    private static Text value(Variable variable, ContainerContext container) {
        Value<String> value = switch (variable.kind()) {
            case SYSTEM_PROPERTY -> container.application().property(variable.name());
            case ENVIRONMENT_VARIABLE -> container.environment().get(variable.name());
            case KEY -> container.application().settings().configuration().value(variable.name());
        };
        // Java concatenates null for an unset variable; that is never meant as a path.
        return value.isAbsent() && variable.otherwise().isPresent()
                ? Text.of(variable.otherwise().get())
                : Text.of(value, variable.name());
    }
}
