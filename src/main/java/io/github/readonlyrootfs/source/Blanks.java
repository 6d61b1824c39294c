// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

/** Skips white space in a text. */
public final class Blanks {

    private Blanks() {}

    /** The first offset at or after {@code from} without white space; the length of the text if there is none. */
    public static int after(String text, int from) {
        int at = from;
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** The offset after the last character before {@code to} that is not white space; 0 if there is none. */
    public static int before(String text, int to) {
        int at = to;
        while (at > 0 && Character.isWhitespace(text.charAt(at - 1))) {
            at--;
        }
        return at;
    }
}
