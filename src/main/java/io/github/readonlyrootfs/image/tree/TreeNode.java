// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.source.VersionedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the tree, immutable.
 *
 * @param ownership for something that may or may not exist: what it has if it does
 * @param provenance what decided it last
 * @param doubt why part of it is not known, where that was another line than the one that decided the rest
 * @param target of a symbolic link, empty otherwise
 * @param unlisted what an entry is that {@code children} does not name: missing where the listing is complete
 * @param content of a file; null where it is the base image's own, as far as that is known
 */
@SuppressWarnings("ReferenceEquality") // The very same node means that nothing has changed.
public record TreeNode(
        Kind kind,
        Ownership ownership,
        Provenance provenance,
        @Nullable Provenance doubt,
        String target,
        VersionedMap<TreeNode> children,
        @Nullable TreeNode unlisted,
        @Nullable FileContent content) {

    /** One whose content is not known, or that can have none. */
    public TreeNode(
            Kind kind,
            Ownership ownership,
            Provenance provenance,
            @Nullable Provenance doubt,
            String target,
            VersionedMap<TreeNode> children,
            @Nullable TreeNode unlisted) {
        this(kind, ownership, provenance, doubt, target, children, unlisted, null);
    }

    public enum Kind {
        DIRECTORY,
        FILE,
        SYMLINK,
        MISSING,
        UNKNOWN
    }

    public static TreeNode missing(Provenance provenance) {
        return new TreeNode(Kind.MISSING, Ownership.UNKNOWN, provenance, null, "", VersionedMap.empty(), null);
    }

    public static TreeNode unknown(Provenance provenance) {
        return new TreeNode(
                Kind.UNKNOWN, Ownership.UNKNOWN, provenance, null, "", VersionedMap.empty(), null, content(provenance));
    }

    /** A directory that has just been made: there is nothing in it. */
    public static TreeNode directory(Ownership ownership, Provenance provenance) {
        return new TreeNode(Kind.DIRECTORY, ownership, provenance, null, "", VersionedMap.empty(), missing(provenance));
    }

    public static TreeNode file(Ownership ownership, Provenance provenance) {
        return new TreeNode(
                Kind.FILE, ownership, provenance, null, "", VersionedMap.empty(), null, content(provenance));
    }

    /** What a line of the Dockerfile has made is not what the base image has there. */
    private static @Nullable FileContent content(Provenance provenance) {
        return provenance.location().isPresent() ? new FileContent.Changed(provenance) : null;
    }

    public static TreeNode symlink(String target, Provenance provenance) {
        return new TreeNode(Kind.SYMLINK, Ownership.UNKNOWN, provenance, null, target, VersionedMap.empty(), null);
    }

    public boolean isDirectory() {
        return kind == Kind.DIRECTORY;
    }

    public boolean isMissing() {
        return kind == Kind.MISSING;
    }

    public boolean isUnknown() {
        return kind == Kind.UNKNOWN;
    }

    public boolean isSymlink() {
        return kind == Kind.SYMLINK;
    }

    /** Whether it certainly exists. */
    public boolean exists() {
        return kind != Kind.MISSING && kind != Kind.UNKNOWN;
    }

    /** Whether something certainly is in it. */
    public boolean hasEntries() {
        return isDirectory() && children.anyMatch(TreeNode::exists);
    }

    public TreeNode child(String name) {
        TreeNode child = children.get(name);
        return child == null ? anyUnlisted() : child;
    }

    /** What an entry is that is not named. */
    public TreeNode anyUnlisted() {
        if (unlisted != null) {
            return unlisted;
        }
        return isUnknown() ? unknown(why()) : missing(provenance);
    }

    /** Why it is as it is; for what is known in part only, why the rest is not. */
    public Provenance why() {
        return doubt != null && !(exists() && ownership.isKnown()) ? doubt : provenance;
    }

    /** Something unknown that is a directory at least, since something has been put into it. */
    public TreeNode asDirectory() {
        return new TreeNode(Kind.DIRECTORY, ownership, provenance, why(), "", children, unknown(why()));
    }

    /** Those of the entries that are known by name, missing ones included. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        children.forEach((name, child) -> names.add(name));
        return names;
    }

    public TreeNode withChild(String name, TreeNode child) {
        return new TreeNode(kind, ownership, provenance, doubt, target, children.with(name, child), unlisted);
    }

    public TreeNode withUnlisted(TreeNode template) {
        return new TreeNode(kind, ownership, provenance, doubt, target, children, template);
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
        Ownership changed = change.apply(ownership, kind != Kind.FILE, umask);
        // Why something may not be there at all says more than that its mode depends on the one it had.
        return changed.mode() == null && !isUnknown() ? doubted(changed, by) : withOwnership(changed, by);
    }

    /** Part of it has become unknown, for this reason. */
    public TreeNode doubted(Ownership rest, Provenance why) {
        return new TreeNode(kind, rest, provenance, why, target, children, unlisted, content);
    }

    /** A directory at the least, whatever it was taken for before. */
    public TreeNode asDirectory(Provenance by) {
        return isUnknown() ? new TreeNode(Kind.DIRECTORY, ownership, by, why(), "", children, anyUnlisted()) : this;
    }

    /** Every entry below, named or not, changed by a function that is given each node after its entries. */
    public TreeNode mapBelow(UnaryOperator<TreeNode> function) {
        VersionedMap<TreeNode> changed = children.map(child -> function.apply(child.mapBelow(function)));
        TreeNode template = unlisted == null || unlisted.isMissing() ? unlisted : function.apply(unlisted);
        return changed == children && template == unlisted
                ? this
                : new TreeNode(kind, ownership, provenance, doubt, target, changed, template, content);
    }

    /** A file that holds this. */
    @SuppressWarnings("ReferenceEquality") // Only saves a node.
    public TreeNode withContent(@Nullable FileContent changed) {
        return content == changed
                ? this
                : new TreeNode(kind, ownership, provenance, doubt, target, children, unlisted, changed);
    }

    /** What is true of both, where it cannot be determined which of them it is; what differs becomes unknown. */
    public static TreeNode either(TreeNode one, TreeNode two, Provenance why) {
        if (one == two) {
            return one;
        }
        Ownership common = common(one, two);
        if (one.kind != two.kind || !one.target.equals(two.target) || one.isUnknown()) {
            VersionedMap<TreeNode> children =
                    one.children.merge(two.children, one.anyUnlisted(), two.anyUnlisted(), (a, b) -> either(a, b, why));
            boolean sameDoubt = one.isUnknown() && two.isUnknown();
            return new TreeNode(
                    Kind.UNKNOWN,
                    common,
                    sameDoubt ? one.provenance : why,
                    sameDoubt ? one.doubt : why,
                    "",
                    children,
                    null,
                    content(one, two, why));
        }
        if (one.isMissing()) {
            return one;
        }
        VersionedMap<TreeNode> children =
                one.children.merge(two.children, one.anyUnlisted(), two.anyUnlisted(), (a, b) -> either(a, b, why));
        boolean alike = common.equals(one.ownership) || common.equals(two.ownership);
        return new TreeNode(
                one.kind,
                common,
                alike || one.provenance.equals(two.provenance) ? one.provenance : why,
                common.isKnown() ? null : alike ? Objects.requireNonNullElse(one.doubt, why) : why,
                one.target,
                children,
                one.isDirectory() ? either(one.anyUnlisted(), two.anyUnlisted(), why) : null,
                content(one, two, why));
    }

    private static @Nullable FileContent content(TreeNode one, TreeNode two, Provenance why) {
        return Objects.equals(one.content, two.content) ? one.content : new FileContent.Changed(why);
    }

    /** Of something that may not exist, only the other's ownership counts. */
    private static Ownership common(TreeNode one, TreeNode two) {
        if (one.isMissing()) {
            return two.ownership;
        }
        return two.isMissing() ? one.ownership : one.ownership.common(two.ownership);
    }
}
