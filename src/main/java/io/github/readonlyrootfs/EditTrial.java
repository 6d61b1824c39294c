// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.Patch;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.rule.Rules;
import io.github.readonlyrootfs.rule.engine.Rule.Trait;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes the edits of findings in memory and checks again. Nothing is written. */
public final class EditTrial {

    private static final Set<String> REFUSALS = Rules.ids(Trait.REFUSAL);
    private static final Set<String> CONSEQUENCES = Rules.ids(Trait.CONSEQUENCE);
    private static final Set<String> MOUNTED = Rules.ids(Trait.MOUNTED);
    private static final Set<String> READ_ONLY_ROOT = Rules.ids(Trait.READ_ONLY_ROOT);

    private final CheckRequest request;
    private final CheckResult before;
    private final Judge judge;

    /** By the edits that were made: findings often share them. */
    private final Map<Map<String, List<TextEdit>>, Outcome> known = new HashMap<>();

    /**
     * A trial of what a check found.
     *
     * @param before what the check of the request found
     * @param judge what checks the edited files
     */
    EditTrial(CheckRequest request, CheckResult before, Judge judge) {
        this.request = request;
        this.before = before;
        this.judge = judge;
    }

    /** A check without a trial of its own. */
    @FunctionalInterface
    interface Judge {
        CheckResult of(CheckRequest request) throws ConfigurationException;
    }

    /**
     * The files and the result of the check after edits.
     *
     * @param made the findings whose edits fit together
     * @param texts of the files that change, by name
     * @param failure why the result is unknown, as half a sentence; the check is then the one without the edits
     */
    public record Outcome(
            Patch patch, List<Finding> made, Map<String, String> texts, CheckResult after, Optional<String> failure) {

        private Outcome by(List<Finding> findings) {
            return new Outcome(patch, findings, texts, after, failure);
        }

        /** Whether a finding is still there. */
        boolean leaves(Finding finding) {
            return has(after, finding);
        }
    }

    /**
     * Findings whose edits can all be made together.
     *
     * @param useless those whose edits fix nothing or cause another finding
     */
    public record Best(Outcome outcome, List<Finding> useless) {}

    /** Whether a new mount fixes a finding. */
    public static boolean mounts(Finding finding) {
        return MOUNTED.contains(finding.rule());
    }

    /** Whether a finding is about a path that cannot, or perhaps cannot, be written. */
    public static boolean isRefusal(Finding finding) {
        return REFUSALS.contains(finding.rule());
    }

    /** Whether the edit of a finding makes every refused write fail. */
    public static boolean makesRootReadOnly(Finding finding) {
        return READ_ONLY_ROOT.contains(finding.rule());
    }

    /** Whether a check reads every file that a finding's edits change, so that it can judge the edits. */
    public boolean covers(Finding finding) {
        Set<String> files = request.files().keySet();
        for (TextEdit edit : finding.remedy().edits()) {
            String file = edit.location().file();
            if (!files.contains(file) && before.tasks().all().stream().noneMatch(task -> isWrittenIn(task, file))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWrittenIn(TaskAnalysis task, String file) {
        return task.definition()
                .flatMap(definition -> definition.document().outline().source(file))
                .isPresent();
    }

    /**
     * Makes the edits of those findings whose edits fit together. If edits cannot be made or checked, the findings stay.
     */
    public Outcome of(List<Finding> findings) {
        try {
            return outcome(findings);
        } catch (ConfigurationException e) {
            return failed(
                    findings, "decide by hand: an edit was tried, but with it the check would stop: " + e.getMessage());
        } catch (RuntimeException | StackOverflowError e) {
            String file = request.taskDefinition().file().name();
            Problem problem = Problem.ofOurOwn(Location.of(file), "no edit could be tried", e);
            return failed(findings, problem.message() + "; " + problem.help());
        }
    }

    private Outcome failed(List<Finding> findings, String failure) {
        return new Outcome(new Patch(), findings, Map.of(), before, Optional.of(failure));
    }

    private Outcome outcome(List<Finding> findings) throws ConfigurationException {
        Patch patch = new Patch();
        List<Finding> made = new ArrayList<>();
        for (Finding finding : findings) {
            if (patch.add(finding.remedy().edits())) {
                made.add(finding);
            }
        }
        Map<String, List<TextEdit>> edits = new TreeMap<>();
        for (String file : patch.files()) {
            edits.put(file, patch.edits(file));
        }
        Outcome same = known.get(edits);
        if (same != null) {
            return same.by(made);
        }
        Map<String, String> texts = new TreeMap<>();
        for (String file : patch.files()) {
            SourceFile source = before.tasks().sources().get(file);
            if (source == null) {
                throw new IllegalStateException("an edit of " + file + ", which was not read");
            }
            texts.put(file, patch.apply(source));
        }
        Outcome outcome = new Outcome(
                patch, made, texts, patch.isEmpty() ? before : judge.of(request.with(texts)), Optional.empty());
        known.put(edits, outcome);
        return outcome;
    }

    /** The edits of all findings, or, where these do not help together, of as many as do, one finding after the other. */
    public Best best(List<Finding> findings) {
        Outcome all = of(findings);
        if (helps(all)) {
            return new Best(all, List.of());
        }
        List<Finding> good = new ArrayList<>();
        List<Finding> useless = new ArrayList<>();
        for (Finding finding : findings) {
            List<Finding> more = new ArrayList<>(good);
            more.add(finding);
            Outcome next = of(more);
            if (next.made().size() == more.size()) {
                (helps(next) ? good : useless).add(finding);
            }
        }
        return new Best(of(good), useless);
    }

    /**
     * Whether a finding's edits fit together, fix it without other edits, and cause no other finding.
     *
     * @param alone the outcome of its edits alone
     */
    boolean fixes(Outcome alone) {
        return !alone.made().isEmpty() && helps(alone);
    }

    /** Whether every finding whose edits were made is gone, and no other one appeared. */
    boolean helps(Outcome outcome) {
        for (Finding finding : outcome.made()) {
            if (outcome.leaves(finding)) {
                return false;
            }
        }
        return broughtBy(outcome).isEmpty();
    }

    /** A finding that edits caused. */
    Optional<Finding> broughtBy(Outcome outcome) {
        for (Finding left : outcome.after().findings()) {
            boolean visible = isRefusal(left) ? isWorse(left) : !CONSEQUENCES.contains(left.rule());
            boolean counts = left.isProblem() && visible;
            if (counts && !has(before, left)) {
                return Optional.of(left);
            }
        }
        return Optional.empty();
    }

    private static boolean has(CheckResult result, Finding finding) {
        for (Finding each : result.findings()) {
            if (each.isSame(finding)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a container could write a path before the edits that it cannot write now, or at least had a mount there. */
    private boolean isWorse(Finding finding) {
        Set<WriteAccess> better = mounts(finding)
                ? Set.of(WriteAccess.WRITABLE, WriteAccess.NOT_PERMITTED)
                : Set.of(WriteAccess.WRITABLE);
        return before.tasks().all().stream()
                .filter(task -> task.resource().equals(finding.resource()))
                .flatMap(JudgedContainer::all)
                .filter(on -> finding.containers().contains(on.name())
                        && finding.platforms().contains(on.platform()))
                .flatMap(JudgedContainer::allVerdicts)
                .anyMatch(verdict -> better.contains(verdict.access().verdict())
                        && finding.path().equals(Optional.of(verdict.path())));
    }
}
