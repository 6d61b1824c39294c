// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.Distribution;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.IdRange;
import io.github.readonlyrootfs.image.tree.Identity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.RootFileSystem;
import io.github.readonlyrootfs.image.tree.TreeCopy;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Options;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Truth;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;

/** {@code useradd}, {@code groupadd}, {@code usermod}, {@code groupmod}, {@code userdel}. */
final class ShadowCommands {

    private static final int FIRST_SYSTEM_DEBIAN = 101;
    private static final int FIRST_SYSTEM_REDHAT = 201;
    private static final int USERS = 100;

    private ShadowCommands() {}

    static Status groupadd(Invocation call) {
        Options options = Options.of("groupadd", call.words());
        if (options.operands().size() != 1 || !options.operands().get(0).isExact()) {
            return unknownAccounts(call);
        }
        String name = options.operands().get(0).text();
        RootFileSystem files = call.files();
        Accounts accounts = files.accounts();
        if (accounts.group(name).isPresent()) {
            return options.has("f", "force") ? Status.SUCCESS : Status.FAILURE;
        }
        OptionalInt picked = new IdRange(accounts).shadowGroup(options.has("r", "system"), firstSystem(files));
        UnixId gid = id(options.value("g", "gid"), picked, name);
        files.setAccounts(accounts.with(new Accounts.Group(name, gid, Set.of())));
        return accounts.complete() ? Status.SUCCESS : Status.ASSUMED_SUCCESS;
    }

    /** It is unknown which account a command makes, changes or removes, so all may have changed. */
    static Status unknownAccounts(Invocation call) {
        call.files().setAccounts(call.files().accounts().incomplete());
        return Status.ASSUMED_SUCCESS;
    }

    private static int firstSystem(RootFileSystem files) {
        return files.distribution().family() == Distribution.Family.REDHAT ? FIRST_SYSTEM_REDHAT : FIRST_SYSTEM_DEBIAN;
    }

    /**
     * The number of a new account.
     *
     * @param picked the number that the command picks if none is given; empty if unknown
     */
    static UnixId id(Optional<Field> given, OptionalInt picked, String name) {
        if (given.isPresent()) {
            return number(given.get(), name);
        }
        return picked.isPresent() ? new UnixId(picked.getAsInt(), name) : UnixId.named(name);
    }

    private static UnixId number(Field written, String name) {
        return written.isExact() && UnixId.isNumber(written.text())
                ? new UnixId(Integer.valueOf(written.text()), name)
                : UnixId.named(name);
    }

    static Status useradd(Invocation call) {
        Options options = Options.of("useradd", call.words());
        if (options.operands().size() != 1 || !options.operands().get(0).isExact() || options.has("D")) {
            return unknownAccounts(call);
        }
        String name = options.operands().get(0).text();
        RootFileSystem files = call.files();
        Accounts accounts = files.accounts();
        if (accounts.user(name).isPresent()) {
            return Status.FAILURE;
        }
        boolean system = options.has("r", "system");
        IdRange range = new IdRange(accounts);
        UnixId uid = id(options.value("u", "uid"), range.shadowUser(system, firstSystem(files)), name);
        UnixId gid;
        Accounts changed = accounts;
        Optional<Field> givenGid = options.value("g", "gid");
        if (givenGid.isPresent()) {
            gid = groupOf(givenGid.get(), accounts);
        } else if (options.has("N", "no-user-group")) {
            gid = UnixId.of(USERS);
        } else {
            gid = userGroup(name, uid, range, system, files);
            changed = changed.with(new Accounts.Group(name, gid, Set.of()));
        }
        Optional<String> home = home(options, name);
        changed = changed.with(new Accounts.User(name, uid, gid, home));
        changed = join(changed, name, options.value("G", "groups"), true);
        files.setAccounts(changed);
        boolean makesHome = options.has("m", "create-home")
                || (files.distribution().family() == Distribution.Family.REDHAT && !system);
        boolean certain = files.distribution().family() != Distribution.Family.UNKNOWN
                || options.has("m", "create-home", "M", "no-create-home")
                || system;
        if (!options.has("M", "no-create-home") && (makesHome || !certain)) {
            makeHome(call, options, home, uid, gid, makesHome);
        }
        return accounts.complete() ? Status.SUCCESS : Status.ASSUMED_SUCCESS;
    }

    private static UnixId userGroup(String name, UnixId uid, IdRange range, boolean system, RootFileSystem files) {
        Integer number = uid.number();
        if (number == null) {
            return UnixId.named(name);
        }
        if (files.accounts().complete() && files.accounts().group(number).isEmpty()) {
            return new UnixId(number, name);
        }
        return id(Optional.empty(), range.shadowGroup(system, firstSystem(files)), name);
    }

    private static UnixId groupOf(Field written, Accounts accounts) {
        if (!written.isExact()) {
            return UnixId.named("unknown group " + written.pattern());
        }
        return accounts.groupId(written.text()).orElseGet(() -> UnixId.named(written.text()));
    }

