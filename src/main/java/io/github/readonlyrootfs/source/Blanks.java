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

    /** The same within a JSON string, where the escapes of white space are white space too. */
    public static int afterEscaped(String text, int from) {
        int at = after(text, from);
        while (isEscape(text, at)) {
            at = after(text, at + 2);
        }
        return at;
    }

    /** The offset before the white space, and the escapes of white space, that end at an offset within a JSON string. */
    public static int beforeEscaped(String text, int to) {
        int at = before(text, to);
        while (isEscape(text, at - 2)) {
            at = before(text, at - 2);
        }
        return at;
    }

    private static boolean isEscape(String text, int at) {
        return at >= 0 && at + 1 < text.length() && text.charAt(at) == '\\' && "nrt".indexOf(text.charAt(at + 1)) >= 0;
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
