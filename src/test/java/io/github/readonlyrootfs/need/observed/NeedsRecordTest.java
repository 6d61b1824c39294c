// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.observed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.observed.NeedsRecord.NotARecordException;
import io.github.readonlyrootfs.need.observed.ObservedContainer.Run;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedsRecordTest {

    private static final Map<String, String> INPUTS = Map.of("task", "aa", "Dockerfile", "bb");

    private static ObservedNeed need(String path, Impact impact, String date) {
        return new ObservedNeed(
                ContainerPath.of(path), impact, "exited 1 after 0 s: refused", date, "docker 26.1.5", Optional.empty());
    }

    private static ObservedContainer app(String date, Map<String, String> inputs, ObservedNeed... needs) {
        return new ObservedContainer(
                Optional.empty(),
                "app",
                new Run("sha256:cc", "sha256:b1", "docker 26.1.5", date, "it was up for 10 s", Set.of(), ""),
                inputs,
                List.of(needs));
    }

    @Test
    void aRecordIsReadAsItWasWritten() throws NotARecordException {
        ObservedContainer other = new ObservedContainer(
                Optional.of("Web"),
                "app",
                new Run("", "", "podman 5.4", "2026-11-29", "ended with exit code 0", Set.of("DIR"), "FARGATE aa"),
                INPUTS,
                List.of());
        NeedsRecord record = new NeedsRecord(List.of(
                other,
                app(
                        "2026-11-30",
                        INPUTS,
                        need("/tmp", Impact.FATAL, "2026-11-30"),
                        need("/run", Impact.TOLERATED, "2026-11-29"))));

        assertThat(NeedsRecord.parse(record.text())).isEqualTo(record);
        assertThat(record.text()).isEqualTo("""
                {
                  "schemaVersion" : 1,
                  "containers" : [ {
                    "name" : "app",
                    "image" : "sha256:cc",
                    "base" : "sha256:b1",
                    "engine" : "docker 26.1.5",
                    "date" : "2026-11-30",
                    "ready" : "it was up for 10 s",
                    "given" : [ ],
                    "asTask" : "",
                    "inputs" : {
                      "Dockerfile" : "bb",
                      "task" : "aa"
                    },
                    "needs" : [ {
                      "path" : "/run",
                      "impact" : "optional",
                      "without" : "exited 1 after 0 s: refused",
                      "date" : "2026-11-29",
                      "seenBy" : "docker 26.1.5"
                    }, {
                      "path" : "/tmp",
                      "impact" : "fatal",
                      "without" : "exited 1 after 0 s: refused",
                      "date" : "2026-11-30",
                      "seenBy" : "docker 26.1.5"
                    } ]
                  }, {
                    "task" : "Web",
                    "name" : "app",
                    "image" : "",
                    "base" : "",
                    "engine" : "podman 5.4",
                    "date" : "2026-11-29",
                    "ready" : "ended with exit code 0",
                    "given" : [ "DIR" ],
                    "asTask" : "FARGATE aa",
                    "inputs" : {
                      "Dockerfile" : "bb",
                      "task" : "aa"
                    },
                    "needs" : [ ]
                  } ]
                }
                """);
    }

    @Test
    void whatWasSeenAgainDoesNotChangeTheRecord() {
        NeedsRecord record =
                NeedsRecord.EMPTY.with(app("2026-11-29", INPUTS, need("/tmp", Impact.FATAL, "2026-11-29")));

        assertThat(record.with(app("2026-11-30", INPUTS, need("/tmp", Impact.FATAL, "2026-11-30"))))
                .isEqualTo(record);
        ObservedNeed slower = new ObservedNeed(
                ContainerPath.of("/tmp"),
                Impact.FATAL,
                "exited 1 after 3 s: refused",
                "2026-11-30",
                "docker 26.1.5",
                Optional.empty());
        assertThat(record.with(app("2026-11-30", INPUTS, slower))).isEqualTo(record);
        ObservedNeed ofAnother = slower.writtenBy(Optional.of("33"));
        assertThat(record.with(app("2026-11-30", INPUTS, ofAnother))
                        .containers()
                        .get(0)
                        .needs())
                .containsExactly(ofAnother);
    }

    @Test
    void whatAnotherUseOfTheSameContainerShowedIsKept() {
        NeedsRecord record = NeedsRecord.EMPTY.with(app(
                "2026-11-29",
                INPUTS,
                need("/tmp", Impact.FATAL, "2026-11-29"),
                need("/up", Impact.FEATURE, "2026-11-29")));

        assertThat(record.with(app("2026-11-30", INPUTS, need("/tmp", Impact.FEATURE, "2026-11-30")))
                        .containers()
                        .get(0)
                        .needs())
                .containsExactly(need("/tmp", Impact.FATAL, "2026-11-29"), need("/up", Impact.FEATURE, "2026-11-29"));
    }

    @Test
    void whatWasSeenOfAnotherBuildIsForgotten() {
        NeedsRecord record =
                NeedsRecord.EMPTY.with(app("2026-11-29", INPUTS, need("/up", Impact.FEATURE, "2026-11-29")));
        ObservedContainer now = app("2026-11-30", Map.of("task", "dd"), need("/tmp", Impact.FATAL, "2026-11-30"));

        assertThat(record.with(now).containers()).containsExactly(now);
        assertThat(record.containers().get(0).changed(now.inputs())).containsExactly("Dockerfile", "task");
    }

    @Test
    void whatWasSeenOnAnotherBaseImageOrWithAnotherPlaceIsForgotten() {
        NeedsRecord record =
                NeedsRecord.EMPTY.with(app("2026-11-29", INPUTS, need("/up", Impact.FEATURE, "2026-11-29")));
        for (Run run : List.of(
                new Run("sha256:cc", "sha256:b2", "docker 26.1.5", "2026-11-30", "it was up for 10 s", Set.of(), ""),
                new Run(
                        "sha256:cc",
                        "sha256:b1",
                        "docker 26.1.5",
                        "2026-11-30",
                        "it was up for 10 s",
                        Set.of("DIR"),
                        "FARGATE aa"))) {
            ObservedContainer now = new ObservedContainer(Optional.empty(), "app", run, INPUTS, List.of());

            assertThat(record.with(now).containers()).containsExactly(now);
        }
    }

    @Test
    void whatCannotBeComparedMayHaveChanged() {
        Map<String, String> inputs = Map.of("task", "aa", ObservedContainer.APPLICATION, ObservedContainer.UNKNOWN);

        assertThat(app("2026-11-29", inputs).changed(inputs)).containsExactly(ObservedContainer.APPLICATION);
    }

    /** The kinds of gaps that a run closes: nothing is changed, the application is, the task is, a value was given. */
    @Test
    void aRunClosesWhatItShowedAndNothingElse() {
        ObservedContainer seen = app("2026-11-29", INPUTS);
        ObservedContainer given = new ObservedContainer(
                Optional.empty(),
                "app",
                new Run("", "", "docker 26.1.5", "2026-11-29", "it was up for 10 s", Set.of("DATA_DIR"), "FARGATE aa"),
                INPUTS,
                List.of());
        Set<Gap.Kind> all = EnumSet.complementOf(EnumSet.of(Gap.Kind.NOT_BUILT));

        assertThat(closed(new Observed(seen, List.of(), List.of()), Impact.FATAL))
                .isEqualTo(all);
        assertThat(closed(new Observed(seen, List.of(), List.of()), Impact.FEATURE))
                .isEmpty();
        assertThat(closed(new Observed(seen, List.of("application"), List.of()), Impact.FATAL))
                .containsExactly(Gap.Kind.BASE);
        assertThat(closed(new Observed(seen, List.of("task"), List.of()), Impact.FATAL))
                .isEmpty();
        assertThat(new Observed(given, List.of(), List.of("FARGATE aa")).worksAsTask("FARGATE"))
                .isFalse();
        assertThat(closed(new Observed(given, List.of(), List.of("FARGATE aa")), Impact.FATAL))
                .isEmpty();
    }

    @Test
    void thatItWorkedAsItsTaskSaysHoldsWhileTheTaskSaysTheSame() {
        Run run = new Run("", "", "docker 26.1.5", "2026-11-29", "it was up for 10 s", Set.of(), "FARGATE aa");
        ObservedContainer seen = new ObservedContainer(Optional.empty(), "app", run, INPUTS, List.of());
        List<String> same = List.of("EC2 aa", "FARGATE aa");

        assertThat(new Observed(seen, List.of(), same).worksAsTask("FARGATE")).isTrue();
        assertThat(new Observed(seen, List.of(), same).worksAsTask("EC2")).isFalse();
        assertThat(new Observed(seen, List.of(), List.of("FARGATE bb")).worksAsTask("FARGATE"))
                .isFalse();
        assertThat(new Observed(seen, List.of("application"), same).worksAsTask("FARGATE"))
                .isFalse();
    }

    private static Set<Gap.Kind> closed(Observed observed, Impact hides) {
        Evidence evidence =
                new Evidence(Evidence.Kind.INFERRED, "the start command", Optional.empty(), Optional.empty());
        return EnumSet.allOf(Gap.Kind.class).stream()
                .filter(kind -> observed.closes(new Gap(kind, "it", "nobody knows", hides, evidence)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Gap.Kind.class)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|it is not JSON",
                "[]|it has no schemaVersion",
                "{\"schemaVersion\": 2}|this version of the plugin reads records of schemaVersion 1 only",
                "{\"schemaVersion\": 1}|an object has no array \"containers\"",
                "{\"schemaVersion\": 1, \"containers\": [{}]}|an object has no array \"needs\"",
                "{\"schemaVersion\": 1, \"containers\": [{\"needs\": []}]}|an object has no text \"name\"",
                "{\"schemaVersion\": 1, \"containers\": [{\"needs\": [{\"path\": \"x\"}]}]}|a path of a need does not begin with /",
                "{\"schemaVersion\": 1, \"containers\": [{\"needs\": [{\"path\": \"/x\", \"impact\": \"bad\"}]}]}"
                        + "|the impact of a need is fatal, feature or optional",
                "{\"schemaVersion\": 1, \"schemaVersion\": 1}|it is not JSON"
            })
    void whatIsNoRecordIsRefusedAndNotQuoted(String text, String message) {
        assertThatThrownBy(() -> NeedsRecord.parse(text))
                .isInstanceOf(NotARecordException.class)
                .hasMessage(message);
    }
}
