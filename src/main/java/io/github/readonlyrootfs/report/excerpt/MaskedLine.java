// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.excerpt;

import io.github.readonlyrootfs.message.PlainText;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.Span;
import java.util.List;

/** Copies a line of a file for print, masked, and keeps track of where the marked range ends up. */
final class MaskedLine {

    private static final String TAB = "    ";

    private final String line;
    private final Span marked;
    private final StringBuilder copy = new StringBuilder();
    private int markStart = -1;
    private int markEnd = -1;

    private MaskedLine(String line, Span marked) {
        this.line = line;
        this.marked = marked;
    }

    /**
     * The line as an excerpt.
     *
     * @param marked the range in the line that the excerpt is about
     * @param masks the pieces of the line that are not shown, in order
     */
    static Excerpt excerpt(int number, String line, Span marked, List<Span> masks) {
        MaskedLine masked = new MaskedLine(line, marked);
        int done = 0;
        for (Span mask : masks) {
            masked.copy(done, mask.start());
            masked.mask(mask.start(), mask.end());
            done = mask.end();
        }
        masked.copy(done, line.length());
        return masked.finish(number);
    }

    private void copy(int start, int end) {
        String plain = PlainText.of(line.substring(start, end));
        for (int i = start; i < end; i++) {
            mark(i);
            if (line.charAt(i) == '\t') {
                copy.append(TAB);
            } else {
                copy.append(plain.charAt(i - start));
            }
        }
    }

    private void mask(int start, int end) {
        if (marked.start() >= start && marked.start() < end) {
            markStart = copy.length();
        }
        mark(start);
        copy.append(PublicText.MASK);
        if (marked.end() > start && marked.end() <= end) {
            markEnd = copy.length();
        }
    }

    private void mark(int index) {
        if (index == marked.start()) {
            markStart = copy.length();
        }
        if (index == marked.end()) {
            markEnd = copy.length();
        }
    }

    private Excerpt finish(int number) {
        int start = markStart < 0 ? copy.length() : markStart;
        int end = markEnd < 0 ? copy.length() : markEnd;
        return new Excerpt(number, copy.toString(), start, Math.max(start, end));
    }
}
