package io.github.readonlyrootfs.image;

import org.jspecify.annotations.Nullable;

/**
 * Whom new files belong to.
 *
 * @param user null where the files do not tell
 * @param group null where the files do not tell
 */
record Identity(@Nullable UnixId user, @Nullable UnixId group) {

    static final Identity ROOT = new Identity(UnixId.ROOT, UnixId.ROOT);

    static final Identity UNKNOWN = new Identity(null, null);
}
