// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.engine.ContainerOrder;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * An empty task volume that other containers mount too: what they do to it decides as much as the image of the
 * container that is looked at.
 */
public final class SharedVolume {

    private SharedVolume() {}

    /** What to do to know who may write it; empty for a volume that only this container has. */
    static Optional<String> help(JudgedContainer on, Mount mount, ContainerPath path) {
        boolean starts = mount.is(Mount.Kind.TASK_VOLUME) || mount.is(Mount.Kind.DOCKER_VOLUME);
        List<String> others = starts ? sharers(on, mount).toList() : List.of();
        if (others.isEmpty()) {
            return Optional.empty();
        }
        String user = on.runtime().user().shortly();
        Set<String> started = on.task()
                .definition()
                .map(task -> new ContainerOrder(task).before(on.name()).started())
                .orElse(Set.of());
        return Optional.of(others.stream()
                .filter(started::contains)
                .findFirst()
                .map(first -> "make sure that container " + first + " gives " + path + " to " + user
                        + ": not all that it does is known")
                .orElseGet(() -> "give " + path + " the same owner and mode in the images of containers " + on.name()
                        + " and " + others.get(0) + ", or have a container that runs first give it to " + user));
    }

    /** Where another container brought owner and mode of the directory: the one edit that suits both. */
    public static Optional<String> decidedByAnother(JudgedContainer on, Mount mount) {
        if (mount.root().provenance() instanceof OwnerReason.LeftBy left) {
            return on.other(left.container()).stream()
                    .flatMap(other -> mountsOf(other, mount))
                    .map(theirs -> "have container " + left.container() + " give " + theirs.path() + " to "
                            + on.runtime().user().shortly() + " with chown before it ends")
                    .findFirst();
        }
        TreeNode own = on.container().image().files().resolved(mount.path());
        boolean decidedHere =
                own.isDirectory() && own.ownership().equals(mount.root().ownership());
        if (mount.root().content() != Mount.Content.IMAGE || mount.is(Mount.Kind.VOLUMES_FROM) || decidedHere) {
            return Optional.empty();
        }
        Set<String> created = on.task()
                .definition()
                .map(task -> new ContainerOrder(task).before(on.name()).created())
                .orElse(Set.of());
        return on.onSamePlatform()
                .filter(other -> created.contains(other.name()))
                .flatMap(other -> mountsOf(other, mount)
                        .map(theirs -> "give " + theirs.path() + " in the image of container " + other.name()
                                + ", which starts first, an owner and mode that work for both, such as `RUN chmod 1777 "
                                + theirs.path() + "`"))
                .findFirst();
    }

    /** The others that have the volume, even through volumesFrom. */
    public static Stream<String> sharers(JudgedContainer on, Mount mount) {
        return on.onSamePlatform()
                .filter(other -> !other.name().equals(on.name()))
                .filter(other -> mountsOf(other, mount).findAny().isPresent())
                .map(JudgedContainer::name);
    }

    /** Where a container has the same volume. */
    private static Stream<Mount> mountsOf(JudgedContainer other, Mount mount) {
        Optional<String> volume = mount.declaration().volume();
        return other.runtime().mounts().stream()
                .filter(theirs ->
                        volume.isPresent() && theirs.declaration().volume().equals(volume));
    }
}
