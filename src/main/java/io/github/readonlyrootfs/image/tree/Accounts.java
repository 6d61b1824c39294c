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
 * @param complete whether a name that is not here certainly does not exist; false for an unknown base image
 * @param peopleComplete whether at least all users with a number of 1000 or more are here; the packages of a
 *     distribution make no such users
 */
public record Accounts(Map<String, User> users, Map<String, Group> groups, boolean complete, boolean peopleComplete) {

    /** The first number of users who are not system users (UID_MIN of login.defs). */
    private static final int FIRST_PERSON = 1000;

    public Accounts(Map<String, User> users, Map<String, Group> groups, boolean complete) {
        this(users, groups, complete, complete);
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
    public record User(String name, UnixId uid, UnixId gid, Optional<String> home) {}

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

    /** The group with that number. */
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
        return complete ? Optional.empty() : Optional.of(UnixId.named(nameOrNumber));
    }

    public Accounts with(User user) {
        if (users.size() >= MAX_ENTRIES && !users.containsKey(user.name())) {
            return incomplete();
        }
        return new Accounts(changed(users, user.name(), user), groups, complete, peopleComplete);
    }

    public Accounts with(Group group) {
        if (groups.size() >= MAX_ENTRIES && !groups.containsKey(group.name())) {
            return incomplete();
        }
        if (group.members().size() > MAX_ENTRIES) {
            return with(new Group(group.name(), group.gid(), Set.of())).incomplete();
        }
        return new Accounts(users, changed(groups, group.name(), group), complete, peopleComplete);
    }

    /** The same with each user changed by a function that keeps the names. */
    public Accounts withEachUser(UnaryOperator<User> function) {
        Map<String, User> changed = new LinkedHashMap<>(users);
        changed.replaceAll((name, user) -> function.apply(user));
        return new Accounts(Collections.unmodifiableMap(changed), groups, complete, peopleComplete);
    }

    public Accounts withoutUser(String name) {
        return new Accounts(changed(users, name, null), groups, complete, peopleComplete);
    }

    public Accounts withoutGroup(String name) {
        return new Accounts(users, changed(groups, name, null), complete, peopleComplete);
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
                && (complete
                        || (peopleComplete
                                && uid >= FIRST_PERSON
                                && users.values().stream()
                                        .noneMatch(user -> user.uid().number() == null)));
    }

    /** The same accounts, and perhaps other system accounts. */
    public Accounts systemIncomplete() {
        return new Accounts(users, groups, false, peopleComplete);
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
        Map<String, User> commonUsers = new LinkedHashMap<>(users);
        commonUsers.entrySet().removeIf(entry -> !entry.getValue().equals(other.users.get(entry.getKey())));
        Map<String, Group> commonGroups = new LinkedHashMap<>(groups);
        commonGroups.entrySet().removeIf(entry -> !entry.getValue().equals(other.groups.get(entry.getKey())));
        return new Accounts(Collections.unmodifiableMap(commonUsers), Collections.unmodifiableMap(commonGroups), false);
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
