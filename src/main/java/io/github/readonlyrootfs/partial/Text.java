// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.partial;

import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A text of which parts may be unknown. A hole stands for an unknown part, which may be empty unless it is a filled one.
 *
 * @param raw the characters, {@link #HOLE} or {@link #FILLED_HOLE} for each hole
 */
public record Text(String raw) {

    /** Unicode reserves it for internal use: no text contains it. */
    public static final char HOLE = '\uFFFF';

    /** A hole that is not empty. */
    private static final char FILLED_HOLE = '\uFFFE';

    /** Linux accepts no longer argument, and a variable that is doubled in a loop would fill the memory. */
    public static final int MAX_LENGTH = 128 * 1024;

    public static final Text EMPTY = new Text("");

    public static final Text UNKNOWN = new Text(String.valueOf(HOLE));

    /** An unknown text that is not empty. */
    public static final Text FILLED = new Text(String.valueOf(FILLED_HOLE));

    public Text {
        if (raw.length() > MAX_LENGTH) {
            raw = raw.substring(0, MAX_LENGTH) + HOLE;
        }
    }

    public static Text of(String text) {
        return text.isEmpty() ? EMPTY : new Text(text);
    }

    public static Text of(long number) {
        return new Text(String.valueOf(number));
    }

    /** A text of which only the beginning is known. */
    public static Text beginningWith(String prefix) {
        return of(prefix).plus(UNKNOWN);
    }

    public boolean isKnown() {
        return indexOfHole(raw) < 0;
    }

    public static boolean isHole(char c) {
        return c == HOLE || c == FILLED_HOLE;
    }

    /** Where the first hole is; negative without one. */
    public static int indexOfHole(String raw) {
        int hole = raw.indexOf(HOLE);
        int filled = raw.indexOf(FILLED_HOLE);
        return hole < 0 || (filled >= 0 && filled < hole) ? filled : hole;
    }

    /** The same with holes that may be empty. */
    public Text perhapsEmpty() {
        return raw.indexOf(FILLED_HOLE) < 0 ? this : new Text(raw.replace(FILLED_HOLE, HOLE));
    }

    public Optional<String> known() {
        return isKnown() ? Optional.of(raw) : Optional.empty();
    }

    /** What precedes the first hole. */
    public String prefix() {
        int hole = indexOfHole(raw);
        return hole < 0 ? raw : raw.substring(0, hole);
    }

    /** The same with another text before the first hole. */
    public Text withPrefix(String other) {
        return new Text(other + raw.substring(prefix().length()));
    }

    public Text plus(Text other) {
        if (raw.isEmpty()) {
            return other;
        }
        return other.raw.isEmpty() ? this : new Text(raw + other.raw);
    }

    /** Whether the text is empty; unknown if it is only a hole. */
    public Truth isEmpty() {
        if (raw.isEmpty()) {
            return Truth.TRUE;
        }
        return raw.chars().allMatch(c -> c == HOLE) ? Truth.UNKNOWN : Truth.FALSE;
    }

    /** Whether both are the same text. */
    public Truth same(Text other) {
        if (isKnown() && other.isKnown()) {
            return Truth.of(raw.equals(other.raw));
        }
        return couldBe(other) ? Truth.UNKNOWN : Truth.FALSE;
    }

    private boolean couldBe(Text other) {
        if ((isKnown() && raw.length() < other.minLength()) || (other.isKnown() && other.raw.length() < minLength())) {
            return false;
        }
        String mine = prefix();
        String others = other.prefix();
        boolean start = isKnown()
                ? raw.startsWith(others)
                : other.isKnown() ? other.raw.startsWith(mine) : mine.startsWith(others) || others.startsWith(mine);
        String end = suffix();
        String otherEnd = other.suffix();
        boolean finish = isKnown()
                ? raw.endsWith(otherEnd)
                : other.isKnown() ? other.raw.endsWith(end) : end.endsWith(otherEnd) || otherEnd.endsWith(end);
        return start && finish;
    }

    private long minLength() {
        return raw.chars().filter(c -> c != HOLE).count();
    }

    /** What follows the last hole. */
    public String suffix() {
        return raw.substring(Math.max(raw.lastIndexOf(HOLE), raw.lastIndexOf(FILLED_HOLE)) + 1);
    }

    /** Without the line ends at its end, as in a command substitution. */
    public Text withoutLineEnds() {
        int end = raw.length();
        while (end > 0 && raw.charAt(end - 1) == '\n') {
            end--;
        }
        return end == raw.length() ? this : new Text(raw.substring(0, end));
    }

    /** Its lines; the last one may lack its line end. */
    public List<Text> lines() {
        List<Text> lines = new ArrayList<>();
        int start = 0;
        while (start < raw.length()) {
            int end = raw.indexOf('\n', start);
            end = end < 0 ? raw.length() : end;
            lines.add(new Text(raw.substring(start, end)));
            start = end + 1;
        }
        return lines;
    }
}
