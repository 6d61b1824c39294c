// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.Identity;
import io.github.readonlyrootfs.image.tree.ModeChange;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.RootFileSystem;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.program.Options;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code touch}, {@code rm}, {@code install}, and files that redirections open. */
public final class FileCommands {

    private static final String TEMPORARY = "tmp.XXXXXXXXXX";

    private FileCommands() {}

    /** Sets owner and mode of a directory for {@code install -d}. */
    @FunctionalInterface
    private interface Attributes {

        TreeNode set(TreeNode directory, @Nullable Boolean existing);
    }

    static Status touch(Invocation call) {
        Options options = Options.of("touch", call.words());
        Status status = Status.SUCCESS;
        for (Field operand : options.operands()) {
            Status one = call.path(operand).map(path -> make(call, path)).orElse(Status.ASSUMED_SUCCESS);
            status = one == Status.SUCCESS ? status : one;
        }
        return status;
    }

    /** A file of a name that nobody knows, in the directory that is its operand. */
    static Status mktemp(Invocation call) {
        Options options = Options.of("mktemp", call.words());
        Optional<ContainerPath> directory =
                options.operands().stream().findFirst().flatMap(call::path);
        return directory.isEmpty() || options.has("u", "dry-run")
                ? Status.ASSUMED_SUCCESS
                : create(call, directory.get().resolve(TEMPORARY));
    }

    /** Makes an empty file unless something exists at the path. */
    static Status make(Invocation call, ContainerPath path) {
        ContainerPath real = call.tree().follow(path);
        boolean fresh = call.tree().at(real).isMissing();
        Status status = create(call, path);
        if (fresh) {
            call.tree()
                    .update(
                            real,
                            node -> node.isFile() ? node.withContent(FileContent.of(Text.EMPTY, call.by())) : node);
        }
        return status;
    }

    /** Makes a file unless something exists at the path. */
    static Status create(Invocation call, ContainerPath path) {
        FileTree tree = call.tree();
        ContainerPath real = tree.follow(path);
        if (real.isTooLong()) {
            return Status.FAILURE;
        }
        TreeNode parent = tree.at(real.parent());
        TreeNode existing = tree.at(real);
        boolean refused = existing.exists()
                ? BuildPermission.opens(existing, call.identity(), call.files().accounts())
                        .isFalse()
                : BuildPermission.isRefused(call, real);
        if (refused) {
            return Status.FAILURE;
        }
        if (!parent.isDirectory()) {
            if (parent.isUnknown()) {
                tree.update(real, node -> node.isMissing() ? TreeNode.unknown(call.by()) : node);
                return Status.ASSUMED_SUCCESS;
            }
            return Status.FAILURE;
        }
        Ownership fresh = RootFileSystem.fresh(parent, call.identity(), 0666 & ~call.umask(), false);
        tree.update(real, node -> {
            if (node.isMissing()) {
                return TreeNode.file(fresh, call.by());
            }
            return node.isUnknown() ? TreeNode.file(node.ownership().common(fresh), node.why()) : node;
        });
        return Status.SUCCESS;
    }

    static Status rm(Invocation call) {
        Options options = Options.of("rm", call.words());
        boolean recursive = options.has("r", "R", "recursive");
        boolean force = options.has("f", "force");
        Status status = force ? Status.SUCCESS : Status.ASSUMED_SUCCESS;
        for (Field operand : options.operands()) {
            Optional<ContainerPath> path = call.path(operand);
            if (path.isPresent()) {
                TreeNode node = call.tree().at(call.tree().followParents(path.get()));
                boolean refused = node.exists()
                        && BuildPermission.isKept(call, call.tree().followParents(path.get()));
                if ((node.isMissing() && !force) || (node.isDirectory() && !recursive) || refused) {
                    if (refused && recursive) {
                        emptied(call, call.tree().followParents(path.get()));
                    }
                    status = Status.FAILURE;
                    continue;
                }
            }
            call.change(operand, false, node -> {
                if (node.isMissing() || (node.isDirectory() && !recursive)) {
                    return node;
                }
                return recursive ? TreeNode.missing(call.by()) : removedFile(node, call.by());
            });
        }
        return status;
    }

    /** The entries of a directory that cannot be removed may be removable. */
    private static void emptied(Invocation call, ContainerPath directory) {
        TreeNode node = call.tree().at(directory);
        if (!node.isDirectory()) {
            return;
        }
        boolean permitted = !BuildPermission.isRefused(call, directory.resolve("entry"));
        for (String name : node.names()) {
            ContainerPath entry = directory.resolve(name);
            emptied(call, entry);
            TreeNode left = call.tree().at(entry);
            if (permitted && !left.hasEntries() && !call.files().isBusy(entry)) {
                boolean certain = BuildPermission.entry(call.files(), entry, call.identity())
                        .isTrue();
                call.tree()
                        .update(
                                entry,
                                old -> certain
                                        ? TreeNode.missing(call.by())
                                        : TreeNode.either(old, TreeNode.missing(call.by()), call.by()));
            }
        }
    }

    /** rm without -r does not remove a directory. */
    private static TreeNode removedFile(TreeNode node, Provenance by) {
        return node.isUnknown() ? TreeNode.unknown(node.why()) : TreeNode.missing(by);
    }

