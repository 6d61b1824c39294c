// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.source.Truth;
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

    /** To change what is in a file, or which entries a directory has. */
    public static final int WRITE = 2;

    /** To look something up in a directory. */
    public static final int SEARCH = 1;

    public static final Ownership ROOT_0755 = new Ownership(UnixId.ROOT, UnixId.ROOT, 0755);

    public static final Ownership UNKNOWN = new Ownership(null, null, null);

    public Ownership(@Nullable UnixId owner, @Nullable UnixId group, @Nullable Integer mode) {
        this(owner, group, mode, mode != null && (mode & 0300) == 0300);
    }

    public static Ownership of(int uid, int gid, int mode) {
        return new Ownership(UnixId.of(uid), UnixId.of(gid), mode);
    }

    public boolean isKnown() {
        return owner != null && group != null && mode != null;
    }

    /**
     * Whether the mode grants something, as the kernel decides: the owner's bits for the owner, else the group's bits for a
     * member, else the others' bits. What is unknown is tried both ways.
     *
     * @param bits of {@link #WRITE} and {@link #SEARCH}: all of them must be granted
     * @param owns whether who asks is the owner
     * @param isMember whether who asks is in the group; asked only if that decides
     */
    public Truth grants(int bits, Truth owns, Supplier<Truth> isMember) {
        if (mode == null) {
            return Truth.UNKNOWN;
        }
        Truth byOwner = Truth.of((mode >> 6 & bits) == bits);
        Truth byGroup = Truth.of((mode >> 3 & bits) == bits);
        Truth byOthers = Truth.of((mode & bits) == bits);
        if (owns.isTrue()) {
            return byOwner;
        }
        Truth asOther = byGroup == byOthers ? byOthers : choice(isMember.get(), byGroup, byOthers);
        return choice(owns, byOwner, asOther);
    }

    /** What is so either way is so where it is unknown which way it goes. */
    private static Truth choice(Truth condition, Truth then, Truth otherwise) {
        return switch (condition) {
            case TRUE -> then;
            case FALSE -> otherwise;
            case UNKNOWN -> then == otherwise ? then : Truth.UNKNOWN;
        };
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
        return UnixId.same(one, two).isTrue() ? one : null;
    }

    /** {@code root:root 0755}, with {@code ?} for what is unknown. */
    @Override
    public String toString() {
        return (owner == null ? "?" : owner) + ":" + (group == null ? "?" : group) + " "
                + (mode == null ? "?" : String.format("%04o", mode));
    }
}
