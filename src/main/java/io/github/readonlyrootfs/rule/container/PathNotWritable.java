// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.message.UserText;
import io.github.readonlyrootfs.remedy.NearMiss;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.Location;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A needed path is on the read-only root, or on a read-only mount. */
public final class PathNotWritable implements ContainerRule {

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.REFUSAL, Trait.MOUNTED);
    }

    @Override
    public boolean judgesPaths() {
        return true;
    }

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        for (RefusedNeed need : on.needs(WriteAccess.READ_ONLY).toList()) {
            findings.accept(finding(need, remedies));
        }
    }

    private Finding finding(RefusedNeed need, Remedies remedies) {
        Optional<NearMiss> nearMiss = remedies.nearMiss(need);
        String message = UserText.of(need.user()) + " cannot write "
                + need.paths() + ": "
                + nearMiss.map(NearMiss::reason)
                        .orElseGet(() -> ReasonText.of(need.access().reason()));
        Location location = nearMiss.map(NearMiss::location).orElseGet(need::location);
        return NeedFinding.of(this, need, location, message, remedies.of(need)).as(NeedFinding.severity(need));
    }
}
