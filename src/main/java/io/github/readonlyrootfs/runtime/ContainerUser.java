// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.source.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The user a container's first process runs as.
 *
 * @param name as a person would say it: {@code node}, {@code 1000}, {@code root}; {@code unknown} where unknown
 * @param uid empty where even whether it is root is unknown
 * @param gid its primary group; empty where unknown
 * @param supplementary the further groups it is in
 * @param groupsComplete whether it is certainly in no other group
 * @param unknownBecause why it is unknown; empty where uid is present
 * @param overridesPermissions whether owner and mode do not bind it: root with DAC_OVERRIDE
 * @param location of the words that choose it; empty where nothing does
 */
public record ContainerUser(
        String name,
        Optional<UnixId> uid,
        Optional<UnixId> gid,
        List<UnixId> supplementary,
        boolean groupsComplete,
        Optional<UnknownUser> unknownBecause,
        boolean overridesPermissions,
        Optional<Location> location) {

    /** The same user in one more group. */
    ContainerUser in(UnixId group) {
        List<UnixId> groups = new ArrayList<>(supplementary);
        groups.add(group);
        return new ContainerUser(
                name, uid, gid, List.copyOf(groups), groupsComplete, unknownBecause, overridesPermissions, location);
    }

    /** Whether it is root; empty where unknown. */
    public Optional<Boolean> isRoot() {
        return uid.flatMap(id -> id.same(UnixId.ROOT));
    }

    /** Whether both certainly have one uid. */
    public boolean isSurely(ContainerUser other) {
        return uid.flatMap(id -> other.uid().flatMap(id::same)).orElse(false);
    }

    public ContainerUser {
        if (uid.isPresent() == unknownBecause.isPresent()) {
            throw new IllegalArgumentException("a user is known, or unknown for a reason");
        }
    }

    /** {@code user node (uid 1000)}, with what is known. */
    public String shortly() {
        if (uid.isEmpty()) {
            return "the container's user";
        }
        Integer number = uid.get().number();
        if (number == null || String.valueOf(number).equals(name)) {
            return (number == null ? "user " : "uid ") + name;
        }
        return "user " + name + " (uid " + number + ")";
    }
}
