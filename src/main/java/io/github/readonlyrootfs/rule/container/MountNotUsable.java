// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.analysis.UnusableMounts;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.message.UserText;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.Set;
import java.util.function.Consumer;

/** A writable mount of the project's own that its container's user cannot write. */
public final class MountNotUsable implements ContainerRule {

    @Override
    public Set<Trait> traits() {
        return Set.of(Trait.REFUSAL);
    }

    private static final ContainerPath ETC = ContainerPath.of("/etc");

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        for (RefusedNeed implied : UnusableMounts.of(on).toList()) {
            findings.accept(finding(on, implied, remedies));
        }
    }

    /** What this container's image declares, too, is judged there, once for all containers that take it from each other. */
    private static Location location(RefusedNeed implied) {
        boolean taken = implied.access()
                .mount()
                .filter(mount -> mount.is(Mount.Kind.VOLUMES_FROM))
                .isPresent();
        return taken ? implied.need().evidence().get(0).location().orElseGet(implied::location) : implied.location();
    }

    private Finding finding(JudgedContainer on, RefusedNeed implied, Remedies remedies) {
        Remedy remedy = remedies.of(implied);
        boolean point = implied.access()
                .mount()
                .flatMap(mount -> remedies.editor()
                        .mountPointAt(
                                on.container().definition(), mount.declaration().location()))
                .isPresent();
        String message = UserText.of(on.user()) + " cannot write the mount at " + implied.path() + ": "
                + ReasonText.of(implied.access().reason());
        // What declares the mount is its evidence and its place at once: there is no second place to show.
        return finding(
                        on,
                        location(implied),
                        message,
                        point
                                ? remedy.noting("if it is only read, set `"
                                        + on.task().key("containerDefinitions.mountPoints.readOnly") + "` instead")
                                : remedy)
                .at(implied.path())
                .with(NeedFinding.because(implied))
                .as(isMeantToBeWritten(on, implied) ? Severity.ERROR : Severity.WARNING);
    }

    /**
     * Whether it is a VOLUME that can hardly be for anything else. A mount point may only lack {@code readOnly}, a VOLUME
     * with files of the Dockerfile or below {@code /etc} may hold configuration, and a project that declares its needs
     * does not need this one.
     */
    private static boolean isMeantToBeWritten(JudgedContainer on, RefusedNeed implied) {
        return implied.access()
                        .mount()
                        .filter(mount -> mount.is(Mount.Kind.IMAGE_VOLUME))
                        .isPresent()
                && !on.declaresNeeds()
                && !implied.path().isAtOrBelow(ETC)
                && on.container().copied().stream()
                        .noneMatch(copied -> copied.path().isAtOrBelow(implied.path()));
    }
}
