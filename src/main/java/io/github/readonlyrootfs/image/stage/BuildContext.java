// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import io.github.readonlyrootfs.image.tree.FileContent;
import io.github.readonlyrootfs.image.tree.FileMode;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The directory that COPY reads from, as the builder gets it: without the files that {@code .dockerignore} excludes,
 * and owned by root.
 */
final class BuildContext {

    /** A context with more entries is known in part only. */
    private static final int MAX_ENTRIES = 20_000;

    /** The limit for finding the files that are excluded. */
    static final long MAX_STEPS = 20_000_000;

    private final Effort effort = new Effort(MAX_STEPS);
    private final IgnoreFile ignored;
    /** The prefix of the names of files in messages: empty, or ending with a slash. */
    private final String prefix;

    private final TreeNode root;

    private int entries;

    private BuildContext(Path directory, IgnoreFile ignored, String prefix) {
        this.ignored = ignored;
        this.prefix = prefix;
        this.root = ignored.isTold()
                ? node(directory, "", 0)
                : TreeNode.unknown(Provenance.of("a .dockerignore that is not understood"));
    }

    /**
     * Reads the context.
     *
     * @param dockerfile the name of the Dockerfile, whose own ignore file takes precedence
     * @param name the name of the directory in messages; empty for the project's own
     */
    static BuildContext read(Path directory, String dockerfile, String name) {
        String prefix = name.isEmpty() || name.endsWith("/") ? name : name + "/";
        IgnoreFile ignored = IgnoreFile.read(directory, dockerfile, prefix);
        return new BuildContext(directory, ignored, prefix);
    }

    TreeNode root() {
        return root;
    }

    /** Why the builder rejects it. */
    List<Problem> problems() {
        return ignored.problems();
    }

    /** Whether the builder does not get a file, by its path in the context. */
    boolean excludes(String path) {
        return !ignored.isTold() || ignored.excludes(path, effort);
    }

    private TreeNode node(Path file, String path, int depth) {
        Provenance by = Provenance.of("the build context");
        if (Files.isSymbolicLink(file)) {
            try {
                return TreeNode.symlink(Files.readSymbolicLink(file).toString().replace('\\', '/'), by);
            } catch (IOException e) {
                return TreeNode.unknown(by);
            }
        }
        Ownership ownership =
                new Ownership(UnixId.ROOT, UnixId.ROOT, FileMode.of(file).orElse(null));
        if (!Files.isDirectory(file)) {
            return Files.exists(file)
                    ? TreeNode.file(ownership, by).withContent(new FileContent.Copied(file, prefix + path))
                    : TreeNode.unknown(by);
        }
        TreeNode node = TreeNode.directory(ownership, by);
        if (depth == ContainerPath.MAX_DEPTH) {
            return node.withUnlisted(FileTree.tooDeep());
        }
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(file)) {
            for (Path child : stream) {
                children.add(child);
                if (++entries > MAX_ENTRIES) {
                    break;
                }
            }
        } catch (IOException e) {
            return node.withUnlisted(TreeNode.unknown(by));
        }
        for (Path child : children) {
            String name = String.valueOf(child.getFileName());
            String childPath = path.isEmpty() ? name : path + "/" + name;
            if (!ignored.excludes(childPath, effort)) {
                node = node.withChild(name, node(child, childPath, depth + 1));
            } else if (ignored.hasExceptions() && Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS)) {
                TreeNode kept = node(child, childPath, depth + 1);
                if (!kept.children().isEmpty()) {
                    node = node.withChild(name, kept);
                }
            }
        }
        return entries > MAX_ENTRIES || effort.isSpent()
                ? node.withUnlisted(TreeNode.unknown(Provenance.of("a build context too large to look through")))
                : node;
    }
}
