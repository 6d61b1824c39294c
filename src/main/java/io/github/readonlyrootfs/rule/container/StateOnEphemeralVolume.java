// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Keeps;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.remedy.KeepsText;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.runtime.Mount;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** What a need keeps is on storage that is lost when the task ends. */
public final class StateOnEphemeralVolume implements ContainerRule {

    @Override
    public Set<Trait> traits() {
        // The help for the path says what is lost.
        return Set.of(Trait.CONSEQUENCE);
    }

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        for (Verdict verdict : on.verdicts()) {
            Optional<Evidence> keeping = verdict.need().keeping();
            Optional<Mount> mount = verdict.access().mount();
            if (keeping.isPresent()
                    && verdict.need().impact() != Impact.TOLERATED
                    && mount.isPresent()
                    && !mount.get().readOnly()
                    && endsWithTheTask(mount.get())) {
                findings.accept(finding(on, verdict, keeping.get(), mount.get()));
            }
        }
    }

    private static boolean endsWithTheTask(Mount mount) {
        return switch (mount.declaration().kind()) {
            case IMAGE_VOLUME, TASK_VOLUME, TMPFS, ENGINE -> true;
            default -> false;
        };
    }

    private Finding finding(JudgedContainer on, Verdict verdict, Evidence keeping, Mount mount) {
        Keeps keeps = keeping.keeps().orElseThrow();
        return finding(
                        on,
                        keeping.location().orElseGet(() -> on.locationOf(mount)),
                        KeepsText.kept(keeps) + " in " + verdict.path()
                                + ", on storage that is lost when the task ends",
                        Remedy.advice(
                                "mount an EFS or EBS volume at " + mount.path() + ", or " + KeepsText.instead(keeps)))
                .at(verdict.path())
                .with(List.of(
                        new Finding.Related("kept by", keeping.words(), keeping.location()),
                        new Finding.Related(
                                "mounted by",
                                mount.path().toString(),
                                mount.declaration().location())));
    }
}
