// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

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
        assertThat(table.lines(""))
                .hasSize(3)
                .last()
                .asString()
                .hasSizeLessThan(10)
                .endsWith("  b");
    }

    @Test
    void aCellWiderThanItsColumnMovesTheRestToTheNextLine() {
        Table table = new Table();
        table.row("/a/path/of/more/than/forty/characters/in/all", "WRITABLE", "why");
        table.row("/a", "inferred", "x");

        assertThat(table.lines(" "))
                .containsExactly(
                        " /a/path/of/more/than/forty/characters/in/all", "     WRITABLE  why", " /a  inferred  x");
    }

    @Test
    void aLongTextIsBrokenAtBlanksToFitATerminal() {
        Table table = new Table();
        table.row("a", "word ".repeat(30).strip());

        assertThat(table.lines("  "))
                .containsExactly(
                        "  a  " + "word ".repeat(21).strip(),
                        "     " + "word ".repeat(9).strip())
                .allMatch(line -> line.length() <= 113);
    }

    @Test
    void textToCopyIsNotBroken() {
        Table table = new Table();
        table.verbatim("a", "word ".repeat(30).strip());
        table.row("b", "x".repeat(200));

        assertThat(table.lines("")).hasSize(2);
    }
}
