// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Truth;
import java.util.function.UnaryOperator;

/**
 * Copies a tree over what is at its destination.
 *
 * @param ownership gives each copied entry its ownership
 * @param overwrites whether what exists gets the ownership of the copy, as with copies that keep ownership and with COPY
 */
public record TreeCopy(UnaryOperator<TreeNode> ownership, Truth overwrites, Provenance by) {

    /**
     * A copy between trees that share a limit.
     *
     * @param tree the one that is copied to
     * @param ownership gives each copied entry its ownership
     * @param overwrites as above
     */
    public static TreeCopy in(FileTree tree, UnaryOperator<TreeNode> ownership, boolean overwrites, Provenance by) {
        return new TreeCopy(tree.counted(ownership), Truth.of(overwrites), by);
    }

    /** The same copy by a user who may not change every owner and mode that it finds. */
    public TreeCopy byUser() {
        return overwrites.isTrue() ? new TreeCopy(ownership, Truth.UNKNOWN, by) : this;
    }

    /**
     * Copies the entries of a directory over those of another node, which keeps its own ownership if it is a directory.
     *
     * @param at where the entry is
     */
    public TreeNode contents(TreeNode source, TreeNode existing, ContainerPath at) {
        return contents(source, existing, at.depth());
    }

    private TreeNode contents(TreeNode source, TreeNode existing, int depth) {
        if (depth >= ContainerPath.MAX_DEPTH) {
            return FileTree.tooDeep();
        }
        TreeNode target = existing;
        for (String name : source.names()) {
            TreeNode child = source.child(name);
            if (!child.isMissing()) {
                target = target.withChild(name, entry(child, target.child(name), depth + 1));
            }
        }
        return source.anyUnlisted().isUnknown() ? withUnlisted(source, target) : target;
    }

    /** Entries of the source whose names are unknown may replace any entry of the target. */
    private TreeNode withUnlisted(TreeNode source, TreeNode target) {
        TreeNode copied = ownership.apply(source.anyUnlisted());
        TreeNode changed = target;
        for (String name : target.names()) {
            if (source.children().get(name) == null) {
                changed = changed.withChild(name, perhapsReplaced(target.child(name), copied));
            }
        }
        return withMoreEntries(changed, copied);
    }

    /**
     * Copies one entry over what has its name.
     *
     * @param at where that is
     */
    public TreeNode entry(TreeNode source, TreeNode existing, ContainerPath at) {
        return entry(source, existing, at.depth());
    }

    private TreeNode entry(TreeNode source, TreeNode existing, int depth) {
        if (source.isUnknown()) {
            return existing.isMissing()
                    ? ownership.apply(source)
                    : TreeNode.either(existing, ownership.apply(source), by);
        }
        if (!source.isDirectory()) {
            boolean kept = !overwrites.isTrue() && existing.isFile() && source.isFile();
            return kept ? kept(source, existing).withContent(source.content()) : ownership.apply(source);
        }
        if (existing.isDirectory()) {
            TreeNode top =
                    overwrites.isTrue() ? ownership.apply(source).withEntriesOf(existing) : kept(source, existing);
            return contents(source, top, depth);
        }
        TreeNode fresh = ownership.apply(source.withEntriesOf(TreeNode.missing(source.provenance())));
        if (existing.isUnknown()) {
            TreeNode old = existing.asDirectory(by);
            TreeNode top = overwrites.isTrue()
                    ? fresh.withEntriesOf(old)
                    : old.doubted(old.ownership().common(fresh.ownership()), old.why());
            return contents(source, top, depth);
        }
        return contents(source, fresh, depth);
    }

    /** What exists, whose ownership may become that of the copy. */
    private TreeNode kept(TreeNode source, TreeNode existing) {
        Ownership common = existing.ownership().common(ownership.apply(source).ownership());
        return overwrites.isFalse() || common.equals(existing.ownership()) ? existing : existing.doubted(common, by);
    }

    /** Any entry of the target may have been replaced by an unknown one, and there may be more entries. */
    public TreeNode withUnknownEntries(TreeNode target, TreeNode unknown) {
        TreeNode copied = ownership.apply(unknown);
        TreeNode changed = target;
        for (String name : target.names()) {
            changed = changed.withChild(name, perhapsReplaced(target.child(name), copied));
        }
        return withMoreEntries(changed, copied);
    }

    /** There may be more entries than before. */
    public TreeNode withMoreEntries(TreeNode target, TreeNode copied) {
        TreeNode old = target.anyUnlisted();
        return target.withUnlisted(old.isMissing() ? copied : perhapsReplaced(old, copied));
    }

    private TreeNode perhapsReplaced(TreeNode old, TreeNode copied) {
        if (old.isMissing()) {
            return copied;
        }
        if (overwrites.isFalse() || old.isSymlink()) {
            return old.isDirectory() ? withUnknownEntries(old, copied) : old.withContent(either(old, copied));
        }
        Ownership common = old.ownership().common(copied.ownership());
        TreeNode doubted = common.equals(old.ownership()) ? old : old.doubted(common, by);
        return old.isDirectory() ? withUnknownEntries(doubted, copied) : doubted.withContent(either(old, copied));
    }

    /** A file of the base image or of another published image is a file of a published image in both cases. */
    private FileContent either(TreeNode old, TreeNode copied) {
        return old.content() == null && copied.content() instanceof FileContent.Published published
                ? published
                : new FileContent.Changed(by);
    }
}
