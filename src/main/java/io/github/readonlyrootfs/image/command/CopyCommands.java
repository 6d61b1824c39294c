// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.Identity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeCopy;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Options;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** {@code cp}, {@code mv} and {@code ln}. */
final class CopyCommands {

    /** A link to one of these replaces a log file, never a directory. */
    private static final Pattern OUTPUT = Pattern.compile("/dev/(?:stdout|stderr|null)|/proc/(?:self|1)/fd/[12]");

    private static final int SET_IDS = 06000;

    /** The target of a symbolic link has less than PATH_MAX bytes. */
    private static final int MAX_TARGET = 4095;

    private CopyCommands() {}

    static Status cp(Invocation call) {
        Options options = Options.of("cp", call.words());
        boolean archive = options.has("a", "archive");
        boolean recursive = archive || options.has("r", "R", "recursive");
        Field preserved = options.value("preserve").orElse(Field.of("none"));
        boolean keepsOwner = archive
                || options.has("p")
                || preserved.text().isEmpty()
                || preserved.text().contains("ownership")
                || preserved.text().contains("all");
        boolean keepsMode = keepsOwner || preserved.text().contains("mode");
        Identity who = call.identity();
        boolean gives = keepsOwner && BuildPermission.isRoot(who);
        UnaryOperator<TreeNode> ownership = node -> {
            Ownership old = node.ownership();
            Integer mode = old.mode();
            if (mode != null && !keepsMode) {
                mode = masked(node, mode, call.umask());
            }
            Ownership copied = gives
                    ? new Ownership(old.owner(), old.group(), mode)
                    : new Ownership(who.user(), keepsOwner ? keptGroup(call, old.group()) : who.group(), mode);
            return node.isSymlink() || node.isUnknown()
                    ? node.doubted(copied, call.by())
                    : owned(node, copied, call.by());
        };
        TreeCopy copy = TreeCopy.in(call.tree(), ownership, keepsOwner, call.by());
        return copy(call, options, gives ? copy : copy.byUser(), recursive, false);
    }

    /** The group of a user's copy: that of the original, if the user is in it. */
    private static @Nullable UnixId keptGroup(Invocation call, @Nullable UnixId group) {
        return switch (BuildPermission.isMember(
                call.identity(), group, call.files().accounts())) {
            case TRUE -> group;
            case FALSE -> call.identity().group();
            case UNKNOWN -> null;
        };
    }

    /** What {@code rsync} copies, and with which attributes, is not followed. */
    static Status rsync(Invocation call) {
        List<Field> operands = Options.of("rsync", call.words()).operands();
        operands.stream().skip(Math.max(0, operands.size() - 1L)).forEach(call::taint);
        return Status.ASSUMED_SUCCESS;
    }

    /** A copied directory gets the mode of its source without the umask and without set-id bits. */
    private static int masked(TreeNode node, int mode, int umask) {
        return node.isDirectory() ? mode & ~umask & ~SET_IDS : mode & ~umask & 0777;
    }

    private static TreeNode owned(TreeNode node, Ownership ownership, Provenance by) {
        TreeNode changed = node.withOwner(ownership.owner(), by).withGroup(ownership.group(), by);
        return changed.withMode(ownership.mode(), by);
    }

    static Status mv(Invocation call) {
        Options options = Options.of("mv", call.words());
        return copy(call, options, TreeCopy.in(call.tree(), UnaryOperator.identity(), true, call.by()), true, true);
    }

    private static Status copy(Invocation call, Options options, TreeCopy copy, boolean recursive, boolean moves) {
        List<Field> operands = options.operands();
        Optional<Field> targetDirectory = options.value("t", "target-directory");
        int sources = targetDirectory.isPresent() ? operands.size() : operands.size() - 1;
        if (sources < 1) {
            return Status.FAILURE;
        }
        Field destination = targetDirectory.orElseGet(() -> operands.get(operands.size() - 1));
        Optional<ContainerPath> written = call.path(destination);
        if (written.isEmpty()) {
            call.taint(destination);
            return Status.ASSUMED_SUCCESS;
        }
        FileTree tree = call.tree();
        boolean asIs = options.has("T", "no-target-directory");
        ContainerPath link = tree.followParents(written.get());
        boolean isLink = tree.at(link).isSymlink();
        ContainerPath followed = tree.follow(written.get());
        boolean into = !asIs
                && (targetDirectory.isPresent()
                        || sources > 1
                        || tree.at(followed).isDirectory()
                        || destination.text().endsWith("/"));
        boolean replaces = isLink && !into && (moves || options.has("remove-destination"));
        if (isLink && !replaces && tree.at(followed).isMissing()) {
            // cp does not write through a dangling link.
            return Status.FAILURE;
        }
        ContainerPath target = replaces ? link : followed;
        Copying copying = new Copying(call, target, into, copy, recursive, moves);
        Status status = Status.SUCCESS;
        for (Field source : operands.subList(0, sources)) {
            Status one = copying.of(source);
            status = one == Status.SUCCESS ? status : one;
        }
        return status;
    }

