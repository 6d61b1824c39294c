// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.FatalPaths;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.finding.Suppression;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.message.PlainText;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.PublicText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Findings as a compiler would print them. */
public final class ConsoleReport {

    /** Infos beyond these are in the reports only. */
    private static final int MAX_INFOS = 10;

    /** The rule about the flag itself. */
    private static final String FLAG = "root-not-read-only";

    /** The rule about what is no problem of the containers. */
    private static final String BASELINE = "outdated-baseline";

    private final Analysis tasks;
    private final List<Finding> findings;
    private final ShortNames names;

    /** @param findings sorted; suppressed ones included */
    public ConsoleReport(Analysis tasks, List<Finding> findings) {
        this.tasks = tasks;
        this.findings = List.copyOf(findings);
        this.names = ShortNames.of(tasks, findings);
    }

    /** A line to print. It ends with no blank and no line feed. */
    public record Line(Severity severity, String text) {}

    /** What becomes of the containers, as serious as the worst finding; empty where there is no error and no warning. */
    public Optional<Line> verdict() {
        Optional<Finding> worst = worst();
        boolean unimpaired = tasks.isProven() && !isRefused();
        return worst.flatMap(first ->
                headline().map(text -> new Line(unimpaired ? Severity.INFO : first.severity(), text)));
    }

    /** Whether an error stands against the task, whatever its containers can write. */
    private boolean isRefused() {
        return findings.stream()
                .anyMatch(finding -> finding.severity() == Severity.ERROR
                        && !finding.isSuppressed()
                        && !finding.rule().equals(FLAG));
    }

    /** What becomes of the containers, in a sentence; empty where none is judged. */
    public Optional<String> headline() {
        return VerdictText.headline(tasks, isRefused()).map(text -> PlainText.line(names.in(text)));
    }

    /** Errors, then warnings, with their excerpts, then a line for each of the first infos; what is suppressed is left out. */
    public List<Line> lines() {
        FindingLines whole = new FindingLines(tasks);
        List<Line> lines = new ArrayList<>();
        for (Finding finding : problems()) {
            for (String text : whole.next(finding)) {
                lines.add(line(finding.severity(), text));
            }
        }
        int infos = 0;
        for (Finding finding : findings) {
            if (finding.severity() == Severity.INFO && !finding.isSuppressed()) {
                infos++;
                if (infos <= MAX_INFOS) {
                    lines.add(line(Severity.INFO, FindingLines.brief(finding, tasks)));
                }
            }
        }
        if (infos > MAX_INFOS) {
            lines.add(line(Severity.INFO, "and " + Wording.count(infos - MAX_INFOS, "more info") + " in the report"));
        }
        return lines;
    }

    /** All findings that count, a line each, as compilers print them for editors: location, severity, rule, message. */
    public List<String> shortLines() {
        return Stream.concat(
                        problems().stream(),
                        findings.stream().filter(finding -> !finding.isSuppressed() && !finding.isProblem()))
                .map(finding -> line(
                                finding.severity(),
                                PlainText.of(finding.location().toString()) + ": "
                                        + finding.severity().label() + " " + finding.rule() + " "
                                        + PlainText.of(finding.message()) + Wording.scope(finding, tasks)
                                        + FindingLines.neededBy(finding))
                        .text())
                .toList();
    }

