// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import static io.github.readonlyrootfs.report.TaskFixture.finding;
import static io.github.readonlyrootfs.report.TaskFixture.in;
import static io.github.readonlyrootfs.report.TaskFixture.inWorker;
import static io.github.readonlyrootfs.report.TaskFixture.renamed;
import static io.github.readonlyrootfs.report.TaskFixture.shareFinding;
import static io.github.readonlyrootfs.report.TaskFixture.suppressed;
import static io.github.readonlyrootfs.report.TaskFixture.task;
import static io.github.readonlyrootfs.report.TaskFixture.unreadableTask;
import static io.github.readonlyrootfs.report.TaskFixture.webAndWorker;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.declared;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.Location;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConsoleReportTest {

    private static final Finding WARNING = finding(
            "unused-volume",
            Severity.WARNING,
            in("taskdef.json", 4, 15, 20),
            "no container mounts it",
            "delete the entry");

    private static final Finding INFO =
            finding("log-to-file", Severity.INFO, in("Dockerfile", 7, 1, 11), "a log goes to a file", "");

    private static String printed(Analysis task, Finding... findings) {
        return new ConsoleReport(task, List.of(findings))
                .lines().stream().map(ConsoleReport.Line::text).reduce("", (a, b) -> a + b + "\n");
    }

    @Test
    void aFindingIsPrintedAsACompilerWouldPrintIt() {
        assertThat(printed(task(Platform.FARGATE), shareFinding())).isEqualTo("""
                        Dockerfile:5:8: user node (uid 1000) cannot write /usr/local/share: the volume's directory is root:root 0755 [path-not-permitted]
                              5 | VOLUME /usr/local/share/
                                |        ^~~~~~~~~~~~~~~~~
                          needed by  pom.xml:41 <writablePaths>
                          help       put `RUN chown node /usr/local/share` above line 5
                        """);
    }

    @Test
    void eachLineHasTheFindingsSeverity() {
        assertThat(new ConsoleReport(task(Platform.FARGATE), List.of(shareFinding(), WARNING)).lines())
                .extracting(ConsoleReport.Line::severity)
                .containsExactly(
                        Severity.ERROR,
                        Severity.ERROR,
                        Severity.ERROR,
                        Severity.ERROR,
                        Severity.ERROR,
                        Severity.WARNING,
                        Severity.WARNING,
                        Severity.WARNING,
                        Severity.WARNING);
    }

    @Test
    void platformsAreNamedIfAFindingIsNotOnAllOfThem() {
        assertThat(printed(task(Platform.EC2, Platform.FARGATE), shareFinding()))
                .startsWith("Dockerfile:5:8: user node (uid 1000) cannot write /usr/local/share:"
                        + " the volume's directory is root:root 0755 (on FARGATE) [path-not-permitted]\n");
    }

    @Test
    void helpOfSeveralLinesKeepsItsIndentation() {
        Finding finding = finding(
                "root-not-read-only",
                Severity.ERROR,
                in("taskdef.json", 6, 33, 37),
                "the root file system is writable",
                "add to the container:\n\"linuxParameters\": {\n  \"tmpfs\": []\n}");
        assertThat(printed(task(Platform.FARGATE), finding)).isEqualTo("""
                        taskdef.json:6:33: the root file system is writable [root-not-read-only]
                              6 |       "readonlyRootFilesystem": true
                                |                                 ^~~~
                          help       add to the container:
                                     "linuxParameters": {
                                       "tmpfs": []
                                     }
                        """);
    }

    /** A quiet build prints errors only. */
    @Test
    void aHelpRefersToNoEditOfALessSevereFinding() {
        FindingLines lines = new FindingLines(task(Platform.FARGATE));
        String whole = "  help       put `RUN chown node /usr/local/share` above line 5";

        assertThat(lines.next(shareFinding().as(Severity.WARNING))).endsWith(whole);
        assertThat(lines.next(shareFinding())).endsWith(whole);
        assertThat(lines.next(shareFinding().as(Severity.WARNING)))
                .endsWith("  help       the edit above for /usr/local/share (Dockerfile:5) fixes this too");
    }

    @Test
    void aWiderLabelWidensTheColumn() {
        Finding finding = finding("x", Severity.ERROR, Location.of("taskdef.json"), "m", "h")
                .with(List.of(new Finding.Related("overridden by", "USER node", Optional.empty())));
        assertThat(printed(task(Platform.FARGATE), finding)).isEqualTo("""
                        taskdef.json:1:1: m [x]
                          overridden by  USER node
                          help           h
                        """);
    }

    @Test
    void suppressedFindingsAreNotPrinted() {
        assertThat(printed(
                        task(Platform.FARGATE),
                        suppressed(shareFinding(), "known"),
                        shareFinding().suppressedAsKnown("b")))
                .isEmpty();
    }

    @Test
    void atMostTenInfosFollowTheProblemsOnALineEach() {
        Finding[] findings = new Finding[13];
        Arrays.fill(findings, INFO);
        findings[12] = finding("a", Severity.WARNING, Location.of("taskdef.json"), "m", "h");
        List<ConsoleReport.Line> lines = new ConsoleReport(task(Platform.FARGATE), List.of(findings)).lines();

        assertThat(lines.get(0).text()).isEqualTo("taskdef.json:1:1: m [a]");
        assertThat(lines.subList(2, lines.size()))
                .hasSize(11)
                .allMatch(line -> line.severity() == Severity.INFO)
                .last()
                .extracting(ConsoleReport.Line::text)
                .isEqualTo("and 2 more infos in the report");
    }

    @Test
    void aWholeFileHasNoExcerpt() {
        assertThat(printed(
                        task(Platform.FARGATE),
                        finding("x", Severity.ERROR, Location.of("Dockerfile"), "there is no such file", "name it")))
                .isEqualTo("Dockerfile:1:1: there is no such file [x]\n  help       name it\n");
    }

    @Test
    void controlCharactersAreReplaced() {
        assertThat(printed(
                        task(Platform.FARGATE),
                        finding("x", Severity.ERROR, Location.of("a\nb"), "a\u001b[2J\nb\u202ec", "\u0007")))
                .isEqualTo("a b:1:1: a?[2J b?c [x]\n  help       ?\n");
    }

    @Test
    void theShortFormIsALineForEachFinding() {
        assertThat(new ConsoleReport(task(Platform.FARGATE), List.of(shareFinding(), INFO, WARNING)).shortLines())
                .hasSize(3)
                .startsWith(
                        "Dockerfile:5:8: error path-not-permitted user node (uid 1000) cannot write /usr/local/share:"
                                + " the volume's directory is root:root 0755")
                .element(1)
                .asString()
                .startsWith("taskdef.json:4:15: warning unused-volume ");
    }

    @Test
    void theShortFormOfAnInfoSaysWhatWouldLikeToWrite() {
        Finding info = INFO.with(
                List.of(new Finding.Related(Finding.NEEDED_BY, "the log", Optional.of(in("Dockerfile", 4, 1, 9)))));
        Finding error = finding("x", Severity.ERROR, in("Dockerfile", 7, 1, 11), "a", "")
                .with(info.related());

        assertThat(new ConsoleReport(task(Platform.FARGATE), List.of(error, info)).shortLines())
                .containsExactly(
                        "Dockerfile:7:1: error x a",
                        "Dockerfile:7:1: info log-to-file a log goes to a file (optional: the log, Dockerfile:4)");
    }

    @Test
    void theFailureSaysWhichContainersFail() {
        assertThat(new ConsoleReport(task(Platform.FARGATE), List.of(shareFinding(), shareFinding(), WARNING))
                        .failureMessage())
                .isEqualTo(
                        "2 errors, 1 warning; container app fails with a read-only root: it cannot write /usr/local/share");
    }

    @Test
    void theFailureNamesTheFirstOfTheWorstWhereNoContainerFails() {
        assertThat(new ConsoleReport(
                                unreadableTask(),
                                List.of(
                                        finding("a", Severity.WARNING, Location.of("Aaa"), "first in order", ""),
                                        INFO,
                                        shareFinding(),
                                        shareFinding(),
                                        suppressed(shareFinding(), "known")))
                        .failureMessage())
                .isEqualTo("2 errors, 1 warning; first: Dockerfile:5:8: user node (uid 1000) cannot write"
                        + " /usr/local/share: the volume's directory is root:root 0755 [path-not-permitted]");
    }

    @Test
    void oneLineSumsUpTheCheck() {
        assertThat(new ConsoleReport(task(List.of(declared("/tmp")), Platform.FARGATE), List.of()).summary())
                .isEqualTo("checked taskdef.json and Dockerfile: 1 container on FARGATE: proven; 1 need declared");
        assertThat(new ConsoleReport(
                                task(List.of(declared("/tmp"), declared("/opt")), Platform.FARGATE),
                                List.of(WARNING, INFO, INFO, suppressed(shareFinding(), "known")))
                        .summary())
                .isEqualTo("checked taskdef.json and Dockerfile: 1 container on FARGATE: fails; 1 warning, 2 infos,"
                        + " 1 ignored; 2 needs declared");
        assertThat(new ConsoleReport(
                                task(List.of(declared("/tmp")), Platform.FARGATE),
                                List.of(
                                        shareFinding().suppressedAsKnown("b.json"),
                                        shareFinding().suppressedAsKnown("b.json")))
                        .summary())
                .contains(": proven; 2 known from the baseline;");
    }

    @Test
    void theLastLineSaysThatNoNeedsAreKnownAndWhichPlatformsWereAssumed() {
        Analysis assumed = new Analysis(List.of(renamed(task(List.of(), Platform.EC2, Platform.FARGATE), "", false)));
        assertThat(new ConsoleReport(assumed, List.of()).summary())
                .isEqualTo(
                        "checked taskdef.json and Dockerfile: 1 container on EC2 and FARGATE (assumed: requiresCompatibilities is"
                                + " not set): proven; no needs known");
    }

    @Test
    void oneOfSeveralTasksIsNamedWithTheFinding() {
        assertThat(printed(webAndWorker(), inWorker()).lines().findFirst())
                .hasValueSatisfying(line ->
                        assertThat(line).endsWith("root:root 0755 (in Worker, on FARGATE) [path-not-permitted]"));
        assertThat(printed(task(Platform.FARGATE), inWorker())).doesNotContain("Worker");
    }

    @Test
    void theLastLineNamesTheTasksOfAFileThatNamesThem() {
        assertThat(new ConsoleReport(webAndWorker(), List.of()).summary())
                .isEqualTo(
                        "checked taskdef.json (Web and Worker) and Dockerfile: 2 containers on EC2 and FARGATE (assumed"
                                + " for Worker: requiresCompatibilities is not set): all fail; 4 needs declared, 2 inferred");
    }
}
