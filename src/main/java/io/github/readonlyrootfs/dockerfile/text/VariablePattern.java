// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** A pattern of {@code ${x#pattern}} and {@code ${x/pattern/…}}: {@code *} and {@code ?}, no brackets. */
final class VariablePattern {

    private static final int ANY = -1;

    /** The texts between the stars, as code points; {@link #ANY} for a question mark. */
    private final List<int[]> pieces;

    private VariablePattern(List<int[]> pieces) {
        this.pieces = pieces;
    }

    /**
     * Reads a pattern.
     *
     * @param index the place for an error
     */
    static VariablePattern of(String pattern, int index) throws LexingException {
        List<int[]> pieces = new ArrayList<>();
        int[] points = pattern.codePoints().toArray();
        int[] piece = new int[points.length];
        int length = 0;
        for (int i = 0; i < points.length; i++) {
            int c = points[i];
            if (c == '*') {
                pieces.add(Arrays.copyOf(piece, length));
                length = 0;
                continue;
            }
            if (c == '?') {
                c = ANY;
            } else if (c == '\\') {
                int escaped = ++i < points.length ? points[i] : ANY;
                if ("*?\\}/".indexOf(escaped) < 0) {
                    throw LexingException.of(
                            "the pattern escapes a character that needs none",
                            "only * ? \\ } and / can be escaped in it",
                            index);
                }
                c = escaped;
            }
            piece[length++] = c;
        }
        pieces.add(Arrays.copyOf(piece, length));
        return new VariablePattern(pieces);
    }

    String trimPrefix(String value, boolean longest) {
        int[] points = value.codePoints().toArray();
        int end = matchEnd(points, 0, longest);
        return end < 0 ? value : new String(points, end, points.length - end);
    }

    String trimSuffix(String value, boolean longest) {
        int[] points = reversed(value.codePoints().toArray());
        List<int[]> mirrored = new ArrayList<>();
        pieces.forEach(piece -> mirrored.add(reversed(piece)));
        Collections.reverse(mirrored);
        int end = new VariablePattern(mirrored).matchEnd(points, 0, longest);
        int kept = points.length - Math.max(end, 0);
        return new String(reversed(points), 0, kept);
    }

    String replace(String value, String replacement, boolean all) {
        int[] points = value.codePoints().toArray();
        StringBuilder result = new StringBuilder();
        int copied = 0;
        int start = 0;
        int lastEnd = -1;
        while (start <= points.length) {
            int end = matchEnd(points, start, true);
            if (end < 0 && pieces.size() > 1 && matches(pieces.get(0), points, start)) {
                // What follows the first star was not found from here on, so later starts will not find it either.
                break;
            }
            // An empty match directly after another match does not count.
            if (end < 0 || (end == start && end == lastEnd)) {
                start++;
                continue;
            }
            result.append(new String(points, copied, start - copied)).append(all ? template(replacement) : replacement);
            copied = end;
            lastEnd = end;
            start = end == start ? start + 1 : end;
            if (!all) {
                break;
            }
        }
        return result.append(new String(points, copied, points.length - copied)).toString();
    }

    /** When it replaces all matches, Go expands {@code $name} to a group, and there are none. */
    private static String template(String replacement) {
        StringBuilder result = new StringBuilder();
        int i = 0;
        while (i < replacement.length()) {
            char c = replacement.charAt(i++);
            if (c != '$') {
                result.append(c);
                continue;
            }
            if (replacement.startsWith("$", i)) {
                result.append('$');
                i++;
                continue;
            }
            boolean braced = replacement.startsWith("{", i);
            int end = braced ? i + 1 : i;
            int start = end;
            while (end < replacement.length() && isGroupName(replacement.charAt(end))) {
                end++;
            }
            boolean valid = end > start && (!braced || replacement.startsWith("}", end));
            if (valid) {
                i = braced ? end + 1 : end;
            } else {
                result.append('$');
            }
        }
        return result.toString();
    }

    private static boolean isGroupName(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    /** Where a match that begins at an index ends; -1 without a match. */
    private int matchEnd(int[] value, int start, boolean longest) {
        int[] first = pieces.get(0);
        if (!matches(first, value, start)) {
            return -1;
        }
        int pos = start + first.length;
        for (int i = 1; i < pieces.size(); i++) {
            int[] piece = pieces.get(i);
            boolean last = i == pieces.size() - 1;
            int found = last && longest ? lastIndexOf(piece, value, pos) : indexOf(piece, value, pos);
            if (found < 0) {
                return -1;
            }
            pos = found + piece.length;
        }
        return pos;
    }

    private static int indexOf(int[] piece, int[] value, int from) {
        for (int i = from; i <= value.length - piece.length; i++) {
            if (matches(piece, value, i)) {
                return i;
            }
        }
        return -1;
    }

    private static int lastIndexOf(int[] piece, int[] value, int from) {
        for (int i = value.length - piece.length; i >= from; i--) {
            if (matches(piece, value, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean matches(int[] piece, int[] value, int at) {
        if (at + piece.length > value.length) {
            return false;
        }
        for (int i = 0; i < piece.length; i++) {
            if (piece[i] != ANY && piece[i] != value[at + i]) {
                return false;
            }
        }
        return true;
    }

    private static int[] reversed(int[] points) {
        int[] result = new int[points.length];
        for (int i = 0; i < points.length; i++) {
            result[i] = points[points.length - 1 - i];
        }
        return result;
    }
}
