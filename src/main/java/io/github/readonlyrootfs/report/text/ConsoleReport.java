// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.finding.Suppression;
import io.github.readonlyrootfs.message.PlainText;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.WriteAccess;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
        List<Finding> infos = findings.stream()
                .filter(finding -> finding.severity() == Severity.INFO && !finding.isSuppressed())
                .toList();
        infos.stream()
                .limit(MAX_INFOS)
                .forEach(info -> lines.add(line(Severity.INFO, FindingLines.headline(info, tasks))));
        if (infos.size() > MAX_INFOS) {
            lines.add(line(Severity.INFO, "and " + (infos.size() - MAX_INFOS) + " more infos in the report"));
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
        Stream<String> files = Stream.concat(
                Stream.of(PlainText.of(tasks.taskDefinitionFile()) + resources()),
                Stream.concat(
                        tasks.builds().stream()
                                .map(build -> PlainText.of(build.dockerfile().name())),
                        described()));
        List<String> parts = new ArrayList<>();
        parts.add(Words.count(tasks.containers().size(), "container") + platforms());
        parts.addAll(Words.counts(findings, Severity.values()));
        suppressed(Suppression.Kind.KNOWN, "known from the baseline").ifPresent(parts::add);
        suppressed(Suppression.Kind.IGNORED, "ignored").ifPresent(parts::add);
        return "checked " + Words.and(files.distinct().toList()) + ": " + String.join(", ", parts) + "; " + needs();
    }

    private Optional<String> suppressed(Suppression.Kind kind, String word) {
        long number = findings.stream()
                .flatMap(finding -> finding.suppressed().stream())
                .filter(suppression -> suppression.kind() == kind)
                .count();
        return number == 0 ? Optional.empty() : Optional.of(number + " " + word);
    }

    private Stream<String> described() {
        return tasks.containers().stream()
                .flatMap(container -> container.described().stream())
                .map(source -> PlainText.of(source.location().file() + " (" + source.plugin() + ")"));
    }

    private String resources() {
        List<String> resources = tasks.resources();
        return resources.isEmpty()
                ? ""
                : " (" + Words.and(resources.stream().map(PlainText::of).toList()) + ")";
    }

    private String platforms() {
        List<String> names = tasks.all().stream()
                .flatMap(task -> task.platforms().judged().stream())
                .distinct()
                .sorted()
                .map(Platform::name)
                .toList();
        return names.isEmpty() ? "" : " on " + Words.and(names) + assumed();
    }

    private String assumed() {
        List<TaskAnalysis> judged = tasks.all().stream()
                .filter(task -> !task.platforms().judged().isEmpty())
                .toList();
        List<TaskAnalysis> assumed =
                judged.stream().filter(task -> !task.platforms().named()).toList();
        if (assumed.isEmpty()) {
            return "";
        }
        List<String> names = assumed.stream()
                .flatMap(task -> task.resource().stream())
                .map(PlainText::of)
                .toList();
        String where = assumed.size() == judged.size() || names.isEmpty() ? "" : " for " + Words.and(names);
        return " (assumed" + where + ": " + assumed.get(0).key("requiresCompatibilities") + " is not set)";
    }

    private String needs() {
        List<Need> known = tasks.containers().stream()
                .flatMap(container -> container.needs().stream())
                .toList();
        long unclear = tasks.containers().stream()
                .mapToLong(container -> container.unresolvedNeeds().size())
                .sum();
        if (known.isEmpty() && unclear == 0) {
            return "no needs known: declare writablePaths";
        }
        long declared = known.stream().filter(Need::isDeclared).count();
        long inferred = known.size() - declared;
        List<String> parts = new ArrayList<>();
        parts.add((declared == 0 ? "no needs" : Words.count(declared, "need")) + " declared");
        if (inferred > 0) {
            parts.add(inferred + " inferred");
        }
        if (!known.isEmpty()) {
            judgement(unclear > 0).ifPresent(parts::add);
        }
        if (unclear > 0) {
            parts.add(unclear + " more unclear: see path-access-unknown in the reports");
        }
        return String.join(", ", parts);
    }

    /**
     * Empty where more than optional paths cannot be written: findings say so.
     *
     * @param unclear whether there may be more needs
     */
    private Optional<String> judgement(boolean unclear) {
        int refused = 0;
        int unknown = 0;
        for (ContainerAnalysis container : tasks.containers()) {
            Map<Need, WriteAccess> worst = new HashMap<>();
            container.runtimes().keySet().stream()
                    .flatMap(platform -> container.verdicts(platform).stream())
                    .filter(verdict -> verdict.access().verdict() != WriteAccess.WRITABLE)
                    .forEach(verdict -> worst.merge(
                            verdict.need(),
                            verdict.access().verdict(),
                            (one, other) -> one == WriteAccess.UNKNOWN ? other : one));
            if (worst.keySet().stream().anyMatch(need -> need.impact() != Need.Impact.TOLERATED)) {
                return Optional.empty();
            }
            int open = Collections.frequency(worst.values(), WriteAccess.UNKNOWN);
            unknown += open;
            refused += worst.size() - open;
        }
        List<String> parts = new ArrayList<>();
        if (refused > 0) {
            parts.add(Words.count(refused, "optional path") + (refused == 1 ? " is" : " are") + " not writable");
        }
        if (unknown > 0) {
            parts.add(Words.count(unknown, "optional path") + " may not be writable");
        }
        if (parts.isEmpty() && !unclear) {
            parts.add("all writable");
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    /** The first of the worst findings that count. */
    public Optional<Finding> worst() {
        return findings.stream()
                .filter(Finding::isProblem)
                .min(Comparator.comparing(Finding::severity).thenComparing(Comparator.naturalOrder()));
    }

    /** How many errors and warnings there are, and the first of the worst, in one line. */
    public String failureMessage() {
        String counts = String.join(", ", Words.counts(findings, Severity.ERROR, Severity.WARNING));
        return worst().map(first -> PlainText.line(counts + "; first: " + FindingLines.headline(first, tasks)))
                .orElse("no errors, no warnings");
    }
}
