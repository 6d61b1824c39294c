// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Suppression;
import io.github.readonlyrootfs.message.PlainText;
import io.github.readonlyrootfs.report.text.FindingLines;
import io.github.readonlyrootfs.report.text.Markup;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.RuleDescription;
import io.github.readonlyrootfs.report.text.RuntimeWords;
import io.github.readonlyrootfs.rule.Rules;
import io.github.readonlyrootfs.rule.engine.Rule;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The findings as tests in the format of Surefire, which CI servers show: a test case for each container and each rule
 * about containers, and for the task and each other rule, as far as it had or could have a finding. It fails if a finding
 * fails the build, and is skipped if all its findings are suppressed; what else was found is in its output.
 */
public final class JUnitReport {

    /** The most findings of one rule in one container that are shown; the rest is counted. */
    private static final int MAX_FINDINGS = 100;

    /** Where they find nothing, there may have been nothing to judge. */
    private static final Set<String> OPTIONAL = Rules.ids(Rule.Trait.OPTIONAL_INPUT);

    /** In the place of a container's name, for findings that are about none. */
    private static final String NO_CONTAINER = "(task)";

    private final Markup xml;
    private final Analysis tasks;
    private final ReportSettings settings;
    private final FindingLines lines;

    private JUnitReport(Markup xml, Analysis tasks, ReportSettings settings) {
        this.xml = xml;
        this.tasks = tasks;
        this.settings = settings;
        this.lines = new FindingLines(tasks);
    }

    /**
     * Writes the report, as UTF-8.
     *
     * @param findings sorted; suppressed ones included
     */
    public static void write(Analysis tasks, List<Finding> findings, ReportSettings settings, Writer text)
            throws IOException {
        text.write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        new JUnitReport(new Markup(text), tasks, settings).write(findings);
    }

    /** The findings of one rule in one container; may be empty. */
    private record Case(String container, String rule, List<Finding> findings) {

        boolean fails(ReportSettings settings) {
            return findings.stream().anyMatch(settings.fails());
        }

        boolean isSkipped() {
            return !findings.isEmpty() && findings.stream().allMatch(Finding::isSuppressed);
        }
    }

    private void write(List<Finding> findings) throws IOException {
        List<Case> cases = cases(findings);
        xml.open("testsuites").line();
        xml.open(
                        "testsuite",
                        "name",
                        "readonly-rootfs",
                        "tests",
                        String.valueOf(cases.size()),
                        "failures",
                        String.valueOf(
                                cases.stream().filter(it -> it.fails(settings)).count()),
                        "errors",
                        "0",
                        "skipped",
                        String.valueOf(cases.stream().filter(Case::isSkipped).count()),
                        "time",
                        "0")
                .line();
        for (Case one : cases) {
            xml.open("testcase", "classname", one.container(), "name", one.rule(), "time", "0");
            result(one);
            xml.close().line();
        }
        xml.close().line().close().line();
    }

    private List<Case> cases(List<Finding> findings) {
        // In a file that cannot be read, no rule can be said to pass.
        boolean complete = findings.stream().noneMatch(finding -> Finding.isAlwaysAnError(finding.rule()));
        List<String> rules = complete
                ? settings.rules().get().stream().map(RuleDescription::id).toList()
                : List.of();
        Map<String, Map<String, List<Finding>>> found = new LinkedHashMap<>();
        for (TaskAnalysis task : tasks.all()) {
            found.put(container(task.resource(), NO_CONTAINER), passing(rules, false));
            for (ContainerAnalysis container : task.containers()) {
                found.put(container(task.resource(), container.name()), passing(rules, true));
            }
        }
        for (Finding finding : findings) {
            List<String> names = finding.containers().isEmpty() ? List.of(NO_CONTAINER) : finding.containers();
            for (String name : names) {
                found.computeIfAbsent(container(finding.resource(), name), key -> new TreeMap<>())
                        .computeIfAbsent(finding.rule(), key -> new ArrayList<>())
                        .add(finding);
            }
        }
        List<Case> cases = new ArrayList<>();
        found.forEach(
                (container, byRule) -> byRule.forEach((rule, ofRule) -> cases.add(new Case(container, rule, ofRule))));
        return cases;
    }

    /** The rules about containers, or the others, before anything is found. */
    private static Map<String, List<Finding>> passing(List<String> rules, boolean ofContainers) {
        Map<String, List<Finding>> cases = new TreeMap<>();
        for (String rule : rules) {
            if (Rules.judgesContainers(rule) == ofContainers && !OPTIONAL.contains(rule)) {
                cases.put(rule, new ArrayList<>());
            }
        }
        return cases;
    }

    /** A server takes the last dot for the end of a package, and puts the tests of all modules together. */
    private String container(Optional<String> resource, String name) {
        return settings.pathInRepository(tasks.taskDefinitionFile()) + "."
                + resource.map(it -> it + ".").orElse("") + name;
    }

    private void result(Case one) throws IOException {
        List<Finding> failures =
                one.findings().stream().filter(settings.fails()).toList();
        List<Finding> others = one.findings().stream()
                .filter(finding -> !settings.fails().test(finding))
                .toList();
        if (one.isSkipped()) {
            xml.empty("skipped", "message", reason(one.findings().get(0)));
        } else if (!failures.isEmpty()) {
            Finding first = failures.get(0);
            String more = failures.size() == 1 ? "" : " (and " + (failures.size() - 1) + " more)";
            xml.open(
                    "failure",
                    "type",
                    first.severity().label(),
                    "message",
                    PlainText.line(FindingLines.headline(first, tasks)) + more);
            text(one, failures);
            xml.close();
        }
        if (!others.isEmpty()) {
            xml.open("system-out");
            text(one, others);
            xml.close();
        }
    }

    private void text(Case one, List<Finding> findings) throws IOException {
        xml.line();
        for (Finding finding : findings.subList(0, Math.min(findings.size(), MAX_FINDINGS))) {
            // Where several containers share a finding, the first has it in full.
            boolean first = finding.container()
                    .map(name -> container(finding.resource(), name))
                    .orElse(one.container())
                    .equals(one.container());
            List<String> told = first && !finding.isSuppressed()
                    ? lines.next(finding)
                    : List.of(PlainText.line(FindingLines.headline(finding, tasks)));
            for (String line : told) {
                xml.text(line).line();
            }
            if (finding.isSuppressed()) {
                xml.text("  " + reason(finding)).line();
            }
        }
        if (findings.size() > MAX_FINDINGS) {
            xml.text("and " + (findings.size() - MAX_FINDINGS) + " more").line();
        }
    }

    private static String reason(Finding finding) {
        return finding.suppressed().map(JUnitReport::reason).orElse("");
    }

    private static String reason(Suppression suppression) {
        return RuntimeWords.lowerCase(suppression.kind()) + ": " + suppression.reason();
    }
}
