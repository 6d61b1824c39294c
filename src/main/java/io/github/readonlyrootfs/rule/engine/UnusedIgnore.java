// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Ignore;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** A statement that certain findings do not count, where there are none: known only after all other rules have run. */
public final class UnusedIgnore implements Rule {

    /** What looks like an id and not like anything else. */
    private static final Pattern ID = Pattern.compile("[a-z]++(?:-[a-z]++)++");

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.CONSEQUENCE);
    }

    /**
     * The finding about one that matched nothing.
     *
     * @param ids of the rules there are
     */
    Finding finding(Ignore ignore, List<String> ids) {
        Finding said = said(ignore, ids);
        return ID.matcher(ignore.rule()).matches() ? said.about(ignore.rule()) : said;
    }

    private Finding said(Ignore ignore, List<String> ids) {
        if (!ids.contains(ignore.rule())) {
            return finding(
                    ignore.location(),
                    ignore.label() + " names "
                            + (ID.matcher(ignore.rule()).matches()
                                    ? "the rule " + ignore.rule() + ", which"
                                    : "a rule that")
                            + " does not exist: it has no effect",
                    Remedy.advice("write the id in brackets after the finding"));
        }
        return Finding.isAlwaysAnError(ignore.rule())
                ? finding(
                        ignore.location(),
                        ignore.label() + " names " + ignore.rule() + ", which cannot be ignored: it has no effect",
                        Remedy.advice("remove it, and fix the file"))
                : finding(
                        ignore.location(),
                        ignore.label() + " matches no finding of " + ignore.rule() + ": it is out of date or misspelt",
                        Remedy.advice("remove it"));
    }
}
