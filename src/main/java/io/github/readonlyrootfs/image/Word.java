package io.github.readonlyrootfs.image;

import java.util.List;

/**
 * A word of a shell command as written.
 *
 * @param start where it begins in the script
 * @param end where it ends, exclusive
 */
record Word(List<Part> parts, int start, int end) {

    /** A piece of a word. */
    sealed interface Part {

        boolean quoted();
    }

    /** Characters that stand for themselves, or, unquoted, for a pattern. */
    record Literal(String text, boolean quoted) implements Part {}

    /**
     * {@code $name}, {@code ${name}} or {@code ${name:-word}}.
     *
     * @param operator such as {@code :-}; empty for none
     * @param operand what follows the operator
     */
    record Variable(String name, String operator, Word operand, boolean quoted) implements Part {}

    /** A command substitution, with the command's text; arithmetic and the like have none. */
    record Substitution(String command, boolean quoted) implements Part {}

    static Word literal(String text) {
        return new Word(List.of(new Literal(text, true)), 0, 0);
    }

    /** The word as one unquoted literal, if that is what it is; else empty: no reserved word or operator. */
    String bare() {
        return parts.size() == 1 && parts.get(0) instanceof Literal literal && !literal.quoted() ? literal.text() : "";
    }
}