    /**
     * One call of cp or mv.
     *
     * @param into whether sources are copied into the target, rather than to its path
     */
    private record Copying(
            Invocation call, ContainerPath target, boolean into, TreeCopy copy, boolean recursive, boolean moves) {

        Status of(Field source) {
            Optional<ContainerPath> path = call.path(source);
            if (path.isEmpty()) {
                return ofUnknown(source);
            }
            FileTree tree = call.tree();
            boolean contentsOnly = source.text().endsWith("/.") || source.text().equals(".");
            ContainerPath from = recursive && !contentsOnly ? tree.followParents(path.get()) : tree.follow(path.get());
            TreeNode node = tree.at(from);
            if (node.isMissing() || (node.isDirectory() ? !recursive : contentsOnly && node.exists())) {
                return Status.FAILURE;
            }
            ContainerPath to = into && !contentsOnly ? target.resolve(from.name()) : target;
            if (isRefused(node, from, to)) {
                return Status.FAILURE;
            }
            if (to.isAtOrBelow(from)) {
                // cp stops at its own copy, and does not remove what it has made.
                tree.set(to, TreeNode.unknown(call.by()));
                return Status.FAILURE;
            }
            TreeNode existing = tree.at(to);
            if (existing.isDirectory() && node.isDirectory() && BuildPermission.isRefused(call, to.resolve("entry"))) {
                // What is there already may be writable, and gets new content then.
                if (existing.isEmpty().isFalse()) {
                    tree.set(to, TreeNode.either(existing, copy.entry(node, existing, to), call.by()));
                }
                return Status.FAILURE;
            }
            boolean unsure = node.isUnknown() || tree.at(target).isUnknown();
            Status put = put(node, from, to);
            return unsure ? Status.ASSUMED_SUCCESS : put;
        }

        /** The source is unknown: any entry of the target may have changed, but not the target itself. */
        private Status ofUnknown(Field source) {
            TreeNode unknown = TreeNode.unknown(call.by());
            TreeNode copied = TreeNode.directory(Ownership.UNKNOWN, call.by()).withUnlisted(unknown);
            call.tree()
                    .update(target, node -> into || node.isDirectory() ? copy.contents(copied, node, target) : unknown);
            if (moves) {
                call.change(source, false, node -> TreeNode.missing(call.by()));
            }
            return Status.ASSUMED_SUCCESS;
        }

        private boolean isRefused(TreeNode node, ContainerPath from, ContainerPath to) {
            FileTree tree = call.tree();
            TreeNode existing = tree.at(to);
            TreeNode parent = tree.at(to.parent());
            boolean noPlace = !parent.isDirectory() && !parent.isUnknown();
            return noPlace
                    || to.isTooLong()
                    || (moves && (to.isAtOrBelow(from) || blocks(existing, node)))
                    || (!moves && existing.exists() && node.exists() && existing.isDirectory() != node.isDirectory())
                    || (moves && BuildPermission.isRefused(call, from))
                    || (!existing.exists() && BuildPermission.isRefused(call, to));
        }

        private Status put(TreeNode node, ContainerPath from, ContainerPath to) {
            FileTree tree = call.tree();
            TreeNode existing = tree.at(to);
            boolean staysMounted = moves && call.files().isBusy(from);
            if (moves) {
                TreeNode emptied = TreeNode.directory(node.ownership(), call.by());
                tree.set(from, staysMounted ? emptied : TreeNode.missing(call.by()));
            }
            if (!into && existing.isUnknown()) {
                // If it was a directory, the copy is in it.
                tree.set(to, TreeNode.unknown(call.by()));
                return Status.ASSUMED_SUCCESS;
            }
            TreeNode copied = copy.entry(node, existing, to);
            tree.set(
                    to,
                    inherit(
                            tree.at(to.parent()),
                            existing,
                            copied,
                            moves || !copy.overwrites().isFalse()));
            return staysMounted ? Status.FAILURE : Status.SUCCESS;
        }
    }