    static Status install(Invocation call) {
        Options options = Options.of("install", call.words());
        Accounts accounts = call.files().accounts();
        Identity who = call.identity();
        Optional<Field> owner = options.value("o", "owner");
        Optional<Field> group = options.value("g", "group");
        @Nullable UnixId user = who.user();
        @Nullable UnixId userGroup = who.group();
        if (owner.isPresent()) {
            user = owner.get().exact().flatMap(accounts::userId).orElse(null);
        }
        if (group.isPresent()) {
            userGroup = group.get().exact().flatMap(accounts::groupId).orElse(null);
        }
        Identity installed = new Identity(user, userGroup);
        Optional<Field> written = options.value("m", "mode");
        Optional<ModeChange> mode = written.isEmpty()
                ? ModeChange.parse("0755")
                : written.filter(Field::isExact).map(Field::text).flatMap(ModeChange::parse);
        if (mode.isEmpty() && written.isPresent() && written.get().isExact()) {
            return Status.FAILURE;
        }
        boolean gives = owner.isPresent()
                && !BuildPermission.isRoot(who)
                && UnixId.same(user, who.user()).isFalse();
        if (gives) {
            // It makes what it is to give away, and fails then.
            if (options.has("d", "directory")) {
                directories(call, options.operands(), (node, existing) -> node);
            } else {
                files(call, options, new Ownership(who.user(), who.group(), 0600));
            }
            return Status.FAILURE;
        }
        if (options.has("d", "directory")) {
            return directories(call, options.operands(), (node, existing) -> {
                TreeNode changed = owner.isPresent() ? node.withOwner(installed.user(), call.by()) : node;
                changed = group.isPresent() ? changed.withGroup(installed.group(), call.by()) : changed;
                Integer old = node.ownership().mode();
                return changed.withMode(mode.isEmpty() ? null : mode.get().forInstalled(old, existing), call.by());
            });
        }
        Integer fileMode = mode.isEmpty() ? null : mode.get().apply(0, false, 0);
        return files(call, options, new Ownership(installed.user(), installed.group(), fileMode));
    }

    /** Missing parents are made with mode 0755, whatever the umask. */
    private static Status directories(Invocation call, List<Field> operands, Attributes attributes) {
        Status status = Status.SUCCESS;
        for (Field operand : operands) {
            Optional<ContainerPath> path = call.path(operand);
            if (path.isEmpty()) {
                call.taint(operand);
                continue;
            }
            ContainerPath real = call.tree().follow(path.get());
            TreeNode before = call.tree().at(real);
            boolean refused = before.exists()
                    ? BuildPermission.attributes(before, call.identity()).isFalse()
                    : BuildPermission.isRefused(call, real);
            if (refused || call.tree().dangles(path.get())) {
                status = Status.FAILURE;
                continue;
            }
            @Nullable Boolean existing = before.isUnknown() ? null : Boolean.valueOf(before.exists());
            ContainerPath target = call.files().make(path.get(), call.identity(), 0755, call.by());
            if (call.tree().at(target).isDirectory()) {
                call.tree().update(target, node -> attributes.set(node, existing));
            } else {
                status = Status.FAILURE;
            }
        }
        return status;
    }

    private static Status files(Invocation call, Options options, Ownership wanted) {
        List<Field> operands = options.operands();
        Optional<Field> directory = options.value("t", "target-directory");
        if (operands.isEmpty() || (operands.size() == 1 && directory.isEmpty())) {
            return Status.FAILURE;
        }
        Field destination = directory.orElseGet(() -> operands.get(operands.size() - 1));
        Optional<ContainerPath> written = call.path(destination);
        if (written.isEmpty()) {
            call.taint(destination);
            return Status.ASSUMED_SUCCESS;
        }
        FileTree tree = call.tree();
        List<Field> sources = directory.isPresent() ? operands : operands.subList(0, operands.size() - 1);
        ContainerPath followed = tree.follow(written.get());
        boolean into = !options.has("T", "no-target-directory")
                && (directory.isPresent()
                        || sources.size() > 1
                        || tree.at(followed).isDirectory()
                        || destination.text().endsWith("/"));
        // A link is removed before, whatever it leads to.
        ContainerPath target = into ? followed : tree.followParents(written.get());
        if (BuildPermission.isRefused(call, into ? target.resolve("entry") : target)
                || (!into && tree.at(target).isDirectory())) {
            return Status.FAILURE;
        }
        if (options.has("D")) {
            call.files().makeDirectories(into ? target : target.parent(), call.identity(), 0755, call.by());
        }
        TreeNode file = TreeNode.file(wanted, call.by());
        for (Field source : sources) {
            Optional<ContainerPath> path = call.path(source);
            TreeNode copy = path.map(
                            from -> file.withContent(FileContent.of(call.host().content(from), call.by())))
                    .orElse(file);
            if (into && path.isPresent()) {
                tree.set(target.resolve(path.get().name()), copy);
            } else if (!into) {
                tree.update(target, node -> node.isUnknown() ? TreeNode.unknown(call.by()) : copy);
            }
        }
        return Status.ASSUMED_SUCCESS;
    }
}
