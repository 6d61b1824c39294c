// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.SchemaTableTest.Row;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem.Kind;
import io.github.readonlyrootfs.taskdef.schema.SchemaField;
import io.github.readonlyrootfs.taskdef.schema.SchemaField.FieldType;
import io.github.readonlyrootfs.taskdef.schema.SchemaField.Treatment;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The problems for every key of ECS's schema with a typing error or with a wrong value. */
class TypoTest {

    /** Shorter words have too many neighbours for a definite match. */
    private static final int LONG_ENOUGH = 5;

    static Stream<Row> ecs() {
        return SchemaTableTest.rows().stream().filter(row -> row.field().treatment() != Treatment.DESCRIBED);
    }

    private static List<SchemaProblem> problems(String text) {
        return TaskFile.read(text).problems();
    }

    private static Set<String> otherSpellings(String key) {
        Set<String> spellings = new LinkedHashSet<>();
        spellings.add(key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1));
        spellings.add(key.toLowerCase(Locale.ROOT));
        spellings.add(key.toUpperCase(Locale.ROOT));
        spellings.add(key.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
        spellings.add(key.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT));
        spellings.remove(key);
        return spellings;
    }

    private static Set<String> mistypes(String key) {
        int middle = key.length() / 2;
        Set<String> typos = new LinkedHashSet<>();
        typos.add(key.substring(0, middle) + key.substring(middle + 1));
        typos.add(key.substring(0, middle) + 'q' + key.substring(middle));
        typos.add(key.substring(0, middle) + 'q' + key.substring(middle + 1));
        typos.add(
                key.substring(0, middle - 1) + key.charAt(middle) + key.charAt(middle - 1) + key.substring(middle + 1));
        typos.remove(key);
        return typos;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ecs")
    void aKeyInAnotherSpellingIsReportedWithTheCorrectOne(Row row) {
        for (String typo : otherSpellings(row.field().name())) {
            assertAnswered(row, typo);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ecs")
    void aKeyWithAWrongLetterIsReportedWithTheCorrectOne(Row row) {
        String key = row.field().name();
        if (key.length() >= LONG_ENOUGH) {
            for (String typo : mistypes(key)) {
                if (!row.siblings().contains(typo)) {
                    assertAnswered(row, typo);
                }
            }
        }
    }

    private static void assertAnswered(Row row, String typo) {
        String text = row.under(typo, "null");
        SourceFile source = SourceFile.of("taskdef.json", text);
        // A container without a name has its own problem.
        List<SchemaProblem> unknown = problems(text).stream()
                .filter(problem -> problem.kind() != Kind.INVALID)
                .toList();
        assertThat(unknown).as(text).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(Kind.UNKNOWN_FIELD);
            assertThat(source.text(problem.problem().location())).isEqualTo('"' + typo + '"');
            assertThat(problem.problem().help())
                    .isEqualTo("write `" + row.field().name() + "`");
        });
    }

    @Test
    void inCloudFormationEveryKeyNeedsItsOwnSpelling() {
        for (Row row : SchemaTableTest.rowsOf(SchemaField.CloudFormation.TASK_DEFINITION)) {
            if (row.field().isContainerDefinitions()) {
                continue;
            }
            String ecs = row.field().ecsName();
            String text = "{\"Resources\":{\"T\":{\"Type\":\"AWS::ECS::TaskDefinition\",\"Properties\":"
                    + row.under(ecs, "null") + "}}}";
            assertThat(problems(text).stream().filter(problem -> problem.kind() == Kind.UNKNOWN_FIELD))
                    .as(text)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.problem().help())
                            .startsWith("write `" + row.field().name() + "`"));
        }
    }

    /** Each is reported as a value of the wrong type; a value that can be converted is used. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("ecs")
    void aValueOfAnotherTypeIsReportedAtItsLocation(Row row) {
        FieldType type = row.field().type();
        for (String value : List.of("true", "7", "1.5", "\"zz\"", "[true]", "[[]]", "[null]", "{\"zz\":[]}")) {
            String text = row.under(row.field().name(), value);
            List<SchemaProblem> reported = problems(text).stream()
                    .filter(problem -> problem.kind() != Kind.INVALID)
                    .toList();
            if (fits(type, value, row)) {
                assertThat(reported).as(text).isEmpty();
                continue;
            }
            SourceFile source = SourceFile.of("taskdef.json", text);
            assertThat(reported).as(text).isNotEmpty().allSatisfy(problem -> {
                assertThat(problem.kind()).isIn(Kind.WRONG_TYPE, Kind.UNKNOWN_FIELD);
                assertThat(value).contains(source.text(problem.problem().location()));
                assertThat(problem.problem().help()).isNotEmpty();
            });
        }
    }

    private static boolean fits(FieldType type, String value, Row row) {
        boolean anyText = row.field().values().all().isEmpty();
        return switch (type) {
            case STRING, TEXT -> value.equals("\"zz\"") && anyText;
            case SIZE -> value.equals("\"zz\"") || value.equals("7") || value.equals("1.5");
            case BOOLEAN -> value.equals("true");
            case INTEGER -> value.equals("7");
            case ANY -> true;
            default -> false;
        };
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ecs")
    void nullAndEmptyValuesCountAsMissing(Row row) {
        List<String> empty = new ArrayList<>(List.of("null", "\"\""));
        empty.addAll(List.of("[]", "{}"));
        String missing = read(row.under(row.field().name(), "null"));
        for (String value : empty) {
            boolean saysSomething = row.field().type() == FieldType.TEXT && !value.equals("null");
            String text = row.under(row.field().name(), value);
            if (!saysSomething) {
                assertThat(read(text)).as(text).isEqualTo(missing);
                assertThat(problems(text).stream().filter(problem -> problem.kind() != Kind.INVALID))
                        .as(text)
                        .isEmpty();
            }
        }
    }

    private static String read(String text) {
        return TaskFile.read(text).taskDefinition().map(TaskFile::withoutPlaces).orElse("nothing");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ecs")
    void theLastOfADuplicateKeyWinsInJsonAndInYaml(Row row) {
        String key = row.field().name();
        String once = row.under(key, SchemaTableTest.sample(row.field()));
        String twice = once.replace(
                '"' + key + "\":" + SchemaTableTest.sample(row.field()),
                '"' + key + "\":null,\"" + key + "\":" + SchemaTableTest.sample(row.field()));
        assertThat(twice).isNotEqualTo(once);

        for (String text : List.of(twice, "---\n" + twice)) {
            var problems = problems(text);
            assertThat(problems).as(text).extracting(SchemaProblem::kind).contains(Kind.DUPLICATE_KEY);
            assertThat(problems).as(text).extracting(SchemaProblem::kind).containsOnly(Kind.DUPLICATE_KEY);
            assertThat(read(text)).as(text).isEqualTo(read(once));
        }
    }
}
