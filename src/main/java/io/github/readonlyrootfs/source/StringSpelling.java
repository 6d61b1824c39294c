// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where a file has the characters of a string's value. The file is not parsed again: its parser knows the value,
 * so that it is enough to walk along both. White space is not compared, since YAML folds lines and removes indentation.
 */
final class StringSpelling {

    private final String file;
    private final int end;
    private final char style;
    private final int[] starts;
    private final int[] ends;
    private int at;
    private boolean known;

    /** A piece of the file and the text that it means. */
    private record Unit(String value, int start, int end) {}

    private StringSpelling(int length, String file, int start, int end) {
        this.file = file;
        this.end = end;
        this.starts = new int[length];
        this.ends = new int[length];
        this.at = start;
        skipProperties();
        this.style = at < end ? file.charAt(at) : ' ';
        if (style == '"' || style == '\'') {
            at++;
        } else if (style == '|' || style == '>') {
            int line = file.indexOf('\n', at);
            at = line < 0 ? end : line;
        }
    }

    /** Finds the characters of a value in a part of a file. */
    static StringSpelling of(String value, String file, int start, int end) {
        StringSpelling spelling = new StringSpelling(value.length(), file, start, end);
        spelling.known = spelling.walk(value);
        return spelling;
    }

    /** Whether the file contains the value literally; it does not contain the result of a template function. */
    boolean isKnown() {
        return known && starts.length > 0;
    }

    int start(int index) {
        return starts[index];
    }

    int end(int index) {
        return ends[index];
    }

    /** A tag and an anchor may precede a value in YAML. */
    private void skipProperties() {
        while (at < end && (file.charAt(at) == '!' || file.charAt(at) == '&')) {
            while (at < end && !Character.isWhitespace(file.charAt(at))) {
                at++;
            }
            skipSpace();
        }
    }

    private boolean walk(String value) {
        int i = 0;
        while (i < value.length()) {
            Unit unit = Character.isWhitespace(value.charAt(i)) ? space(value.charAt(i)) : character();
            if (unit == null || unit.value().isEmpty() || !value.startsWith(unit.value(), i)) {
                return false;
            }
            int next = i + unit.value().length();
            Arrays.fill(starts, i, next, unit.start());
            Arrays.fill(ends, i, next, unit.end());
            at = unit.end();
            i = next;
        }
        return true;
    }

    private @Nullable Unit space(char c) {
        skipContinuations();
        Unit escape = style == '"' && at < end && file.charAt(at) == '\\' ? escape() : null;
        if (escape != null && escape.value().equals(String.valueOf(c))) {
            return escape;
        }
        boolean isThere = at < end && Character.isWhitespace(file.charAt(at));
        return new Unit(String.valueOf(c), at, isThere ? at + 1 : at);
    }

    private @Nullable Unit character() {
        skipSpace();
        skipContinuations();
        if (at >= end) {
            return null;
        }
        if (style == '"' && file.charAt(at) == '\\') {
            return escape();
        }
        boolean doubled = style == '\'' && file.startsWith("''", at);
        return new Unit(file.substring(at, at + 1), at, doubled ? at + 2 : at + 1);
    }

    private void skipSpace() {
        while (at < end && Character.isWhitespace(file.charAt(at))) {
            at++;
        }
    }

    /** A backslash at the end of a line joins it with the next one. */
    private void skipContinuations() {
        while (style == '"' && (file.startsWith("\\\n", at) || file.startsWith("\\\r\n", at))) {
            at++;
            skipSpace();
        }
    }

    /** The escapes of JSON, and those that YAML has besides. */
    private @Nullable Unit escape() {
        if (at + 1 >= end) {
            return null;
        }
        char c = file.charAt(at + 1);
        return switch (c) {
            case 'x' -> code(2);
            case 'u' -> code(4);
            case 'U' -> code(8);
            case 'b' -> unit("\b");
            case 'f' -> unit("\f");
            case 'n' -> unit("\n");
            case 'r' -> unit("\r");
            case 't', '\t' -> unit("\t");
            case '0' -> unit("\0");
            case 'a' -> unit("\u0007");
            case 'e' -> unit("\u001b");
            case 'v' -> unit("\u000b");
            case 'N' -> unit("\u0085");
            case '_' -> unit("\u00a0");
            case 'L' -> unit("\u2028");
            case 'P' -> unit("\u2029");
            default -> unit(String.valueOf(c));
        };
    }

    private Unit unit(String value) {
        return new Unit(value, at, at + 2);
    }

    private @Nullable Unit code(int digits) {
        int from = at + 2;
        int to = from + digits;
        if (to > end) {
            return null;
        }
        try {
            int codePoint = Integer.parseInt(file, from, to, 16);
            return Character.isValidCodePoint(codePoint) ? new Unit(Character.toString(codePoint), at, to) : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
