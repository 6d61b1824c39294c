// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import org.jspecify.annotations.Nullable;

/**
 * The distribution of an image, for commands that differ between Linux distributions.
 *
 * @param homeMode the mode of the home that {@code useradd -m} makes (HOME_MODE, else UMASK, of login.defs)
 */
public record Distribution(Family family, @Nullable Integer homeMode) {

    public static final Distribution UNKNOWN = new Distribution(Family.UNKNOWN, null);

    public enum Family {
        DEBIAN,
        ALPINE,
        REDHAT,
        UNKNOWN
    }
}
