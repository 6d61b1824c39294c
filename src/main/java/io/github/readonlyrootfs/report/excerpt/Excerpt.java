// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.excerpt;

import io.github.readonlyrootfs.source.PublicText;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A line of a file and the mark below it, after a gutter with the line's number.
 *
 * @param text printable: nothing in it is a tab, a control character or a secret
 * @param from where the mark begins, counted from 0
 * @param to where it ends, exclusive; at least one character is marked, if need be behind the text
 */
public record Excerpt(int lineNumber, String text, int from, int to) {

    private static final int GUTTER = 7;

    /** With the gutter and the build tool's own prefix, about 120 columns. */
    private static final int MAX_WIDTH = 104;

    /** How much of a cut line is left of the mark, if there is as much. */
    private static final int CONTEXT = 40;

    private static final String CUT = "...";

    private static final Pattern WORD = Pattern.compile("[A-Za-z]{2}");

    /** Whether a word of it may be shown: without any, it tells a reader nothing. */
    public boolean isReadable() {
        return !text.contains(PublicText.MASK) || WORD.matcher(text).find();
    }

    public List<String> lines() {
        String number = String.format("%" + GUTTER + "d", lineNumber);
        String gutter = " ".repeat(number.length());
        Excerpt shown = cut();
        return List.of(
                (number + " | " + shown.text).stripTrailing(),
                gutter + " | " + " ".repeat(shown.from) + "^" + "~".repeat(shown.to - shown.from - 1));
    }

    /** As much of it as is shown, with dots where a long line is cut; its mark may be behind the text. */
    public Excerpt cut() {
        int start = start();
        int end = end(start);
        String left = start > 0 ? CUT : "";
        String right = end < text.length() ? CUT : "";
        int markStart = left.length() + Math.min(from, end) - start;
        int markWidth = Math.max(1, Math.min(to, end) - Math.min(from, end));
        return new Excerpt(lineNumber, left + text.substring(start, end) + right, markStart, markStart + markWidth);
    }

    private int start() {
        if (text.length() <= MAX_WIDTH || to <= MAX_WIDTH) {
            return 0;
        }
        int start = Math.max(0, Math.min(from - CONTEXT, text.length() - MAX_WIDTH));
        return splitsPair(start) ? start - 1 : start;
    }

    private int end(int start) {
        int end = Math.min(text.length(), start + MAX_WIDTH);
        return splitsPair(end) ? end + 1 : end;
    }

    private boolean splitsPair(int index) {
        return index > 0
                && index < text.length()
                && Character.isHighSurrogate(text.charAt(index - 1))
                && Character.isLowSurrogate(text.charAt(index));
    }
}
