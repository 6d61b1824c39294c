package io.github.readonlyrootfs.fix;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What changes in a file, as {@code git apply} and {@code patch} take it. */
final class UnifiedDiff {

    private static final int CONTEXT = 3;

    private static final String NO_NEWLINE = "\n\\ No newline at end of file";

    private UnifiedDiff() {}

    /** The lines of the diff; none where nothing changes. */
    static List<String> of(String name, String before, String after) {
        List<String> old = lines(before);
        return UnifiedDiffUtils.generateUnifiedDiff(
                "a/" + name, "b/" + name, old, DiffUtils.diff(old, lines(after)), CONTEXT);
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
