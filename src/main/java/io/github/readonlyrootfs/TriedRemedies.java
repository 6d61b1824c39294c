// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import io.github.readonlyrootfs.EditTrial.Outcome;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis.Analysed;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.remedy.Rejection;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.ConfigurationException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Offers only edits that fix their finding when nothing else is done, and bring no other one. */
final class TriedRemedies {

    /** Each trial is a check; what more findings offer is tried together only. */
    private static final int MAX_TRIALS = 40;

    /** Of a project that takes more steps than that to check, edits are offered as they are. */
    private static final long MAX_EFFORT = 2_000_000;

    /** How often all edits are made anew without those that were rejected. */
    private static final int MAX_ROUNDS = 5;

    private final CheckRequest request;
    private final Analysed analysed;
    private final List<Rejection> rejected = new ArrayList<>();

    TriedRemedies(CheckRequest request, Analysed analysed) {
        this.request = request;
        this.analysed = analysed;
    }

    CheckResult result() throws ConfigurationException {
        CheckResult result = analysed.judge(request, rejected);
        for (int round = 0; round < MAX_ROUNDS; round++) {
            EditTrial trial = new EditTrial(request, result);
            List<Finding> offered = offered(trial, result);
            if (offered.isEmpty() || analysed.effort() > MAX_EFFORT) {
                return result;
            }
            Outcome together =
                    trial.of(offered.stream().filter(Finding::isProblem).toList());
            List<Rejection> culprits = trial.helps(together) ? List.of() : culprits(trial, together);
            if (rejected.containsAll(culprits)) {
                return offered.size() > MAX_TRIALS ? result : each(trial, offered, result);
            }
            culprits.stream().filter(culprit -> !rejected.contains(culprit)).forEach(rejected::add);
            result = analysed.judge(request, rejected);
        }
        return result;
    }

    private static List<Finding> offered(EditTrial trial, CheckResult result) {
        return result.findings().stream()
                .filter(finding -> finding.remedy().isApplicable() && trial.covers(finding))
                .toList();
    }

    /** The changes that fix nothing, or bring a finding where they mount something. */
    private static List<Rejection> culprits(EditTrial trial, Outcome outcome) {
        List<Rejection> culprits = new ArrayList<>();
        for (Finding finding : outcome.made()) {
            if (outcome.leaves(finding) && finding.path().isPresent()) {
                finding.containers()
                        .forEach(container -> culprits.add(new Rejection(
                                Optional.of(container), finding.path().get(), byHand(Optional.empty()))));
            }
        }
        trial.broughtBy(outcome)
                .filter(other -> other.path().isPresent())
                .ifPresent(other -> culprits.add(
                        new Rejection(Optional.empty(), other.path().get(), byHand(Optional.of(other)))));
        return culprits;
    }

    /** @param brought the finding that the edit would bring */
    private static String byHand(Optional<Finding> brought) {
        return "decide by hand: "
                + brought.map(other -> "the usual edit would cause " + other.rule() + " (" + other.message() + ")")
                        .orElse("another mount or a later line undoes the usual edit");
    }

    /** Tries every finding's edits without those of the others. */
    private static CheckResult each(EditTrial trial, List<Finding> offered, CheckResult result)
            throws ConfigurationException {
        Outcome together =
                trial.best(offered.stream().filter(Finding::isProblem).toList()).outcome();
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : result.findings()) {
            findings.add(offered.contains(finding) ? finding.with(remedy(trial, finding, together)) : finding);
        }
        return new CheckResult(result.tasks(), findings);
    }

    private static Remedy remedy(EditTrial trial, Finding finding, Outcome together) throws ConfigurationException {
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
        return Remedy.advice(byHand(trial.broughtBy(alone)));
    }
}
