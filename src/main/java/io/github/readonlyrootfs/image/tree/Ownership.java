// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.source.Truth;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who owns a file or directory and what its mode allows.
 *
 * @param owner null if unknown
 * @param group null if unknown
 * @param mode the twelve permission bits, null if unknown
 * @param ownerMayWrite whether it is a directory that its owner may certainly enter and write, even if the rest of the
 *     mode is unknown
 */
public record Ownership(
        @Nullable UnixId owner,
        @Nullable UnixId group,
        @Nullable Integer mode,
        boolean ownerMayWrite) {

    /** The right to change a file, or the entries of a directory. */
    public static final int WRITE = 2;

    /** The right to look up entries of a directory. */
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
     * Whether the mode grants something, as the kernel decides: the owner's bits for the owner, else the group's bits
     * for a member, else the others' bits. If something is unknown, both cases are tried.
     *
     * @param bits of {@link #WRITE} and {@link #SEARCH}: all of them must be granted
     * @param owns whether the user is the owner
     * @param isMember whether the user is in the group; asked only if that decides
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

    /** If the condition is unknown, the result is known only if both cases have the same. */
    private static Truth choice(Truth condition, Truth then, Truth otherwise) {
        return switch (condition) {
            case TRUE -> then;
            case FALSE -> otherwise;
            case UNKNOWN -> then == otherwise ? then : Truth.UNKNOWN;
        };
    }

    /** What both have in common; the rest is null. */
    public Ownership common(Ownership other) {
        return new Ownership(
                agreed(owner, other.owner),
                agreed(group, other.group),
                mode != null && mode.equals(other.mode) ? mode : null,
                ownerMayWrite && other.ownerMayWrite);
    }

    /** The same with another owner. */
    Ownership withOwner(@Nullable UnixId other) {
        return new Ownership(other, group, mode, ownerMayWrite);
    }

    /** The same with another group. */
    Ownership withGroup(@Nullable UnixId other) {
        return new Ownership(owner, other, mode, ownerMayWrite);
    }

    /** The same, but its owner may certainly enter and write it. */
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
                + (mode == null ? "?" : octal(mode));
    }

    /** A mode as {@code stat} shows it: {@code 0755}. */
    public static String octal(int mode) {
        String digits = Integer.toOctalString(mode);
        return "0".repeat(Math.max(0, 4 - digits.length())) + digits;
    }
}
