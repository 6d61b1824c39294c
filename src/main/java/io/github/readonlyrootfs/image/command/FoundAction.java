// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.command;

import io.github.readonlyrootfs.image.tree.Accounts;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.ModeChange;
import io.github.readonlyrootfs.image.tree.OwnerChange;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.partial.Field;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The action of {@code find … -exec chown …} and similar commands on all files that it finds.
 *
 * @param change what it does to each file
 * @param directories whether directories are found
 * @param files whether files are found
 * @param certain whether all of them are found, not only those with a certain name or age
 */
record FoundAction(Change change, boolean directories, boolean files, boolean certain, Provenance by) {

    private static final Set<String> READERS =
            Set.of("grep", "ls", "echo", "cat", "stat", "sed", "strip", "ldd", "file", "md5sum", "sha256sum", "test");

    /** Changes one node. */
    @FunctionalInterface
    interface Change {
        TreeNode apply(TreeNode node);
    }

    /** Reads {@code [-type d] -exec chmod 755 {} +}; empty if it is not understood. */
    static Optional<FoundAction> parse(Invocation call, List<Field> expression) {
        int exec = 0;
        boolean directories = true;
        boolean files = true;
        boolean certain = true;
        while (!expression.get(exec).text().matches("-exec.*|-delete")) {
            String word = expression.get(exec).text();
            boolean hasNext = exec + 1 < expression.size();
            if (word.matches("-o|-or|,|-prune|[()]")) {
                return Optional.empty();
            }
            if (word.equals("-type") && hasNext) {
                String type = expression.get(exec + 1).text();
                directories &= type.contains("d");
                files &= type.contains("f");
                exec += 2;
            } else {
                certain = false;
                exec++;
            }
            if (exec >= expression.size()) {
                return Optional.empty();
            }
        }
        if (expression.get(exec).is("-delete")) {
            // A directory is removed only if it is empty, which is not followed.
            boolean last = exec == expression.size() - 1;
            return directories || !last
                    ? Optional.empty()
                    : Optional.of(
                            new FoundAction(node -> TreeNode.missing(call.by()), false, files, certain, call.by()));
        }
        List<Field> words = expression.subList(exec + 1, expression.size());
        if (words.size() != 4 || !words.get(2).is("{}") || !words.get(3).text().matches("[+;]")) {
            return Optional.empty();
        }
        Accounts accounts = call.files().accounts();
        Optional<Change> change = switch (words.get(0).text()) {
            case "chmod" -> mode(call, words.get(1));
            case "chown" ->
                OwnerChange.parse(words.get(1), accounts).map(owner -> node -> owner.apply(node, call.by()));
            case "chgrp" ->
                OwnerChange.parseGroup(words.get(1), accounts).map(owner -> node -> owner.apply(node, call.by()));
            default -> Optional.empty();
        };
        boolean withDirectories = directories;
        boolean withFiles = files;
        boolean all = certain;
        return change.map(done -> new FoundAction(done, withDirectories, withFiles, all, call.by()));
    }

    private static Optional<Change> mode(Invocation call, Field written) {
        if (!written.isExact()) {
            return Optional.empty();
        }
        int umask = call.umask();
        return ModeChange.parse(written.text()).map(mode -> node -> node.withMode(mode, umask, call.by()));
    }

    /** Whether it only runs commands that read what is found. */
    static boolean onlyReads(List<Field> expression) {
        for (int i = 0; i + 1 < expression.size(); i++) {
            if (expression.get(i).text().startsWith("-exec")
                    && !READERS.contains(expression.get(i + 1).text())) {
                return false;
            }
        }
        return true;
    }

    TreeNode apply(FileTree tree, TreeNode start) {
        return one(start).mapBelow(tree.counted(this::one));
    }

    private TreeNode one(TreeNode node) {
        return switch (node.kind()) {
            case DIRECTORY -> directories ? changed(node) : node;
            case FILE -> files ? changed(node) : node;
            case UNKNOWN -> directories && files ? changed(node) : TreeNode.either(node, change.apply(node), by);
            case SYMLINK, MISSING -> node;
        };
    }

    private TreeNode changed(TreeNode node) {
        return certain ? change.apply(node) : TreeNode.either(node, change.apply(node), by);
    }
}
