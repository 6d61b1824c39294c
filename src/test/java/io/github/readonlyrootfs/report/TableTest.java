// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table();
        table.row("a", "b", "c");
        table.row("long", "", "d");
        assertThat(table.lines("  ")).containsExactly("  a     b  c", "  long     d");
    }

    @Test
    void oneVeryLongCellDoesNotPadTheOthers() {
        Table table = new Table();
        table.row("x".repeat(500_000), "b");
        table.row("a", "b");
        assertThat(table.lines("").get(0)).endsWith("x  b");
        assertThat(table.lines("").get(1)).hasSizeLessThan(200).endsWith("  b");
    }
}
