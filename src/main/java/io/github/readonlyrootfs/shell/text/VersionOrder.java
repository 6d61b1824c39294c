// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.text;

import java.util.Comparator;

/**
 * The order of {@code sort -V}, as GNU's {@code filevercmp} has it: numbers by their value, letters before other characters,
 * and endings such as {@code .sh} only if the rest is equal.
 */
public final class VersionOrder {

    public static final Comparator<String> ORDER = Comparator.comparing(
                    VersionOrder::withoutEnding, VersionOrder::parts)
            .thenComparing(VersionOrder::parts)
            .thenComparing(Comparator.naturalOrder());

    private VersionOrder() {}

    /** An ending is a dot, a letter or {@code ~}, and more of these or digits; there may be several. */
    private static String withoutEnding(String text) {
        int end = text.length();
        for (int i = end - 1; i >= 0 && isOfEnding(text.charAt(i)); i--) {
            if (i > 0 && !isDigit(text.charAt(i)) && text.charAt(i - 1) == '.') {
                end = --i;
            }
        }
        return text.substring(0, end);
    }

    private static boolean isOfEnding(char c) {
        return isLetter(c) || isDigit(c) || c == '~';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static int parts(String one, String other) {
        int i = 0;
        int j = 0;
        while (i < one.length() || j < other.length()) {
            while (isOther(one, i) || isOther(other, j)) {
                int difference = rank(one, i) - rank(other, j);
                if (difference != 0) {
                    return difference;
                }
                i++;
                j++;
            }
            int oneEnd = numberEnd(one, i);
            int otherEnd = numberEnd(other, j);
            String number = one.substring(i, oneEnd).replaceFirst("^0+", "");
            String than = other.substring(j, otherEnd).replaceFirst("^0+", "");
            int difference =
                    number.length() != than.length() ? number.length() - than.length() : number.compareTo(than);
            if (difference != 0) {
                return difference;
            }
            i = oneEnd;
            j = otherEnd;
        }
        return 0;
    }

    private static boolean isOther(String text, int at) {
        return at < text.length() && !isDigit(text.charAt(at));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int numberEnd(String text, int from) {
        int end = Math.min(from, text.length());
        while (end < text.length() && isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static int rank(String text, int at) {
        if (at >= text.length() || isDigit(text.charAt(at))) {
            return 0;
        }
        char c = text.charAt(at);
        return isLetter(c) ? c : c == '~' ? -1 : c + 256;
    }
}
