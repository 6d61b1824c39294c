// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;

/** The numbers that account commands pick if none is given. */
public final class IdRange {

    private static final int FIRST = 1000;
    private static final int LAST_SYSTEM = 999;

    private final Accounts accounts;

    public IdRange(Accounts accounts) {
        this.accounts = accounts;
    }

    /** An account with an unknown number may have any number. */
    private boolean isComplete() {
        return accounts.complete()
                && accounts.users().values().stream()
                        .allMatch(user -> user.uid().number() != null)
                && accounts.groups().values().stream()
                        .allMatch(group -> group.gid().number() != null);
    }

    private List<Integer> users() {
        return accounts.users().values().stream()
                .map(user -> user.uid().number())
                .filter(Objects::nonNull)
                .toList();
    }

    private List<Integer> groups() {
        return accounts.groups().values().stream()
                .map(group -> group.gid().number())
                .filter(Objects::nonNull)
                .toList();
    }

    /** As shadow's {@code useradd} picks: one above the highest, or for a system account one below the lowest. */
    public OptionalInt shadowUser(boolean system, int firstSystem) {
        return isComplete() ? shadow(users(), system, firstSystem) : OptionalInt.empty();
    }

    public OptionalInt shadowGroup(boolean system, int firstSystem) {
        return isComplete() ? shadow(groups(), system, firstSystem) : OptionalInt.empty();
    }

    private static OptionalInt shadow(List<Integer> used, boolean system, int firstSystem) {
        if (system) {
            int lowest = used.stream()
                    .mapToInt(Integer::intValue)
                    .filter(id -> id >= firstSystem && id <= LAST_SYSTEM)
                    .min()
                    .orElse(LAST_SYSTEM + 1);
            return lowest > firstSystem ? OptionalInt.of(lowest - 1) : OptionalInt.empty();
        }
        int highest = used.stream()
                .mapToInt(Integer::intValue)
                .filter(id -> id >= FIRST && id < 60000)
                .max()
                .orElse(FIRST - 1);
        return OptionalInt.of(highest + 1);
    }

    /** As Debian's and busybox's {@code adduser} pick: the first that is free, also among groups if both are made. */
    public OptionalInt firstFree(int first, boolean amongUsers, boolean amongGroups) {
        if (!isComplete()) {
            return OptionalInt.empty();
        }
        int id = first;
        while ((amongUsers && accounts.user(id).isPresent())
                || (amongGroups && accounts.group(id).isPresent())) {
            id++;
        }
        return OptionalInt.of(id);
    }
}