    private static Optional<String> home(Options options, String name) {
        Optional<String> base = given(options.value("b", "base-dir"), "/home");
        Optional<Field> home = options.value("d", "home-dir", "home");
        return home.isPresent() ? home.flatMap(Field::exact) : base.map(directory -> directory + "/" + name);
    }

    /** The value of an option, or the default without it; empty if the value is unknown. */
    static Optional<String> given(Optional<Field> written, String otherwise) {
        return written.isPresent() ? written.flatMap(Field::exact) : Optional.of(otherwise);
    }

    /** An existing home does not change; a new one belongs to the user and has the mode of login.defs. */
    private static void makeHome(
            Invocation call, Options options, Optional<String> home, UnixId uid, UnixId gid, boolean certain) {
        if (home.isEmpty()) {
            return;
        }
        RootFileSystem files = call.files();
        FileTree tree = files.tree();
        RootFileSystem.Snapshot before = files.snapshot();
        ContainerPath path = tree.follow(ContainerPath.of(home.get()));
        TreeNode old = tree.at(path);
        if (old.exists()) {
            return;
        }
        Integer mode = files.distribution().homeMode();
        Optional<Field> key = options.value("K", "key");
        if (key.isPresent() && key.get().text().matches("(HOME_MODE|UMASK)=0?[0-7]{3}")) {
            int given = Integer.parseInt(key.get().text().replaceFirst(".*=", ""), 8);
            mode = key.get().text().startsWith("H") ? given : 0777 & ~given;
        }
        files.makeDirectories(path.parent(), Identity.ROOT, 0755, call.by());
        TreeNode made = home(tree, path, new Ownership(uid, gid, mode), call.by());
        tree.set(path, old.isMissing() ? made : TreeNode.either(old, made, old.why()));
        if (!certain) {
            files.either(new RootFileSystem.Snapshot(before.root(), files.accounts(), before.journal()), call.by());
        }
    }

    /** A new home with the known entries of /etc/skel. */
    static TreeNode home(FileTree tree, ContainerPath at, Ownership ownership, Provenance by) {
        TreeNode home = TreeNode.directory(ownership, by);
        if (!ownership.isKnown()) {
            home = home.doubted(ownership, Provenance.of("HOME_MODE of the base image's login.defs"));
        }
        TreeNode skeleton = tree.at(ContainerPath.of("/etc/skel"));
        TreeNode known = skeleton.isDirectory() ? skeleton.withUnlisted(TreeNode.missing(by)) : TreeNode.missing(by);
        TreeCopy copy = TreeCopy.in(
                tree, node -> node.withOwner(ownership.owner(), by).withGroup(ownership.group(), by), false, by);
        return copy.contents(known, home, at);
    }

    /** Adds a user to the groups of a list. */
    static Accounts join(Accounts accounts, String user, Optional<Field> groups, boolean appending) {
        if (groups.isEmpty()) {
            return accounts;
        }
        Accounts changed = accounts;
        if (!appending) {
            for (Accounts.Group group : List.copyOf(accounts.groups().values())) {
                if (group.members().contains(user)) {
                    changed = changed.with(group.withoutMember(user));
                }
            }
        }
        if (!groups.get().isExact()) {
            return changed.incomplete();
        }
        for (String name : groups.get().text().split(",", -1)) {
            changed = changed.with(find(changed, name).withMember(user));
        }
        return changed;
    }

    private static Accounts.Group find(Accounts accounts, String name) {
        return accounts.groupCalled(name).orElseGet(() -> new Accounts.Group(name, UnixId.named(name), Set.of()));
    }

    static Status usermod(Invocation call) {
        Options options = Options.of("usermod", call.words());
        if (options.operands().size() != 1 || !options.operands().get(0).isExact()) {
            return unknownAccounts(call);
        }
        String name = options.operands().get(0).text();
        RootFileSystem files = call.files();
        Accounts accounts = files.accounts();
        Optional<Accounts.User> found = accounts.user(name);
        if (found.isEmpty()) {
            Accounts perhaps = accounts.complete() ? accounts : accounts.incomplete();
            files.setAccounts(join(perhaps, name, options.value("G", "groups"), true));
            return accounts.complete() ? Status.FAILURE : Status.ASSUMED_SUCCESS;
        }
        Accounts.User old = found.get();
        Optional<Field> login = options.value("l", "login").filter(Field::isExact);
        String newName = login.map(Field::text).orElse(name);
        UnixId uid = options.value("u", "uid")
                .map(written -> number(written, newName))
                .orElse(new UnixId(old.uid().number(), newName));
        UnixId gid = options.value("g", "gid")
                .map(written -> groupOf(written, accounts))
                .orElse(old.gid());
        Optional<Field> home = options.value("d", "home");
        Optional<String> newHome = home.isPresent() ? home.flatMap(Field::exact) : old.home();
        Accounts changed = newName.equals(name) ? accounts : accounts.withoutUser(name);
        changed = changed.with(new Accounts.User(newName, uid, gid, newHome));
        boolean append = options.has("a", "append");
        changed = join(changed, newName, options.value("G", "groups"), append);
        files.setAccounts(changed);
        moveHome(call, options, old, newHome, uid, gid);
        return Status.SUCCESS;
    }

