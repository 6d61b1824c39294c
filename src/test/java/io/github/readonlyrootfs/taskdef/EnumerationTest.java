// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static io.github.readonlyrootfs.taskdef.TaskFile.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.SchemaTableTest.Row;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem.Kind;
import io.github.readonlyrootfs.taskdef.schema.SchemaField;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Strings for which ECS accepts only some values. */
class EnumerationTest {

    private static Problem only(TaskFile result) {
        assertThat(result.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.kind()).isEqualTo(Kind.WRONG_TYPE));
        return result.problems().get(0).problem();
    }

    static Stream<Row> spelled() {
        return SchemaTableTest.allRows().stream()
                .filter(row -> !row.field().values().all().isEmpty()
                        && row.field().values().spelling());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spelled")
    void everyValueOfEcsIsAcceptedAndCorrectedInAnotherCase(Row row) {
        for (String value : row.field().values().all()) {
            assertThat(read(row.with(value)).problems()).as(value).isEmpty();

            String lower = value.toLowerCase(Locale.ROOT);
            String other = lower.equals(value) ? value.toUpperCase(Locale.ROOT) : lower;
            Problem problem = only(read(row.with(other)));
            assertThat(problem.message()).endsWith("`" + row.field().name() + "` has a value that ECS does not accept");
            assertThat(problem.help()).isEqualTo("write `" + value + "`");
            assertThat(row.with(other))
                    .containsIgnoringCase("\"" + value + "\"")
                    .satisfies(text -> assertThat(
                                    SourceFile.of("taskdef.json", text).text(problem.location()))
                            .isEqualTo("\"" + other + "\""));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spelled")
    void anUnknownValueIsReportedWithAllAllowedOnes(Row row) {
        assertThat(only(read(row.with("zzzzzzzzzz"))).help())
                .isEqualTo(
                        "write one of " + String.join(", ", row.field().values().all()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spelled")
    void aPlaceholderMayBecomeAnyValue(Row row) {
        assertThat(read(row.with("${VALUE}")).problems()).isEmpty();
        assertThat(read(row.with("")).problems().stream()
                        .filter(problem -> row.field().type() != SchemaField.FieldType.STRINGS)
                        .toList())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"fargate, FARGATE", "Fargate, FARGATE", "FARGTE, FARGATE", "managed-instances, MANAGED_INSTANCES"})
    void aMisspeltPlatformIsJudgedAsTheClosestMatch(String written, String platform) {
        TaskDefinition task = read("{\"requiresCompatibilities\":[\"" + written
                        + "\"],\"containerDefinitions\":[{\"name\":\"a\"}]}")
                .task();

        assertThat(task.launch().requiresCompatibilities().known()).contains(List.of(platform));
    }

    @Test
    void aNewOperatingSystemIsJudgedAsTheOneItResembles() {
        TaskDefinition task = read("{\"runtimePlatform\":{\"operatingSystemFamily\":\"WINDOWS_SERVER_2031_CORE\"},"
                        + "\"containerDefinitions\":[{\"name\":\"a\"}]}")
                .task();

        assertThat(task.launch().isWindows()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"SYS_ADMIN", "sys_admin", "CAP_SYS_ADMIN", "cap_sys_admin"})
    void aCapabilityIsKnownInEverySpellingOfTheEngine(String written) {
        var result = read("[{\"name\":\"a\",\"linuxParameters\":{\"capabilities\":{\"add\":[\"" + written + "\"]}}}]");

        assertThat(result.problems()).isEmpty();
        assertThat(result.taskDefinition()
                        .flatMap(task -> task.container("a"))
                        .orElseThrow()
                        .linuxParameters()
                        .capabilitiesAdd())
                .extracting(Located::value)
                .containsExactly("SYS_ADMIN");
    }

    @Test
    void anUnknownCapabilityIsReported() {
        Problem problem =
                only(read("[{\"name\":\"a\",\"linuxParameters\":{\"capabilities\":{\"add\":[\"SYS_ADMN\"]}}}]"));

        assertThat(problem.message()).isEqualTo("an element of `add` has a value that ECS does not accept");
        assertThat(problem.help()).isEqualTo("write `SYS_ADMIN`");
    }

    @Test
    void valuesThatEcsRefusesAreReportedInCloudFormationToo() {
        Problem problem = only(read(SourceFile.of("t.yml", """
                Resources:
                  Task:
                    Type: AWS::ECS::TaskDefinition
                    Properties:
                      NetworkMode: AWSVPC
                      ContainerDefinitions:
                        - Name: app
                """)));

        assertThat(problem.location()).hasToString("t.yml:5:20");
        assertThat(problem.message()).isEqualTo("`NetworkMode` has a value that ECS does not accept");
    }
}
