// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.ModeChange;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.RootFileSystem;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Options;
import io.github.readonlyrootfs.shell.state.Status;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Truth;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code mkdir} and {@code rmdir}. */
final class DirectoryCommands {

    private DirectoryCommands() {}

    static Status mkdir(Invocation call) {
        Options options = Options.of("mkdir", call.words());
        boolean parents = options.has("p", "parents");
        Optional<Field> written = options.value("m", "mode");
        @Nullable
        Integer mode = written.flatMap(Field::exact)
                .flatMap(ModeChange::parse)
                .map(change -> change.forNewDirectory(call.umask()))
                .orElse(null);
        Status status = Status.SUCCESS;
        for (Field operand : options.operands()) {
            Status one = make(call, operand, parents, written.isPresent(), mode);
            status = one == Status.SUCCESS || status == Status.FAILURE ? status : one;
        }
        return status;
    }

    private static Status make(
            Invocation call, Field operand, boolean parents, boolean hasMode, @Nullable Integer mode) {
        Optional<ContainerPath> path = call.path(operand);
        if (path.isEmpty()) {
            int slash = operand.text().lastIndexOf('/');
            Field known = Field.of(operand.text().substring(0, Math.max(0, slash)));
            if (parents && slash > 0 && operand.pattern() == null) {
                // The directories before the unknown part of the path are made.
                make(call, known, true, false, null);
            }
            call.files().scatter(slash > 0 ? call.path(known).orElse(ContainerPath.ROOT) : ContainerPath.ROOT);
            call.change(operand, true, node -> node.isMissing() ? TreeNode.unknown(call.by()) : node);
            return Status.ASSUMED_SUCCESS;
        }
        RootFileSystem files = call.files();
        FileTree tree = call.tree();
        ContainerPath target = tree.follow(path.get());
        TreeNode old = tree.at(target);
        if (tree.dangles(path.get())) {
            return Status.FAILURE;
        }
        int fresh = 0777 & ~call.umask();
        if (old.exists()) {
            boolean isThere = parents && old.isDirectory();
            if (isThere) {
                files.make(target, call.identity(), fresh, call.by());
            }
            return isThere ? Status.SUCCESS : Status.FAILURE;
        }
        Truth permitted = BuildPermission.entry(files, target, call.identity());
        if (permitted.isFalse()) {
            return Status.FAILURE;
        }
        if (parents) {
            // Parents are writable and searchable for their owner, whatever the umask.
            files.makeDirectories(target.parent(), call.identity(), fresh | 0300, call.by());
        } else if (tree.at(target.parent()).isMissing()) {
            return Status.FAILURE;
        } else {
            files.makeDirectories(target.parent(), call.identity(), fresh, call.by());
            if (call.must()) {
                // The command would have failed if it had existed.
                tree.set(target, TreeNode.missing(call.by()));
            }
        }
        boolean existed = !tree.at(target).isMissing();
        files.make(target, call.identity(), fresh, call.by());
        // A name or path that is too long is not made; with -p the whole path may be longer, since mkdir goes down name
        // by name.
        TreeNode made = tree.at(target);
        if (!made.isDirectory()) {
            return made.isUnknown() && (parents || !target.isTooLong()) ? Status.ASSUMED_SUCCESS : Status.FAILURE;
        }
        if (hasMode) {
            tree.update(target, node -> withMode(node, existed, mode, call.by()));
        }
        return permitted.isTrue() && (parents || !existed) ? Status.SUCCESS : Status.ASSUMED_SUCCESS;
    }

    private static TreeNode withMode(TreeNode node, boolean existed, @Nullable Integer mode, Provenance by) {
        if (mode == null) {
            return node.withMode(null, by).doubted(node.withMode(null, by).ownership(), by);
        }
        Integer old = node.ownership().mode();
        TreeNode changed = node.withMode(old == null ? mode : mode | (old & 02000), by);
        return existed ? TreeNode.either(node, changed, node.why()) : changed;
    }

    static Status rmdir(Invocation call) {
        Options options = Options.of("rmdir", call.words());
        for (Field operand : options.operands()) {
            Optional<ContainerPath> path = call.path(operand);
            if (path.isPresent() && BuildPermission.isKept(call, call.tree().followParents(path.get()))) {
                return Status.FAILURE;
            }
            call.change(operand, false, node -> removed(node, call.by()));
        }
        return Status.ASSUMED_SUCCESS;
    }

    /** Removed if it was an empty directory, which is known only of a complete listing. */
    private static TreeNode removed(TreeNode node, Provenance by) {
        if (node.isMissing()) {
            return node;
        }
        if (node.isEmpty().isFalse() || (!node.isDirectory() && node.exists())) {
            return node;
        }
        TreeNode missing = TreeNode.missing(by);
        return node.isEmpty().isTrue() ? missing : TreeNode.either(node, missing, by);
    }
}
