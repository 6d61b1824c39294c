// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.LinuxParameters;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the user a container runs as: the task definition's {@code user}, else the image's USER, else root; names
 * resolve in the image.
 */
final class UserResolver {

    /** With a sign it is no name either: the engine takes it for an id out of range. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+");

    private final Image image;
    private final ContainerDefinition definition;

    /** @param failure why a container with that user does not start */
    record Resolved(ContainerUser user, Optional<StartFailure> failure) {}

    UserResolver(ContainerDefinition definition, Image image) {
        this.definition = definition;
        this.image = image;
    }

    Resolved resolve() {
        Value<String> chosen = definition.user().isAbsent() ? image.user() : definition.user();
        if (chosen instanceof Value.Known<String> known) {
            return named(known.value(), known.location());
        }
        if (chosen instanceof Value.Unknown<String> unknown) {
            return new Resolved(
                    unknown(new UnknownUser.NameUnknown(unknown), Optional.of(unknown.location())), Optional.empty());
        }
        if (!image.complete()) {
            return new Resolved(
                    unknown(new UnknownUser.BaseMaySetUser(image.base()), Optional.empty()), Optional.empty());
        }
        return new Resolved(root(), Optional.empty());
    }

    /** Somebody whom a program of the container goes on as. */
    ContainerUser resolve(Value<String> other) {
        return other.known()
                .map(name -> named(name, other.where().orElse(Location.of(""))).user())
                .orElseGet(() -> unknown(
                        new UnknownUser.NameUnknown(new Value.Unknown<>(
                                "it is not known", other.where().orElse(Location.of("")))),
                        other.where()));
    }

    private ContainerUser root() {
        Accounts accounts = image.accounts();
        return new ContainerUser(
                "root",
                Optional.of(UnixId.ROOT),
                Optional.of(UnixId.ROOT),
                accounts.supplementaryGroups("root"),
                accounts.complete(),
                Optional.empty(),
                hasDacOverride(),
                Optional.empty());
    }

    private static ContainerUser unknown(UnknownUser reason, Optional<Location> location) {
        return new ContainerUser(
                "unknown", Optional.empty(), Optional.empty(), List.of(), false, Optional.of(reason), false, location);
    }

    private Resolved named(String spec, Location location) {
        int colon = spec.indexOf(':');
        String user = colon < 0 ? spec : spec.substring(0, colon);
        String group = colon < 0 ? "" : spec.substring(colon + 1);
        Optional<StartFailure> failure = Optional.empty();

        Accounts accounts = image.accounts();
        Optional<Accounts.User> account;
        UnixId uid;
        if (user.isEmpty()) {
            account = accounts.user(0);
            uid = UnixId.ROOT;
        } else if (isNumber(user)) {
            int number = number(user);
            if (number < 0) {
                failure = Optional.of(outOfRange(user, location));
                number = Integer.MAX_VALUE;
            }
            account = accounts.user(number);
            String name = account.map(Accounts.User::name).orElse(number == 0 ? "root" : null);
            uid = new UnixId(number, name);
        } else {
            account = accounts.user(user);
            uid = account.map(Accounts.User::uid).orElseGet(() -> UnixId.named(user));
            if (account.isEmpty() && accounts.complete()) {
                failure = Optional.of(new StartFailure(new StartProblem.NoSuchUser(user), location, Optional.empty()));
            }
        }

        Optional<UnixId> gid;
        List<UnixId> supplementary = List.of();
        boolean groupsComplete = true;
        if (!group.isEmpty()) {
            if (isNumber(group)) {
                gid = Optional.of(UnixId.of(Math.max(number(group), 0)));
                if (number(group) < 0) {
                    failure = Optional.of(outOfRange(group, location));
                }
            } else {
                Optional<Accounts.Group> entry = accounts.group(group);
                gid = Optional.of(entry.map(Accounts.Group::gid).orElseGet(() -> UnixId.named(group)));
                if (entry.isEmpty() && accounts.complete()) {
                    failure = Optional.of(
                            new StartFailure(new StartProblem.NoSuchGroup(group), location, Optional.empty()));
                }
            }
        } else if (account.isPresent()) {
            gid = Optional.of(account.get().gid());
            supplementary = accounts.supplementaryGroups(account.get().name());
            groupsComplete = accounts.complete();
        } else if (accounts.complete() || uid.isRoot()) {
            // A uid without an entry gets group 0.
            gid = Optional.of(UnixId.ROOT);
            groupsComplete = accounts.complete();
        } else {
            gid = Optional.empty();
            groupsComplete = false;
        }
        ContainerUser resolved = new ContainerUser(
                user.isEmpty() ? "root" : user,
                Optional.of(uid),
                gid,
                supplementary,
                groupsComplete,
                Optional.empty(),
                uid.isRoot() && hasDacOverride(),
                Optional.of(location));
        return new Resolved(resolved, failure);
    }

    private static StartFailure outOfRange(String id, Location location) {
        return new StartFailure(new StartProblem.IdOutOfRange(id), location, Optional.empty());
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** The number, or -1 where it is too large for an id. */
    private static int number(String digits) {
        try {
            return Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Whether root keeps the capability to ignore owners and modes; Docker grants it unless it is dropped. */
    private boolean hasDacOverride() {
        if (definition.privileged().known().orElse(false)) {
            return true;
        }
        LinuxParameters linux = definition.linuxParameters();
        boolean added = names(linux.capabilitiesAdd(), "DAC_OVERRIDE");
        if (names(linux.capabilitiesDrop(), "DAC_OVERRIDE")) {
            // An explicit add of the same name is applied after the drop.
            return added;
        }
        if (names(linux.capabilitiesDrop(), "ALL")) {
            return added || names(linux.capabilitiesAdd(), "ALL");
        }
        return true;
    }

    private static boolean names(List<Located<String>> capabilities, String name) {
        return capabilities.stream()
                .map(capability -> capability.value().toUpperCase(Locale.ROOT))
                .anyMatch(capability -> capability.equals(name) || capability.equals("CAP_" + name));
    }
}
