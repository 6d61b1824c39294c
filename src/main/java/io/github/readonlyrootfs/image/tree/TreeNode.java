// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.source.EntryKind;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.VersionedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the tree, immutable.
 *
 * @param ownership of something that may not exist: its ownership if it does
 * @param provenance what made or changed it last
 * @param doubt why a part of it is unknown, if another line than that of the provenance is the reason
 * @param target of a symbolic link, empty otherwise
 * @param unlisted the node for every entry that {@code children} does not name: missing if the listing is complete
 * @param content of a file; null if it is the base image's own, as far as that is known
 */
@SuppressWarnings("ReferenceEquality") // The very same node means that nothing has changed.
public record TreeNode(
        EntryKind kind,
        Ownership ownership,
        Provenance provenance,
        @Nullable Provenance doubt,
        String target,
        VersionedMap<TreeNode> children,
        @Nullable TreeNode unlisted,
        @Nullable FileContent content) {

    public static TreeNode missing(Provenance provenance) {
        return new TreeNode(
                EntryKind.MISSING, Ownership.UNKNOWN, provenance, null, "", VersionedMap.empty(), null, null);
    }

    public static TreeNode unknown(Provenance provenance) {
        return new TreeNode(
                EntryKind.UNKNOWN,
                Ownership.UNKNOWN,
                provenance,
                null,
                "",
                VersionedMap.empty(),
                null,
                content(provenance));
    }

    /** A directory that has just been made: there is nothing in it. */
    public static TreeNode directory(Ownership ownership, Provenance provenance) {
        return new TreeNode(
                EntryKind.DIRECTORY, ownership, provenance, null, "", VersionedMap.empty(), missing(provenance), null);
    }

    public static TreeNode file(Ownership ownership, Provenance provenance) {
        return new TreeNode(
                EntryKind.FILE, ownership, provenance, null, "", VersionedMap.empty(), null, content(provenance));
    }

    /** A file that a line of the Dockerfile has made does not have the base image's content. */
    private static @Nullable FileContent content(Provenance provenance) {
        return provenance.location().isPresent() ? new FileContent.Changed(provenance) : null;
    }

    public static TreeNode symlink(String target, Provenance provenance) {
        return new TreeNode(
                EntryKind.SYMLINK, Ownership.UNKNOWN, provenance, null, target, VersionedMap.empty(), null, null);
    }

    public boolean isDirectory() {
        return kind == EntryKind.DIRECTORY;
    }

    public boolean isFile() {
        return kind == EntryKind.FILE;
    }

    public boolean isMissing() {
        return kind == EntryKind.MISSING;
    }

    public boolean isUnknown() {
        return kind == EntryKind.UNKNOWN;
    }

    public boolean isSymlink() {
        return kind == EntryKind.SYMLINK;
    }

    /** Whether it certainly exists. */
    public boolean exists() {
        return kind != EntryKind.MISSING && kind != EntryKind.UNKNOWN;
    }

    /** Whether it certainly is a directory with entries. */
    public boolean hasEntries() {
        return isDirectory() && isEmpty().isFalse();
    }

    /** Whether nothing is in it, if it is a directory. */
    public Truth isEmpty() {
        if (children.anyMatch(TreeNode::exists)) {
            return Truth.FALSE;
        }
        boolean certain = isDirectory() && anyUnlisted().isMissing() && !children.anyMatch(TreeNode::isUnknown);
        return certain ? Truth.TRUE : Truth.UNKNOWN;
    }

    public TreeNode child(String name) {
        TreeNode child = children.get(name);
        return child == null ? anyUnlisted() : child;
    }

    /** The node for every entry that is not named. */
    public TreeNode anyUnlisted() {
        if (unlisted != null) {
            return unlisted;
        }
        return isUnknown() ? unknown(why()) : missing(provenance);
    }

    /** What decided it; if a part of it is unknown, why. */
    public Provenance why() {
        return doubt != null && !(exists() && ownership.isKnown()) ? doubt : provenance;
    }

    /** The names of the entries that are known by name, missing ones included, sorted. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        children.forEach((name, child) -> names.add(name));
        return names;
    }

    /** The names of the entries that certainly exist, sorted; there may be others. */
    public List<String> existingNames() {
        List<String> names = names();
        names.removeIf(name -> !child(name).exists());
        return names;
    }

    public TreeNode withChild(String name, TreeNode child) {
        return withChildren(children.with(name, child));
    }

    /** The same with other entries, of the same names or more. */
    public TreeNode withChildren(VersionedMap<TreeNode> changed) {
        return new TreeNode(kind, ownership, provenance, doubt, target, changed, unlisted, null);
    }

    /** The same with the entries of another node in the place of its own. */
    public TreeNode withEntriesOf(TreeNode other) {
        return new TreeNode(kind, ownership, provenance, doubt, target, other.children, other.anyUnlisted(), content);
    }

    public TreeNode withUnlisted(TreeNode template) {
        return new TreeNode(kind, ownership, provenance, doubt, target, children, template, null);
    }

    private TreeNode withOwnership(Ownership changed, Provenance by) {
        return new TreeNode(
                kind,
                changed,
                by,
                changed.isKnown() ? null : Objects.requireNonNullElse(doubt, provenance),
                target,
                children,
                unlisted,
                content);
    }

    public TreeNode withOwner(@Nullable UnixId owner, Provenance by) {
        return withOwnership(ownership.withOwner(owner), by);
    }

    public TreeNode withGroup(@Nullable UnixId group, Provenance by) {
        return withOwnership(ownership.withGroup(group), by);
    }

    public TreeNode withMode(@Nullable Integer mode, Provenance by) {
        return withOwnership(new Ownership(ownership.owner(), ownership.group(), mode), by);
    }

    /** After a chmod. */
    public TreeNode withMode(ModeChange change, int umask, Provenance by) {
        Ownership changed = change.apply(ownership, !isFile(), umask);
        // Why something may not be there at all says more than that its mode depends on the one it had.
        return changed.mode() == null && !isUnknown() ? doubted(changed, by) : withOwnership(changed, by);
    }

    /** The same node of which only this ownership is known, for this reason. */
    public TreeNode doubted(Ownership rest, Provenance why) {
        return new TreeNode(kind, rest, provenance, why, target, children, unlisted, content);
    }

    /** The same as a directory where it was unknown what it is: something has been put into it, or it is used as one. */
    public TreeNode asDirectory(Provenance by) {
        return isUnknown()
                ? new TreeNode(EntryKind.DIRECTORY, ownership, by, why(), "", children, anyUnlisted(), null)
                : this;
    }

    /**
     * The same node with every entry below it, named or not, changed by a function. Entries are changed before the
     * directory that contains them.
     */
    public TreeNode mapBelow(UnaryOperator<TreeNode> function) {
        VersionedMap<TreeNode> changed = children.map((name, child) -> function.apply(child.mapBelow(function)));
        TreeNode template = unlisted == null || unlisted.isMissing() ? unlisted : function.apply(unlisted);
        return changed == children && template == unlisted
                ? this
                : new TreeNode(kind, ownership, provenance, doubt, target, changed, template, content);
    }

    public TreeNode withContent(@Nullable FileContent changed) {
        return content == changed
                ? this
                : new TreeNode(kind, ownership, provenance, doubt, target, children, unlisted, changed);
    }

    /** The node if it is one of two; what differs is unknown. */
    public static TreeNode either(TreeNode one, TreeNode two, Provenance why) {
        if (one == two || (one.isMissing() && two.isMissing())) {
            return one;
        }
        VersionedMap<TreeNode> children = one.children == two.children
                ? one.children
                : one.children.merge(two.children, one.anyUnlisted(), two.anyUnlisted(), (a, b) -> either(a, b, why));
        Ownership common = common(one, two);
        if (one.kind != two.kind || !one.target.equals(two.target) || one.isUnknown()) {
            boolean sameDoubt = one.isUnknown() && two.isUnknown();
            return new TreeNode(
                    EntryKind.UNKNOWN,
                    common,
                    sameDoubt ? one.provenance : why,
                    sameDoubt ? one.doubt : why,
                    "",
                    children,
                    null,
                    content(one, two, why));
        }
        boolean alike = common.equals(one.ownership) || common.equals(two.ownership);
        boolean sameProvenance = one.provenance.equals(two.provenance);
        TreeNode both = new TreeNode(
                one.kind,
                common,
                alike || sameProvenance ? one.provenance : why,
                common.isKnown() ? null : alike ? Objects.requireNonNullElse(one.doubt, why) : why,
                one.target,
                children,
                !one.isDirectory() || (sameProvenance && one.unlisted == two.unlisted)
                        ? one.unlisted
                        : either(one.anyUnlisted(), two.anyUnlisted(), why),
                content(one, two, why));
        // Trees that share what did not change are merged quickly.
        return both.equals(one) ? one : both;
    }

    // Same as the JDK's for records, but fast from the start: trees are compared node by node.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof TreeNode node
                        && kind == node.kind
                        && children == node.children
                        && ownership.equals(node.ownership)
                        && provenance.equals(node.provenance)
                        && Objects.equals(doubt, node.doubt)
                        && target.equals(node.target)
                        && Objects.equals(unlisted, node.unlisted)
                        && Objects.equals(content, node.content));
    }

    @Override
    public int hashCode() {
        return 31 * (31 * kind.hashCode() + provenance.hashCode()) + ownership.hashCode();
    }

    private static @Nullable FileContent content(TreeNode one, TreeNode two, Provenance why) {
        return Objects.equals(one.content, two.content) ? one.content : new FileContent.Changed(why);
    }

    /** If one of them does not exist, only the ownership of the other counts. */
    private static Ownership common(TreeNode one, TreeNode two) {
        if (one.isMissing()) {
            return two.ownership;
        }
        return two.isMissing() ? one.ownership : one.ownership.common(two.ownership);
    }
}
