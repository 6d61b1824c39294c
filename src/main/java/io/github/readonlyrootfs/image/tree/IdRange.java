// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

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

    private Set<Integer> users() {
        return numbers(accounts.users().values().stream().map(Accounts.User::uid));
    }

    private Set<Integer> groups() {
        return numbers(accounts.groups().values().stream().map(Accounts.Group::gid));
    }

    private static Set<Integer> numbers(Stream<UnixId> ids) {
        Set<Integer> numbers = new HashSet<>();
        ids.forEach(id -> {
            Integer number = id.number();
            if (number != null) {
                numbers.add(number);
            }
        });
        return numbers;
    }

    /** As shadow's {@code useradd} picks: one above the highest, or for a system account one below the lowest. */
    public OptionalInt shadowUser(boolean system, int firstSystem) {
        return isComplete() ? shadow(users(), system, firstSystem) : OptionalInt.empty();
    }

    public OptionalInt shadowGroup(boolean system, int firstSystem) {
        return isComplete() ? shadow(groups(), system, firstSystem) : OptionalInt.empty();
    }

    private static OptionalInt shadow(Set<Integer> used, boolean system, int firstSystem) {
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
        Set<Integer> taken = new HashSet<>();
        if (amongUsers) {
            taken.addAll(users());
        }
        if (amongGroups) {
            taken.addAll(groups());
        }
        int id = first;
        while (taken.contains(id)) {
            id++;
        }
        return OptionalInt.of(id);
    }
}
