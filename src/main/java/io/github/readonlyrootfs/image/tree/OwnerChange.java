// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.source.Truth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The owner that {@code chown} sets: {@code user}, {@code user:group}, {@code user:}, {@code :group}, by name or
 * number.
 *
 * @param setsUser whether it names a user
 * @param user null if unknown which
 * @param setsGroup whether it names a group
 * @param group null if unknown which
 */
public record OwnerChange(
        boolean setsUser,
        @Nullable UnixId user,
        boolean setsGroup,
        @Nullable UnixId group) {

    /** An unknown owner and group. */
    static final OwnerChange UNKNOWN = new OwnerChange(true, null, true, null);

    /** Looks the names up in the accounts; empty if a name certainly does not exist, so that the command fails. */
    public static Optional<OwnerChange> parse(Field written, Accounts accounts) {
        String text = written.text();
        int colon = text.indexOf(':');
        if (!written.isExact()) {
            return Optional.of(
                    colon <= 0
                            ? UNKNOWN
                            : new OwnerChange(
                                    true,
                                    accounts.userId(text.substring(0, colon)).orElse(null),
                                    true,
                                    null));
        }
        if (colon < 0 && text.indexOf('.') > 0 && accounts.user(text).isEmpty()) {
            colon = text.indexOf('.');
        }
        String userPart = colon < 0 ? text : text.substring(0, colon);
        String groupPart = colon < 0 ? "" : text.substring(colon + 1);
        UnixId user = null;
        UnixId group = null;
        if (!userPart.isEmpty()) {
            Optional<UnixId> found = accounts.userId(userPart);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            user = found.get();
        }
        boolean loginGroup = !userPart.isEmpty() && colon == text.length() - 1;
        if (loginGroup) {
            group = accounts.user(userPart).map(Accounts.User::gid).orElse(null);
        } else if (!groupPart.isEmpty()) {
            Optional<UnixId> found = accounts.groupId(groupPart);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            group = found.get();
        }
        return Optional.of(new OwnerChange(!userPart.isEmpty(), user, loginGroup || !groupPart.isEmpty(), group));
    }

    /** Reads the group that {@code chgrp} sets. */
    public static Optional<OwnerChange> parseGroup(Field written, Accounts accounts) {
        if (!written.isExact()) {
            return Optional.of(new OwnerChange(false, null, true, null));
        }
        return accounts.groupId(written.text()).map(group -> new OwnerChange(false, null, true, group));
    }

    /** The node after {@code chown --from} with this owner: changed if this owner has it. */
    public TreeNode ifHeld(TreeNode node, TreeNode changed, Provenance by) {
        Truth held = held(setsUser, user, node.ownership().owner())
                .and(held(setsGroup, group, node.ownership().group()));
        return switch (held) {
            case TRUE -> changed;
            case FALSE -> node;
            case UNKNOWN -> TreeNode.either(node, changed, by);
        };
    }

    private static Truth held(boolean required, @Nullable UnixId wanted, @Nullable UnixId actual) {
        return required ? UnixId.same(wanted, actual) : Truth.TRUE;
    }

    public TreeNode apply(TreeNode node, Provenance by) {
        TreeNode changed = node;
        if (setsUser) {
            changed = changed.withOwner(user, by);
        }
        return setsGroup ? changed.withGroup(group, by) : changed;
    }
}
