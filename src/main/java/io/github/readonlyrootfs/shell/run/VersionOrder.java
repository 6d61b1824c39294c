package io.github.readonlyrootfs.shell.run;

import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * The order of {@code sort -V}, as GNU's {@code filevercmp} has it: numbers by their value, letters before other characters,
 * and endings such as {@code .sh} only where the rest is equal.
 */
final class VersionOrder {

    private static final Pattern ENDING = Pattern.compile("(?:\\.[A-Za-z~][A-Za-z0-9~]*)*$");

    static final Comparator<String> ORDER = Comparator.comparing(VersionOrder::withoutEnding, VersionOrder::parts)
            .thenComparing(VersionOrder::parts)
            .thenComparing(Comparator.naturalOrder());

    private VersionOrder() {}

    private static String withoutEnding(String text) {
        return ENDING.matcher(text).replaceFirst("");
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
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return letter ? c : c == '~' ? -1 : c + 256;
    }
}
