// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.runtime.WriteAccess;
import java.util.Set;
import java.util.function.Consumer;

/** The files do not say whether a needed path can be written. */
public final class PathAccessUnknown implements ContainerRule {

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.REFUSAL);
    }

    @Override
    public boolean judgesPaths() {
        return true;
    }

    @Override
    public boolean saysWhatIsUnknown() {
        return true;
    }

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        for (RefusedNeed need : on.needs(WriteAccess.UNKNOWN).toList()) {
            boolean isAnswered = need.need().impact() == Need.Impact.FATAL && on.worksAsTask();
            // Another rule reports an undefined volume; fixing that gives the answer.
            if (!isAnswered && need.access().mount().filter(on::lacksVolume).isEmpty()) {
                findings.accept(finding(need, remedies));
            }
        }
        for (Gap gap : on.container().gaps()) {
            if (gap.isDeclared()) {
                findings.accept(finding(on, gap));
            }
        }
    }

    /** A declared path is its own evidence. */
    private Finding finding(JudgedContainer on, Gap gap) {
        return finding(
                        gap.evidence().location().orElse(on.nameLocation()),
                        "cannot determine where " + gap.subject() + " is in container " + on.name() + ": "
                                + gap.reason(),
                        Remedy.advice("declare the absolute path"))
                .in(on.name())
                .about(gap.subject())
                .as(Severity.WARNING);
    }

    private Finding finding(RefusedNeed need, Remedies remedies) {
        String message = "cannot determine whether " + need.user().shortly() + " can write " + need.paths() + ": "
                + ReasonText.of(need.access().reason());
        return NeedFinding.of(this, need, need.location(), message, remedies.of(need))
                .as(need.matters() || need.isInDoubt() ? Severity.WARNING : Severity.INFO);
    }
}
