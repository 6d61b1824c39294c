// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of an image, as far as the Dockerfile and the facts of its base image tell. */
public record ImageFileSystem(TreeNode root) {

    /** Linux follows as many symbolic links in one path, see path_resolution(7). */
    public static final int MAX_LINKS = 40;

    /**
     * What is at exactly this path. Symbolic links are not followed: nothing is below a link, so a caller that walks down a
     * path follows the links on it.
     */
    public TreeNode at(ContainerPath path) {
        return FileTree.at(root, path);
    }

    /** A path with all symbolic links followed, the last one too; the path itself if there are too many. */
    public ContainerPath real(ContainerPath path) {
        return FileTree.follow(root, path);
    }

    /** The first symbolic link on the way to a path, the path itself included. */
    public Optional<ContainerPath> firstLink(ContainerPath path) {
        // To follow the path once is cheaper than to look at each directory of it.
        return real(path).equals(path) ? Optional.empty() : linkOn(path);
    }

    private Optional<ContainerPath> linkOn(ContainerPath path) {
        return path.isRoot()
                ? Optional.empty()
                : linkOn(path.parent()).or(() -> Optional.of(path).filter(it -> at(it).isSymlink()));
    }

    /** What is at a path, wherever links on it lead. */
    public TreeNode resolved(ContainerPath path) {
        return at(real(path));
    }

    /** The same with a directory, and those above it that are missing, made by root with mode 0755. */
    public ImageFileSystem withDirectory(ContainerPath path, Provenance by) {
        FileTree tree = new FileTree(root);
        tree.deepen(
                path,
                (parent, old) -> old.isMissing()
                        ? TreeNode.directory(RootFileSystem.fresh(parent, Identity.ROOT, 0755, true), by)
                        : old);
        return tree.view();
    }

    /** The same with something unknown at exactly this path. */
    public ImageFileSystem without(ContainerPath path) {
        FileTree tree = new FileTree(root);
        tree.update(path, old -> TreeNode.unknown(old.provenance()));
        return tree.view();
    }

    /** The names of the known entries of a directory, sorted; there may be more. */
    public List<String> names(ContainerPath directory) {
        List<String> names = new ArrayList<>();
        at(directory).children().forEach((name, child) -> {
            if (!child.isMissing()) {
                names.add(name);
            }
        });
        return names;
    }

    /** Whether a directory certainly has entries; if not, it may be empty, or it cannot be determined. */
    public boolean hasEntries(ContainerPath directory) {
        return at(directory).hasEntries();
    }

    /**
     * What is known of the content of the file at exactly this path; empty if it is a published image's own, as far as
     * it is known, or there is none.
     */
    public Optional<FileContent> content(ContainerPath path) {
        FileContent content = at(path).content();
        return content instanceof FileContent.StartScript ? Optional.empty() : Optional.ofNullable(content);
    }

    /** The published image whose start script is at exactly this path, as it is or copied from there. */
    public Optional<String> startScriptOf(ContainerPath path) {
        return at(path).content() instanceof FileContent.StartScript script
                ? Optional.of(script.image())
                : Optional.empty();
    }
}
