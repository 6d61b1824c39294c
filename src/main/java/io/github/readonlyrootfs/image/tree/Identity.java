// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import org.jspecify.annotations.Nullable;

/**
 * Whom new files belong to.
 *
 * @param user null where the files do not tell
 * @param group null where the files do not tell
 */
public record Identity(@Nullable UnixId user, @Nullable UnixId group) {

    public static final Identity ROOT = new Identity(UnixId.ROOT, UnixId.ROOT);

    public static final Identity UNKNOWN = new Identity(null, null);
}
