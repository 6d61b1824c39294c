// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.UnresolvedNeed;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.runtime.WriteAccess;
import java.util.List;
import java.util.function.Consumer;

/** The files do not say whether a needed path can be written. */
public final class PathAccessUnknown implements ContainerRule {

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
            if (!isOnUndefinedVolume(need)) {
                findings.accept(finding(need, remedies));
            }
        }
        for (UnresolvedNeed need : on.container().unresolvedNeeds()) {
            findings.accept(finding(on, need));
        }
    }

    /** Another rule reports the volume; fixing that gives the answer. */
    private static boolean isOnUndefinedVolume(RefusedNeed need) {
        return need.access()
                .mount()
                .flatMap(mount -> mount.declaration().volume())
                .filter(volume -> need.on().task().definition().stream()
                        .allMatch(definition -> definition.volume(volume).isEmpty()))
                .isPresent();
    }

    private Finding finding(JudgedContainer on, UnresolvedNeed need) {
        boolean isPlace = switch (need.gap()) {
            case PLACE, COMPUTED -> true;
            case WRITES, PROGRAM -> false;
        };
        String question = isPlace ? "where " + need.written() + " is" : "what " + need.written() + " writes";
        Finding finding = finding(
                        need.evidence().location().orElse(on.nameLocation()),
                        "cannot determine " + question + " in container " + on.name() + ": " + need.reason(),
                        Remedy.advice(isPlace ? help(on, need) : "declare the paths that it needs"))
                .in(on.name())
                .about(need.written())
                .as(matters(on, need) ? Severity.WARNING : Severity.INFO);
        // A declared need is its own evidence.
        return isPlace && need.evidence().kind() == Evidence.Kind.INFERRED
                ? finding.with(List.of(new Finding.Related(
                        "needed by", need.evidence().words(), need.evidence().location())))
                : finding;
    }

    /** A team that has declared the paths of a container knows those that its own code computes. */
    private static boolean matters(JudgedContainer on, UnresolvedNeed need) {
        boolean isFatal = need.impact() == Need.Impact.FATAL
                && (need.gap() != UnresolvedNeed.Gap.COMPUTED
                        || on.container().needs().stream().noneMatch(Need::isDeclared));
        return isFatal || need.evidence().kind() == Evidence.Kind.DECLARED;
    }

    private static String help(JudgedContainer on, UnresolvedNeed need) {
        if (need.gap() == UnresolvedNeed.Gap.COMPUTED) {
            return "declare the path that the code writes";
        }
        if (need.evidence().kind() == Evidence.Kind.DECLARED) {
            return "declare the absolute path";
        }
        return on.container().image().config().complete()
                ? "for a definite answer, set it in container " + on.name()
                        + on.container()
                                .described()
                                .map(source -> ", or in " + source.location().file())
                                .orElse(", in the Dockerfile, or in a file that it copies")
                : "for a definite answer, state with imageFacts what base image "
                        + on.container().image().base() + " sets";
    }

    private Finding finding(RefusedNeed need, Remedies remedies) {
        String message = "cannot determine whether " + need.user().shortly() + " can write "
                + need.verdict().paths() + ": " + ReasonText.of(need.access().reason());
        return NeedFinding.of(this, need, need.location(), message, remedies.of(need))
                .as(need.matters() ? Severity.WARNING : Severity.INFO);
    }
}
