package io.github.readonlyrootfs.image;

import org.jspecify.annotations.Nullable;

/**
 * Who owns a file or directory and what its mode allows.
 *
 * @param owner null where the files do not tell
 * @param group null where the files do not tell
 * @param mode the twelve permission bits, null where the files do not tell
 */
public record Ownership(
        @Nullable UnixId owner,
        @Nullable UnixId group,
        @Nullable Integer mode) {

    public static final Ownership ROOT_0755 = new Ownership(UnixId.ROOT, UnixId.ROOT, 0755);

    public static final Ownership UNKNOWN = new Ownership(null, null, null);

    public static Ownership of(int uid, int gid, int mode) {
        return new Ownership(uid == 0 ? UnixId.ROOT : UnixId.of(uid), gid == 0 ? UnixId.ROOT : UnixId.of(gid), mode);
    }

    public boolean isKnown() {
        return owner != null && group != null && mode != null;
    }

    /** {@code root:root 0755}, with {@code ?} for what is unknown. */
    @Override
    public String toString() {
        return (owner == null ? "?" : owner) + ":" + (group == null ? "?" : group) + " "
                + (mode == null ? "?" : String.format("%04o", mode));
    }
}
