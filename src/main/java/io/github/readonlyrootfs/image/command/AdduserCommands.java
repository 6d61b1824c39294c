// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.Distribution;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.IdRange;
import io.github.readonlyrootfs.image.tree.Identity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.RootFileSystem;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Options;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * {@code adduser}, {@code addgroup}, {@code deluser} and {@code delgroup}. Those of Debian and of busybox differ in
 * options and homes. On Red Hat systems {@code adduser} is another name of {@code useradd}.
 */
final class AdduserCommands {

    private static final int FIRST_SYSTEM = 100;
    private static final int FIRST = 1000;

    /** busybox sets the set-group-id bit of a home, even if it exists. */
    private static final int BUSYBOX_HOME = 02755;

    private AdduserCommands() {}

    static Status adduser(Invocation call) {
        return switch (call.files().distribution().family()) {
            case REDHAT -> ShadowCommands.useradd(call);
            case ALPINE -> busyboxUser(call, true);
            case DEBIAN -> debianUser(call);
            case UNKNOWN -> looksBusybox(call) ? busyboxUser(call, false) : debianUser(call);
        };
    }

    /** Debian's has no such short options. */
    private static boolean looksBusybox(Invocation call) {
        return call.words().stream().anyMatch(word -> word.text().matches("-[SDHhGugks]+"));
    }

    /**
     * The effect of a command that makes no account, since its name is unknown or a user joins a group. An option that the
     * program does not have may hide the name.
     */
    private static Optional<Status> makesNone(Invocation call, Options options) {
        List<Field> operands = options.operands();
        if (operands.isEmpty()
                || !operands.get(0).isExact()
                || options.unknown().isPresent()) {
            return Optional.of(ShadowCommands.unknownAccounts(call));
        }
        if (operands.size() != 2) {
            return Optional.empty();
        }
        RootFileSystem files = call.files();
        files.setAccounts(
                ShadowCommands.join(files.accounts(), operands.get(0).text(), Optional.of(operands.get(1)), true));
        return Optional.of(Status.SUCCESS);
    }

    private static Status busyboxUser(Invocation call, boolean certainlyBusybox) {
        Options options = Options.of("adduser-busybox", call.words());
        Optional<Status> done = makesNone(call, options);
        if (done.isPresent()) {
            return done.get();
        }
        String name = options.operands().get(0).text();
        RootFileSystem files = call.files();
        Accounts accounts = files.accounts();
        if (accounts.user(name).isPresent()) {
            return Status.FAILURE;
        }
        boolean system = options.has("S", "system");
        Optional<Field> group = options.value("G", "ingroup");
        boolean ownGroup = group.isEmpty() && !system;
        OptionalInt picked = new IdRange(accounts).firstFree(system ? FIRST_SYSTEM : FIRST, true, ownGroup);
        UnixId uid = ShadowCommands.id(options.value("u", "uid"), picked, name);
        Accounts changed = accounts;
        UnixId gid;
        if (ownGroup) {
            gid = new UnixId(uid.number(), name);
            changed = changed.with(new Accounts.Group(name, gid, Set.of()));
        } else {
            Field groupName = group.orElse(Field.of("nogroup"));
            if (!groupName.isExact()) {
                gid = UnixId.named("group of " + name);
            } else {
                Optional<UnixId> found = accounts.groupId(groupName.text());
                if (found.isEmpty()) {
                    return Status.FAILURE;
                }
                gid = found.get();
                changed = ShadowCommands.join(changed, name, Optional.of(groupName), true);
            }
        }
        Optional<String> home = ShadowCommands.given(options.value("h", "home"), "/home/" + name);
        files.setAccounts(changed.with(new Accounts.User(name, uid, gid, home)));
        if (!options.has("H", "no-create-home") && home.isPresent()) {
            busyboxHome(
                    call,
                    ContainerPath.of(home.get()),
                    new Ownership(uid, gid, certainlyBusybox ? BUSYBOX_HOME : null));
        }
        return accounts.complete() ? Status.SUCCESS : Status.ASSUMED_SUCCESS;
    }

    /** The parent is not made; an existing directory is also given to the user. */
    private static void busyboxHome(Invocation call, ContainerPath written, Ownership ownership) {
        FileTree tree = call.tree();
        ContainerPath path = tree.follow(written);
        if (tree.at(path.parent()).isMissing()) {
            return;
        }
        tree.update(path, old -> {
            TreeNode directory =
                    old.isMissing() ? TreeNode.directory(ownership, call.by()) : old.asDirectory(call.by());
            if (!directory.isDirectory()) {
                return old;
            }
            TreeNode owned = directory.withOwner(ownership.owner(), call.by()).withGroup(ownership.group(), call.by());
            return owned.withMode(ownership.mode(), call.by());
        });
    }

