// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who owns a file or directory and what its mode allows.
 *
 * @param owner null where the files do not tell
 * @param group null where the files do not tell
 * @param mode the twelve permission bits, null where the files do not tell
 * @param ownerMayWrite whether it is a directory that its owner may certainly enter and write, also where the rest of
 *     the mode is unknown
 */
public record Ownership(
        @Nullable UnixId owner,
        @Nullable UnixId group,
        @Nullable Integer mode,
        boolean ownerMayWrite) {

    public static final Ownership ROOT_0755 = new Ownership(UnixId.ROOT, UnixId.ROOT, 0755);

    public static final Ownership UNKNOWN = new Ownership(null, null, null);

    public Ownership(@Nullable UnixId owner, @Nullable UnixId group, @Nullable Integer mode) {
        this(owner, group, mode, mode != null && (mode & 0300) == 0300);
    }

    public static Ownership of(int uid, int gid, int mode) {
        return new Ownership(uid == 0 ? UnixId.ROOT : UnixId.of(uid), gid == 0 ? UnixId.ROOT : UnixId.of(gid), mode);
    }

    public boolean isKnown() {
        return owner != null && group != null && mode != null;
    }

    /**
     * Whether the mode grants something, as the kernel decides: the owner's bits for the owner, else the group's bits for a
     * member, else the others' bits. What is unknown is tried both ways.
     *
     * @param bits a sum of 4 (read), 2 (write) and 1 (enter or execute), all of which must be granted
     * @param owns whether who asks is the owner, empty if unknown
     * @param isMember whether who asks is in the group, empty if unknown; asked only if that decides
     * @return empty if the mode, or what decides, is unknown
     */
    public Optional<Boolean> grants(int bits, Optional<Boolean> owns, Supplier<Optional<Boolean>> isMember) {
        if (mode == null) {
            return Optional.empty();
        }
        boolean byOwner = (mode >> 6 & bits) == bits;
        boolean byGroup = (mode >> 3 & bits) == bits;
        boolean byOthers = (mode & bits) == bits;
        if (owns.orElse(false)) {
            return Optional.of(byOwner);
        }
        Optional<Boolean> asOther =
                byGroup == byOthers ? Optional.of(byOthers) : isMember.get().map(member -> member ? byGroup : byOthers);
        return owns.isPresent() ? asOther : asOther.filter(granted -> granted == byOwner);
    }

    /** What this and the other agree on; null for the rest. */
    public Ownership common(Ownership other) {
        return new Ownership(
                agreed(owner, other.owner),
                agreed(group, other.group),
                mode != null && mode.equals(other.mode) ? mode : null,
                ownerMayWrite && other.ownerMayWrite);
    }

    /** The same, of another owner. */
    Ownership withOwner(@Nullable UnixId other) {
        return new Ownership(other, group, mode, ownerMayWrite);
    }

    /** The same, of another group. */
    Ownership withGroup(@Nullable UnixId other) {
        return new Ownership(owner, other, mode, ownerMayWrite);
    }

    /** The same, where its owner may enter and write it whatever else its mode allows. */
    Ownership writableForOwner() {
        return new Ownership(owner, group, mode, true);
    }

    private static @Nullable UnixId agreed(@Nullable UnixId one, @Nullable UnixId two) {
        return one != null && two != null && one.same(two).orElse(false) ? one : null;
    }

    /** {@code root:root 0755}, with {@code ?} for what is unknown. */
    @Override
    public String toString() {
        return (owner == null ? "?" : owner) + ":" + (group == null ? "?" : group) + " "
                + (mode == null ? "?" : String.format("%04o", mode));
    }
}
