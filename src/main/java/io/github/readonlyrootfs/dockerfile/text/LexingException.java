// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

/** BuildKit rejects a word, or its evaluation would take too long. */
public final class LexingException extends Exception {

    private final String help;
    private final int index;
    private final boolean limit;

    private LexingException(String message, String help, int index, boolean limit) {
        super(message, null, false, false);
        this.help = help;
        this.index = index;
        this.limit = limit;
    }

    /**
     * A word that BuildKit rejects.
     *
     * @param index where in the word
     */
    static LexingException of(String message, String help, int index) {
        return new LexingException(message, help, index, false);
    }

    static LexingException unclosed(char quote, int index) {
        String name = switch (quote) {
            case '"' -> "double quote";
            case '\'' -> "single quote";
            default -> "`" + quote + "`";
        };
        return of("the closing " + name + " is missing", "close it, or put the escape character before it", index);
    }

    static LexingException unclosedSubstitution(int index) {
        return of("the substitution is not closed", "close it with `}`", index);
    }

    /** A word that is not wrong, but longer than what is evaluated here. */
    static LexingException limit(String reason, int index) {
        return new LexingException(reason, "", index, true);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }

    public String help() {
        return help;
    }

    int index() {
        return index;
    }

    boolean isLimit() {
        return limit;
    }
}