    private static boolean blocks(TreeNode existing, TreeNode moved) {
        return existing.isDirectory()
                ? existing.hasEntries() || !moved.isDirectory()
                : existing.exists() && moved.isDirectory();
    }

    /** A new entry of a directory with the set-group-id bit gets its group, unless ownership is kept. */
    private static TreeNode inherit(TreeNode parent, TreeNode existing, TreeNode copied, boolean keepsOwner) {
        @Nullable Integer mode = parent.ownership().mode();
        if (keepsOwner || existing.exists() || mode == null || (mode & 02000) == 0) {
            return copied;
        }
        TreeNode grouped = copied.withGroup(parent.ownership().group(), copied.provenance());
        Integer own = grouped.ownership().mode();
        return own == null || !grouped.isDirectory() ? grouped : grouped.withMode(own | 02000, grouped.provenance());
    }

    static Status ln(Invocation call) {
        Options options = Options.of("ln", call.words());
        List<Field> operands = options.operands();
        boolean symbolic = options.has("s", "symbolic");
        Optional<Field> directory = options.value("t", "target-directory");
        int targets = directory.isPresent() || operands.size() == 1 ? operands.size() : operands.size() - 1;
        if (targets < 1) {
            return Status.FAILURE;
        }
        Field destination =
                directory.orElseGet(() -> operands.size() == 1 ? Field.of(".") : operands.get(operands.size() - 1));
        Optional<ContainerPath> written = call.path(destination);
        if (written.isEmpty()) {
            call.change(destination, false, node -> TreeNode.either(node, TreeNode.unknown(call.by()), call.by()));
            return Status.ASSUMED_SUCCESS;
        }
        FileTree tree = call.tree();
        boolean asIs = options.has("n", "no-dereference", "T", "no-target-directory");
        ContainerPath link = asIs ? tree.followParents(written.get()) : tree.follow(written.get());
        boolean into = directory.isPresent()
                || targets > 1
                || (tree.at(link).isDirectory() && !options.has("T", "no-target-directory"));
        if (!into) {
            link = tree.followParents(written.get());
        }
        Status status = Status.SUCCESS;
        for (Field target : operands.subList(0, targets)) {
            Status one = link(call, target, link, into, symbolic, options.has("f", "force"));
            status = one == Status.SUCCESS ? status : one;
        }
        return status;
    }

    private static Status link(
            Invocation call, Field target, ContainerPath link, boolean into, boolean symbolic, boolean force) {
        FileTree tree = call.tree();
        if (!target.isExact()) {
            if (!into) {
                tree.set(link, TreeNode.unknown(call.by()));
            }
            return Status.ASSUMED_SUCCESS;
        }
        ContainerPath at = into ? link.resolve(ContainerPath.of(target.text()).name()) : link;
        TreeNode existing = tree.at(at);
        if (existing.isDirectory()
                || (existing.exists() && !force)
                || tree.at(at.parent()).isMissing()
                || BuildPermission.isRefused(call, at)) {
            return Status.FAILURE;
        }
        if (existing.isUnknown() && !into && !OUTPUT.matcher(target.text()).matches()) {
            // If it was a directory, the link is in it.
            tree.set(at, TreeNode.unknown(call.by()));
            return Status.ASSUMED_SUCCESS;
        }
        boolean tooLong = symbolic ? target.text().length() > MAX_TARGET : at.isTooLong();
        TreeNode made = symbolic
                ? TreeNode.symlink(target.text(), call.by())
                : call.path(target).map(tree::follow).map(tree::at).orElseGet(() -> TreeNode.unknown(call.by()));
        if (tooLong || (!symbolic && made.isDirectory())) {
            // The kernel does not allow hard links to directories, or targets longer than a path.
            return Status.FAILURE;
        }
        for (ContainerPath above = at.parent(); tree.at(above).isUnknown(); above = above.parent()) {
            tree.update(above, node -> node.asDirectory(node.provenance()));
        }
        tree.set(at, made);
        return Status.SUCCESS;
    }
}
