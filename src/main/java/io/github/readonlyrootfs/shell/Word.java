package io.github.readonlyrootfs.shell;

import java.util.List;

/**
 * A word of a shell command as written.
 *
 * @param start where it begins in the script
 * @param end where it ends, exclusive
 */
public record Word(List<Part> parts, int start, int end) {

    /** A piece of a word. */
    public sealed interface Part {

        boolean quoted();
    }

    /** Characters that stand for themselves, or, unquoted, for a pattern. */
    public record Literal(String text, boolean quoted) implements Part {}

    /**
     * {@code $name}, {@code ${name}} or {@code ${name:-word}}.
     *
     * @param operator such as {@code :-}; empty for none
     * @param operand what follows the operator
     */
    public record Variable(String name, String operator, Word operand, boolean quoted) implements Part {}

    /** A command substitution, with the command's text; arithmetic and the like have none. */
    public record Substitution(String command, boolean quoted) implements Part {}

    /** A word that stands for itself. */
    public static Word literal(String text) {
        return new Word(List.of(new Literal(text, true)), 0, 0);
    }

    /** The word as one unquoted literal, if that is what it is; else empty: no reserved word or operator. */
    public String bare() {
        return parts.size() == 1 && parts.get(0) instanceof Literal literal && !literal.quoted() ? literal.text() : "";
    }

    static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Whether a character may stand in the name of a variable. */
    public static boolean isNamePart(char c) {
        return c == '_' || isLetter(c) || (c >= '0' && c <= '9');
    }
}
