// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether owner and mode let a user do something, as the kernel decides: the owner's bits for the owner, else the
 * group's bits for a member, else the others' bits. What is unknown about either side is tried both ways.
 */
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
        Integer mode = ownership.mode();
        if (mode == null) {
            boolean certain =
                    ownership.ownerMayWrite() && isOwner(user, ownership).orElse(false);
            return certain ? GRANTED : UNKNOWN;
        }
        Set<Permission> possible = EnumSet.noneOf(Permission.class);
        if (user.uid().isEmpty()) {
            possible.add(GRANTED); // it may be root
        }
        Optional<Boolean> owner = isOwner(user, ownership);
        Optional<Boolean> member = isMember(user, ownership);
        if (owner.orElse(true)) {
            possible.add(allows(mode >> 6, bits));
        }
        if (!owner.orElse(false)) {
            if (member.orElse(true)) {
                possible.add(allows(mode >> 3, bits));
            }
            if (!member.orElse(false)) {
                possible.add(allows(mode, bits));
            }
        }
        return possible.size() == 1 ? possible.iterator().next() : UNKNOWN;
    }

    private static Permission allows(int mode, int bits) {
        return (mode & bits) == bits ? GRANTED : DENIED;
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
