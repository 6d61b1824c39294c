package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Runs the rules over tasks and applies what the user says of severities and ignores. */
public final class Judgement {

    private Judgement() {}

    /**
     * The findings of all rules, sorted, suppressed ones included. Those of {@code invalid-*} rules are errors whatever
     * the user says: a file that cannot be read cannot be checked.
     *
     * @param severities by rule id
     * @param off the ids of the rules that do not run
     */
    public static List<Finding> of(
            CheckedTasks tasks, Map<String, Severity> severities, Set<String> off, List<Ignore> ignores) {
        List<Finding> found = new ArrayList<>();
        Map<Finding, Integer> shared = new LinkedHashMap<>();
        for (CheckedTask task : tasks.all()) {
            for (Finding finding : of(task, severities, off)) {
                if (isShared(finding, task)) {
                    shared.merge(finding, 1, Integer::sum);
                } else {
                    found.add(finding.ofResource(task.resource()));
                }
            }
        }
        List<Finding> all = new ArrayList<>(found);
        // A task that has more to say of a line than the others does not say the same as they.
        shared.forEach((finding, times) -> {
            if (times == tasks.all().size() || found.stream().noneMatch(other -> speaksOf(other, finding.location()))) {
                all.add(finding);
            }
        });
        List<Finding> findings = ignoring(ignores, all);
        if (!off.contains(Rules.UNUSED_IGNORE.id())) {
            ignores.stream()
                    .filter(ignore -> findings.stream().noneMatch(finding -> matches(ignore, finding)))
                    .map(ignore -> withSeverity(Rules.UNUSED_IGNORE.finding(ignore), severities))
                    .forEach(findings::add);
        }
        return findings.stream().distinct().sorted().toList();
    }

    /** What the rules find in one task, each of it once. */
    private static Set<Finding> of(CheckedTask task, Map<String, Severity> severities, Set<String> off) {
        List<Finding> found = new ArrayList<>();
        for (Rule rule : Rules.all()) {
            if (!off.contains(rule.id()) || isAlwaysAnError(rule.id())) {
                rule.check(task, finding -> found.add(judged(task, rule, finding, severities)));
            }
        }
        return new LinkedHashSet<>(overAllPlatforms(found));
    }

    private static boolean speaksOf(Finding finding, Location place) {
        return finding.location().equals(place)
                || finding.related().stream()
                        .anyMatch(related -> related.location().equals(Optional.of(place)));
    }

    /** Whether a finding is about what all tasks share, such as a line of a Dockerfile, and not about one of them. */
    private static boolean isShared(Finding finding, CheckedTask task) {
        return finding.container().isEmpty() && !finding.location().file().equals(task.taskDefinitionFile());
    }

    /** Whether neither severities nor ignores change anything about a rule's findings. */
    static boolean isAlwaysAnError(String ruleId) {
        return ruleId.startsWith("invalid-");
    }

    private static Finding judged(CheckedTask task, Rule rule, Finding finding, Map<String, Severity> severities) {
        Finding judged = withSeverity(finding, severities);
        if (!rule.judgesPaths() || hasReadOnlyRoot(task, finding.container())) {
            return judged;
        }
        Finding later = judged.saying(judged.message() + " once " + RootNotReadOnly.key(task) + " is true");
        return later.severity() == Severity.ERROR ? later.as(Severity.WARNING) : later;
    }

    private static Finding withSeverity(Finding finding, Map<String, Severity> severities) {
        Severity wanted = severities.get(finding.rule());
        return wanted == null || isAlwaysAnError(finding.rule()) ? finding : finding.as(wanted);
    }

    /** A finding about no container holds for whatever runs the image: it is judged as it is. */
    private static boolean hasReadOnlyRoot(CheckedTask task, Optional<String> container) {
        return container.isEmpty()
                || task.containers().stream()
                        .map(CheckedContainer::definition)
                        .filter(definition -> definition.name().equals(container.get()))
                        .allMatch(definition ->
                                definition.readonlyRootFilesystem().known().orElse(false));
    }

    /** Makes one of those that differ in nothing but the platform. */
    private static List<Finding> overAllPlatforms(List<Finding> found) {
        Map<Finding, Set<Platform>> platforms = new LinkedHashMap<>();
        Set<Finding> everywhere = new HashSet<>();
        for (Finding finding : found) {
            Finding anywhere = finding.on(Set.of());
            platforms.computeIfAbsent(anywhere, key -> new TreeSet<>()).addAll(finding.platforms());
            if (finding.platforms().isEmpty()) {
                everywhere.add(anywhere);
            }
        }
        List<Finding> merged = new ArrayList<>();
        platforms.forEach((finding, where) -> merged.add(everywhere.contains(finding) ? finding : finding.on(where)));
        return merged;
    }

    private static List<Finding> ignoring(List<Ignore> ignores, List<Finding> findings) {
        List<Finding> judged = new ArrayList<>();
        for (Finding finding : findings) {
            judged.add(ignores.stream()
                    .filter(ignore -> matches(ignore, finding))
                    .findFirst()
                    .map(ignore -> finding.suppressedBecause(ignore.reason()))
                    .orElse(finding));
        }
        return judged;
    }

    private static boolean matches(Ignore ignore, Finding finding) {
        return ignore.rule().equals(finding.rule())
                && !isAlwaysAnError(finding.rule())
                && (ignore.container().isEmpty() || ignore.container().equals(finding.container()))
                && ignore.path()
                        .map(directory -> finding.path()
                                .filter(path -> path.isAtOrBelow(directory))
                                .isPresent())
                        .orElse(true)
                && ignore.subject()
                        .map(subject -> subject.file().equals(finding.location().file())
                                && subject.line() <= finding.location().line()
                                && finding.location().line() <= subject.endLine())
                        .orElse(true);
    }
}
