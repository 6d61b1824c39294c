// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.report.excerpt.Excerpt;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExcerptTest {

    /** The text between a finding's first line and its help. */
    private static List<String> excerpt(String file, String text, Location location, String message) {
        List<String> lines = new ConsoleReport(
                        TaskFixture.taskWith(file, text),
                        List.of(TaskFixture.finding("x", Severity.ERROR, location, message, "")))
                .lines().stream().map(ConsoleReport.Line::text).toList();
        return lines.subList(1, lines.size());
    }

    private static List<String> excerpt(String text, int column, int endColumn) {
        return excerpt("Dockerfile", "FROM a\n" + text, new Location("Dockerfile", 2, column, 2, endColumn), "m");
    }

    @Test
    void tabsAreExpandedInTheLineAndUnderTheMark() {
        assertThat(excerpt("\tVOLUME\t/tmp", 9, 13))
                .containsExactly("      2 |     VOLUME    /tmp", "        |               ^~~~");
    }

    @Test
    void aRangeOfSeveralLinesIsMarkedToTheEndOfItsFirst() {
        assertThat(excerpt("Dockerfile", "FROM a\nRUN make \\\n  && b\n", new Location("Dockerfile", 2, 5, 3, 7), "m"))
                .containsExactly("      2 | RUN make \\", "        |     ^~~~~~");
    }

    @Test
    void aLocationAfterTheEndOfALineIsMarkedThere() {
        assertThat(excerpt("VOLUME", 7, 7)).containsExactly("      2 | VOLUME", "        |       ^");
        assertThat(excerpt("VOLUME", 70, 90)).containsExactly("      2 | VOLUME", "        |       ^");
        assertThat(excerpt("", 1, 2)).containsExactly("      2 |", "        | ^");
    }

    @Test
    void aWideLineIsCutAroundTheRange() {
        String line = "VOLUME " + "x".repeat(193) + " /tmp " + "y".repeat(200);
        assertThat(excerpt(line, 202, 206))
                .containsExactly(
                        "      2 | ..." + "x".repeat(39) + " /tmp " + "y".repeat(59) + "...",
                        "        |    " + " ".repeat(40) + "^~~~");
    }

    @Test
    void aRangeWiderThanTheExcerptIsClipped() {
        assertThat(excerpt("VOLUME " + "z".repeat(300), 1, 308))
                .containsExactly("      2 | VOLUME " + "z".repeat(97) + "...", "        | ^" + "~".repeat(103));
    }

    @Test
    void excerptsOfRandomTextAtAnyLocationMarkTheText() {
        Random random = new Random(7);
        String alphabet = "ab/ \t=\"'\\$é漢\uD83D\uDE00\u001b\r#{}[]:,";
        String[] starts = {"", "ENV A=", "ARG ", "RUN x=", "\"value\": ", "{\"environment\": [{\"name\": \"", "LABEL a "
        };
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(6); i >= 0; i--) {
                text.append(starts[random.nextInt(starts.length)]);
                int width = random.nextInt(10) == 0 ? 300 : 30;
                for (int j = random.nextInt(width); j > 0; j--) {
                    text.append(alphabet.charAt(random.nextInt(alphabet.length())));
                }
                text.append(random.nextBoolean() ? "\n" : "\\\n");
            }
            int line = random.nextInt(8);
            Location location = new Location(
                    random.nextBoolean() ? "Dockerfile" : "taskdef.json",
                    line,
                    random.nextInt(320) - 2,
                    line + random.nextInt(2),
                    random.nextInt(320) - 2);
            List<String> lines = excerpt(location.file(), text.toString(), location, "m");
            if (!lines.isEmpty()) {
                assertThat(lines.get(0)).hasSizeLessThan(125).doesNotContain("\t", "\u001b");
                assertThat(lines.get(1)).matches(" {8}\\| *\\^~*").hasSizeLessThan(125);
            }
        }
    }

    @Test
    void theMarkIsUnderTheMarkedText() {
        Random random = new Random(11);
        for (int round = 0; round < 3_000; round++) {
            int before = random.nextInt(200);
            int width = 1 + random.nextInt(60);
            String line = (random.nextBoolean() ? "RUN A=secret\t" : "RUN\t") + "-".repeat(before);
            String text = line + "#".repeat(width) + "-".repeat(random.nextInt(200));
            List<String> lines = excerpt(text, line.length() + 1, line.length() + 1 + width);
            int start = lines.get(1).indexOf('^');
            assertThat(lines.get(0).substring(start, lines.get(1).length()))
                    .isEqualTo("#".repeat(lines.get(1).length() - start))
                    .hasSize(width);
        }
    }

    @Test
    void aLineOfWhichNoWordMayBeShownIsNotReadable() {
        assertThat(new Excerpt(1, "*** ***, ***, 2);", 0, 3).isReadable()).isFalse();
        assertThat(new Excerpt(1, "run ***", 0, 3).isReadable()).isTrue();
        assertThat(new Excerpt(1, "}", 0, 1).isReadable()).isTrue();
    }
}