    /** usermod -u changes the owner of all files in the home that the user owned before; -m moves the home. */
    private static void moveHome(
            Invocation call, Options options, Accounts.User old, Optional<String> newHome, UnixId uid, UnixId gid) {
        if (old.home().isEmpty()) {
            return;
        }
        FileTree tree = call.tree();
        ContainerPath path = tree.follow(ContainerPath.of(old.home().get()));
        boolean changesUid = options.has("u", "uid");
        boolean changesGid = options.has("g", "gid");
        if (changesUid || changesGid) {
            UnaryOperator<TreeNode> owned = node -> {
                TreeNode changed = changesUid ? owned(node, old.uid(), uid, call.by()) : node;
                return changesGid ? grouped(changed, old.gid(), gid, call.by()) : changed;
            };
            tree.update(
                    path,
                    home -> UnixId.same(old.uid(), home.ownership().owner()).isFalse()
                            ? home
                            : owned.apply(home).mapBelow(tree.counted(owned)));
        }
        if (options.has("m", "move-home") && options.has("d", "home") && newHome.isPresent()) {
            ContainerPath target = tree.follow(ContainerPath.of(newHome.get()));
            if (!tree.at(target).exists()) {
                TreeNode moved = tree.at(path);
                tree.set(path, TreeNode.missing(call.by()));
                TreeCopy copy = TreeCopy.in(tree, UnaryOperator.identity(), true, call.by());
                tree.set(target, copy.entry(moved, tree.at(target), target));
            }
        }
    }

    private static TreeNode owned(TreeNode node, UnixId before, UnixId after, Provenance by) {
        UnixId owner = node.ownership().owner();
        Truth held = owner == null ? Truth.FALSE : UnixId.same(owner, before);
        return held.isFalse() ? node : node.withOwner(held.isTrue() ? after : null, by);
    }

    private static TreeNode grouped(TreeNode node, UnixId before, UnixId after, Provenance by) {
        UnixId group = node.ownership().group();
        Truth held = group == null ? Truth.FALSE : UnixId.same(group, before);
        return held.isFalse() ? node : node.withGroup(held.isTrue() ? after : null, by);
    }

    static Status groupmod(Invocation call) {
        Options options = Options.of("groupmod", call.words());
        if (options.operands().size() != 1 || !options.operands().get(0).isExact()) {
            return unknownAccounts(call);
        }
        String name = options.operands().get(0).text();
        RootFileSystem files = call.files();
        Accounts accounts = files.accounts();
        Optional<Accounts.Group> found = accounts.group(name);
        if (found.isEmpty()) {
            return accounts.complete() ? Status.FAILURE : Status.ASSUMED_SUCCESS;
        }
        Accounts.Group old = found.get();
        String newName = options.value("n", "new-name")
                .filter(Field::isExact)
                .map(Field::text)
                .orElse(name);
        UnixId gid = options.value("g", "gid")
                .map(written -> number(written, newName))
                .orElse(new UnixId(old.gid().number(), newName));
        Accounts changed = accounts.withoutGroup(name)
                .with(new Accounts.Group(newName, gid, old.members()))
                .withEachUser(user -> UnixId.same(user.gid(), old.gid()).isTrue()
                        ? new Accounts.User(user.name(), user.uid(), gid, user.home())
                        : user);
        files.setAccounts(changed);
        return Status.SUCCESS;
    }

    static Status userdel(Invocation call) {
        Options options = Options.of("userdel", call.words());
        if (options.operands().size() != 1 || !options.operands().get(0).isExact()) {
            return unknownAccounts(call);
        }
        String name = options.operands().get(0).text();
        RootFileSystem files = call.files();
        Optional<Accounts.User> user = files.accounts().user(name);
        if (user.isEmpty()) {
            return files.accounts().complete() ? Status.FAILURE : Status.ASSUMED_SUCCESS;
        }
        Accounts changed = files.accounts().withoutUser(name);
        boolean groupStillUsed = changed.users().values().stream()
                .anyMatch(other -> !UnixId.same(other.gid(), user.get().gid()).isFalse());
        boolean ownGroup = changed.group(name)
                .map(group -> UnixId.same(group.gid(), user.get().gid()).isTrue())
                .orElse(false);
        files.setAccounts(ownGroup && !groupStillUsed ? changed.withoutGroup(name) : changed);
        if (options.has("r", "remove", "remove-home")) {
            user.get()
                    .home()
                    .ifPresent(home -> call.tree()
                            .update(
                                    call.tree().followParents(ContainerPath.of(home)),
                                    node -> TreeNode.missing(call.by())));
        }
        return Status.SUCCESS;
    }
}
