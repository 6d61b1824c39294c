// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.Chunk;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What changes in a file, as {@code git apply --unidiff-zero} and {@code patch} take it. A line that may contain a
 * secret is not shown as context, and a change of such a line is left out.
 */
public final class UnifiedDiff {

    private static final int CONTEXT = 3;

    private static final String NO_NEWLINE = "\n\\ No newline at end of file";

    private final PublicText text;
    private final List<String> old;
    private final List<String> hunks = new ArrayList<>();
    private final List<String> leftOut = new ArrayList<>();

    /** How many lines of the old file are in a hunk or above one. */
    private int done;

    /** By how many lines the new file is longer, up to there. */
    private int growth;

    private UnifiedDiff(PublicText text, String mark) {
        this.text = text;
        this.old = lines(mark + text.source().text());
    }

    /**
     * The lines of the diff; none where nothing changes. What is left out comes after the rest, where nothing reads it
     * but people.
     *
     * @param mark the byte order mark that the file begins with, or nothing
     * @param before what may be shown of the file, without the mark as its text after the edits
     */
    public static List<String> of(String name, String mark, PublicText before, String after) {
        UnifiedDiff diff = new UnifiedDiff(before, mark);
        List<AbstractDelta<String>> deltas =
                DiffUtils.diff(diff.old, lines(mark + after)).getDeltas();
        for (int i = 0; i < deltas.size(); i++) {
            diff.add(
                    deltas.get(i),
                    i + 1 < deltas.size() ? deltas.get(i + 1).getSource().getPosition() : diff.old.size(),
                    name);
        }
        List<String> lines = new ArrayList<>();
        if (!diff.hunks.isEmpty()) {
            lines.add("--- a/" + name);
            lines.add("+++ b/" + name);
        }
        lines.addAll(diff.hunks);
        lines.addAll(diff.leftOut);
        return lines;
    }

    private void add(AbstractDelta<String> delta, int next, String name) {
        Chunk<String> removed = delta.getSource();
        Chunk<String> added = delta.getTarget();
        int from = removed.getPosition();
        int to = from + removed.size();
        for (int line = from; line < to; line++) {
            if (!isPublic(line)) {
                leftOut.add("# left out: a change in line " + (line + 1) + " of " + name
                        + ", which may contain secrets; fix makes it without dryRun");
                done = to;
                return;
            }
        }
        int start = from;
        while (start > Math.max(done, from - CONTEXT) && isPublic(start - 1)) {
            start--;
        }
        int end = to;
        while (end < Math.min(next, to + CONTEXT) && isPublic(end)) {
            end++;
        }
        int oldSize = end - start;
        int newSize = oldSize - removed.size() + added.size();
        hunks.add("@@ -" + range(start, oldSize) + " +" + range(start + growth, newSize) + " @@");
        old.subList(start, from).forEach(line -> hunks.add(" " + line));
        removed.getLines().forEach(line -> hunks.add("-" + line));
        added.getLines().forEach(line -> hunks.add("+" + line));
        old.subList(to, end).forEach(line -> hunks.add(" " + line));
        done = end;
        growth += newSize - oldSize;
    }

    /** Counted from 1; where there are no lines, the one above. */
    private static String range(int start, int size) {
        return (size == 0 ? start : start + 1) + "," + size;
    }

    private boolean isPublic(int line) {
        SourceFile source = text.source();
        int start = source.lineStart(line + 1);
        return text.isPublic(start, start + source.line(line + 1).length());
    }

    /** A last line without a line feed is another line than the same one with it. */
    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(Arrays.asList(text.split("\n", -1)));
        int last = lines.size() - 1;
        if (lines.get(last).isEmpty()) {
            lines.remove(last);
        } else {
            lines.set(last, lines.get(last) + NO_NEWLINE);
        }
        return lines;
    }
}
