// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.FileTree;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount.Content;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The directory or file at the root of a mount, and its content.
 *
 * @param provenance why it has this owner and mode
 * @param unknownContent why its content cannot be determined, where it cannot and the image does not say so itself
 * @param client as whom a server takes the container's user; empty where that is the user itself
 */
record MountRoot(
        Ownership ownership,
        Content content,
        OwnerReason provenance,
        Optional<OwnerReason> unknownContent,
        Function<ContainerPath, TreeNode> files,
        Optional<ContainerUser> client) {

    /** The mount has the reason for the owners and modes in it. */
    private static final Provenance MOUNTED = Provenance.of("mounted");

    static MountRoot empty(Ownership ownership, OwnerReason provenance) {
        return new MountRoot(
                ownership,
                Content.EMPTY,
                provenance,
                Optional.empty(),
                path -> path.isRoot() ? TreeNode.directory(ownership, MOUNTED) : TreeNode.missing(MOUNTED));
    }

    static MountRoot unknown(Ownership ownership, OwnerReason reason) {
        return unknown(ownership, reason, reason);
    }

    /**
     * A directory with content that cannot be determined.
     *
     * @param reason why it has this owner and mode
     * @param contentReason why its content cannot be determined
     */
    static MountRoot unknown(Ownership ownership, OwnerReason reason, OwnerReason contentReason) {
        return new MountRoot(
                ownership,
                Content.UNKNOWN,
                reason,
                Optional.of(contentReason),
                path -> path.isRoot() ? TreeNode.directory(ownership, MOUNTED) : TreeNode.unknown(MOUNTED));
    }

    MountRoot(
            Ownership ownership,
            Content content,
            OwnerReason provenance,
            Optional<OwnerReason> unknownContent,
            Function<ContainerPath, TreeNode> files) {
        this(ownership, content, provenance, unknownContent, files, Optional.empty());
    }

    /** The same where a server takes the container's user for another one. */
    MountRoot as(Optional<ContainerUser> other) {
        return new MountRoot(ownership, content, provenance, unknownContent, files, other);
    }

    /** The same where there may be directories in addition, in which or as which other containers mount something. */
    MountRoot perhapsWith(Set<ContainerPath> mountPoints) {
        return mountPoints.isEmpty()
                ? this
                : new MountRoot(
                        ownership,
                        content,
                        provenance,
                        Optional.of(unknownContent.orElse(new OwnerReason.SharedContent())),
                        path -> {
                            TreeNode node = files.apply(path);
                            return node.isMissing() && mountPoints.stream().anyMatch(point -> point.isAtOrBelow(path))
                                    ? TreeNode.unknown(MOUNTED)
                                    : node;
                        },
                        client);
    }

    /** Whether it is a directory is unknown. */
    static MountRoot fileOrDirectory(OwnerReason reason) {
        return new MountRoot(
                Ownership.UNKNOWN, Content.UNKNOWN, reason, Optional.of(reason), path -> TreeNode.unknown(MOUNTED));
    }

    static MountRoot file(OwnerReason reason) {
        TreeNode file = TreeNode.file(Ownership.UNKNOWN, MOUNTED);
        return new MountRoot(Ownership.UNKNOWN, Content.UNKNOWN, reason, Optional.empty(), path -> file);
    }

    /** A directory as another container leaves it. */
    static MountRoot left(TreeNode directory, OwnerReason provenance) {
        return new MountRoot(
                directory.ownership(),
                directory.isEmpty().isTrue() ? Content.EMPTY : Content.UNKNOWN,
                provenance,
                Optional.empty(),
                path -> FileTree.at(directory, path));
    }

    TreeNode directory() {
        TreeNode root = files.apply(ContainerPath.ROOT);
        return content == Content.UNKNOWN ? root.withUnlisted(TreeNode.unknown(MOUNTED)) : root;
    }

    /** A directory with the content that the image has there. */
    static MountRoot copied(TreeNode directory, Image image, ContainerPath real) {
        return new MountRoot(
                directory.ownership(),
                Content.IMAGE,
                new OwnerReason.OfImage(directory.why()),
                Optional.empty(),
                path -> path.isRoot()
                        ? directory
                        : image.files().at(real.resolve(path.toString().substring(1))));
    }
}
