package io.github.readonlyrootfs.image;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The image's /etc/passwd and /etc/group.
 *
 * @param users by name
 * @param groups by name
 * @param complete whether a name that is not here certainly does not exist; false over an unknown base image
 */
public record Accounts(Map<String, User> users, Map<String, Group> groups, boolean complete) {

    /**
     * An entry of /etc/passwd.
     *
     * @param uid has no number where the command that made the account picked one that cannot be told
     * @param home empty where unknown
     */
    public record User(String name, UnixId uid, UnixId gid, Optional<String> home) {}

    /** An entry of /etc/group. */
    public record Group(String name, UnixId gid, Set<String> members) {}

    public Optional<User> user(String name) {
        return Optional.ofNullable(users.get(name));
    }

    public Optional<User> user(int uid) {
        return users.values().stream()
                .filter(user -> user.uid().number() != null && user.uid().number() == uid)
                .findFirst();
    }

    public Optional<Group> group(String name) {
        return Optional.ofNullable(groups.get(name));
    }

    /** The groups that list this user as a member, its primary group left out. */
    public List<UnixId> supplementaryGroups(String user) {
        return new TreeSet<>(groups.keySet())
                .stream()
                        .map(groups::get)
                        .filter(group -> group.members().contains(user))
                        .map(Group::gid)
                        .toList();
    }
}
