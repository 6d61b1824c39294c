// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether owner and mode let a container's user do something, see {@link Ownership#grants}. */
enum Permission {
    GRANTED,
    DENIED,
    UNKNOWN;

    static final int WRITE = 2;
    static final int SEARCH = 1;

    /** @param bits of {@link #WRITE} and {@link #SEARCH}: all of them must be allowed */
    static Permission of(ContainerUser user, Ownership ownership, int bits) {
        if (user.overridesPermissions()) {
            return GRANTED;
        }
        if (ownership.mode() == null) {
            boolean certain =
                    ownership.ownerMayWrite() && isOwner(user, ownership).orElse(false);
            return certain ? GRANTED : UNKNOWN;
        }
        Optional<Boolean> granted = ownership.grants(bits, isOwner(user, ownership), () -> isMember(user, ownership));
        // Nobody knows who it is: it may be root.
        boolean mayBeRoot = user.uid().isEmpty();
        return granted.filter(it -> it || !mayBeRoot)
                .map(it -> it ? GRANTED : DENIED)
                .orElse(UNKNOWN);
    }

    private static Optional<Boolean> isOwner(ContainerUser user, Ownership ownership) {
        UnixId owner = ownership.owner();
        return owner == null || user.uid().isEmpty()
                ? Optional.empty()
                : owner.same(user.uid().get());
    }

    private static Optional<Boolean> isMember(ContainerUser user, Ownership ownership) {
        UnixId group = ownership.group();
        if (group == null) {
            return Optional.empty();
        }
        boolean undecided = user.gid().isEmpty() || !user.groupsComplete();
        List<UnixId> groups = new ArrayList<>(user.supplementary());
        user.gid().ifPresent(groups::add);
        for (UnixId id : groups) {
            Optional<Boolean> same = id.same(group);
            if (same.orElse(false)) {
                return Optional.of(true);
            }
            undecided |= same.isEmpty();
        }
        return undecided ? Optional.empty() : Optional.of(false);
    }
}
