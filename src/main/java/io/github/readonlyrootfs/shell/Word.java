// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell;

import java.util.List;

/**
 * A word of a shell command as written.
 *
 * @param start where it begins in the script
 * @param end where it ends, exclusive
 */
public record Word(List<Part> parts, int start, int end) {

    /** The operator of {@code ${#name}}. */
    public static final String LENGTH = "length";

    /** The beginning of the operator of bash's {@code ${!name}}; another one such as {@code :-} may follow. */
    public static final String INDIRECT = "indirect";

    /** The operator of an expansion that only few shells have, such as {@code ${!prefix*}}. */
    public static final String OTHER = "other";

    public sealed interface Part {

        boolean quoted();
    }

    /** Literal characters; if unquoted, they may be a pattern. */
    public record Literal(String text, boolean quoted) implements Part {}

    /** Bash's {@code $'…'}, with the escapes as written; other shells read a dollar and a quoted text. */
    public record DollarQuoted(String text) implements Part {

        @Override
        public boolean quoted() {
            return true;
        }
    }

    /**
     * {@code $name}, {@code ${name}}, {@code ${name:-word}} or {@code ${name[1]}}.
     *
     * @param subscript of an array, as written; empty for none
     * @param operator such as {@code :-}; empty for none
     * @param operand what follows the operator
     */
    public record Variable(String name, String subscript, String operator, Word operand, boolean quoted)
            implements Part {}

    /**
     * A command substitution.
     *
     * @param command the command's text
     * @param start its offset in the script; -1 if the script spells it differently
     */
    public record Substitution(String command, int start, boolean quoted) implements Part {}

    /** {@code <(command)} or {@code >(command)}. */
    public record Piped(String command, int start) implements Part {

        @Override
        public boolean quoted() {
            return true;
        }
    }

    /** {@code $((1 + 2))}. */
    public record Arithmetic(Word expression, boolean quoted) implements Part {}

    public static Word literal(String text) {
        return new Word(List.of(new Literal(text, true)), 0, 0);
    }

    /**
     * The text of a word that is one unquoted literal; empty for other words, which are no reserved words or operators.
     */
    public String bare() {
        return parts.size() == 1 && parts.get(0) instanceof Literal literal && !literal.quoted() ? literal.text() : "";
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Whether the name of a variable may contain a character. */
    public static boolean isNamePart(char c) {
        return c == '_' || isLetter(c) || (c >= '0' && c <= '9');
    }
}
