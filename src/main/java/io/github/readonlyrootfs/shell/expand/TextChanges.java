// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.expand;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Glob;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.shell.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The operators of {@code ${…}} that change a value. */
final class TextChanges {

    /** Longer values are not matched against patterns: that may take too long. */
    private static final int MAX_MATCHED = 8 * 1024;

    private TextChanges() {}

    /** {@code # ## % %%}: removes the shortest or longest beginning or end that a pattern matches. */
    static Text trim(Text value, Field operand, String operator) {
        boolean front = operator.charAt(0) == '#';
        if (!operand.known() || value.raw().length() > MAX_MATCHED) {
            return Text.UNKNOWN;
        }
        if (!value.isKnown()) {
            return trimKnownEnd(value, operand, front);
        }
        Glob glob = new Glob(operand.glob());
        String text = value.raw();
        boolean longest = operator.length() == 2;
        for (int i = 0; i <= text.length(); i++) {
            int length = longest ? text.length() - i : i;
            String part = front ? text.substring(0, length) : text.substring(text.length() - length);
            if (glob.matches(part)) {
                return Text.of(front ? text.substring(length) : text.substring(0, text.length() - length));
            }
        }
        return value;
    }

    /** A literal text can be removed from a known end of a value with a hole; otherwise only the other end stays known. */
    private static Text trimKnownEnd(Text value, Field operand, boolean front) {
        String raw = value.raw();
        if (operand.isExact()) {
            String part = operand.text();
            if (front && raw.startsWith(part)) {
                return new Text(raw.substring(part.length()));
            }
            if (!front && raw.endsWith(part)) {
                return new Text(raw.substring(0, raw.length() - part.length()));
            }
        }
        return front ? new Text(Text.HOLE + value.suffix()) : new Text(value.prefix() + Text.HOLE);
    }

    /** Bash's {@code / //}, with {@code #} and {@code %} before the pattern. */
    static Text replace(Text value, Word operand, Expander expander, String operator) {
        List<Word.Part> pattern = new ArrayList<>();
        List<Word.Part> replacement = new ArrayList<>();
        boolean behind = false;
        for (Word.Part part : operand.parts()) {
            int slash = !behind && part instanceof Word.Literal literal && !literal.quoted()
                    ? literal.text().indexOf('/')
                    : -1;
            if (slash >= 0) {
                String text = ((Word.Literal) part).text();
                pattern.add(new Word.Literal(text.substring(0, slash), false));
                replacement.add(new Word.Literal(text.substring(slash + 1), true));
                behind = true;
            } else {
                (behind ? replacement : pattern).add(part);
            }
        }
        Field searched = expander.one(new Word(pattern, operand.start(), operand.end()));
        Text put = expander.text(new Word(replacement, operand.start(), operand.end()));
        if (!value.isKnown() || !searched.known() || value.raw().length() > MAX_MATCHED) {
            return Text.UNKNOWN;
        }
        return replace(value.raw(), searched.glob(), put, operator.length() == 2);
    }

    private static Text replace(String text, String searched, Text put, boolean all) {
        boolean front = searched.startsWith("#");
        boolean end = searched.startsWith("%");
        String glob = front || end ? searched.substring(1) : searched;
        if (glob.isEmpty()) {
            return front ? put.plus(Text.of(text)) : end ? Text.of(text).plus(put) : Text.of(text);
        }
        Glob pattern = new Glob(glob);
        int longestMatch = glob.indexOf('*') >= 0 ? text.length() : glob.length();
        StringBuilder replaced = new StringBuilder();
        int at = 0;
        boolean done = false;
        while (at < text.length()) {
            int length = done || (front && at > 0) ? 0 : match(text, at, pattern, longestMatch, end);
            if (length > 0) {
                replaced.append(put.raw());
                at += length;
                done = !all;
            } else {
                replaced.append(text.charAt(at++));
            }
        }
        return new Text(replaced.toString());
    }

    /** The length of the longest match from there on; 0 for none. */
    private static int match(String text, int at, Glob pattern, int longest, boolean toEnd) {
        for (int length = Math.min(longest, text.length() - at); length > 0; length--) {
            if ((!toEnd || at + length == text.length()) && pattern.matches(text.substring(at, at + length))) {
                return length;
            }
        }
        return 0;
    }

    /** {@code ${name:from:count}}; negative numbers count from the end. */
    static Text slice(Text value, long from, long count) {
        if (!value.isKnown()) {
            boolean inPrefix =
                    from >= 0 && count >= 0 && from + count <= value.prefix().length();
            return inPrefix ? Text.of(value.prefix().substring((int) from, (int) (from + count))) : Text.UNKNOWN;
        }
        String text = value.raw();
        long start = from < 0 ? text.length() + from : from;
        long end = count < 0 ? text.length() + count : Math.min(text.length(), start + count);
        return start < 0 || start > text.length() || end < start
                ? Text.EMPTY
                : Text.of(text.substring((int) start, (int) end));
    }

    /** Bash's {@code ^ ^^ , ,,}. */
    static Text cased(Text value, String operator) {
        String raw = value.raw();
        int end = operator.length() == 2 ? raw.length() : Math.min(1, raw.length());
        String part = raw.substring(0, end);
        String changed = operator.charAt(0) == '^' ? part.toUpperCase(Locale.ROOT) : part.toLowerCase(Locale.ROOT);
        return new Text(changed + raw.substring(end));
    }
}
