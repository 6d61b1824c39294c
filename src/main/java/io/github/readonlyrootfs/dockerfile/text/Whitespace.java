// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

/** The sets of blanks that BuildKit knows; none of them is Java's. */
public final class Whitespace {

    private Whitespace() {}

    /** Unicode's white space: trimmed from both ends of an instruction, and around the words of ENV, ARG and LABEL. */
    public static boolean isSpace(char c) {
        return switch (c) {
            case '\t', '\n', '\u000B', '\f', '\r', ' ', '\u0085', '\u00A0', '\u1680', '\u2028', '\u2029' -> true;
            case '\u202F', '\u205F', '\u3000' -> true;
            default -> c >= '\u2000' && c <= '\u200A';
        };
    }

    /** The blanks that end a flag or the keyword after HEALTHCHECK. */
    public static boolean isBlank(char c) {
        return c == '\n' || isSeparator(c);
    }

    /** The blanks that end a keyword or a word of FROM, VOLUME, COPY and ADD. */
    public static boolean isSeparator(char c) {
        return c == ' ' || c == '\t' || c == '\u000B' || c == '\f' || c == '\r';
    }
}
