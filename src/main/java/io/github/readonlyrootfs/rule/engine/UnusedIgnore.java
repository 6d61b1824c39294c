// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Ignore;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.NearestName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** A statement that certain findings do not count, where there are none: known only after all other rules have run. */
public final class UnusedIgnore implements Rule {

    /** What looks like an id and not like anything else. */
    private static final Pattern ID = Pattern.compile("[a-z]++(?:-[a-z]++)++");

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSEQUENCE, Trait.OPTIONAL_INPUT);
    }

    /**
     * The finding about one that matched nothing.
     *
     * @param ids of the rules there are
     * @param findings that it could have been meant for
     */
    Finding finding(Ignore ignore, List<String> ids, List<Finding> findings, Analysis tasks) {
        Finding said = said(ignore, ids, findings, tasks);
        return ID.matcher(ignore.rule()).matches() ? said.about(ignore.rule()) : said;
    }

    private Finding said(Ignore ignore, List<String> ids, List<Finding> findings, Analysis tasks) {
        if (!ids.contains(ignore.rule())) {
            return finding(
                    ignore.location(),
                    ignore.label() + " names "
                            + (ID.matcher(ignore.rule()).matches()
                                    ? "the rule " + ignore.rule() + ", which"
                                    : "a rule that")
                            + " does not exist: it has no effect",
                    Remedy.advice(NearestName.of(ignore.rule(), ids)
                            .map(near -> "did you mean " + near + "?")
                            .orElse("the id of a rule is in brackets at the end of a finding's line")));
        }
        return Finding.isAlwaysAnError(ignore.rule())
                ? finding(
                        ignore.location(),
                        ignore.label() + " names " + ignore.rule() + ", which cannot be ignored: it has no effect",
                        Remedy.advice("remove it, and fix the file"))
                : unmatched(ignore, findings, tasks);
    }

    private Finding unmatched(Ignore ignore, List<Finding> findings, Analysis tasks) {
        List<String> containers =
                tasks.containers().stream().map(ContainerAnalysis::name).toList();
        String why = "it is out of date or misspelt";
        String wanted = ignore.container().orElse("");
        Optional<String> nearest = Optional.empty();
        if (ignore.container().isPresent() && !containers.contains(wanted)) {
            why = "there is no container " + wanted;
            nearest = NearestName.orLonger(wanted, containers);
        } else if (ignore.path().isPresent()) {
            nearest = NearestName.of(
                    ignore.path().get().toString(),
                    findings.stream()
                            .filter(finding -> finding.rule().equals(ignore.rule()))
                            .flatMap(finding -> finding.path().stream())
                            .map(ContainerPath::toString)
                            .toList());
        }
        return finding(
                ignore.location(),
                ignore.label() + " matches no finding of " + ignore.rule() + ": " + why,
                Remedy.advice(nearest.map(near -> "did you mean " + near + "? Else remove it")
                        .orElse("remove it")));
    }
}
