// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.text;

/** Backslashes in the texts of {@code $'…'}, {@code printf} and {@code echo -e}. */
public final class Escapes {

    private static final String LETTERS = "abefnrtv\\";
    private static final String MEANT = "\u0007\b\u001b\f\n\r\t\u000b\\";

    private Escapes() {}

    /** The text of bash's {@code $'…'}. */
    public static String ansi(String written) {
        return replaced(written, "'\"?", true);
    }

    /** The text of a format of {@code printf}, or of {@code echo -e}. */
    public static String printed(String written) {
        return replaced(written, "\"'", false);
    }

    private static String replaced(String written, String themselves, boolean unknownKept) {
        if (written.indexOf('\\') < 0) {
            return written;
        }
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < written.length()) {
            char c = written.charAt(at++);
            if (c != '\\' || at >= written.length()) {
                text.append(c);
                continue;
            }
            char next = written.charAt(at++);
            int letter = LETTERS.indexOf(next);
            if (letter >= 0) {
                text.append(MEANT.charAt(letter));
            } else if (next >= '0' && next <= '7') {
                int end = digitsEnd(written, at, next == '0' && !unknownKept ? 3 : 2, 8);
                text.append((char) (Integer.parseInt(written.substring(at - 1, end), 8) & 0xff));
                at = end;
            } else if (next == 'x') {
                int end = digitsEnd(written, at, 2, 16);
                if (end == at) {
                    text.append("\\x");
                } else {
                    text.append((char) Integer.parseInt(written.substring(at, end), 16));
                }
                at = end;
            } else if (themselves.indexOf(next) >= 0) {
                text.append(next);
            } else {
                text.append('\\').append(next);
            }
        }
        return text.toString();
    }

    private static int digitsEnd(String text, int start, int most, int radix) {
        int end = start;
        while (end < text.length()
                && end < start + most
                && text.charAt(end) < 0x80
                && Character.digit(text.charAt(end), radix) >= 0) {
            end++;
        }
        return end;
    }
}