    private static Status debianUser(Invocation call) {
        Options options = Options.of("adduser-debian", call.words());
        if (options.has("group") && !options.has("system")) {
            return addgroup(call);
        }
        Optional<Status> done = makesNone(call, options);
        if (done.isPresent()) {
            return done.get();
        }
        String name = options.operands().get(0).text();
        RootFileSystem files = call.files();
        Accounts accounts = files.accounts();
        boolean system = options.has("system");
        if (accounts.user(name).isPresent()) {
            return system ? Status.SUCCESS : Status.FAILURE;
        }
        boolean ownGroup = options.value("ingroup", "gid").isEmpty() && (!system || options.has("group"));
        UnixId uid = debianUid(options, name, accounts, ownGroup);
        UnixId gid = ownGroup ? new UnixId(uid.number(), name) : debianGroup(options, name, accounts);
        Accounts changed = ownGroup ? accounts.with(new Accounts.Group(name, gid, Set.of())) : accounts;
        if (!system) {
            changed = ShadowCommands.join(changed, name, Optional.of(Field.of("users")), true);
        }
        Optional<Field> written = options.value("home");
        Optional<String> home = ShadowCommands.given(written, system ? "/nonexistent" : "/home/" + name);
        files.setAccounts(changed.with(new Accounts.User(name, uid, gid, home)));
        boolean makesHome = !options.has("no-create-home") && (!system || written.isPresent());
        if (makesHome && home.isPresent()) {
            debianHome(call, ContainerPath.of(home.get()), new Ownership(uid, gid, system ? 0755 : 0700));
        }
        return accounts.complete() ? Status.SUCCESS : Status.ASSUMED_SUCCESS;
    }

    private static UnixId debianUid(Options options, String name, Accounts accounts, boolean ownGroup) {
        OptionalInt free = options.has("firstuid", "lastuid", "conf", "c")
                ? OptionalInt.empty()
                : new IdRange(accounts).firstFree(options.has("system") ? FIRST_SYSTEM : FIRST, true, ownGroup);
        return ShadowCommands.id(options.value("uid"), free, name);
    }

    private static UnixId debianGroup(Options options, String name, Accounts accounts) {
        Field group = options.value("ingroup", "gid").orElse(Field.of("nogroup"));
        return group.isExact()
                ? accounts.groupId(group.text()).orElseGet(() -> UnixId.named(group.text()))
                : UnixId.named("group of " + name);
    }

    private static void debianHome(Invocation call, ContainerPath written, Ownership ownership) {
        RootFileSystem files = call.files();
        FileTree tree = files.tree();
        ContainerPath path = tree.follow(written);
        TreeNode old = tree.at(path);
        if (old.exists()) {
            return;
        }
        // Debian 10 and 11 made homes 0755.
        boolean certain =
                files.distribution().homeMode() != null || ownership.mode() == null || ownership.mode() == 0755;
        Ownership made = certain ? ownership : new Ownership(ownership.owner(), ownership.group(), null);
        files.makeDirectories(path.parent(), Identity.ROOT, 0755, call.by());
        TreeNode home = ShadowCommands.home(tree, path, made, call.by());
        tree.set(path, old.isMissing() ? home : TreeNode.either(old, home, old.why()));
    }

    static Status addgroup(Invocation call) {
        boolean debian = call.files().distribution().family() == Distribution.Family.DEBIAN;
        boolean alpine = call.files().distribution().family() == Distribution.Family.ALPINE;
        Options options =
                Options.of(debian ? "addgroup-debian" : alpine ? "addgroup-busybox" : "addgroup", call.words());
        Optional<Status> done = makesNone(call, options);
        if (done.isPresent()) {
            return done.get();
        }
        String name = options.operands().get(0).text();
        RootFileSystem files = call.files();
        Accounts accounts = files.accounts();
        if (accounts.group(name).isPresent()) {
            return options.has("system") ? Status.SUCCESS : Status.FAILURE;
        }
        boolean redhat = files.distribution().family() == Distribution.Family.REDHAT;
        boolean system = options.has("S", "system", "r");
        IdRange range = new IdRange(accounts);
        OptionalInt picked =
                redhat ? range.shadowGroup(system, 201) : range.firstFree(system ? FIRST_SYSTEM : FIRST, false, true);
        UnixId gid = ShadowCommands.id(options.value("g", "gid"), picked, name);
        files.setAccounts(accounts.with(new Accounts.Group(name, gid, Set.of())));
        return accounts.complete() ? Status.SUCCESS : Status.ASSUMED_SUCCESS;
    }

    static Status deluser(Invocation call) {
        if (call.words().stream().filter(word -> !word.text().startsWith("-")).count() == 2) {
            return Status.ASSUMED_SUCCESS;
        }
        boolean removes = call.words().stream().anyMatch(word -> word.is("--remove-home"));
        List<Field> names = call.words().stream()
                .filter(word -> !word.text().startsWith("-"))
                .toList();
        List<Field> words = removes ? List.of(Field.of("-r"), names.isEmpty() ? Field.of("") : names.get(0)) : names;
        return ShadowCommands.userdel(call.with("userdel", words));
    }
}
