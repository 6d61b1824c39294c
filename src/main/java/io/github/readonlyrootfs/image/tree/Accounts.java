// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The image's /etc/passwd and /etc/group.
 *
 * @param users by name
 * @param groups by name
 * @param others those that may exist too
 */
public record Accounts(Map<String, User> users, Map<String, Group> groups, Others others) {

    /** The first number of users who are not system users (UID_MIN of login.defs). */
    private static final int FIRST_PERSON = 1000;

    public Accounts(Map<String, User> users, Map<String, Group> groups, boolean complete) {
        this(users, groups, complete ? Others.NONE : Others.ANY);
    }

    /**
     * The most users, groups and members of a group that are kept. An account command looks at all of them; real images
     * have some dozens.
     */
    static final int MAX_ENTRIES = 500;

    /**
     * An entry of /etc/passwd.
     *
     * @param uid without a number if the command that made the account picked an unknown one
     * @param home empty if unknown
     */
    public record User(String name, UnixId uid, UnixId gid, Optional<String> home) {

        private boolean mayHave(int number) {
            return uid.number() == null || uid.number() == number;
        }
    }

    /** An entry of /etc/group. */
    public record Group(String name, UnixId gid, Set<String> members) {

        public Group withMember(String user) {
            Set<String> changed = new LinkedHashSet<>(members);
            changed.add(user);
            return new Group(name, gid, Set.copyOf(changed));
        }

        public Group withoutMember(String user) {
            Set<String> changed = new LinkedHashSet<>(members);
            changed.remove(user);
            return new Group(name, gid, Set.copyOf(changed));
        }
    }

    /**
     * Accounts that may exist.
     *
     * @param any whether it is unknown which, as with an unknown base image
     * @param system whether packages of the distribution may have made some; these make no user with a number of 1000 or more
     * @param users that a command made, changed or removed which may not have run
     * @param groups of the same kind
     */
    public record Others(boolean any, boolean system, Set<User> users, Set<Group> groups) {

        public static final Others NONE = new Others(false, false, Set.of(), Set.of());
        public static final Others SYSTEM = new Others(false, true, Set.of(), Set.of());
        public static final Others ANY = new Others(true, true, Set.of(), Set.of());

        Others and(Others more) {
            if (any || more.any || users.size() + groups.size() > MAX_ENTRIES) {
                return ANY;
            }
            Set<User> allUsers = new LinkedHashSet<>(users);
            allUsers.addAll(more.users);
            Set<Group> allGroups = new LinkedHashSet<>(groups);
            allGroups.addAll(more.groups);
            return new Others(false, system || more.system, allUsers, allGroups);
        }

        private boolean areNone() {
            return !any && !system && users.isEmpty() && groups.isEmpty();
        }

        private boolean mayHave(int uid) {
            return any || (system && uid < FIRST_PERSON) || users.stream().anyMatch(user -> user.mayHave(uid));
        }
    }

    /** Whether a name that is not here certainly does not exist. */
    public boolean complete() {
        return others.areNone();
    }

    public Optional<User> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    public Optional<User> user(int uid) {
        for (User user : users.values()) {
            Integer number = user.uid().number();
            if (number != null && number == uid) {
                return Optional.of(user);
            }
        }
        return Optional.empty();
    }

    public Optional<Group> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    /** The user of that name, else of that number. */
    public Optional<User> userCalled(String nameOrNumber) {
        Optional<User> named = user(nameOrNumber);
        return named.isPresent() || !UnixId.isNumber(nameOrNumber) ? named : user(Integer.parseInt(nameOrNumber));
    }

    /** The group of that name, else of that number. */
    public Optional<Group> groupCalled(String nameOrNumber) {
        Optional<Group> named = group(nameOrNumber);
        return named.isPresent() || !UnixId.isNumber(nameOrNumber) ? named : group(Integer.parseInt(nameOrNumber));
    }

    public Optional<Group> group(int gid) {
        for (Group group : groups.values()) {
            Integer number = group.gid().number();
            if (number != null && number == gid) {
                return Optional.of(group);
            }
        }
        return Optional.empty();
    }

    /** The user of that name or number; empty if there certainly is no such user. */
    public Optional<UnixId> userId(String nameOrNumber) {
        Optional<User> user = user(nameOrNumber);
        return user.isPresent() ? user.map(User::uid) : otherId(nameOrNumber);
    }

