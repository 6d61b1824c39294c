// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Ignore;
import java.util.List;
import java.util.Set;

/** A statement that certain findings do not count, where there are none: known only after all other rules have run. */
public final class UnusedIgnore implements Rule {

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
        return said(ignore, ids).about(ignore.rule());
    }

    private Finding said(Ignore ignore, List<String> ids) {
        if (!ids.contains(ignore.rule())) {
            return finding(
                    ignore.location(),
                    ignore.label() + " names the rule " + ignore.rule() + ", which does not exist: it has no effect",
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
