// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.TreeNode;

/**
 * Whether owner and mode let a user in as it is. A remedy asks this to leave out a superfluous {@code chown};
 * verdicts come from {@code runtime} alone.
 */
public final class DirectoryAccess {

    private static final int OTHERS_WRITE_AND_ENTER = 0003;
    private static final int OTHERS_ENTER = 0001;
    private static final int OWNER_ENTERS = 0100;
    private static final int OWNER_WRITES_AND_ENTERS = 0300;

    private DirectoryAccess() {}

    public static boolean isCertain(ContainerUser user, Ownership ownership) {
        return isCertain(user, ownership, OWNER_WRITES_AND_ENTERS, OTHERS_WRITE_AND_ENTER);
    }

    /** Whether the user certainly gets past what an image has at a path, to what is below it. */
    public static boolean mayEnter(ContainerUser user, TreeNode node) {
        if (node.isDirectory()) {
            return isCertain(user, node.ownership(), OWNER_ENTERS, OTHERS_ENTER);
        }
        return node.isMissing() || user.overridesPermissions();
    }

    /** Whether it certainly is a directory of the user's own, to enter and to write. */
    public static boolean isOwners(ContainerUser user, TreeNode node) {
        return node.isDirectory()
                && node.ownership().ownerMayWrite()
                && user.is(node.ownership().owner()).isTrue();
    }

    private static boolean isCertain(ContainerUser user, Ownership ownership, int owners, int others) {
        if (user.overridesPermissions()) {
            return true;
        }
        boolean owns = user.is(ownership.owner()).isTrue();
        if (owns && ownership.ownerMayWrite()) {
            return true;
        }
        Integer mode = ownership.mode();
        int bits = owns ? owners : others;
        return mode != null && (mode & bits) == bits;
    }

    /** Whether what an image has at a path certainly lets a user in: a volume over a missing directory belongs to root. */
    public static boolean isCertain(ContainerUser user, TreeNode node) {
        if (node.isDirectory()) {
            return isCertain(user, node.ownership());
        }
        // If root cannot write it, it is not a directory: no chown fixes that.
        return node.isMissing() ? isCertain(user, Ownership.ROOT_0755) : user.overridesPermissions();
    }
}
