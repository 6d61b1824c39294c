// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.FatalPaths;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Ignore;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.remedy.MountWith;
import io.github.readonlyrootfs.remedy.Rejection;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;

/** Runs the rules over tasks and applies the user's severities and ignores. */
public final class Judgement {

    private static final Rule INVALID_TASK_DEFINITION = new InvalidTaskDefinition();
    private static final Rule INVALID_DOCKERFILE = new InvalidDockerfile();

    private final List<Rule> rules;
    private final Map<String, Severity> severities;
    private final Set<String> off;

    private final List<Ignore> ignores;

    /**
     * What is said of several containers or platforms is said once: there may be a thousand mounts of a hundred
     * containers.
     */
    private final Map<Finding, Where> found = new LinkedHashMap<>();

    /** The subject of a finding. */
    private record Where(Set<String> containers, Set<Platform> platforms, Set<Finding.Related> related) {}

    private Judgement(List<Rule> rules, Map<String, Severity> severities, Set<String> off, List<Ignore> ignores) {
        this.ignores = ignores;
        this.rules = rules;
        this.severities = severities;
        this.off = off;
    }

    /**
     * The findings of rules, sorted, suppressed ones included. Those of {@code invalid-*} rules are errors whatever the
     * user says: a file that cannot be read cannot be checked.
     *
     * @param rules all that a user can name
     * @param severities by rule id
     * @param off the ids of the rules that do not run
     * @param mountWith what remedies mount where nothing is mounted
     * @param rejected remedies that were tried in vain
     */
    public static List<Finding> of(
            List<Rule> rules,
            Analysis tasks,
            Map<String, Severity> severities,
            Set<String> off,
            List<Ignore> ignores,
            MountWith mountWith,
            List<Rejection> rejected) {
        Judgement judgement = new Judgement(rules, severities, off, ignores);
        Set<Location> spokenOf = new HashSet<>();
        for (TaskAnalysis task : tasks.all()) {
            Optional<Remedies> remedies = Optional.empty();
            if (task.definition().isPresent()) {
                Remedies known = Remedies.of(task, mountWith, rejected);
                spokenOf.addAll(known.nearMisses());
                remedies = Optional.of(known);
            }
            judgement.check(task, remedies);
        }
        judgement.check(tasks, spokenOf);
        List<Finding> findings = new ArrayList<>();
        for (Map.Entry<Finding, Where> found : judgement.found.entrySet()) {
            Where where = found.getValue();
            findings.add(found.getKey().in(where.containers(), where.platforms(), where.related()));
        }
        UnusedIgnore unused = new UnusedIgnore();
        if (!off.contains(unused.id()) && !ignores.isEmpty()) {
            List<String> ids = rules.stream().map(Rule::id).toList();
            for (Ignore ignore : ignores) {
                if (findings.stream().noneMatch(finding -> matches(ignore, finding))) {
                    findings.add(judgement.withSeverity(unused.finding(ignore, ids, findings, tasks)));
                }
            }
        }
        List<Finding> sorted = new ArrayList<>(new LinkedHashSet<>(judgement.conditional(findings, tasks)));
        Collections.sort(sorted);
        return List.copyOf(sorted);
    }

    private void check(TaskAnalysis task, Optional<Remedies> remedies) {
        List<JudgedContainer> all = JudgedContainer.all(task).toList();
        List<JudgedContainer> linux = JudgedContainer.linux(task).toList();
        Location file = Location.of(task.taskDefinitionFile());
        for (Rule rule : rules) {
            if (!runs(rule)) {
                continue;
            }
            Consumer<Finding> findings =
                    finding -> add(judged(task, rule, finding).ofResource(task.resource()));
            if (rule instanceof TaskRule ofTask) {
                try {
                    ofTask.check(task, remedies, findings);
                } catch (RuntimeException | StackOverflowError e) {
                    addFailure(rule, INVALID_TASK_DEFINITION, file, e);
                }
            } else if (rule instanceof ContainerRule ofContainer && remedies.isPresent()) {
                for (JudgedContainer on : ofContainer.judgesWindows() ? all : linux) {
                    try {
                        ofContainer.check(on, remedies.get(), findings);
                    } catch (RuntimeException | StackOverflowError e) {
                        addFailure(rule, INVALID_TASK_DEFINITION, file, e);
                    }
                }
            }
        }
    }