    /** Errors, then warnings; but what a container would fail without comes before its flag, and the baseline last. */
    public List<Finding> problems() {
        List<Finding> problems = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.isProblem()) {
                problems.add(finding);
            }
        }
        if (problems.size() > 1) {
            FatalPaths fatal = new FatalPaths(tasks);
            problems.sort(Comparator.comparing(finding -> rank(finding, fatal)));
        }
        return List.copyOf(problems);
    }

    private static int rank(Finding finding, FatalPaths fatal) {
        if (finding.rule().equals(BASELINE)) {
            return 4;
        }
        if (finding.severity() == Severity.ERROR) {
            return finding.rule().equals(FLAG) ? 2 : 0;
        }
        return fatal.has(finding.resource(), finding.containers(), finding.path()) ? 1 : 3;
    }

    private Line line(Severity severity, String text) {
        return new Line(severity, PlainText.line(names.in(text)).stripTrailing());
    }

    /** A message of one or more lines, fit to be printed: it may quote names from the user's files. */
    public static String printable(String message) {
        return message.lines().map(PlainText::line).collect(Collectors.joining("\n"));
    }

    /** The containers, a line each, with their platforms and what they run. */
    public List<String> containers() {
        List<String> lines = new ArrayList<>();
        for (TaskAnalysis task : tasks.all()) {
            for (ContainerAnalysis container : task.containers()) {
                lines.add(PlainText.line(names.in("container " + task.nameOf(container) + " on "
                        + Wording.and(container.runtimes().keySet().stream()
                                .map(Platform::name)
                                .toList())
                        + ": " + ContainerFacts.image(container))));
            }
        }
        return lines;
    }

    /** What was checked, how much was found, and how many needs are known, in one line. */
    public String summary() {
        Set<String> files = new LinkedHashSet<>();
        files.add(PlainText.of(tasks.taskDefinitionFile()) + resources());
        for (ImageBuild build : tasks.builds()) {
            files.add(PlainText.of(build.dockerfile().name()));
        }
        for (ContainerAnalysis container : tasks.containers()) {
            if (container.described().isPresent()) {
                ImageSource.Described source = container.described().get();
                files.add(PlainText.of(source.location().file() + " (" + source.plugin() + ")"));
            }
        }
        List<String> parts = new ArrayList<>(Wording.counts(findings, Severity.values()));
        addSuppressed(parts, Suppression.Kind.KNOWN, "known from the baseline");
        addSuppressed(parts, Suppression.Kind.IGNORED, "ignored");
        return names.in("checked " + Wording.and(List.copyOf(files)) + ": "
                + Wording.count(tasks.containers().size(), "container") + platforms() + VerdictText.of(tasks)
                + (parts.isEmpty() ? "" : "; " + String.join(", ", parts)) + "; " + replaced() + needs());
    }

    private String replaced() {
        StringBuilder text = new StringBuilder();
        for (ContainerAnalysis container : tasks.containers()) {
            if (container.replacesPublished()) {
                text.append("container ")
                        .append(PlainText.of(container.name()))
                        .append(" is assumed to run the project's image instead of ")
                        .append(PublicText.name(
                                container.definition().image().written().known().orElse("another one")))
                        .append(": set `container` to confirm; ");
            }
        }
        return text.toString();
    }

    private void addSuppressed(List<String> parts, Suppression.Kind kind, String word) {
        int number = 0;
        for (Finding finding : findings) {
            if (finding.suppressed().isPresent() && finding.suppressed().get().kind() == kind) {
                number++;
            }
        }
        if (number > 0) {
            parts.add(number + " " + word);
        }
    }

    private String resources() {
        List<String> resources = tasks.resources();
        return resources.isEmpty()
                ? ""
                : " (" + Wording.and(resources.stream().map(PlainText::of).toList()) + ")";
    }

    private String platforms() {
        Set<Platform> platforms = EnumSet.noneOf(Platform.class);
        for (TaskAnalysis task : tasks.all()) {
            platforms.addAll(task.platforms().judged());
        }
        List<String> names = new ArrayList<>();
        for (Platform platform : platforms) {
            names.add(platform.name());
        }
        return names.isEmpty() ? "" : " on " + Wording.and(names) + assumed();
    }

    private String assumed() {
        int judged = 0;
        List<TaskAnalysis> assumed = new ArrayList<>();
        for (TaskAnalysis task : tasks.all()) {
            if (!task.platforms().judged().isEmpty()) {
                judged++;
                if (!task.platforms().named()) {
                    assumed.add(task);
                }
            }
        }
        if (assumed.isEmpty()) {
            return "";
        }
        List<String> names = assumed.stream()
                .flatMap(task -> task.resource().stream())
                .map(PlainText::of)
                .toList();
        String where = assumed.size() == judged || names.isEmpty() ? "" : " for " + Wording.and(names);
        return " (assumed" + where + ": " + assumed.get(0).key("requiresCompatibilities") + " is not set)";
    }

    private String needs() {
        Map<String, Integer> kinds = new TreeMap<>();
        for (ContainerAnalysis container : tasks.containers()) {
            for (Need need : container.needs()) {
                String kind = need.isDeclared() ? "declared" : need.isOnlyObserved() ? "observed" : "inferred";
                kinds.merge(kind, 1, Integer::sum);
            }
        }
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, Integer> kind : kinds.entrySet()) {
            int number = kind.getValue();
            parts.add((parts.isEmpty() ? Wording.count(number, "need") : String.valueOf(number)) + " " + kind.getKey());
        }
        return parts.isEmpty() ? "no needs known" : String.join(", ", parts);
    }

    /** The first of the worst findings that count, as they are printed. */
    public Optional<Finding> worst() {
        return problems().stream().min(Comparator.comparing(Finding::severity));
    }

    /** How many errors and warnings there are, and which containers fail; else the first of the worst. In one line. */
    public String failureMessage() {
        String counts = String.join(", ", Wording.counts(findings, Severity.ERROR, Severity.WARNING));
        Optional<String> failing = VerdictText.failing(tasks);
        if (failing.isPresent() && worst().isPresent()) {
            return PlainText.line(counts + "; " + names.in(failing.get()));
        }
        return worst().map(
                        first -> PlainText.line(counts + "; first: " + names.in(FindingLines.headline(first, tasks))))
                .orElseGet(() -> "no errors, no warnings" + VerdictText.of(tasks));
    }
}
