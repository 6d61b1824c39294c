// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.Identity;
import io.github.readonlyrootfs.image.tree.OwnerChange;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.RootFileSystem;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Truth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether a user may change a directory while the image is built. Root may change all. */
final class BuildPermission {

    private BuildPermission() {}

    /** Whether a user may make or remove an entry, with the missing directories above it. */
    static Truth entry(RootFileSystem files, ContainerPath path, Identity who) {
        if (isRoot(who)) {
            return Truth.TRUE;
        }
        Accounts accounts = files.accounts();
        boolean certain = true;
        TreeNode directory = files.tree().root();
        List<String> parents = path.parent().segments();
        files.tree().effort().spend(parents.size());
        for (String segment : parents) {
            TreeNode next = directory.child(segment);
            if (next.isMissing()) {
                break;
            }
            Truth entered = bits(directory, who, accounts, Ownership.SEARCH);
            if (entered.isFalse()) {
                return entered;
            }
            certain &= entered.isTrue() && next.exists();
            directory = next;
        }
        Truth changed = bits(directory, who, accounts, Ownership.WRITE | Ownership.SEARCH);
        return certain || (changed.isFalse() && directory.exists()) ? changed : Truth.UNKNOWN;
    }

    /** Whether the user certainly may not. */
    static boolean isRefused(Invocation call, ContainerPath entry) {
        return entry(call.files(), entry, call.identity()).isFalse();
    }

    /** Whether an entry certainly cannot be removed. */
    static boolean isKept(Invocation call, ContainerPath entry) {
        return isRefused(call, entry) || call.files().isBusy(entry);
    }

    /** Whether a user may set the mode of a node, which only its owner may. */
    static Truth attributes(TreeNode node, Identity who) {
        return isRoot(who) ? Truth.TRUE : UnixId.same(node.ownership().owner(), who.user());
    }

    /** Whether a user may write to what exists, or set its times, which its owner may as well. */
    static Truth opens(TreeNode node, Identity who, Accounts accounts) {
        return attributes(node, who).or(bits(node, who, accounts, Ownership.WRITE));
    }

    /** Whether a user may give what it owns to this owner: root to all, others only to themselves and their groups. */
    static Truth gives(OwnerChange to, Identity who, Accounts accounts) {
        if (isRoot(who)) {
            return Truth.TRUE;
        }
        Truth user = to.setsUser() ? UnixId.same(to.user(), who.user()) : Truth.TRUE;
        return to.setsGroup() ? user.and(isMember(who, to.group(), accounts)) : user;
    }

    static boolean isRoot(Identity who) {
        UnixId user = who.user();
        return user != null && user.isRoot();
    }

    private static Truth bits(TreeNode directory, Identity who, Accounts accounts, int wanted) {
        Ownership ownership = directory.ownership();
        return who.user() == null
                ? Truth.UNKNOWN
                : ownership.grants(
                        wanted,
                        UnixId.same(ownership.owner(), who.user()),
                        () -> isMember(who, ownership.group(), accounts));
    }

    /** Whether a user is a member of a group, primary or not. */
    static Truth isMember(Identity who, @Nullable UnixId group, Accounts accounts) {
        UnixId primary = who.group();
        UnixId user = who.user();
        if (group == null || primary == null || user == null) {
            return Truth.UNKNOWN;
        }
        Truth isPrimary = UnixId.same(primary, group);
        String name = user.name();
        // Whether these groups count depends on how USER was written.
        boolean named = !accounts.complete()
                || (name != null
                        && accounts.supplementaryGroups(name).stream()
                                .anyMatch(other -> !UnixId.same(other, group).isFalse()));
        return isPrimary.or(named ? Truth.UNKNOWN : Truth.FALSE);
    }
}
