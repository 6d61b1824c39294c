// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.WriteAccess;
import java.util.Set;
import java.util.function.Consumer;

/** A path from which code is mapped is on a mount with noexec. */
public final class PathNotExecutable implements ContainerRule {

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.EXECUTION);
    }

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        for (RefusedNeed need : on.needs(WriteAccess.WRITABLE).toList()) {
            if (need.need().executable()
                    && need.access().mount().filter(Mount::noexec).isPresent()
                    && !hasOtherChoice(need.verdict())) {
                findings.accept(finding(need, remedies));
            }
        }
    }

    /** Whether another alternative is both writable and executable. */
    private static boolean hasOtherChoice(Verdict verdict) {
        return verdict.answers().stream()
                .map(Verdict.Answer::access)
                .anyMatch(access -> access.verdict() == WriteAccess.WRITABLE
                        && access.mount().filter(Mount::noexec).isEmpty());
    }

    private Finding finding(RefusedNeed need, Remedies remedies) {
        Mount mount = need.access().mount().orElseThrow();
        String message = "native code that is written to " + need.path() + " cannot be loaded: " + words(mount)
                + " is mounted noexec";
        return NeedFinding.of(this, need, need.location(), message, remedies.makeExecutable(need.on(), mount))
                .as(need.need().impact() == Need.Impact.TOLERATED ? Severity.INFO : Severity.WARNING);
    }

    private static String words(Mount mount) {
        return (mount.is(Mount.Kind.TMPFS) ? "the tmpfs at " : "the mount at ") + mount.path();
    }
}
