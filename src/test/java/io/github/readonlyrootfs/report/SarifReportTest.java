// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.RepositoryUri;
import io.github.readonlyrootfs.report.text.RuleDescription;
import io.github.readonlyrootfs.rule.Rules;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.Location;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SarifReportTest {

    private static final ReportSettings SETTINGS = new ReportSettings(
            "1.2.3",
            "shop",
            "mvn readonly-rootfs:fix",
            "services/app",
            () -> List.of(
                    new RuleDescription(
                            "unneeded-volume",
                            Severity.WARNING,
                            "Nothing needs the volume",
                            "A volume that nothing needs is a foothold.",
                            "# unneeded-volume\n"),
                    new RuleDescription(
                            "path-not-permitted",
                            Severity.ERROR,
                            "A needed path is on a mount that refuses the user",
                            "The write fails with EACCES.",
                            "# path-not-permitted\n")),
            Finding::isProblem);

    private static final Analysis TASK = TaskFixture.task(Platform.EC2, Platform.FARGATE);

    private static JsonNode report(Finding... findings) throws IOException {
        return new ObjectMapper().readTree(ReportTexts.text(ReportFormat.SARIF, TASK, List.of(findings), SETTINGS));
    }

    private static Finding finding(int line, String message) {
        return TaskFixture.finding(
                "x", Severity.INFO, new Location("Dockerfile", line, 1, line, 2), message, "do this");
    }

    @Test
    void aReportHasRulesAndResults() throws IOException {
        assertThat(ReportTexts.text(
                        ReportFormat.SARIF,
                        TASK,
                        List.of(TaskFixture.shareFinding(), TaskFixture.SUPPRESSED),
                        SETTINGS))
                .isEqualTo(JsonReportTest.golden("share.sarif"));
    }

    @Test
    void everyReportMeetsTheRequirementsOfSarifAndGitHub() throws IOException {
        assertValid(report());
        assertValid(report(TaskFixture.shareFinding(), TaskFixture.SUPPRESSED, finding(1, "m"), finding(2, "m")));
    }

    /** The requirements of the schema of SARIF 2.1.0 and of GitHub's documented properties, for the parts used here. */
    private static void assertValid(JsonNode report) {
        assertThat(report.path("version").asText()).isEqualTo("2.1.0");
        assertThat(report.path("$schema").asText()).endsWith("sarif-2.1.0.json");
        assertThat(report.path("runs")).hasSize(1);
        JsonNode run = report.at("/runs/0");
        JsonNode driver = run.at("/tool/driver");
        assertThat(driver.path("name").asText()).isNotEmpty();
        JsonNode rules = driver.path("rules");
        Set<String> ids = new HashSet<>();
        rules.forEach(rule -> assertThat(ids.add(rule.path("id").asText())).isTrue());
        assertThat(run.path("columnKind").asText()).isEqualTo("utf16CodeUnits");
        assertThat(run.path("results").isArray()).isTrue();
        for (JsonNode result : run.path("results")) {
            assertThat(rules.path(result.path("ruleIndex").asInt(-1)).path("id"))
                    .isEqualTo(result.path("ruleId"));
            assertThat(result.path("level").asText()).isIn("error", "warning", "note");
            assertThat(result.at("/message/text").asText()).isNotEmpty();
            assertThat(result.path("partialFingerprints")).isNotEmpty();
            assertThat(result.path("suppressions").isArray()).isTrue();
            result.path("suppressions")
                    .forEach(suppression ->
                            assertThat(suppression.path("kind").asText()).isIn("inSource", "external"));
            assertThat(result.path("locations")).hasSize(1);
            assertLocation(run, result.at("/locations/0"));
            result.path("relatedLocations").forEach(location -> assertLocation(run, location));
        }
    }

    private static void assertLocation(JsonNode run, JsonNode location) {
        JsonNode artifact = location.at("/physicalLocation/artifactLocation");
        assertThat(artifact.path("uri").asText()).matches("[A-Za-z0-9._~%-][A-Za-z0-9._~%/-]*");
        assertThat(run.path("originalUriBaseIds").has(artifact.path("uriBaseId").asText()))
                .isTrue();
        JsonNode region = location.at("/physicalLocation/region");
        assertThat(region.path("startLine").asInt()).isPositive();
        assertThat(region.path("startColumn").asInt()).isPositive();
        assertThat(region.path("endLine").asInt())
                .isGreaterThanOrEqualTo(region.path("startLine").asInt());
        assertThat(region.path("endColumn").asInt()).isPositive();
    }

    @Test
    void everyRuleIsDescribedWithinTheLengthThatGitHubShows() {
        assertThat(RuleDescription.allBut(Set.of()))
                .extracting(RuleDescription::id)
                .containsExactlyElementsOf(Rules.ids());
        for (RuleDescription rule : RuleDescription.allBut(Set.of())) {
            assertThat(rule.summary()).as(rule.id()).isNotBlank().hasSizeLessThanOrEqualTo(1024);
            assertThat(rule.description())
                    .as(rule.id())
                    .hasSizeBetween(20, 1024)
                    .isNotEqualTo(rule.summary())
                    .doesNotContain("\n", "## ");
            assertThat(rule.markdown()).as(rule.id()).startsWith("# " + rule.id());
        }
    }

    @Test
    void aResultHasTheResourceOfItsTask() throws IOException {
        JsonNode report = new ObjectMapper()
                .readTree(ReportTexts.text(
                        ReportFormat.SARIF,
                        TaskFixture.webAndWorker(),
                        List.of(TaskFixture.inWorker(), TaskFixture.shareFinding()),
                        SETTINGS));

        JsonNode results = report.at("/runs/0/results");
        assertThat(results.at("/0/properties/resource").asText()).isEqualTo("Worker");
        assertThat(results.at("/0/message/text").asText()).contains(" (in Worker, on FARGATE)\n");
        assertThat(results.at("/1/properties").has("resource")).isFalse();
        assertThat(results.at("/0/partialFingerprints")).isNotEqualTo(results.at("/1/partialFingerprints"));
    }

    @Test
    void aFingerprintDoesNotDependOnLinesOrWording() throws IOException {
        JsonNode today = report(
                finding(3, "it is hidden by line 2").about("a"), finding(5, "m").about("b"));
        JsonNode tomorrow = report(
                finding(30, "line 20 hides it").about("a"), finding(50, "n").about("b"));
        for (int i = 0; i < 2; i++) {
            String pointer = "/runs/0/results/" + i + "/partialFingerprints";
            assertThat(today.at(pointer)).isEqualTo(tomorrow.at(pointer));
        }
    }

    @Test
    void aFingerprintDependsOnItsFindingAlone() throws IOException {
        JsonNode both = report(finding(3, "m").about("a"), finding(5, "m").about("b"));
        JsonNode one = report(finding(5, "m").about("b"));
        assertThat(both.at("/runs/0/results/1/partialFingerprints"))
                .isEqualTo(one.at("/runs/0/results/0/partialFingerprints"));
    }

    @Test
    void fingerprintsOfFindingsDiffer() throws IOException {
        Set<String> fingerprints = new HashSet<>();
        report(finding(3, "m"), finding(4, "m"), finding(5, "n"), TaskFixture.shareFinding())
                .at("/runs/0/results")
                .forEach(result ->
                        fingerprints.add(result.path("partialFingerprints").toString()));
        assertThat(fingerprints).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "'', Dockerfile, Dockerfile",
        "services/app, src/main/docker/Dockerfile, services/app/src/main/docker/Dockerfile",
        "services/app/, ./Dockerfile, services/app/Dockerfile",
        "services/app, ../Dockerfile, services/Dockerfile",
        "'', ../Dockerfile, ../Dockerfile",
        "'', a b/50%:täsk.json, a%20b/50%25%3At%C3%A4sk.json",
        "'a\\b', c, a/b/c",
        "services/app, /etc/ecs/a b.json, file:///etc/ecs/a%20b.json",
        "services/app, D:\\ecs\\task.json, file:///D%3A/ecs/task.json"
    })
    void filesAreRelativeToTheRootOfTheRepository(String prefix, String file, String uri) {
        assertThat(RepositoryUri.of(prefix, file)).isEqualTo(uri);
    }
}
