package io.github.readonlyrootfs.image;

import org.jspecify.annotations.Nullable;

/**
 * A word of a command after expansion.
 *
 * @param text the text, as far as it is known
 * @param pattern the pattern that the text is, where it has unquoted {@code * ? [}, or an asterisk for what is unknown
 * @param known whether all of the text is known
 */
record Field(String text, @Nullable String pattern, boolean known) {

    static Field of(String text) {
        return new Field(text, null, true);
    }

    static Field unknown() {
        return new Field("", "*", false);
    }

    /** Whether it is one text, neither a pattern nor unknown in part. */
    boolean isExact() {
        return known && pattern == null;
    }

    boolean is(String other) {
        return isExact() && text.equals(other);
    }

    /** The rest of it behind a known beginning of that length. */
    Field from(int start) {
        return new Field(
                text.substring(Math.min(start, text.length())),
                pattern == null ? null : pattern.substring(Math.min(start, pattern.length())),
                known);
    }
}