    private void check(Analysis tasks, Set<Location> spokenOf) {
        Location file = Location.of(
                tasks.builds().isEmpty()
                        ? tasks.taskDefinitionFile()
                        : tasks.builds().get(0).dockerfile().name());
        for (Rule rule : rules) {
            if (rule instanceof DockerfileRule ofDockerfile && runs(rule)) {
                try {
                    ofDockerfile.check(tasks, spokenOf, finding -> add(withSeverity(finding)));
                } catch (RuntimeException | StackOverflowError e) {
                    addFailure(rule, INVALID_DOCKERFILE, file, e);
                }
            }
        }
    }

    /** If a rule fails by a defect of the plugin, the build fails; the other rules still run. */
    private void addFailure(Rule rule, Rule invalid, Location file, Throwable error) {
        add(invalid.finding(Problem.ofOurOwn(file, "rule " + rule.id() + " could not be checked", error)));
    }

    private boolean runs(Rule rule) {
        return !off.contains(rule.id()) || Finding.isAlwaysAnError(rule.id());
    }

    private void add(Finding finding) {
        Finding judged = finding;
        for (Ignore ignore : ignores) {
            if (matches(ignore, finding)) {
                judged = finding.ignoredBecause(ignore.reason());
                break;
            }
        }
        Where where = found.computeIfAbsent(
                judged.anywhere(),
                key -> new Where(new LinkedHashSet<>(), EnumSet.noneOf(Platform.class), new LinkedHashSet<>()));
        where.containers().addAll(finding.containers());
        where.platforms().addAll(finding.platforms());
        where.related().addAll(finding.related());
    }

    private Finding judged(TaskAnalysis task, Rule rule, Finding finding) {
        Finding judged = withSeverity(finding);
        if (!rule.judgesPaths() || hasReadOnlyRoot(task, finding.container())) {
            return judged;
        }
        return judged.severity() == Severity.ERROR ? judged.as(Severity.WARNING) : judged;
    }

    /** What is said of paths holds with a read-only root: for a container without one, the first finding says that. */
    private List<Finding> conditional(List<Finding> findings, Analysis tasks) {
        Set<String> conditional = new HashSet<>();
        for (Rule rule : rules) {
            if (rule.judgesPaths() && !rule.saysWhatIsUnknown()) {
                conditional.add(rule.id());
            }
        }
        Comparator<Finding> order = null;
        Map<List<Object>, Finding> first = new HashMap<>();
        for (Finding finding : findings) {
            if (conditional.contains(finding.rule()) && !finding.isSuppressed()) {
                Optional<TaskAnalysis> task = tasks.task(finding.resource());
                if (task.isPresent() && !hasReadOnlyRoot(task.get(), finding.container())) {
                    order = order == null ? worstFirst(tasks) : order;
                    first.merge(List.of(finding.resource(), finding.container()), finding, BinaryOperator.minBy(order));
                }
            }
        }
        if (first.isEmpty()) {
            return findings;
        }
        Set<Finding> chosen = new HashSet<>(first.values());
        return findings.stream()
                .map(finding -> chosen.contains(finding)
                        ? saying(finding, tasks.task(finding.resource()).orElseThrow())
                        : finding)
                .toList();
    }

    private static Comparator<Finding> worstFirst(Analysis tasks) {
        FatalPaths fatal = new FatalPaths(tasks);
        return Comparator.comparing(
                        (Finding finding) -> !fatal.has(finding.resource(), finding.containers(), finding.path()))
                .thenComparing(Finding::severity)
                .thenComparing(Comparator.naturalOrder());
    }

    private static Finding saying(Finding finding, TaskAnalysis task) {
        return finding.saying(finding.message() + " once " + task.readOnlyRootKey() + " is true");
    }

    private Finding withSeverity(Finding finding) {
        Severity wanted = severities.get(finding.rule());
        return wanted == null || Finding.isAlwaysAnError(finding.rule()) ? finding : finding.as(wanted);
    }

    /** A finding about no container is about every container of the image: its severity stays. */
    private static boolean hasReadOnlyRoot(TaskAnalysis task, Optional<String> container) {
        if (container.isPresent()) {
            for (ContainerAnalysis each : task.containers()) {
                if (each.name().equals(container.get())
                        && !each.definition()
                                .fileSystem()
                                .readonlyRootFilesystem()
                                .known()
                                .orElse(false)) {
                    return false;
                }
            }
        }
        return true;
    }

    private static boolean matches(Ignore ignore, Finding finding) {
        return ignore.rule().equals(finding.rule())
                && !Finding.isAlwaysAnError(finding.rule())
                && (ignore.resource().isEmpty() || ignore.resource().equals(finding.resource()))
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
