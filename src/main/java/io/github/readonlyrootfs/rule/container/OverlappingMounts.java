// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.runtime.ContainerRuntime.Overlap;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.function.Consumer;

/** Two mounts land on one directory, and one of them is covered. */
public final class OverlappingMounts implements ContainerRule {

    @Override
    public void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings) {
        // A mount of a base image or of the engine is meant to be covered by one of the project.
        for (Overlap overlap : on.runtime().overlaps()) {
            if (overlap.covered().isOfProject()) {
                findings.accept(finding(on, overlap, remedies));
            }
        }
    }

    private Finding finding(JudgedContainer on, Overlap overlap, Remedies remedies) {
        Mount covered = overlap.covered();
        Mount covering = overlap.covering();
        Location location = covered.declaration()
                .location()
                .or(covering.declaration()::location)
                .orElseGet(on::nameLocation);
        String winner = noun(on, covering) + " " + covering.path();
        String message = noun(on, covered) + " " + covered.path() + " has no effect: " + winner
                + " is mounted over it at " + covered.target();
        return finding(on, location, message, remedy(on, covered, covering, remedies))
                .at(covered.target())
                .with(List.of(new Finding.Related(
                        "covered by", winner, covering.declaration().location())));
    }

    /** At one spelling a mount of the task replaces a VOLUME; two mounts of one sort need one of them to go. */
    private static Remedy remedy(JudgedContainer on, Mount covered, Mount covering, Remedies remedies) {
        boolean respell = !covered.is(Mount.Kind.IMAGE_VOLUME) && covering.is(Mount.Kind.IMAGE_VOLUME);
        return respell ? remedies.respell(on, covered, covering.path()) : remedies.remove(on, covered);
    }

    private static String noun(JudgedContainer on, Mount mount) {
        return switch (mount.declaration().kind()) {
            case IMAGE_VOLUME -> "VOLUME";
            case TMPFS -> "tmpfs";
            case VOLUMES_FROM -> on.task().key("containerDefinitions.volumesFrom");
            case ENGINE -> "the engine's";
            default -> "mount point";
        };
    }
}
