// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.Location;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GitLabReportTest {

    private static JsonNode report(String prefix, Finding... findings) throws IOException {
        return new ObjectMapper()
                .readTree(ReportTexts.text(
                        ReportFormat.GITLAB,
                        TaskFixture.task(Platform.EC2, Platform.FARGATE),
                        List.of(findings),
                        new ReportSettings(
                                "1.2.3", "shop", "mvn readonly-rootfs:fix", prefix, List::of, Finding::isProblem)));
    }

    private static Finding finding(Severity severity) {
        return TaskFixture.finding("x", severity, new Location("Dockerfile", 2, 1, 3, 2), "wrong", "do this");
    }

    @Test
    void anIssueHasEveryFieldThatGitLabDocuments() throws IOException {
        JsonNode issue = report("services/app", TaskFixture.shareFinding()).path(0);

        assertThat(issue.path("description").asText())
                .isEqualTo(
                        "user node (uid 1000) cannot write /usr/local/share: the volume's directory is root:root 0755"
                                + " (on FARGATE)\nhelp: put `RUN chown node /usr/local/share` above line 5");
        assertThat(issue.path("check_name").asText()).isEqualTo("path-not-permitted");
        assertThat(issue.path("severity").asText()).isEqualTo("major");
        assertThat(issue.at("/location/path").asText()).isEqualTo("services/app/Dockerfile");
        assertThat(issue.at("/location/lines/begin").asInt()).isEqualTo(5);
        assertThat(issue.path("fingerprint").asText()).isNotEmpty();
    }

    @Test
    void pathsAreRelativeToTheRepositoryAndNeverStartWithADot() throws IOException {
        Finding finding = TaskFixture.finding("x", Severity.ERROR, Location.of("../ecs/taskdef.json"), "wrong", "");

        assertThat(report("services/app", finding).at("/0/location/path").asText())
                .isEqualTo("services/ecs/taskdef.json");
        assertThat(report("", finding(Severity.ERROR)).at("/0/location/path").asText())
                .isEqualTo("Dockerfile");
    }

    @Test
    void everySeverityIsASeverityOfGitLab() throws IOException {
        assertThat(report("", finding(Severity.ERROR), finding(Severity.WARNING), finding(Severity.INFO))
                        .findValuesAsText("severity"))
                .containsExactly("major", "minor", "info");
    }

    @Test
    void fingerprintsOfFindingsAndModulesDiffer() throws IOException {
        Set<String> fingerprints = new HashSet<>();
        for (String module : List.of("", "one", "two")) {
            report(module, finding(Severity.ERROR), finding(Severity.ERROR), TaskFixture.shareFinding())
                    .forEach(issue -> fingerprints.add(issue.path("fingerprint").asText()));
        }

        assertThat(fingerprints).hasSize(9);
    }

    @Test
    void suppressedFindingsAreOmitted() throws IOException {
        assertThat(report("", TaskFixture.SUPPRESSED)).isEmpty();
    }
}
