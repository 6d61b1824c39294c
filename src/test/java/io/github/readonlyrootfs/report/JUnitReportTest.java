// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.RuleDescription;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.Location;
import java.io.ByteArrayInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.Test;

/** Parsed with the parser of Maven's own test reports. */
class JUnitReportTest {

    private static final Analysis TASK = TaskFixture.task(Platform.FARGATE);

    private static final ReportSettings SETTINGS = settings(
            finding -> finding.severity() == Severity.ERROR && !finding.isSuppressed(),
            "path-not-permitted",
            "unneeded-volume",
            "outdated-baseline",
            "x");

    private static ReportSettings settings(Predicate<Finding> fails, String... rules) {
        return new ReportSettings(
                "1.2.3",
                "shop",
                "mvn readonly-rootfs:fix",
                "",
                () -> List.of(rules).stream()
                        .map(id -> new RuleDescription(id, Severity.ERROR, "Summary", "Description", "# " + id))
                        .toList(),
                fails);
    }

    /** The test cases, after a check of the suite's counts. */
    private static List<ReportTestCase> parse(Analysis task, ReportSettings settings, Finding... findings)
            throws Exception {
        String text = ReportTexts.text(ReportFormat.JUNIT, task, List.of(findings), settings);
        List<ReportTestCase> cases = new TestSuiteXmlParser(new NullConsoleLogger())
                        .parse(new InputStreamReader(
                                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
                                StandardCharsets.UTF_8))
                        .stream()
                        .flatMap(suite -> suite.getTestCases().stream())
                        .toList();
        long failed = cases.stream().filter(ReportTestCase::hasFailure).count();
        long skipped = cases.stream().filter(ReportTestCase::hasSkipped).count();
        assertThat(text)
                .contains("<testsuite name=\"readonly-rootfs\" tests=\"" + cases.size() + "\" failures=\"" + failed
                        + "\" errors=\"0\" skipped=\"" + skipped + "\" time=\"0\">");
        return cases;
    }

    private static ReportTestCase one(List<ReportTestCase> cases, String container, String rule) {
        return cases.stream()
                .filter(it ->
                        it.getFullClassName().equals(container) && it.getName().equals(rule))
                .findFirst()
                .orElseThrow();
    }

    private static Finding finding(Severity severity, String message) {
        return TaskFixture.finding("x", severity, new Location("Dockerfile", 1, 1, 1, 2), message, "do this");
    }

    @Test
    void eachRuleIsATestCaseOfWhatItJudges() throws Exception {
        List<ReportTestCase> suite = parse(TASK, SETTINGS);

        assertThat(suite)
                .extracting(it -> it.getFullClassName() + " " + it.getName())
                .containsExactlyInAnyOrder(
                        "taskdef.json.(task) x",
                        "taskdef.json.app path-not-permitted",
                        "taskdef.json.app unneeded-volume");
        assertThat(suite).allMatch(ReportTestCase::isSuccessful);
    }

    @Test
    void aFindingThatFailsTheBuildIsAFailureWithTheTextOfTheConsole() throws Exception {
        ReportTestCase failed =
                one(parse(TASK, SETTINGS, TaskFixture.shareFinding()), "taskdef.json.app", "path-not-permitted");

        assertThat(failed.getFailureType()).isEqualTo("error");
        assertThat(failed.getFailureMessage())
                .startsWith("Dockerfile:5:8: user node")
                .endsWith("[path-not-permitted]");
        String console = String.join(
                "\n",
                new ConsoleReport(TASK, List.of(TaskFixture.shareFinding()))
                        .lines().stream().map(ConsoleReport.Line::text).toList());
        assertThat(failed.getFailureDetail().strip()).isEqualTo(console);
    }

    @Test
    void aFindingThatDoesNotFailTheBuildIsInTheOutputOfAPassedTest() throws Exception {
        String text = ReportTexts.text(ReportFormat.JUNIT, TASK, List.of(finding(Severity.WARNING, "odd")), SETTINGS);

        assertThat(one(parse(TASK, SETTINGS, finding(Severity.WARNING, "odd")), "taskdef.json.(task)", "x")
                        .isSuccessful())
                .isTrue();
        assertThat(text).containsPattern("<system-out>\nDockerfile:1:1: odd \\[x]\n[^<]*</system-out>");
    }

