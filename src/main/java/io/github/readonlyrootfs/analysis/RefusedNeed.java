// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.image.tree.ImageFileSystem;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.AccessReason;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A need, and the answer it gets on one platform. */
public record RefusedNeed(JudgedContainer on, Verdict verdict) {

    /** Those of one container, without those that are met with another one. */
    static Stream<RefusedNeed> of(JudgedContainer on, List<Verdict> verdicts, WriteAccess answer) {
        List<RefusedNeed> all = new ArrayList<>();
        for (Verdict verdict : verdicts) {
            if (verdict.access().verdict() == answer) {
                all.add(new RefusedNeed(on, verdict));
            }
        }
        return answer == WriteAccess.WRITABLE ? all.stream() : uncovered(all).stream();
    }

    private static List<RefusedNeed> uncovered(List<RefusedNeed> all) {
        Map<ContainerPath, List<RefusedNeed>> byPath = new HashMap<>();
        for (RefusedNeed need : all) {
            if (need.need().alternatives().size() == 1) {
                byPath.computeIfAbsent(need.path(), path -> new ArrayList<>()).add(need);
            }
        }
        List<RefusedNeed> uncovered = new ArrayList<>();
        for (RefusedNeed need : all) {
            if (!need.isCovered(byPath)) {
                uncovered.add(need);
            }
        }
        return uncovered;
    }

    /** The needs below it that are as bad, are refused alike, and have no finding of their own. */
    public Stream<RefusedNeed> covered() {
        return on.verdicts().stream()
                .filter(other -> other.access().verdict() == access().verdict()
                        && other.need().impact() == need().impact()
                        && !other.path().equals(path())
                        && other.path().isAtOrBelow(path()))
                .map(other -> new RefusedNeed(on, other))
                .filter(this::covers);
    }

    private boolean isCovered(Map<ContainerPath, List<RefusedNeed>> byPath) {
        for (ContainerPath alternative : need().alternatives()) {
            for (ContainerPath at = alternative; ; at = at.parent()) {
                for (RefusedNeed other : byPath.getOrDefault(at, List.of())) {
                    if (other.covers(this)) {
                        return true;
                    }
                }
                if (at.isRoot()) {
                    break;
                }
            }
        }
        return false;
    }

    /**
     * Whether what lets this one be written lets one at or below it be written too, and whoever reads of this one knows
     * enough.
     */
    private boolean covers(RefusedNeed other) {
        int worse = need().impact().compareTo(other.need().impact());
        boolean differs =
                !path().equals(other.path()) || other.need().alternatives().size() > 1 || worse < 0;
        return differs
                && worse <= 0
                && access().mount().equals(other.access().mount())
                && access().reason().equals(other.access().reason())
                && (need().executable() || !other.need().executable() || other.isNoteOf(this));
    }

    /** Whether it only says that the files which another one writes are then executed: that matters once they can be written. */
    private boolean isNoteOf(RefusedNeed other) {
        return need().impact() == Need.Impact.TOLERATED
                && need().alternatives().equals(other.need().alternatives());
    }

    public Need need() {
        return verdict.need();
    }

    public ContainerPath path() {
        return verdict.path();
    }

    /** The user that writes it: the container's user, or one that its start command switches to. */
    public ContainerUser user() {
        return on.runtime().as(need().writer().user()).user();
    }

    /** The path with its alternatives, for display, and where it is if a symbolic link leads elsewhere. */
    public String paths() {
        return verdict.paths() + on.linkIn(path());
    }

    public Access access() {
        return verdict.access();
    }

    /**
     * The mount that decides; else, where the path to it is closed, the mount that was meant; else the words in the
     * project's own files that make the need as bad as it is; else the container.
     */
    public Location location() {
        return access().mount()
                .or(() -> access().cause() == Access.Cause.NOT_SEARCHABLE ? on.holder(path()) : Optional.empty())
                .flatMap(mount -> mount.declaration().location())
                .or(() -> need().deciding().stream()
                        .flatMap(evidence -> evidence.location().stream())
                        .filter(on::isOwnFile)
                        .findFirst())
                .orElseGet(on::nameLocation);
    }

    /** Whether an unknown answer may well be a refusal that keeps the container from working. */
    public boolean matters() {
        return need().impact() == Need.Impact.FATAL && isLikely() && !on.worksAsTask();
    }

    /** Whether nobody declared it, it may be refused, and it is unknown whether the container writes it, and may end without it. */
    public boolean mayBeFatal() {
        return need().perhapsFatal() && isLikely() && !on.container().declaresNeeds() && !on.worksAsTask();
    }

    /** Whether such a write is what keeps the container from being proven. */
    public boolean isInDoubt() {
        return mayBeFatal() && on.container().gaps(true).isEmpty();
    }

    /** Whether it is refused, or may well be. */
    private boolean isLikely() {
        boolean isUnlikely = (access().cause() == Access.Cause.UNKNOWN_FILE
                        && on.container().image().config().complete())
                || isUsersOwn();
        return access().verdict().isRefusal() || !isUnlikely;
    }

    /** Whether the image gives the path to the user: then only a mode that refuses its owner would be in the way. */
    private boolean isUsersOwn() {
        boolean isOfImage =
                access().reason() instanceof OwnerReason.OfImage || access().reason() instanceof AccessReason.OwnedBy;
        return isOfImage
                && user().is(owner(on.container().image().files(), access().decidedAt()))
                        .isTrue();
    }

    /** A recursive {@code chown} changes the owner of everything that may be there. */
    private static @Nullable UnixId owner(ImageFileSystem files, ContainerPath path) {
        TreeNode node = files.resolved(path);
        if (node.isDirectory()) {
            return node.ownership().owner();
        }
        if (!node.isUnknown()) {
            return null;
        }
        boolean isBelowUnknown = !path.isRoot() && files.resolved(path.parent()).isUnknown();
        return node.ownership().owner() == null && isBelowUnknown
                ? owner(files, path.parent())
                : node.ownership().owner();
    }
}
