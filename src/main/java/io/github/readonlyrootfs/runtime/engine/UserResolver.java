// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.image.tree.UserSpec;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.UnknownUser;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * Finds the user a container runs as: the task definition's {@code user}, else the image's USER, else root; names
 * resolve in the image.
 */
final class UserResolver {

    /** With a sign it is not a name either: the engine takes it for an id out of range. */
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
        Value<String> chosen = definition.process().user().or(image.config().user());
        if (chosen instanceof Value.Known<String> known) {
            return named(known.value(), known.location());
        }
        if (chosen instanceof Value.Unknown<String> unknown) {
            return new Resolved(
                    ContainerUser.unknown(new UnknownUser.NameUnknown(unknown), Optional.of(unknown.location())),
                    Optional.empty());
        }
        if (!image.config().complete()) {
            return new Resolved(
                    ContainerUser.unknown(new UnknownUser.BaseMaySetUser(image.base()), Optional.empty()),
                    Optional.empty());
        }
        return new Resolved(root(), Optional.empty());
    }

    /** A user that a program in the container switches to. */
    ContainerUser resolve(Value<String> other) {
        Location where = other.where().orElse(Location.of(""));
        return other instanceof Value.Known<String> known
                ? named(known.value(), where).user()
                : ContainerUser.unknown(
                        new UnknownUser.NameUnknown(new Value.Unknown<>("it is not known", where)), other.where());
    }

    private ContainerUser root() {
        Accounts accounts = image.accounts();
        return new ContainerUser(
                "root",
                Optional.of(UnixId.ROOT),
                Optional.of(UnixId.ROOT),
                accounts.supplementaryGroups("root"),
                accounts.knowsGroupsOf("root"),
                Optional.empty(),
                hasDacOverride(),
                Optional.empty());
    }

    private Resolved named(String spec, Location location) {
        UserSpec written = new UserSpec(spec);
        String user = written.user();
        Uid uid = uid(user);
        Groups groups = written.group().isEmpty() ? groups(uid) : groups(written.group());
        ContainerUser resolved = new ContainerUser(
                user.isEmpty() ? "root" : user,
                Optional.of(uid.id()),
                groups.gid(),
                groups.supplementary(),
                groups.complete(),
                Optional.empty(),
                uid.id().isRoot() && hasDacOverride(),
                Optional.of(location));
        Optional<StartProblem> problem = groups.problem().isPresent() ? groups.problem() : uid.problem();
        return new Resolved(
                resolved,
                problem.isPresent()
                        ? Optional.of(new StartFailure(problem.get(), location, Optional.empty()))
                        : Optional.empty());
    }

    /** A user's number, and its line in {@code /etc/passwd}, if it has one. */
    private record Uid(UnixId id, Optional<Accounts.User> account, Optional<StartProblem> problem) {}

    private Uid uid(String user) {
        Accounts accounts = image.accounts();
        if (user.isEmpty()) {
            return new Uid(UnixId.ROOT, accounts.user(0), Optional.empty());
        }
        if (isNumber(user)) {
            OptionalInt number = number(user);
            int used = number.orElse(Integer.MAX_VALUE);
            Optional<Accounts.User> account = accounts.user(used);
            String name = account.map(Accounts.User::name).orElse(used == 0 ? "root" : null);
            return new Uid(
                    new UnixId(used, name),
                    account,
                    number.isPresent() ? Optional.empty() : Optional.of(new StartProblem.IdOutOfRange(user)));
        }
        Optional<Accounts.User> account = accounts.user(user);
        boolean missing = account.isEmpty() && accounts.complete();
        return new Uid(
                account.isPresent() ? account.get().uid() : UnixId.named(user),
                account,
                missing ? Optional.of(new StartProblem.NoSuchUser(user)) : Optional.empty());
    }

    /** @param complete whether all supplementary groups are known */
    private record Groups(
            Optional<UnixId> gid, List<UnixId> supplementary, boolean complete, Optional<StartProblem> problem) {}

    /** A group that is named beside the user is the only one. */
    private Groups groups(String group) {
        Accounts accounts = image.accounts();
        UnixId gid;
        Optional<StartProblem> problem = Optional.empty();
        if (isNumber(group)) {
            OptionalInt number = number(group);
            gid = UnixId.of(number.orElse(0));
            if (number.isEmpty()) {
                problem = Optional.of(new StartProblem.IdOutOfRange(group));
            }
        } else {
            Optional<Accounts.Group> entry = accounts.group(group);
            gid = entry.map(Accounts.Group::gid).orElseGet(() -> UnixId.named(group));
            if (entry.isEmpty() && accounts.complete()) {
                problem = Optional.of(new StartProblem.NoSuchGroup(group));
            }
        }
        return new Groups(Optional.of(gid), List.of(), true, problem);
    }

    /** The groups that the accounts give a user. */
    private Groups groups(Uid uid) {
        Accounts accounts = image.accounts();
        if (uid.account().isPresent()) {
            Accounts.User account = uid.account().get();
            return new Groups(
                    Optional.of(account.gid()),
                    accounts.supplementaryGroups(account.name()),
                    accounts.knowsGroupsOf(account.name()),
                    Optional.empty());
        }
        // A uid without an entry gets group 0.
        Integer number = uid.id().number();
        boolean lacks = accounts.complete() || (number != null && accounts.lacks(number));
        boolean known = lacks || uid.id().isRoot();
        return new Groups(known ? Optional.of(UnixId.ROOT) : Optional.empty(), List.of(), lacks, Optional.empty());
    }

    private static boolean isNumber(String text) {
        return NUMBER.matcher(text).matches();
    }

    /** Empty where no id can have this number. */
    private static OptionalInt number(String digits) {
        try {
            int number = Integer.parseInt(digits);
            return number < 0 ? OptionalInt.empty() : OptionalInt.of(number);
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    /** Whether root keeps the capability to ignore owners and modes; Docker grants it unless it is dropped. */
    private boolean hasDacOverride() {
        if (definition.process().privileged().known().orElse(false)) {
            return true;
        }
        return definition.linuxParameters().leaves("DAC_OVERRIDE");
    }
}