    @Test
    void failOnDecidesWhichFindingsAreFailures() throws Exception {
        ReportSettings strict = settings(finding -> true, "x");

        assertThat(one(parse(TASK, strict, finding(Severity.INFO, "odd")), "taskdef.json.(task)", "x")
                        .hasFailure())
                .isTrue();
    }

    @Test
    void aTestWhoseFindingsAreAllSuppressedIsSkippedWithTheReason() throws Exception {
        Finding suppressed = TaskFixture.shareFinding().ignoredBecause("no container reads the mount");

        ReportTestCase skipped = one(parse(TASK, SETTINGS, suppressed), "taskdef.json.app", "path-not-permitted");
        assertThat(skipped.hasSkipped()).isTrue();
        assertThat(ReportTexts.text(ReportFormat.JUNIT, TASK, List.of(suppressed), SETTINGS))
                .contains("skipped=\"1\"", "<skipped message=\"ignored: no container reads the mount\"/>");
    }

    @Test
    void aFindingOfSeveralContainersFailsTheTestOfEach() throws Exception {
        Finding both = TaskFixture.shareFinding().in(List.of("app", "side"), Set.of(Platform.FARGATE), List.of());

        List<ReportTestCase> suite = parse(TASK, SETTINGS, both);
        assertThat(one(suite, "taskdef.json.app", "path-not-permitted").getFailureDetail())
                .contains("RUN chown");
        assertThat(one(suite, "taskdef.json.side", "path-not-permitted").hasFailure())
                .isTrue();
    }

    @Test
    void tasksOfOneFileAreDistinguished() throws Exception {
        List<ReportTestCase> suite = parse(TaskFixture.webAndWorker(), SETTINGS, TaskFixture.inWorker());

        assertThat(one(suite, "taskdef.json.Worker.app", "path-not-permitted").hasFailure())
                .isTrue();
        assertThat(one(suite, "taskdef.json.Web.app", "path-not-permitted").isSuccessful())
                .isTrue();
    }

    @Test
    void modulesOfOneRepositoryAreDistinguished() throws Exception {
        ReportSettings module = new ReportSettings(
                "1.2.3",
                "shop",
                "mvn readonly-rootfs:fix",
                "services/shop",
                SETTINGS.rules(),
                finding -> !finding.isSuppressed());

        assertThat(one(
                                parse(TASK, module, TaskFixture.shareFinding()),
                                "services/shop/taskdef.json.app",
                                "path-not-permitted")
                        .hasFailure())
                .isTrue();
    }

    @Test
    void noTestPassesOnAFileThatCannotBeRead() throws Exception {
        Finding invalid = TaskFixture.finding(
                "invalid-task-definition", Severity.ERROR, Location.of("taskdef.json"), "this is not JSON", "");

        assertThat(parse(TaskFixture.unreadableTask(), SETTINGS, invalid))
                .singleElement()
                .satisfies(it -> assertThat(it.hasFailure()).isTrue());
    }

    @Test
    void charactersThatXmlForbidsAreReplacedByQuestionMarks() throws Exception {
        Finding hostile = finding(Severity.ERROR, "a \u0000\u001b[31m\uFFFE\uD800 ]]> <b> \"q\" & 'x' \u202e")
                .in("</testcase>");

        ReportTestCase failed = one(parse(TASK, SETTINGS, hostile), "taskdef.json.</testcase>", "x");
        assertThat(failed.getFailureMessage()).contains("a ??[31m?? ]]> <b> \"q\" & 'x' ?");
    }

    @Test
    void findingsAboveTheLimitAreCounted() throws Exception {
        List<Finding> many = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            many.add(finding(Severity.ERROR, "wrong " + i).ofResource(Optional.empty()));
        }

        ReportTestCase failed = one(parse(TASK, SETTINGS, many.toArray(Finding[]::new)), "taskdef.json.(task)", "x");
        assertThat(failed.getFailureMessage()).endsWith("(and 249 more)");
        assertThat(failed.getFailureDetail().strip()).endsWith("and 150 more");
    }
}