    /** The group of that name or number; empty if there certainly is no such group. */
    public Optional<UnixId> groupId(String nameOrNumber) {
        Optional<Group> group = group(nameOrNumber);
        return group.isPresent() ? group.map(Group::gid) : otherId(nameOrNumber);
    }

    private Optional<UnixId> otherId(String nameOrNumber) {
        if (nameOrNumber.matches("\\+?\\d{1,9}")) {
            return Optional.of(UnixId.of(Integer.parseInt(nameOrNumber)));
        }
        return complete() ? Optional.empty() : Optional.of(UnixId.named(nameOrNumber));
    }

    public Accounts with(User user) {
        if (users.size() >= MAX_ENTRIES && !users.containsKey(user.name())) {
            return incomplete();
        }
        return new Accounts(changed(users, user.name(), user), groups, others);
    }

    public Accounts with(Group group) {
        if (groups.size() >= MAX_ENTRIES && !groups.containsKey(group.name())) {
            return incomplete();
        }
        if (group.members().size() > MAX_ENTRIES) {
            return with(new Group(group.name(), group.gid(), Set.of())).incomplete();
        }
        return new Accounts(users, changed(groups, group.name(), group), others);
    }

    /** The same with each user changed by a function that keeps the names. */
    public Accounts withEachUser(UnaryOperator<User> function) {
        Map<String, User> changed = new LinkedHashMap<>(users);
        changed.replaceAll((name, user) -> function.apply(user));
        return new Accounts(Collections.unmodifiableMap(changed), groups, others);
    }

    public Accounts withoutUser(String name) {
        return new Accounts(changed(users, name, null), groups, others);
    }

    public Accounts withoutGroup(String name) {
        return new Accounts(users, changed(groups, name, null), others);
    }

    /** The same map with another value, or without one. */
    private static <V> Map<String, V> changed(Map<String, V> map, String name, @Nullable V value) {
        Map<String, V> changed = new LinkedHashMap<>(map);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return Collections.unmodifiableMap(changed);
    }

    /** Whether certainly no user has that number. */
    public boolean lacks(int uid) {
        return user(uid).isEmpty()
                && (complete()
                        || (!others.mayHave(uid) && users.values().stream().noneMatch(user -> user.mayHave(uid))));
    }

    /** The same accounts, and perhaps other system accounts. */
    public Accounts systemIncomplete() {
        return new Accounts(users, groups, others.and(Others.SYSTEM));
    }

    /** The same accounts, and perhaps others. */
    public Accounts incomplete() {
        return new Accounts(users, groups, false);
    }

    /** What is true of both, if the accounts are one or the other. */
    Accounts either(Accounts other) {
        if (equals(other)) {
            return this;
        }
        Set<User> doubtfulUsers = new LinkedHashSet<>();
        Map<String, User> commonUsers = common(users, other.users, doubtfulUsers);
        Set<Group> doubtfulGroups = new LinkedHashSet<>();
        Map<String, Group> commonGroups = common(groups, other.groups, doubtfulGroups);
        Others doubtful = new Others(false, false, doubtfulUsers, doubtfulGroups);
        return new Accounts(commonUsers, commonGroups, others.and(other.others).and(doubtful));
    }

    /** The entries of both maps; the others are added to a set. */
    private static <V> Map<String, V> common(Map<String, V> ones, Map<String, V> others, Set<V> different) {
        Map<String, V> common = new LinkedHashMap<>();
        for (Map.Entry<String, V> entry : ones.entrySet()) {
            if (entry.getValue().equals(others.get(entry.getKey()))) {
                common.put(entry.getKey(), entry.getValue());
            } else {
                different.add(entry.getValue());
            }
        }
        for (Map.Entry<String, V> entry : others.entrySet()) {
            if (!common.containsKey(entry.getKey())) {
                different.add(entry.getValue());
            }
        }
        return Collections.unmodifiableMap(common);
    }

    /** Whether no group can list a user as a member but those that certainly do. */
    public boolean knowsGroupsOf(String user) {
        return complete()
                || (!others.system
                        && others.groups.stream()
                                .noneMatch(group -> group.members().contains(user)));
    }

    /** The groups that list this user as a member; the primary group need not. */
    public List<UnixId> supplementaryGroups(String user) {
        List<UnixId> ids = new ArrayList<>();
        for (Group group : new TreeMap<>(groups).values()) {
            if (group.members().contains(user)) {
                ids.add(group.gid());
            }
        }
        return List.copyOf(ids);
    }
}
