// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The options by which a tmpfs belongs to a user. */
final class TmpfsOwner {

    private TmpfsOwner() {}

    /** Those of a new tmpfs, which takes the mode of the directory that it covers. */
    static List<String> options(JudgedContainer on, ContainerUser user, ContainerPath path, boolean executable) {
        TreeNode covered = on.container().image().files().resolved(path);
        boolean ownersMode = covered.isMissing()
                || (covered.isDirectory() && covered.ownership().ownerMayWrite());
        List<String> options = new ArrayList<>(options(user, ownersMode));
        if (executable) {
            options.add("exec");
        }
        return options;
    }

    /**
     * Those that make a directory the user's own; none for one that owner and mode do not bind.
     *
     * @param ownersMode whether its mode lets its owner in
     */
    static List<String> options(ContainerUser user, boolean ownersMode) {
        if (user.overridesPermissions()) {
            return List.of();
        }
        Optional<Integer> uid = user.uid().map(UnixId::number);
        if (uid.isEmpty()) {
            return List.of("mode=1777");
        }
        List<String> options = new ArrayList<>(List.of("uid=" + uid.get()));
        user.gid().map(UnixId::number).ifPresent(gid -> options.add("gid=" + gid));
        if (!ownersMode) {
            options.add("mode=0755");
        }
        return options;
    }
}
