// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of cells, printed in aligned columns. */
final class Table {

    private static final String GAP = "  ";

    /** No other row is padded to the width of a cell that is wider: that would be much text, and no table any more. */
    private static final int MAX_WIDTH = 120;

    private final List<List<String>> rows = new ArrayList<>();

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    /** The rows as lines without trailing blanks, each behind an indentation. */
    List<String> lines(String indentation) {
        int columns = rows.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.min(MAX_WIDTH, Math.max(widths[i], row.get(i).length()));
            }
        }
        return rows.stream().map(row -> line(row, widths, indentation)).toList();
    }

    private static String line(List<String> row, int[] widths, String indentation) {
        StringBuilder line = new StringBuilder(indentation);
        for (int i = 0; i < row.size(); i++) {
            line.append(row.get(i))
                    .append(" ".repeat(Math.max(0, widths[i] - row.get(i).length())))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
