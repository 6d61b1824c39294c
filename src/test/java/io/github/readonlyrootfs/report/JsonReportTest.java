// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonReportTest {

    private static final ReportSettings SETTINGS =
            new ReportSettings("1.2.3", "shop", "mvn readonly-rootfs:fix", "", List::of, Finding::isProblem);

    private static String report(Analysis task, Finding... findings) {
        return ReportTexts.text(ReportFormat.JSON, task, List.of(findings), SETTINGS);
    }

    static String golden(String name) throws IOException {
        try (var in = JsonReportTest.class.getResourceAsStream("/report/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aReportHasContainersFindingsAndCounts() throws IOException {
        assertThat(report(TaskFixture.task(Platform.FARGATE), TaskFixture.shareFinding(), TaskFixture.SUPPRESSED))
                .isEqualTo(golden("share.json"));
    }

    @Test
    void unknownValuesAreNullAndContainersThatCannotStartAreMarked() throws IOException {
        assertThat(report(TaskFixture.strangeTask())).isEqualTo(golden("strange.json"));
    }

    @Test
    void aTaskThatCannotBeReadStillHasEveryKey() throws IOException {
        assertThat(report(TaskFixture.unreadableTask())).isEqualTo("""
                        {
                          "schemaVersion": 1,
                          "plugin": "readonly-rootfs-maven-plugin 1.2.3",
                          "taskDefinition": "taskdef.json",
                          "containers": [],
                          "findings": [],
                          "summary": {
                            "error": 0,
                            "warning": 0,
                            "info": 0
                          }
                        }
                        """);
    }

    @Test
    void containersAndFindingsHaveTheResourceOfTheirTask() throws IOException {
        JsonNode report = new ObjectMapper()
                .readTree(report(TaskFixture.webAndWorker(), TaskFixture.inWorker(), TaskFixture.shareFinding()));

        assertThat(report.path("containers").findValuesAsText("resource")).containsExactly("Web", "Worker");
        assertThat(report.at("/findings/0/resource").textValue()).isEqualTo("Worker");
        assertThat(report.at("/findings/1/resource").isNull()).isTrue();
    }

    @Test
    void anEditOfSeveralFindingsIsListedOnceAndReferredToByTheOthers() throws IOException {
        Finding first = TaskFixture.shareFinding();
        Finding second = first.at(ContainerPath.of("/usr/local/share/x"));
        JsonNode findings = new ObjectMapper()
                .readTree(report(TaskFixture.task(Platform.FARGATE), TaskFixture.SUPPRESSED, first, second))
                .path("findings");

        assertThat(findings.at("/1/edits")).hasSize(1);
        assertThat(findings.at("/1/editsOf")).isEmpty();
        assertThat(findings.at("/2/edits")).isEmpty();
        assertThat(findings.at("/2/editsOf").toString()).isEqualTo("[1]");
        assertThat(findings.at("/2/help").textValue())
                .isEqualTo("the edit above for /usr/local/share (Dockerfile:5) fixes this too");
    }

    @Test
    void escapedTextIsUnchangedAfterParsing() throws IOException {
        String message = "a \"b\" \\ \n \u0000 \u2028 é \uD83D\uDE00";
        String report = report(
                TaskFixture.unreadableTask(),
                TaskFixture.finding("x", Severity.INFO, Location.of("taskdef.json"), message, ""));
        assertThat(new ObjectMapper().readTree(report).at("/findings/0/message").textValue())
                .isEqualTo(message);
        assertThat(report).doesNotContain("\r");
    }
}
