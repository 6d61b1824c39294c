// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.start.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Why a container's user can or cannot write one path on one platform. */
record PathExplanation(JudgedContainer on, ContainerPath path, NeedFixes fixes) {

    List<String> lines() {
        Access access = access(true);
        Table facts = new Table();
        facts.row("reason", ReasonText.of(access.reason()));
        facts.row("user", RuntimeWords.user(on.runtime().as(writer().user()).user(), on));
        facts.row("mount", access.mount().map(PathExplanation::mount).orElse("none: it is on the root file system"));
        if (access.verdict() != WriteAccess.CANNOT_START && access.cause() != Access.Cause.NO_MOUNT) {
            facts.row("decided at", decision(access));
        }
        Access strict = access(false);
        if (strict.verdict() != access.verdict() || strict.cause() != access.cause()) {
            facts.row(
                    "otherwise",
                    strict.verdict() + " to what does not make missing directories: " + ReasonText.of(strict.reason()));
        }
        needs().forEach(need -> need.evidence().forEach(evidence -> facts.row(Finding.NEEDED_BY, evidence(evidence))));
        if (access.verdict() != WriteAccess.WRITABLE) {
            boolean refused =
                    access.verdict() != WriteAccess.UNKNOWN && needs().findAny().isEmpty();
            String label = refused ? "to make it writable" : "help";
            for (String line : fixes.of(on, path)) {
                facts.verbatim(label, line);
                label = "";
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(path + on.linkIn(path) + " in container " + on.task().nameOf(on.container()) + " on " + on.platform()
                + ": " + access.verdict());
        lines.addAll(facts.lines("  "));
        return lines;
    }

    /** The access of the application's user, which the start command may switch to. */
    private Access access(boolean createsParents) {
        return Verdict.access(writer(), path, createsParents, on.runtime());
    }

    private Writer writer() {
        return on.container().context().applicationWriter();
    }

    private static String mount(Mount mount) {
        return String.join(
                ", ",
                RuntimeWords.path(mount),
                RuntimeWords.kind(mount),
                RuntimeWords.flags(mount),
                "from " + RuntimeWords.origin(mount));
    }

    private String decision(Access access) {
        return access.decidedAt()
                + access.ownership().map(ownership -> ", " + ownership).orElse("")
                + ": " + RuntimeWords.provenance(provenance(access));
    }

    /** What decided the owner: of a mounted directory the mount knows, of others the image. */
    private OwnerReason provenance(Access access) {
        return access.mount()
                .filter(mount -> mount.target().equals(access.decidedAt())
                        || mount.path().equals(access.decidedAt()))
                .map(mount -> mount.root().provenance())
                .orElseGet(() -> new OwnerReason.OfImage(
                        on.runtime().image().files().at(access.decidedAt()).provenance()));
    }

    private Stream<Need> needs() {
        return on.allVerdicts()
                .map(Verdict::need)
                .filter(need -> need.alternatives().contains(path));
    }

    private static String evidence(Evidence evidence) {
        return RuntimeWords.evidence(evidence) + " (" + RuntimeWords.lowerCase(evidence.kind())
                + evidence.impact().map(impact -> ", " + impact.word()).orElse("")
                + ")";
    }
}
