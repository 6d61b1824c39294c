// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.message;

/** Makes text safe for a terminal. */
public final class PlainText {

    /** Longer than any line for a file that ECS and the builder accept. */
    private static final int MAX_LINE = 10_000;

    private PlainText() {}

    /**
     * The text without characters that affect a terminal: control characters, those that change the direction of
     * writing, and halves of characters become question marks. It has as many characters as before.
     */
    public static String of(String text) {
        return plain(text, ' ');
    }

    /** The same with tabs, for text to paste. */
    public static String pasted(String text) {
        return plain(text, '\t');
    }

    private static String plain(String text, char tab) {
        if (isPrintableAscii(text)) {
            return text;
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                plain.append(c).append(text.charAt(++i));
            } else {
                plain.append(isHarmless(c) ? c : c == '\t' ? tab : c == '\n' ? ' ' : '?');
            }
        }
        return plain.toString();
    }

    /** {@link #pasted(String)} text, cut to a readable length. */
    public static String line(String text) {
        return pasted(cut(text, MAX_LINE));
    }

    /** A text, or its beginning where it has more characters. */
    public static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length) + "...";
    }

    private static boolean isPrintableAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7F) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHarmless(char c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            // Not even characters, and refused by XML.
            default -> c < '\uFFFE';
        };
    }
}
