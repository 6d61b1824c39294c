// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.excerpt;

import io.github.readonlyrootfs.source.PublicText;
import java.util.List;

/**
 * A line of a file and the mark below it, after a gutter with the line's number.
 *
 * @param text printable: nothing in it is a tab, a control character or a secret
 * @param from where the mark begins, counted from 0
 * @param to where it ends, exclusive; at least one character is marked, if need be behind the text
 */
public record Excerpt(int lineNumber, String text, int from, int to) {

    /** With the gutter and the build tool's own prefix, about 120 columns. */
    private static final int MAX_WIDTH = 104;

    /** How much of a cut line is left of the mark, if there is as much. */
    private static final int CONTEXT = 40;

    private static final String CUT = "...";

    /** Whether a word of it may be shown: without any, it tells a reader nothing. */
    public boolean isReadable() {
        return !text.contains(PublicText.MASK) || text.matches(".*[A-Za-z]{2}.*");
    }

    public List<String> lines() {
        String number = String.format("%7d", lineNumber);
        String gutter = " ".repeat(number.length());
        Excerpt shown = cut();
        return List.of(
                (number + " | " + shown.text).stripTrailing(),
                gutter + " | " + " ".repeat(shown.from) + "^" + "~".repeat(shown.to - shown.from - 1));
    }

    /** As much of it as is shown, with dots where a long line is cut; its mark may be behind the text. */
    public Excerpt cut() {
        int start = to <= MAX_WIDTH ? 0 : Math.max(0, Math.min(from - CONTEXT, text.length() - MAX_WIDTH));
        int end = Math.min(text.length(), start + MAX_WIDTH);
        String left = start > 0 ? CUT : "";
        int markStart = left.length() + Math.min(from, end) - start;
        int markWidth = Math.max(1, Math.min(to, end) - Math.min(from, end));
        // Half a character, where it is cut in two.
        String shown = text.substring(start, end).replaceAll("\\p{Cs}", "?") + (end < text.length() ? CUT : "");
        return new Excerpt(lineNumber, left + shown, markStart, markStart + markWidth);
    }
}
