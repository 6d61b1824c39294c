// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Rows of cells, printed in aligned columns that fit a terminal. */
final class Table {

    private static final String GAP = "  ";

    /** A terminal of 120 columns, less what the build tool puts before each line. */
    private static final int WIDTH = 120 - "[INFO] ".length();

    /** Behind a cell that is wider, its row goes on in the next line. */
    private static final int MAX_COLUMN = 40;

    /** So much is left for the last cell at least, however deep it is indented. */
    private static final int MIN_TEXT = 40;

    /**
     * A row.
     *
     * @param verbatim whether its last cell is to be copied, and must not be broken
     */
    private record Row(List<String> cells, boolean verbatim) {}

    private final List<Row> rows = new ArrayList<>();

    /** Adds a row, whose last cell is broken into lines where it is long. */
    void row(String... cells) {
        rows.add(new Row(List.of(cells), false));
    }

    /** Adds a row with a text to copy. */
    void verbatim(String... cells) {
        rows.add(new Row(List.of(cells), true));
    }

    /** The rows as lines without trailing blanks, each behind an indentation. */
    List<String> lines(String indentation) {
        Map<Integer, Integer> widths = new TreeMap<>();
        for (Row row : rows) {
            for (int i = 0; i < row.cells.size(); i++) {
                int width = row.cells.get(i).length();
                if (width <= MAX_COLUMN) {
                    widths.merge(i, width, Math::max);
                }
            }
        }
        List<String> lines = new ArrayList<>();
        for (Row row : rows) {
            add(row, widths, indentation, lines);
        }
        return lines;
    }

    private static void add(Row row, Map<Integer, Integer> widths, String indentation, List<String> lines) {
        StringBuilder line = new StringBuilder(indentation);
        int column = indentation.length();
        int last = row.cells.size() - 1;
        for (int i = 0; i <= last; i++) {
            if (line.length() > column) {
                lines.add(line.toString().stripTrailing());
                line = new StringBuilder();
            }
            line.append(" ".repeat(Math.max(0, column - line.length())));
            if (i < last || row.verbatim) {
                line.append(row.cells.get(i)).append(GAP);
            } else {
                wrap(row.cells.get(i), line, lines);
            }
            column += widths.getOrDefault(i, 0) + GAP.length();
        }
        lines.add(line.toString().stripTrailing());
    }

    /** Appends a text to a line, and begins more of them, at the same column, where there is no room left. */
    private static void wrap(String text, StringBuilder line, List<String> lines) {
        int column = line.length();
        int room = Math.max(MIN_TEXT, WIDTH - column);
        String rest = text;
        while (rest.length() > room && rest.indexOf(' ') >= 0) {
            int blank = rest.lastIndexOf(' ', room);
            int end = blank > 0 ? blank : rest.indexOf(' ');
            if (end <= 0) {
                break;
            }
            lines.add(line.append(rest, 0, end).toString().stripTrailing());
            line.setLength(0);
            line.append(" ".repeat(column));
            rest = rest.substring(end + 1);
        }
        line.append(rest);
    }
}
