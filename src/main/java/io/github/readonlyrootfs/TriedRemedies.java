// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import io.github.readonlyrootfs.EditTrial.Outcome;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.remedy.Rejection;
import io.github.readonlyrootfs.request.CheckRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Offers only edits that fix their finding without other edits, and cause no other finding. */
final class TriedRemedies {

    /** The rule about keys that ECS does not have. */
    private static final String MISSPELT = "unknown-field";

    /** Each trial is a check; the edits of more findings are only tried together. */
    private static final int MAX_TRIALS = 40;

    /** In a project that takes more steps to check, edits are offered without a trial. */
    private static final long MAX_EFFORT = 2_000_000;

    /** How often all edits are made anew without those that were rejected. */
    private static final int MAX_ROUNDS = 5;

    private final CheckRequest request;
    private final long effort;
    private final Function<List<Rejection>, CheckResult> judgement;
    private final EditTrial.Judge judge;
    private final List<Rejection> rejected = new ArrayList<>();

    /**
     * Remedies that are to be tried.
     *
     * @param effort how many steps a check takes
     * @param judgement what a check finds without the remedies that were tried in vain
     * @param judge what checks the edited files
     */
    TriedRemedies(
            CheckRequest request,
            long effort,
            Function<List<Rejection>, CheckResult> judgement,
            EditTrial.Judge judge) {
        this.request = request;
        this.effort = effort;
        this.judgement = judgement;
        this.judge = judge;
    }

    CheckResult result() {
        CheckResult result = judgement.apply(rejected);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            EditTrial trial = new EditTrial(request, result, judge);
            List<Finding> offered = offered(trial, result);
            if (offered.isEmpty() || effort > MAX_EFFORT) {
                return result;
            }
            Outcome together = trial.of(problems(offered));
            List<Rejection> culprits = trial.helps(together) ? List.of() : culprits(trial, together);
            if (rejected.containsAll(culprits)) {
                return tried(trial, offered, together, result);
            }
            culprits.stream().filter(culprit -> !rejected.contains(culprit)).forEach(rejected::add);
            result = judgement.apply(rejected);
        }
        return result;
    }

    private static List<Finding> offered(EditTrial trial, CheckResult result) {
        List<Finding> offered = new ArrayList<>();
        for (Finding finding : result.findings()) {
            if (finding.remedy().isApplicable() && trial.covers(finding)) {
                offered.add(finding);
            }
        }
        return offered;
    }

    private static List<Finding> problems(List<Finding> findings) {
        List<Finding> problems = new ArrayList<>();
        for (Finding finding : findings) {
            if (finding.isProblem()) {
                problems.add(finding);
            }
        }
        return problems;
    }

    /** The changes that fix nothing, or cause a finding at a path that they mount. */
    private static List<Rejection> culprits(EditTrial trial, Outcome outcome) {
        List<Rejection> culprits = new ArrayList<>();
        if (outcome.failure().isPresent()) {
            // Whose edits are to blame shows when each is tried without the others.
            return culprits;
        }
        for (Finding finding : outcome.made()) {
            if (outcome.leaves(finding) && finding.path().isPresent()) {
                finding.containers()
                        .forEach(container -> culprits.add(new Rejection(
                                Optional.of(container), finding.path().get(), unfixed(outcome, finding))));
            }
        }
        trial.broughtBy(outcome)
                .filter(other -> other.path().isPresent())
                .ifPresent(other -> culprits.add(
                        new Rejection(Optional.empty(), other.path().get(), byHand(other))));
        return culprits;
    }

    /** @param brought the finding that the edit would bring */
    private static String byHand(Finding brought) {
        return "decide by hand: an edit was tried, but it would cause " + brought.rule() + " (" + brought.message()
                + ")";
    }

    /** The same, with the key that a misspelt one stands for. */
    private static String byHand(Finding finding, Finding brought) {
        return finding.rule().equals(MISSPELT) && finding.remedy().edits().size() == 1
                ? "did you mean "
                        + finding.remedy().edits().get(0).replacement().replace("\"", "")
                        + "? It would cause " + brought.rule() + " (" + brought.message() + ")"
                : byHand(brought);
    }

    /** What is said of a finding after its edit. */
    private static String unfixed(Outcome outcome, Finding finding) {
        return "decide by hand: an edit was tried, but with it "
                + outcome.after().findings().stream()
                        .filter(finding::isSame)
                        .findFirst()
                        .map(Finding::message)
                        .orElse("the finding stays");
    }

    private static CheckResult tried(EditTrial trial, List<Finding> offered, Outcome together, CheckResult result) {
        if (offered.size() <= MAX_TRIALS) {
            return each(trial, offered, result);
        }
        return together.failure()
                .map(why -> offering(finding -> Remedy.advice(why), offered, result))
                .orElse(result);
    }

    /** Tries every finding's edits without those of the others. */
    private static CheckResult each(EditTrial trial, List<Finding> offered, CheckResult result) {
        Outcome together = trial.best(problems(offered)).outcome();
        return offering(finding -> remedy(trial, finding, together), offered, result);
    }

    private static CheckResult offering(Function<Finding, Remedy> remedies, List<Finding> offered, CheckResult result) {
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : result.findings()) {
            findings.add(offered.contains(finding) ? finding.with(remedies.apply(finding)) : finding);
        }
        return new CheckResult(result.tasks(), findings);
    }

    private static Remedy remedy(EditTrial trial, Finding finding, Outcome together) {
        Outcome alone = trial.of(List.of(finding));
        if (trial.fixes(alone)) {
            return finding.remedy();
        }
        if (together.made().contains(finding)) {
            List<TextEdit> all = together.patch().files().stream()
                    .flatMap(file -> together.patch().edits(file).stream())
                    .toList();
            return finding.remedy().and(Remedy.of(all.toArray(TextEdit[]::new)));
        }
        return Remedy.advice(alone.failure()
                .orElseGet(() -> trial.broughtBy(alone)
                        .map(brought -> byHand(finding, brought))
                        .orElseGet(() -> unfixed(alone, finding))));
    }
}
