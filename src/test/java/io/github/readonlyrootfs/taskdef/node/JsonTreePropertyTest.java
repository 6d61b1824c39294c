// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.Thorough;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.DamagedFiles;
import io.github.readonlyrootfs.taskdef.SampleFiles;
import io.github.readonlyrootfs.taskdef.TaskFile;
import io.github.readonlyrootfs.taskdef.node.Node.ArrayNode;
import io.github.readonlyrootfs.taskdef.node.Node.Member;
import io.github.readonlyrootfs.taskdef.node.Node.NumberNode;
import io.github.readonlyrootfs.taskdef.node.Node.ObjectNode;
import io.github.readonlyrootfs.taskdef.node.Node.TextNode;
import io.github.readonlyrootfs.taskdef.node.Node.UnresolvedNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class JsonTreePropertyTest {

    private static final int ROUNDS = Thorough.rounds(500, 1000);

    /** Writes random JSON and records the text of each value and key, in the order in which they end. */
    private static final class Writer {

        private static final String[] STRINGS = {
            "\"\"",
            "\"a\"",
            "\"\\\"\"",
            "\"\\\\\"",
            "\"ä😀\"",
            "\"\\u00e4{\"",
            "\"a:b,[]{}\"",
            "\"\\n\"",
            "\"<X> ${Y} $Z\""
        };
        private static final String[] SCALARS = {"0", "-1", "12345", "1.5e+10", "true", "false", "null"};
        private static final String[] PLACEHOLDERS = {
            "<X>", "${Y}", "$ZZ", "{{ env `A` \"}\" }}", "%V%", "@@W@@", "PORT"
        };

        private final Random random;
        private final boolean placeholders;
        private final StringBuilder text = new StringBuilder();
        private final List<int[]> ranges = new ArrayList<>();

        private Writer(Random random, boolean placeholders) {
            this.random = random;
            this.placeholders = placeholders;
        }

        private void value(int depth) {
            int start = text.length();
            int kind = random.nextInt(depth == 0 ? 2 : 6);
            if (kind < 2 && depth < 6) {
                composite(depth, kind == 0);
            } else if (placeholders && random.nextInt(3) == 0) {
                text.append(PLACEHOLDERS[random.nextInt(PLACEHOLDERS.length)]);
            } else {
                String[] choice = random.nextBoolean() ? STRINGS : SCALARS;
                text.append(choice[random.nextInt(choice.length)]);
            }
            ranges.add(new int[] {start, text.length()});
        }

        private void composite(int depth, boolean object) {
            text.append(object ? '{' : '[');
            int size = random.nextInt(5);
            for (int i = 0; i < size; i++) {
                text.append(i > 0 ? "," : "");
                space();
                if (object) {
                    int start = text.length();
                    text.append(STRINGS[random.nextInt(STRINGS.length)]);
                    ranges.add(new int[] {start, text.length()});
                    space();
                    text.append(':');
                    space();
                }
                value(depth + 1);
                space();
            }
            text.append(object ? '}' : ']');
        }

        private void space() {
            String[] spaces = {"", "", " ", "\n", "\r\n", "\t", "  \n  "};
            text.append(spaces[random.nextInt(spaces.length)]);
        }
    }

    private static void collect(Node node, List<Location> locations) {
        if (node instanceof ObjectNode object) {
            for (Member member : object.members()) {
                locations.add(member.keyLocation());
                collect(member.value(), locations);
            }
        } else if (node instanceof ArrayNode array) {
            array.elements().forEach(element -> collect(element, locations));
        }
        locations.add(node.location());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyPositionIsThatOfItsText(boolean placeholders) throws UnreadableSourceException {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Writer writer = new Writer(new Random(seed), placeholders);
            writer.value(0);
            SourceFile source = SourceFile.of("taskdef.json", writer.text.toString());
            List<Location> actual = new ArrayList<>();
            collect(JsonTree.parse(source, Filling.with(TemplateValues.NONE, true)), actual);

            List<Location> expected = writer.ranges.stream()
                    .map(range -> source.location(range[0], range[1]))
                    .toList();
            assertThat(actual).as("seed %s: %s", seed, source.text()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theTextAtThePositionOfAScalarIsItsNotation(boolean placeholders) throws UnreadableSourceException {
        for (int seed = 0; seed < ROUNDS; seed++) {
            Writer writer = new Writer(new Random(seed), placeholders);
            writer.value(0);
            SourceFile source = SourceFile.of("taskdef.json", writer.text.toString());
            check(source, JsonTree.parse(source, Filling.with(TemplateValues.NONE, true)));
        }
    }

    private static void check(SourceFile source, Node node) {
        String written = source.text(node.location());
        if (node instanceof ObjectNode object) {
            object.members().forEach(member -> check(source, member.value()));
        } else if (node instanceof ArrayNode array) {
            array.elements().forEach(element -> check(source, element));
        } else if (node instanceof NumberNode number) {
            assertThat(number.text()).isEqualTo(written);
        } else if (node instanceof UnresolvedNode unresolved) {
            assertThat(unresolved.text()).isEqualTo(written);
        } else if (node instanceof TextNode text && written.indexOf('\\') < 0) {
            assertThat('"' + text.value() + '"').isEqualTo(written);
        }
    }

    @Test
    void everyDamagedFileHasAResultWithLocationsInsideTheFile() {
        DamagedFiles files = new DamagedFiles("{}[]:,\"'\\<>$%@_-+.eE0aA \n\t\r\0\uFEFF\uD83D/#");
        for (int seed = 0; seed < ROUNDS; seed++) {
            files.read(SampleFiles.WHOLE, seed);
        }
    }

    @Test
    void aTruncatedFileIsInvalid() {
        String whole = SampleFiles.WHOLE.strip();
        for (int length = 0; length < whole.length(); length++) {
            var result = TaskFile.read(whole.substring(0, length));

            assertThat(result.taskDefinition()).as("cut at %s", length).isEmpty();
            assertThat(result.problems()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":",
                "[",
                "[[],",
                "{{",
                "{{ if }}",
                "{% if x %}{",
                "${",
                "$A",
                "[$A,",
                "{{ if }},",
                "{{ if }}1{{ else }}2{{ end }},",
                "__A__,",
                "${A:-{b}",
                "<%",
                "#{",
                "{\"a\":1 ${A} ",
                "\"",
                "{\"a\":1,",
                "[1,",
                "\\",
                "{\"\\\\",
                "[\"{{\"",
                "{\"a\":{{ if }}",
                " ",
                "1",
                "{\"a\"",
                "{\"containerDefinitions\":[{\"nmae\":1},",
                "<A",
                "PORT ",
                "a.a"
            })
    void aLargeFileIsReadOrRejectedInBoundedTime(String unit) {
        String text = "[" + unit.repeat(Thorough.rounds(500_000, 1_500_000) / unit.length());
        TaskFile.read(text);
    }

    @Test
    void aLargeFileThatIsATaskDefinitionIsRead() {
        String text = "{\"containerDefinitions\":[{\"name\":\"app\",\"dockerLabels\":{\"x\":\"" + "y".repeat(8_000_000)
                + "\"}}]}";

        assertThat(TaskFile.read(text).problems()).isEmpty();
    }

    @Test
    void aHundredThousandLevelsAreTooDeep() {
        for (String unit : new String[] {"[", "{\"a\":"}) {
            var problem = JsonFaultTest.fault(unit.repeat(100_000));

            assertThat(problem.message()).isEqualTo("objects and arrays are nested more than 100 levels deep");
            assertThat(problem.location().column()).isEqualTo(100 * unit.length() + 1);
        }
    }

    @Test
    void aMillionValuesAreTooMany() {
        assertThat(JsonFaultTest.fault("[" + "1,".repeat(1_000_000) + "1]").message())
                .isEqualTo("the file contains more than 500000 values");
        assertThat(JsonFaultTest.fault("{\"a\":1" + ",\"a\":1".repeat(1_000_000) + "}")
                        .message())
                .isEqualTo("the file contains more than 500000 values");
    }

    @Test
    void theNumberOfProblemsIsLimited() {
        String text = "[{\"name\":\"app\"" + ",\"x\":1".repeat(40_000) + "}]";

        var problems = TaskFile.read(text).problems();

        assertThat(problems).hasSizeLessThan(1100);
        assertThat(problems).extracting(SchemaProblem::kind).contains(SchemaProblem.Kind.UNKNOWN_FIELD);
    }
}
