// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode.path;

import io.github.readonlyrootfs.partial.Hole;
import io.github.readonlyrootfs.partial.Hole.Variable;
import io.github.readonlyrootfs.partial.Hole.Variable.Kind;
import io.github.readonlyrootfs.partial.Text;
import java.util.Optional;

/** Texts that are, or begin with, a value from outside the code. */
public final class PathVariables {

    /** What stands for a system property with the directory of the jar that the application is started from. */
    public static final String JAR_DIRECTORY = "directory of the jar";

    private PathVariables() {}

    /** Whether the code computes the beginning of a text. */
    public static boolean beginsComputed(Text text) {
        return text.first().orElse(null) instanceof Hole.Unknown;
    }

    static Text of(Kind kind, String name, Optional<String> otherwise) {
        return Text.of(new Variable(kind, name, otherwise));
    }

    public static Text property(String name) {
        return of(Kind.SYSTEM_PROPERTY, name, Optional.empty());
    }

    /** A variable with a default; unknown for any other text. */
    static Text orElse(Text text, Text otherwise) {
        return text.raw().length() == 1 && text.first().orElse(null) instanceof Variable variable && otherwise.isKnown()
                ? of(variable.kind(), variable.name(), otherwise.known())
                : Text.UNKNOWN;
    }

    /** A text that is one variable, without its default; empty for any other text. */
    static Optional<Text> only(Text text) {
        return text.raw().length() == 1 ? first(text) : Optional.empty();
    }

    /** The variable at the beginning, without its default. */
    static Optional<Text> first(Text text) {
        return text.first().orElse(null) instanceof Variable variable
                ? Optional.of(of(variable.kind(), variable.name(), Optional.empty()))
                : Optional.empty();
    }

    /** The text if the variable at its beginning is not set. */
    static Text withDefault(Text text) {
        return text.first().orElse(null) instanceof Variable variable
                        && variable.otherwise().isPresent()
                ? Text.of(variable.otherwise().get())
                        .plus(text.slice(1, text.raw().length()))
                : text;
    }
}
