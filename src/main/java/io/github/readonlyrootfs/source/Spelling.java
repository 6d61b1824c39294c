// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.Locale;

/** Whether one text is the other with a slip: case, one letter too much, too few, wrong, or two swapped. */
public final class Spelling {

    /** In a shorter text one letter makes another word rather than a misspelling: {@code /tmp} and {@code /tmp2}. */
    private static final int SHORTEST = 8;

    private Spelling() {}

    public static boolean isNear(String one, String other) {
        String left = one.toLowerCase(Locale.ROOT);
        String right = other.toLowerCase(Locale.ROOT);
        return left.equals(right) || (Math.min(left.length(), right.length()) >= SHORTEST && differsOnce(left, right));
    }

    private static boolean differsOnce(String left, String right) {
        int shorter = Math.min(left.length(), right.length());
        int start = 0;
        while (start < shorter && left.charAt(start) == right.charAt(start)) {
            start++;
        }
        int end = 0;
        while (end < shorter - start
                && left.charAt(left.length() - 1 - end) == right.charAt(right.length() - 1 - end)) {
            end++;
        }
        String middle = left.substring(start, left.length() - end);
        String otherMiddle = right.substring(start, right.length() - end);
        boolean swapped = middle.length() == 2
                && otherMiddle.length() == 2
                && middle.charAt(0) == otherMiddle.charAt(1)
                && middle.charAt(1) == otherMiddle.charAt(0);
        // Digits number things: data1 and data2 are two directories, not a slip.
        boolean numbered = (middle + otherMiddle).chars().anyMatch(Character::isDigit);
        return !numbered && (swapped || Math.max(middle.length(), otherMiddle.length()) <= 1);
    }
}
