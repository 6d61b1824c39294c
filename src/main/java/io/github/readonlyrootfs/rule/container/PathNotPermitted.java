// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.message.UserText;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.runtime.WriteAccess;
import java.util.Set;
import java.util.function.Consumer;

/** A needed path is mounted, but owner and mode refuse the container's user, whether its root is read-only or not. */
public final class PathNotPermitted implements ContainerRule {

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.REFUSAL);
    }

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        for (RefusedNeed need : on.needs(WriteAccess.NOT_PERMITTED).toList()) {
            findings.accept(finding(need, remedies));
        }
    }

    private Finding finding(RefusedNeed need, Remedies remedies) {
        String message = UserText.of(need.user()) + " cannot write " + need.paths() + ": "
                + ReasonText.of(need.access().reason());
        return NeedFinding.of(this, need, need.location(), message, remedies.of(need))
                .as(NeedFinding.severity(need));
    }
}
