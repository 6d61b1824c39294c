// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import org.jspecify.annotations.Nullable;

/**
 * The owner and group of new files.
 *
 * @param user null if unknown
 * @param group null if unknown
 */
public record Identity(@Nullable UnixId user, @Nullable UnixId group) {

    public static final Identity ROOT = new Identity(UnixId.ROOT, UnixId.ROOT);

    public static final Identity UNKNOWN = new Identity(null, null);
}
