// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.finding.Suppression;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaselineTest {

    private static final String TASK = "taskdef.json";

    private static Finding finding(String rule, Severity severity, int line, String words) {
        return Finding.of(rule, severity, new Location(TASK, line, 1, line, 2), words, Remedy.advice("do it"));
    }

    private static Finding path(String path, String... containers) {
        return finding("path-not-writable", Severity.ERROR, 3, "cannot write " + path)
                .at(ContainerPath.of(path))
                .in(List.of(containers), List.of(), List.of());
    }

    private static Baseline listing(Finding... findings) throws ConfigurationException, IOException {
        return read(
                text(Baseline.empty("b.json").listing(TASK, Optional.empty(), List.of(findings), Severity.WARNING)));
    }

    private static String text(Baseline baseline) throws IOException {
        StringWriter text = new StringWriter();
        baseline.write(text);
        return text.toString();
    }

    private static Baseline read(String text) throws ConfigurationException {
        return Baseline.parse(SourceFile.of("b.json", text));
    }

    private static Baseline.Comparison compare(Baseline baseline, Finding... findings) {
        return baseline.compare(TASK, Optional.empty(), List.of(findings));
    }

    @Test
    void aListedFindingStaysKnownWhenItsLineOrMessageChanges() throws Exception {
        Finding before = finding("root-not-read-only", Severity.ERROR, 3, "the root is writable")
                .in("app");
        Finding after = finding("root-not-read-only", Severity.ERROR, 30, "an attacker may write")
                .in("app");

        assertThat(compare(listing(before), after).findings())
                .extracting(Finding::suppressed)
                .containsExactly(Optional.of(new Suppression(Suppression.Kind.KNOWN, "listed in b.json")));
        assertThat(compare(listing(before), after).fixed()).isEmpty();
    }

    @Test
    void anotherPathContainerSubjectOrRuleIsNew() throws Exception {
        Finding known = path("/tmp", "app").about("x");

        assertThat(compare(
                                listing(known),
                                path("/var", "app").about("x"),
                                path("/tmp", "log").about("x"),
                                path("/tmp", "app").about("y"),
                                finding("unused-volume", Severity.ERROR, 3, "").about("x"))
                        .findings())
                .noneMatch(Finding::isSuppressed);
    }

    @Test
    void whatIsFixedCanGoAndNothingElse() throws Exception {
        Finding stays = path("/tmp", "app");
        Baseline.Comparison comparison = compare(listing(stays, path("/var", "app")), stays);

        assertThat(comparison.fixed())
                .extracting(Baseline.FixedEntry::words)
                .containsExactly("path-not-writable of /var in container app");
        assertThat(compare(comparison.left(), stays).fixed()).isEmpty();
        assertThat(compare(comparison.left(), stays).findings()).allMatch(Finding::isSuppressed);
    }

    @Test
    void aFindingWithAHigherSeverityIsNewAndNamesItsFormerSeverity() throws Exception {
        Finding known = path("/tmp", "app").as(Severity.WARNING);
        Finding worse = path("/tmp", "app");

        Finding compared = compare(listing(known), worse).findings().get(0);
        assertThat(compared.isSuppressed()).isFalse();
        assertThat(compared.related())
                .extracting(
                        Finding.Related::label,
                        Finding.Related::text,
                        related -> related.location().orElseThrow().line())
                .containsExactly(tuple("baseline", "lists it as warning", 5));
        assertThat(compare(listing(known), worse).fixed()).isEmpty();
        assertThat(compare(listing(worse), known).findings()).allMatch(Finding::isSuppressed);
    }

    @Test
    void aFindingInSeveralContainersIsReducedToTheNewOnes() throws Exception {
        assertThat(compare(listing(path("/tmp", "app")), path("/tmp", "app", "log"))
                        .findings())
                .extracting(Finding::containers, Finding::isSuppressed)
                .containsExactlyInAnyOrder(tuple(List.of("app"), true), tuple(List.of("log"), false));
    }

    @Test
    void ofEqualFindingsAsManyAreKnownAsAreListed() throws Exception {
        Finding one =
                finding("unknown-field", Severity.WARNING, 3, "unknown key").about("env");
        Finding two =
                finding("unknown-field", Severity.WARNING, 9, "unknown key").about("env");

        assertThat(compare(listing(one), one, two).findings())
                .extracting(finding -> finding.location().line(), Finding::isSuppressed)
                .containsExactly(tuple(3, true), tuple(9, false));
    }

    @Test
    void fixedFindingsAreReported() throws Exception {
        assertThat(compare(listing(path("/tmp", "app"), path("/var", "app")), path("/var", "app"))
                        .fixed())
                .extracting(
                        Baseline.FixedEntry::words, entry -> entry.location().line())
                .containsExactly(tuple("path-not-writable of /tmp in container app", 5));
    }

    @Test
    void findingsThatWereNotCheckedAreNotReportedAsFixed() throws Exception {
        Baseline baseline = listing(path("/tmp", "app").ofResource(Optional.of("Web")));
        Finding unreadable = finding("invalid-dockerfile", Severity.ERROR, 1, "no Dockerfile");

        assertThat(compare(baseline, unreadable).fixed()).isEmpty();
        assertThat(baseline.compare(TASK, Optional.of("Worker"), List.of()).fixed())
                .isEmpty();
        assertThat(baseline.compare("other.json", Optional.empty(), List.of()).fixed())
                .isEmpty();
        assertThat(baseline.compare(TASK, Optional.of("Web"), List.of()).fixed())
                .hasSize(1);
    }

    @Test
    void unreadableFilesAreNeverInABaseline() throws Exception {
        Finding unreadable = finding("invalid-dockerfile", Severity.ERROR, 1, "no Dockerfile");

        assertThat(text(Baseline.empty("b.json")
                        .listing(TASK, Optional.empty(), List.of(unreadable), Severity.WARNING)))
                .isEqualTo("{\n  \"version\": 1,\n  \"taskDefinitions\": {}\n}\n");
    }

    @Test
    void infosAndIgnoredFindingsAreNotListed() throws Exception {
        assertThat(listing(
                                path("/tmp", "app").as(Severity.INFO),
                                path("/var", "app").ignoredBecause("we know"))
                        .size(TASK))
                .isZero();
    }

    @Test
    void theFileHasAnEntryOnEachLineSortedByContainerAndRule() throws Exception {
        assertThat(text(listing(
                        path("/var", "app", "log"),
                        path("/tmp", "app"),
                        finding("unused-volume", Severity.WARNING, 1, "").about("data \"x\""))))
                .isEqualTo("""
                        {
                          "version": 1,
                          "taskDefinitions": {
                            "taskdef.json": [
                              { "rule": "unused-volume", "severity": "warning", "subject": "data \\"x\\"" },
                              { "rule": "path-not-writable", "severity": "error", "container": "app", "path": "/tmp" },
                              { "rule": "path-not-writable", "severity": "error", "container": "app", "path": "/var" },
                              { "rule": "path-not-writable", "severity": "error", "container": "log", "path": "/var" }
                            ]
                          }
                        }
                        """);
    }

    @Test
    void anUpdateLeavesTheEntriesOfOtherTaskDefinitionsAndOfOtherResourcesAlone() throws Exception {
        Baseline two = listing(path("/tmp", "app").ofResource(Optional.of("Web")))
                .listing("prod.json", Optional.empty(), List.of(path("/tmp", "app")), Severity.WARNING);

        Baseline updated = two.listing(
                TASK,
                Optional.of("Worker"),
                List.of(path("/var", "job").ofResource(Optional.of("Worker"))),
                Severity.WARNING);
        assertThat(updated.size(TASK)).isEqualTo(2);
        assertThat(updated.size("prod.json")).isEqualTo(1);
        assertThat(updated.listing(TASK, Optional.empty(), List.of(), Severity.WARNING)
                        .size(TASK))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    '[1]'                                         | 1:1: this is not a baseline of this plugin
                    '{}'                                          | 1:2: this is not a baseline of this plugin
                    '{"runs": []}'                                | 1:10: this is not a baseline of this plugin
                    '{"version": 2}'                              | 1:13: this version of the plugin reads baselines of version 1 only
                    '{"version": 1, '                             | 1:16: this is not JSON
                    '{"version": 1} x'                            | 1:16: this is not JSON
                    '{"version": 1} 7'                            | 1:16: text after the end of the baseline
                    '{"version": 1, "taskDefinitions": {"a": 1}}' | 1:41: this is not a baseline of this plugin
                    """)
    void aFileThatIsNotABaselineIsRejected(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("b.json:" + message + ";");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"severity": "error"}                                     | an entry needs a rule
                    {"rule": "unused-volume"}                                 | an entry needs a rule
                    {"rule": "unused-volume", "severity": "fatal"}            | an entry needs a rule
                    {"rule": "unused-volume", "severity": "error", "line": 3} | an entry has the keys rule,
                    {"rule": 7, "severity": "error"}                          | an entry has the keys rule,
                    """)
    void anInvalidEntryIsRejected(String entry, String message) {
        assertThatThrownBy(() -> read("{\"version\": 1, \"taskDefinitions\": {\"taskdef.json\": [" + entry + "]}}"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining(": " + message);
    }

    @Test
    void aMergeConflictIsNamed() throws Exception {
        String text = text(listing(path("/tmp", "app"))).replace("      {", "<<<<<<< HEAD\n      {");

        assertThatThrownBy(() -> read(text))
                .hasMessageStartingWith("b.json:5:1: unresolved merge conflict; keep both sides' entries");
    }

    @Test
    void onlyListedFindingsAreKnown() throws Exception {
        Random random = new Random(15);
        for (int i = 0; i < 200; i++) {
            Finding[] findings = Stream.generate(() -> random(random))
                    .limit(random.nextInt(7))
                    .sorted()
                    .toArray(Finding[]::new);
            Baseline baseline = listing(findings);
            Baseline.Comparison comparison = compare(baseline, findings);

            assertThat(comparison.findings()).allMatch(Finding::isSuppressed);
            assertThat(comparison.fixed()).isEmpty();
            assertThat(text(read(text(baseline)))).isEqualTo(text(baseline));
        }
    }

    private static Finding random(Random random) {
        List<String> names = List.of("a", "b\"\\", "ü\n", "<<<<<<<");
        Finding finding = finding(
                        random.nextBoolean() ? "unused-volume" : "unknown-field",
                        random.nextBoolean() ? Severity.ERROR : Severity.WARNING,
                        1,
                        "")
                .in(names.subList(0, random.nextInt(4)), List.of(), List.of());
        Finding named = random.nextBoolean() ? finding.about(names.get(random.nextInt(4))) : finding;
        return random.nextBoolean() ? named.ofResource(Optional.of(names.get(random.nextInt(4)))) : named;
    }
}
