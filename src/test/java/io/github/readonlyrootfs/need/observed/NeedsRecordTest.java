// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.observed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.need.observed.NeedsRecord.NotARecordException;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeedsRecordTest {

    private static final Map<String, String> INPUTS = Map.of("task", "aa", "Dockerfile", "bb");

    private static ObservedNeed need(String path, Impact impact, String date) {
        return new ObservedNeed(ContainerPath.of(path), impact, "exited 1 after 0 s: refused", date, "docker 26.1.5");
    }

    private static ObservedContainer app(String date, Map<String, String> inputs, ObservedNeed... needs) {
        return new ObservedContainer(
                Optional.empty(),
                "app",
                "sha256:cc",
                "docker 26.1.5",
                date,
                "it was up for 10 s",
                inputs,
                List.of(needs));
    }

    @Test
    void aRecordIsReadAsItWasWritten() throws NotARecordException {
        ObservedContainer other = new ObservedContainer(
                Optional.of("Web"), "app", "", "podman 5.4", "2026-11-29", "ended with exit code 0", INPUTS, List.of());
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
                    "engine" : "docker 26.1.5",
                    "date" : "2026-11-30",
                    "ready" : "it was up for 10 s",
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
                    "engine" : "podman 5.4",
                    "date" : "2026-11-29",
                    "ready" : "ended with exit code 0",
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
