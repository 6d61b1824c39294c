// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.finding.Suppression;
import io.github.readonlyrootfs.image.build.ImageBuild;
import io.github.readonlyrootfs.message.PlainText;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.PublicText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Findings as a compiler would print them. */
public final class ConsoleReport {

    /** Infos beyond these are in the reports only. */
    private static final int MAX_INFOS = 10;

    private final Analysis tasks;
    private final List<Finding> findings;

    /** @param findings sorted; suppressed ones included */
    public ConsoleReport(Analysis tasks, List<Finding> findings) {
        this.tasks = tasks;
        this.findings = List.copyOf(findings);
    }

    /** A line to print. It ends with no blank and no line feed. */
    public record Line(Severity severity, String text) {}

    /** Errors and warnings with their excerpts, then a line for each of the first infos; what is suppressed is left out. */
    public List<Line> lines() {
        FindingLines whole = new FindingLines(tasks);
        List<Line> lines = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.isProblem()) {
                whole.next(finding).forEach(text -> lines.add(new Line(finding.severity(), text)));
            }
        }
        int infos = 0;
        for (Finding finding : findings) {
            if (finding.severity() == Severity.INFO && !finding.isSuppressed()) {
                infos++;
                if (infos <= MAX_INFOS) {
                    lines.add(line(Severity.INFO, FindingLines.headline(finding, tasks)));
                }
            }
        }
        if (infos > MAX_INFOS) {
            lines.add(line(Severity.INFO, "and " + Wording.count(infos - MAX_INFOS, "more info") + " in the report"));
        }
        return lines;
    }

    private static Line line(Severity severity, String text) {
        return new Line(severity, PlainText.line(text).stripTrailing());
    }

    /** A message of one or more lines, fit to be printed: it may quote names from the user's files. */
    public static String printable(String message) {
        return message.lines().map(PlainText::line).collect(Collectors.joining("\n"));
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
        List<String> parts = new ArrayList<>();
        parts.add(Wording.count(tasks.containers().size(), "container") + platforms());
        parts.addAll(Wording.counts(findings, Severity.values()));
        addSuppressed(parts, Suppression.Kind.KNOWN, "known from the baseline");
        addSuppressed(parts, Suppression.Kind.IGNORED, "ignored");
        return "checked " + Wording.and(List.copyOf(files)) + ": " + String.join(", ", parts) + "; " + replaced()
                + needs();
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
        int declared = 0;
        int inferred = 0;
        int unclear = 0;
        for (ContainerAnalysis container : tasks.containers()) {
            unclear += container.unresolvedNeeds().size();
            for (Need need : container.needs()) {
                if (need.isDeclared()) {
                    declared++;
                } else {
                    inferred++;
                }
            }
        }
        boolean known = declared + inferred > 0;
        if (!known && unclear == 0) {
            return "no needs known: declare writablePaths";
        }
        List<String> parts = new ArrayList<>();
        parts.add((declared == 0 ? "no needs" : Wording.count(declared, "need")) + " declared");
        if (inferred > 0) {
            parts.add(inferred + " inferred");
        }
        if (known) {
            addJudgement(parts, unclear > 0);
        }
        if (unclear > 0) {
            parts.add(unclear + " at unknown paths: see path-access-unknown in the reports");
        }
        return String.join(", ", parts);
    }

    /**
     * Nothing where more than optional paths cannot be written: findings say so.
     *
     * @param unclear whether there may be more needs
     */
    private void addJudgement(List<String> parts, boolean unclear) {
        int refused = 0;
        int unknown = 0;
        for (ContainerAnalysis container : tasks.containers()) {
            // Every platform has verdicts on the same needs.
            IdentityHashMap<Need, WriteAccess> worst = new IdentityHashMap<>();
            for (Platform platform : container.runtimes().keySet()) {
                for (Verdict verdict : container.verdicts(platform)) {
                    WriteAccess access = verdict.access().verdict();
                    if (access == WriteAccess.WRITABLE) {
                        continue;
                    }
                    if (verdict.need().impact() != Need.Impact.TOLERATED) {
                        return;
                    }
                    if (access != WriteAccess.UNKNOWN || !worst.containsKey(verdict.need())) {
                        worst.put(verdict.need(), access);
                    }
                }
            }
            int open = Collections.frequency(worst.values(), WriteAccess.UNKNOWN);
            unknown += open;
            refused += worst.size() - open;
        }
        if (refused > 0) {
            parts.add(Wording.count(refused, "optional path") + (refused == 1 ? " is" : " are") + " not writable");
        }
        if (unknown > 0) {
            parts.add(Wording.count(unknown, "optional path") + " may not be writable");
        }
        if (refused + unknown == 0 && !unclear) {
            parts.add("all writable");
        }
    }

    /** The first of the worst findings that count. */
    public Optional<Finding> worst() {
        return findings.stream()
                .filter(Finding::isProblem)
                .min(Comparator.comparing(Finding::severity).thenComparing(Comparator.naturalOrder()));
    }

    /** How many errors and warnings there are, and the first of the worst, in one line. */
    public String failureMessage() {
        String counts = String.join(", ", Wording.counts(findings, Severity.ERROR, Severity.WARNING));
        return worst().map(first -> PlainText.line(counts + "; first: " + FindingLines.headline(first, tasks)))
                .orElse("no errors, no warnings");
    }
}
