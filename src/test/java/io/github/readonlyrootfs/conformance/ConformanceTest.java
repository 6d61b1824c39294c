// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.readonlyrootfs.conformance.ConformanceCase.AskedPath;
import io.github.readonlyrootfs.conformance.Recording.Outcome;
import io.github.readonlyrootfs.conformance.Recording.RecordedCase;
import io.github.readonlyrootfs.conformance.Recording.RecordedContainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The table of cases is valid, and every case has recorded answers. */
class ConformanceTest {
    private static final int PROMISED = 150;

    private static final List<ConformanceCase> CASES = ConformanceCase.all();
    private static final Recording RECORDING = Recording.read();

    @Test
    void thereAreAtLeastAsManyCasesAsDocumented() {
        assertThat(CASES).hasSizeGreaterThanOrEqualTo(PROMISED);
    }

    @Test
    void everyRecordedAnswerBelongsToACase() {
        Set<String> names =
                new TreeSet<>(CASES.stream().map(ConformanceCase::name).toList());
        assertThat(RECORDING.cases().keySet()).isSubsetOf(names);
    }

    @TestFactory
    Stream<DynamicTest> everyCaseIsAnswered() {
        return CASES.stream()
                .map(asked -> DynamicTest.dynamicTest(asked.name(), () -> {
                    isSound(asked);
                    isAnswered(asked);
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyVerdictIsTheEngines(@TempDir Path directory) {
        return CASES.stream()
                .map(asked -> DynamicTest.dynamicTest(asked.name(), () -> {
                    for (String builder : asked.builders()) {
                        assertThat(RECORDING.disagreements(asked, builder, new OurVerdicts(directory)))
                                .isEmpty();
                    }
                }));
    }

    private static void isSound(ConformanceCase asked) throws IOException {
        JsonNode task = new ObjectMapper().readTree(asked.taskDefinition());
        Set<String> containers = new TreeSet<>();
        task.path("containerDefinitions")
                .forEach(container -> containers.add(container.path("name").asText()));
        assertThat(containers)
                .contains(asked.container())
                .containsAll(asked.dockerfiles().keySet())
                .containsAll(asked.paths().stream().map(AskedPath::container).toList());
        assertThat(asked.paths()).as("several paths").hasSizeGreaterThan(1).doesNotHaveDuplicates();
    }

    private void isAnswered(ConformanceCase asked) {
        RecordedCase recorded = RECORDING.cases().get(asked.name());
        assertThat(recorded).as("no answer: run mvn -Pconformance-record test").isNotNull();
        assertThat(recorded.digest())
                .as("the case has changed since: run mvn -Pconformance-record test")
                .isEqualTo(asked.digest());
        for (String builder : asked.builders()) {
            for (AskedPath path : asked.paths()) {
                assertThat(RECORDING.outcome(asked, builder, path.container(), path.path()))
                        .as("%s %s @%s", builder, path.path(), path.container())
                        .isPresent();
            }
        }
    }

    @Test
    void aDisagreementNamesTheCaseThePathAndBothVerdicts() {
        ConformanceCase asked = ConformanceCase.parse("topic/name", """
                # sentence: an example
                --- Dockerfile
                FROM debian:13
                --- paths
                /a
                /b ?
                /c ?
                /d
                """);
        Map<String, String> answers = new TreeMap<>(Map.of(
                "/a", "READ_ONLY (/ 0:0 0755)",
                "/b", "READ_ONLY (/ 0:0 0755)",
                "/c", "WRITABLE (/c 0:0 0755)",
                "/d", "ENOTDIR (/d 0:0 0644)"));
        Recording recorded = new Recording(
                "EC2",
                Map.of(),
                Map.of(
                        "topic/name",
                        new RecordedCase(
                                asked.digest(),
                                Map.of("buildkit", Map.of("app", new RecordedContainer("0:0 []", null, answers))))));

        assertThat(recorded.disagreements(
                        asked,
                        "buildkit",
                        (c, builder) -> Map.of(
                                "app",
                                Map.of("/a", "READ_ONLY", "/b", "UNKNOWN", "/c", "WRITABLE", "/d", "NOT_PERMITTED"))))
                .isEmpty();
        assertThat(recorded.disagreements(
                        asked,
                        "buildkit",
                        (c, builder) -> Map.of(
                                "app",
                                Map.of("/a", "UNKNOWN", "/b", "WRITABLE", "/c", "UNKNOWN", "/d", Outcome.WRITABLE))))
                .containsExactly(
                        "topic/name [buildkit] /a @app: the engine says READ_ONLY, we say UNKNOWN",
                        "topic/name [buildkit] /b @app: the engine says READ_ONLY, we say WRITABLE",
                        "topic/name [buildkit] /d @app: the engine says ENOTDIR, we say WRITABLE");
    }

    @Test
    void aMisspeltCaseIsRejected() {
        assertThatThrownBy(() -> ConformanceCase.parse("topic/name", "# sentence: x\nbuilders: classic\n"))
                .hasMessage("topic/name: unknown line: builders: classic");
    }
}
