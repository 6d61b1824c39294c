// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.engine.ContainerOrder.Before;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.start.StartCommand;
import io.github.readonlyrootfs.start.StartCommand.Left;
import io.github.readonlyrootfs.start.StartContext;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What containers leave in the volumes of a task: the start of each is followed on its image's files, with the volumes as it finds
 * them.
 */
final class Preparers {

    private static final long MAX_STEPS = 1_000_000;

    /** Without one of these, root may not change every owner and mode. */
    private static final Set<String> CAPABILITIES = Set.of("CHOWN", "FOWNER", "DAC_OVERRIDE");

    private static final Provenance UNSEEN = Provenance.of("a program whose writes are not known");

    private final Effort effort = new Effort(MAX_STEPS);
    private final Map<String, Left> runs = new HashMap<>();

    /**
     * What a container does to a volume.
     *
     * @param before how it finds it
     * @param after how it leaves it; empty if that is unknown
     * @param changes whether it does anything to it
     */
    record Preparer(ContainerDefinition by, TreeNode before, Optional<TreeNode> after, boolean changes) {

        /** Whether it changes owner or mode, as far as is known. */
        boolean changesOwner() {
            Optional<Ownership> left = after.map(TreeNode::ownership);
            return changes
                    && (!left.equals(Optional.of(inNumbers(before).ownership()))
                            || !before.ownership().isKnown());
        }
    }

    /**
     * What a container does to a volume.
     *
     * @param at where it mounts it
     * @param mounts all that it mounts, as it finds it
     * @param order what happens before its volume is looked at: what nothing tells counts only if it has ended then, since a
     *     program that goes on does not prepare what the others use
     */
    Preparer of(
            ContainerDefinition by, Image image, ContainerPath at, Map<ContainerPath, TreeNode> mounts, Before order) {
        TreeNode before = mounts.getOrDefault(at, TreeNode.unknown(UNSEEN));
        boolean succeeds = order.succeeded().contains(by.name());
        Left left = runs.computeIfAbsent(
                succeeds + " " + by.name() + at,
                key -> StartCommand.left(StartContext.of(by, image, effort).with(mounts), succeeds));
        TreeNode after = left.mounts().getOrDefault(at, TreeNode.unknown(UNSEEN));
        if (!left.followed() && mayChange(by, image, before)) {
            if (order.ended().contains(by.name())) {
                return new Preparer(by, before, Optional.empty(), true);
            }
            after = after.withUnlisted(TreeNode.unknown(UNSEEN));
        }
        if (after.equals(before)) {
            return new Preparer(by, before, Optional.of(inNumbers(before)), false);
        }
        boolean may = new UserResolver(by, image).resolve().user().isRoot().isFalse()
                || CAPABILITIES.stream().allMatch(by.linuxParameters()::leaves);
        return new Preparer(by, before, Optional.of(inNumbers(after)).filter(node -> may && node.isDirectory()), true);
    }

    /** Whether a user can change a directory, or anything in it. */
    private static boolean mayChange(ContainerDefinition by, Image image, TreeNode directory) {
        ContainerUser user = new UserResolver(by, image).resolve().user();
        Ownership ownership = directory.ownership();
        return !(user.isRoot().isFalse()
                && user.is(ownership.owner()).isFalse()
                && user.may(Ownership.WRITE | Ownership.SEARCH, ownership).isFalse());
    }

    /** Another image may have other names for the numbers. */
    private static TreeNode inNumbers(TreeNode directory) {
        return numbered(directory.mapBelow(Preparers::numbered));
    }

    private static TreeNode numbered(TreeNode node) {
        UnixId owner = node.ownership().owner();
        UnixId group = node.ownership().group();
        return owner == null && group == null
                ? node
                : node.withOwner(number(owner), node.why()).withGroup(number(group), node.why());
    }

    private static @Nullable UnixId number(@Nullable UnixId id) {
        return id == null || id.number() == null ? null : UnixId.of(id.number());
    }
}
