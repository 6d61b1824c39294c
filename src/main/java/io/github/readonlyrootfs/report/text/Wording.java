// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.message.PlainText;
import io.github.readonlyrootfs.rule.Rules;
import io.github.readonlyrootfs.rule.engine.Rule.Trait;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The phrases that all reports share. */
public final class Wording {

    private static final Set<String> REFUSALS = Rules.ids(Trait.REFUSAL);

    private Wording() {}

    public static String place(Location location) {
        return PlainText.of(location.file()) + ":" + location.line();
    }

    /** {@code 1 error}, {@code 2 errors}. */
    public static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }

    /** How many findings of a severity count. */
    public static int number(List<Finding> findings, Severity severity) {
        int number = 0;
        for (Finding finding : findings) {
            if (!finding.isSuppressed() && finding.severity() == severity) {
                number++;
            }
        }
        return number;
    }

    /** {@code 2 errors}, of the findings that count; empty where there is none. */
    public static Optional<String> count(List<Finding> findings, Severity severity) {
        int number = number(findings, severity);
        return number == 0 ? Optional.empty() : Optional.of(count(number, severity.label()));
    }

    /** {@code 2 errors} and {@code 1 warning}; empty where there is none of these severities. */
    public static List<String> counts(List<Finding> findings, Severity... severities) {
        List<String> counts = new ArrayList<>();
        for (Severity severity : severities) {
            Optional<String> count = count(findings, severity);
            if (count.isPresent()) {
                counts.add(count.get());
            }
        }
        return counts;
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    public static String and(List<String> words) {
        int last = words.size() - 1;
        return last <= 0
                ? String.join("", words)
                : String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }

    /**
     * {@code  (in Web, container worker, on FARGATE)} where a finding holds only for one of several tasks, for one of several
     * containers, and only on some of the platforms on which that is judged; else less, or nothing.
     */
    public static String scope(Finding finding, Analysis tasks) {
        List<String> parts = new ArrayList<>();
        if (tasks.all().size() > 1) {
            finding.resource().ifPresent(resource -> parts.add("in " + PlainText.of(resource)));
        }
        List<String> containers = unnamed(finding, tasks);
        if (!containers.isEmpty()) {
            parts.add((containers.size() == 1 ? "container " : "containers ") + and(containers));
        }
        List<Platform> judged = tasks.task(finding.resource())
                .map(task -> task.platforms().judged())
                .orElse(List.of());
        if (!finding.platforms().containsAll(judged) && !finding.platforms().isEmpty()) {
            parts.add(
                    "on " + and(finding.platforms().stream().map(Platform::name).toList()));
        }
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    /** The containers that a path is needed in, where the task has others: what is said of such a path names its user only. */
    private static List<String> unnamed(Finding finding, Analysis tasks) {
        boolean hasOthers = tasks.task(finding.resource())
                .filter(task -> task.containers().size() > 1)
                .isPresent();
        return hasOthers && REFUSALS.contains(finding.rule())
                ? finding.containers().stream().map(PlainText::of).toList()
                : List.of();
    }

    /** {@code needed by pom.xml:41 <writablePaths>}. */
    public static String related(Finding.Related related) {
        return related.label() + " "
                + related.location().map(where -> place(where) + " ").orElse("") + related.text();
    }
}
