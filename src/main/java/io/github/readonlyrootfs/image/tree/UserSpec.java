// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A USER as written: {@code user}, {@code user:group}, names or numbers. */
public final class UserSpec {

    private final String user;
    private final String group;

    public UserSpec(String written) {
        int colon = written.indexOf(':');
        user = colon < 0 ? written : written.substring(0, colon);
        group = colon < 0 ? "" : written.substring(colon + 1);
    }

    /** The name or number of the user; empty if only a group is written, which means root. */
    public String user() {
        return user;
    }

    /** The name or number of the group; empty without a group. */
    public String group() {
        return group;
    }

    /** Whether its name or number is root's. */
    public boolean isRoot() {
        return user.isEmpty() || user.equals("root") || user.equals("0");
    }

    /** The user's line in {@code /etc/passwd}, if it is known. */
    public Optional<Accounts.User> account(Accounts accounts) {
        if (user.isEmpty()) {
            return accounts.user(0);
        }
        return accounts.userCalled(user);
    }

    /** Whether it certainly has no entry in {@code /etc/passwd}. */
    public boolean isMissing(Accounts accounts) {
        return account(accounts).isEmpty()
                && (accounts.complete() || (UnixId.isNumber(user) && accounts.lacks(Integer.parseInt(user))));
    }

    /**
     * The user and group of a process. Without a group, it is the login group of the user, or 0 for a number without an
     * account.
     */
    public Identity identity(Accounts accounts) {
        Optional<Accounts.User> entry = account(accounts);
        @Nullable
        UnixId uid = user.isEmpty()
                ? UnixId.ROOT
                : entry.isPresent() ? entry.get().uid() : accounts.userId(user).orElse(UnixId.named(user));
        if (!group.isEmpty()) {
            return new Identity(uid, accounts.groupId(group).orElse(UnixId.named(group)));
        }
        if (entry.isPresent()) {
            return new Identity(uid, entry.get().gid());
        }
        if (uid.isRoot() || (UnixId.isNumber(user) && isMissing(accounts))) {
            return new Identity(uid, UnixId.ROOT);
        }
        return new Identity(uid, null);
    }

    /**
     * The owner that BuildKit gives a WORKDIR or a {@code COPY --chown}: a number without a group is also the group's
     * number.
     */
    public Identity owner(Accounts accounts) {
        if (UnixId.isNumber(user) && group.isEmpty()) {
            UnixId uid = accounts.userId(user).orElse(UnixId.named(user));
            Integer number = uid.number();
            UnixId gid = number == null ? UnixId.ROOT : UnixId.of(number);
            return new Identity(uid, gid);
        }
        return identity(accounts);
    }

    /** The owner for {@code COPY --chown} in the classic builder: without a group, the group with the user's name. */
    public Identity classicOwner(Accounts accounts) {
        if (!group.isEmpty() || UnixId.isNumber(user)) {
            return owner(accounts);
        }
        return new Identity(identity(accounts).user(), accounts.groupId(user).orElse(null));
    }
}
