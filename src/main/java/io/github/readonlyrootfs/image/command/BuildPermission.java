// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.Identity;
import io.github.readonlyrootfs.image.tree.Node;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.RootFileSystem;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether somebody may change what lies in a directory while the image is built. Root may, everywhere. */
final class BuildPermission {

    private static final int SEARCH = 1;
    private static final int CHANGE = 3;

    private BuildPermission() {}

    /**
     * Whether an entry may be made or removed at a path, with what is missing above it; empty where the files do not
     * tell.
     */
    static Optional<Boolean> entry(RootFileSystem files, ContainerPath path, Identity who) {
        if (isRoot(who)) {
            return Optional.of(true);
        }
        Accounts accounts = files.accounts();
        boolean certain = true;
        Node directory = files.tree().root();
        List<String> parents = path.parent().segments();
        files.tree().effort().spend(parents.size());
        for (String segment : parents) {
            Node next = directory.child(segment);
            if (next.isMissing()) {
                break;
            }
            Optional<Boolean> entered = bits(directory, who, accounts, SEARCH);
            if (entered.isPresent() && !entered.get()) {
                return entered;
            }
            certain &= entered.isPresent() && next.exists();
            directory = next;
        }
        Optional<Boolean> changed = bits(directory, who, accounts, CHANGE);
        return certain || (isRefusal(changed) && directory.exists()) ? changed : Optional.empty();
    }

    /** Whether it certainly may not. */
    static boolean isRefused(Invocation call, ContainerPath entry) {
        return isRefusal(entry(call.files(), entry, call.identity()));
    }

    /** Whether somebody may set owner or mode of a node, which is its owner's right; empty where that is not known. */
    static Optional<Boolean> attributes(Node node, Identity who) {
        UnixId user = who.user();
        UnixId owner = node.ownership().owner();
        if (isRoot(who)) {
            return Optional.of(true);
        }
        return user == null || owner == null ? Optional.empty() : owner.same(user);
    }

    static boolean isRoot(Identity who) {
        UnixId user = who.user();
        return user != null && user.isRoot();
    }

    private static boolean isRefusal(Optional<Boolean> answer) {
        return answer.isPresent() && !answer.get();
    }

    private static Optional<Boolean> bits(Node directory, Identity who, Accounts accounts, int wanted) {
        Ownership ownership = directory.ownership();
        UnixId user = who.user();
        UnixId owner = ownership.owner();
        if (user == null) {
            return Optional.empty();
        }
        Optional<Boolean> owns = owner == null ? Optional.empty() : owner.same(user);
        return ownership.grants(wanted, owns, () -> isMember(who, ownership.group(), accounts));
    }

    /** Whether somebody's primary group is this one, or one of the groups that name the user. */
    private static Optional<Boolean> isMember(Identity who, @Nullable UnixId group, Accounts accounts) {
        UnixId primary = who.group();
        UnixId user = who.user();
        if (group == null || primary == null || user == null) {
            return Optional.empty();
        }
        Optional<Boolean> isPrimary = primary.same(group);
        if (isPrimary.isEmpty() || isPrimary.get()) {
            return isPrimary;
        }
        String name = user.name();
        // Whether the others count depends on how USER was written.
        boolean named = !accounts.complete()
                || (name != null
                        && accounts.supplementaryGroups(name).stream()
                                .anyMatch(other -> other.same(group).orElse(true)));
        return named ? Optional.empty() : Optional.of(false);
    }
}
