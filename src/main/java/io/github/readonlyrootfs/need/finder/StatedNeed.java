// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.image.tree.ImageFileSystem;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Collection;
import java.util.Optional;

/** What a stated need adds to the needs that better evidence has found. */
final class StatedNeed {

    private StatedNeed() {}

    /**
     * A stated need beside those that are known: its impact is that of the known need of the same path, or optional if all
     * that is known to be written in it is. Empty if it repeats what the same words have led to.
     */
    static Optional<Need> beside(Collection<Need> known, Need stated, ImageFileSystem files) {
        ContainerPath path = stated.alternatives().get(0);
        Impact inside = null;
        for (Need other : known) {
            if (other.isStated()) {
                continue;
            }
            boolean same = other.alternatives().size() == 1
                    && files.real(other.alternatives().get(0)).equals(files.real(path));
            boolean adds = same && other.keeping().isEmpty() && stated.keeping().isPresent();
            if (isSaidBy(other, stated, path) && !adds) {
                return Optional.empty();
            }
            if (same) {
                return Optional.of(stated.of(other));
            }
            for (ContainerPath alternative : other.alternatives()) {
                if (!alternative.isRoot() && alternative.parent().equals(path)) {
                    inside = inside == null || other.impact().compareTo(inside) < 0 ? other.impact() : inside;
                }
            }
        }
        return Optional.of(inside == Impact.TOLERATED ? stated.of(inside) : stated);
    }

    /** Whether a finder that knows more about them has read the same words. */
    private static boolean isSaidBy(Need other, Need stated, ContainerPath path) {
        for (Evidence reason : other.evidence()) {
            if (reason.location().equals(stated.evidence().get(0).location())) {
                for (ContainerPath alternative : other.alternatives()) {
                    if (alternative.isAtOrBelow(path) || path.isAtOrBelow(alternative)) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
