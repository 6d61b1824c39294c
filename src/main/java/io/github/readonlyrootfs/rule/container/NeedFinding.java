// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.remedy.SharedVolume;
import io.github.readonlyrootfs.rule.engine.ContainerRule;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Findings about needs. */
final class NeedFinding {

    /** The most paths below its own that a finding names. */
    private static final int MAX_COVERED = 3;

    private NeedFinding() {}

    /** A finding about a need, with what needs the path, as bad as the rule has it. */
    static Finding of(ContainerRule rule, RefusedNeed need, Location location, String message, Remedy remedy) {
        return rule.finding(need.on(), location, message, remedy)
                .at(need.path())
                .with(Stream.concat(because(need).stream(), neededBy(need)).toList());
    }

    static Severity severity(RefusedNeed need) {
        return switch (need.need().impact()) {
            case FATAL -> Severity.ERROR;
            case FEATURE -> Severity.WARNING;
            case TOLERATED -> need.isInDoubt() ? Severity.WARNING : Severity.INFO;
        };
    }

    private static Stream<Finding.Related> neededBy(RefusedNeed need) {
        boolean perhaps = need.need().impact() == Impact.TOLERATED && need.mayBeFatal();
        return Stream.concat(
                need.need().evidence().stream()
                        .map(evidence -> new Finding.Related(
                                perhaps ? Finding.PERHAPS_NEEDED_BY : Finding.NEEDED_BY,
                                evidence.words(),
                                evidence.location())),
                need.covered().limit(MAX_COVERED).map(below -> {
                    Evidence evidence = below.need().evidence().get(0);
                    return new Finding.Related(
                            Finding.NEEDED_BY, below.path() + ": " + evidence.words(), evidence.location());
                }));
    }

    /** Why a mount is root's although the Dockerfile may give the directory to another user. */
    static List<Finding.Related> because(RefusedNeed need) {
        return need.access().mount().stream()
                .filter(mount -> need.access().verdict() == WriteAccess.NOT_PERMITTED)
                .filter(mount -> mount.is(Mount.Kind.TASK_VOLUME))
                .filter(mount -> mount.root().content() == Mount.Content.EMPTY
                        || SharedVolume.decidedByAnother(need.on(), mount).isPresent())
                .filter(mount -> need.access().decidedAt().equals(mount.target()))
                .map(mount -> new Finding.Related(
                        "because", ReasonText.of(mount.root().provenance()), Optional.empty()))
                .toList();
    }
}
