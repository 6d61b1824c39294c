// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    // As the JDK makes it for a record, but without the milliseconds that it takes to link.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContainerUser user
                && groupsComplete == user.groupsComplete
                && overridesPermissions == user.overridesPermissions
                && name.equals(user.name)
                && uid.equals(user.uid)
                && gid.equals(user.gid)
                && supplementary.equals(user.supplementary)
                && unknownBecause.equals(user.unknownBecause)
                && location.equals(user.location);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + uid.hashCode();
    }

    /** The number of its uid; empty where unknown. */
    public Optional<Integer> number() {
        return uid.flatMap(known -> Optional.ofNullable(known.number()));
    }

    /** A user whose uid is unknown. */
    public static ContainerUser unknown(UnknownUser reason, Optional<Location> location) {
        return new ContainerUser(
                "unknown", Optional.empty(), Optional.empty(), List.of(), false, Optional.of(reason), false, location);
    }

    /** The same user in one more group. */
    public ContainerUser in(UnixId group) {
        List<UnixId> groups = new ArrayList<>(supplementary);
        groups.add(group);
        return new ContainerUser(
                name, uid, gid, List.copyOf(groups), groupsComplete, unknownBecause, overridesPermissions, location);
    }

    public Truth isRoot() {
        return is(UnixId.ROOT);
    }

    /** Whether this is its uid. */
    public Truth is(@Nullable UnixId id) {
        return UnixId.same(uid.orElse(null), id);
    }

    /** Whether both certainly have one uid. */
    public boolean isSurely(ContainerUser other) {
        return is(other.uid().orElse(null)).isTrue();
    }

    /**
     * Whether owner and mode let it do something, see {@link Ownership#grants}.
     *
     * @param bits of {@link Ownership#WRITE} and {@link Ownership#SEARCH}: all of them must be granted
     */
    public Truth may(int bits, Ownership ownership) {
        if (overridesPermissions) {
            return Truth.TRUE;
        }
        Truth owns = is(ownership.owner());
        if (ownership.mode() == null) {
            return ownership.ownerMayWrite() && owns.isTrue() ? Truth.TRUE : Truth.UNKNOWN;
        }
        Truth granted = ownership.grants(bits, owns, () -> isMember(ownership.group()));
        Truth mayBeRoot = uid.isEmpty() ? Truth.UNKNOWN : Truth.FALSE;
        return granted.or(mayBeRoot);
    }

    private Truth isMember(@Nullable UnixId group) {
        Truth inOthers = gid.isPresent() && groupsComplete ? Truth.FALSE : Truth.UNKNOWN;
        Truth member = gid.isPresent() ? inOthers.or(UnixId.same(gid.get(), group)) : inOthers;
        for (UnixId id : supplementary) {
            member = member.or(UnixId.same(id, group));
        }
        return member;
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
