// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.tree.ImageFileSystem;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * The file system of a container: its image with the mounts on top, in the order in which they were mounted. The last
 * mount at or above a path has the path.
 */
final class MountTable {

    /** The index of no mount: the path is in the image. */
    private static final int NONE = -1;

    private static final Provenance MADE = Provenance.of("made by the engine as a mount point");

    private final ImageFileSystem image;
    private final List<Placed> placed = new ArrayList<>();
    private final List<Mount> mounts = new ArrayList<>();

    /** By the directory, which of {@link #placed} were mounted on it, one after the other. */
    private final Map<ContainerPath, List<Integer>> byTarget = new HashMap<>();

    /** By the path as declared, where that leads elsewhere; the first one of each. */
    private final Map<ContainerPath, Mount> byLink = new HashMap<>();

    /** The files that the engine has made, by index in {@link #placed}, or {@link #NONE} for the image. */
    private final Map<Integer, Set<ContainerPath>> made = new HashMap<>();

    MountTable(ImageFileSystem image) {
        this.image = image;
    }

    /** A file in a mounted directory; the directory itself for {@link ContainerPath#ROOT}. */
    private record Placed(Mount mount, Function<ContainerPath, TreeNode> content) {}

    /**
     * A path followed from the root, symbolic links resolved.
     *
     * @param real the path without links; what does not exist is appended as it is
     * @param entered the directories on the way that exist, the root first, {@link #real} itself included if it is one
     * @param end how the last step ended
     * @param missing how many of the last segments of {@link #real} do not exist, or cannot be determined to
     * @param last the file at the last path that was looked at
     * @param holder the mount that {@link #last} is in; empty for the image
     */
    record Walk(
            ContainerPath real, List<Entered> entered, End end, int missing, TreeNode last, Optional<Mount> holder) {

        /** The deepest directory on the way that exists. */
        Entered deepest() {
            return entered.get(entered.size() - 1);
        }

        /** Whether the path does not exist, wherever links on it lead. */
        boolean isMissing() {
            return end == End.MISSING || end == End.DANGLING;
        }
    }

    record Entered(ContainerPath path, Ownership ownership) {}

    enum End {
        DIRECTORY,
        FILE,
        /** A file is where a directory is needed. */
        FILE_IN_THE_WAY,
        MISSING,
        /** A symbolic link on the way leads to something that does not exist: nothing can be made behind it. */
        DANGLING,
        UNKNOWN,
        TOO_MANY_LINKS
    }

    List<Mount> mounts() {
        return Collections.unmodifiableList(mounts);
    }

    /**
     * Mounts something on top. The directories that its path lacks are made, as the engine does.
     *
     * @param content by path relative to the mounted directory, which is the root
     */
    void place(Mount mount, Function<ContainerPath, TreeNode> content) {
        make(mount.target());
        int index = placed.size();
        placed.add(new Placed(mount, content));
        mounts.add(mount);
        // There may be very many mounts, and hardly ever two on one directory.
        List<Integer> onTarget = new ArrayList<>(byTarget.getOrDefault(mount.target(), List.of()));
        onTarget.add(index);
        byTarget.put(mount.target(), onTarget);
        if (!mount.path().equals(mount.target())) {
            byLink.putIfAbsent(mount.path(), mount);
        }
    }

    /** Makes a directory and those above it that are missing, as the engine does: root:root 0755. */
    void make(ContainerPath directory) {
        Walk walk = walk(directory);
        ContainerPath path = walk.real();
        int holder = holderIndex(path);
        for (int i = 0; i < walk.missing() && walk.isMissing(); i++) {
            made.computeIfAbsent(holder, index -> new HashSet<>()).add(path);
            path = path.parent();
        }
    }

    /** The first mount whose path is declared so. */
    Optional<Mount> mountAt(ContainerPath path) {
        Mount linked = byLink.get(path);
        if (linked != null) {
            return Optional.of(linked);
        }
        for (int index : byTarget.getOrDefault(path, List.of())) {
            if (mounts.get(index).path().equals(path)) {
                return Optional.of(mounts.get(index));
            }
        }
        return Optional.empty();
    }

    /** The mounts on a directory, in the order in which they were mounted. */
    List<Mount> mountsOn(ContainerPath directory) {
        List<Integer> there = byTarget.get(directory);
        if (there == null) {
            return List.of();
        }
        return there.size() == 1
                ? List.of(mounts.get(there.get(0)))
                : there.stream().map(mounts::get).toList();
    }

    /** The mount that a path without links is in; empty for the image itself. */
    Optional<Mount> mountOf(ContainerPath real) {
        return mount(holderIndex(real));
    }

    /** The index in {@link #placed} of the mount that a path is in. */
    private int holderIndex(ContainerPath real) {
        int last = mountedAt(real);
        for (ContainerPath above = real; !above.isRoot(); above = above.parent()) {
            last = Math.max(last, mountedAt(above.parent()));
        }
        return last;
    }

    private int mountedAt(ContainerPath directory) {
        List<Integer> there = byTarget.get(directory);
        return there == null ? NONE : there.get(there.size() - 1);
    }

    private Optional<Mount> mount(int index) {
        return index == NONE ? Optional.empty() : Optional.of(placed.get(index).mount());
    }

    private TreeNode at(ContainerPath real, int holder) {
        TreeNode node = holder == NONE
                ? image.at(real)
                : placed.get(holder)
                        .content()
                        .apply(relative(real, placed.get(holder).mount().target()));
        return node.isMissing() && made.getOrDefault(holder, Set.of()).contains(real)
                ? TreeNode.directory(Ownership.ROOT_0755, MADE)
                : node;
    }

    /** The path from a directory, which is the root of it. */
    static ContainerPath relative(ContainerPath path, ContainerPath directory) {
        return directory.isRoot()
                ? path
                : ContainerPath.of(
                        path.toString().substring(directory.toString().length()));
    }

    /** Follows a path from the root. */
    Walk walk(ContainerPath path) {
        Deque<String> pending = new ArrayDeque<>(path.segments());
        List<Entered> entered = new ArrayList<>();
        ContainerPath here = ContainerPath.ROOT;
        int holder = mountedAt(here);
        TreeNode last = at(here, holder);
        entered.add(new Entered(here, ownership(last)));
        int links = 0;
        int own = pending.size();
        while (!pending.isEmpty()) {
            // A link's target is followed before the remaining segments of the path.
            boolean ofLink = pending.size() > own;
            String name = pending.removeFirst();
            own = Math.min(own, pending.size());
            if (name.equals("..")) {
                here = here.parent();
                holder = holderIndex(here);
                continue;
            }
            ContainerPath next = shared(here.resolve(name), path);
            int nextHolder = Math.max(holder, mountedAt(next));
            last = at(next, nextHolder);
            if (last.isSymlink()) {
                if (++links > ImageFileSystem.MAX_LINKS) {
                    return new Walk(
                            append(next, pending),
                            entered,
                            End.TOO_MANY_LINKS,
                            pending.size() + 1,
                            last,
                            mount(nextHolder));
                }
                if (last.target().startsWith("/")) {
                    here = ContainerPath.ROOT;
                    holder = mountedAt(here);
                }
                prepend(last.target(), pending);
            } else if (last.isDirectory()) {
                here = next;
                holder = nextHolder;
                entered.add(new Entered(here, last.ownership()));
            } else if (last.isFile()) {
                return pending.isEmpty()
                        ? new Walk(next, entered, End.FILE, 0, last, mount(nextHolder))
                        : new Walk(
                                append(next, pending),
                                entered,
                                End.FILE_IN_THE_WAY,
                                pending.size(),
                                last,
                                mount(nextHolder));
            } else {
                End end = last.isUnknown() ? End.UNKNOWN : ofLink ? End.DANGLING : End.MISSING;
                return new Walk(
                        shared(append(next, pending), path), entered, end, pending.size() + 1, last, mount(nextHolder));
            }
        }
        return new Walk(here, entered, End.DIRECTORY, 0, at(here, holder), mount(holder));
    }

    /** One object for one path, so that very many mounts and needs do not keep it twice. */
    private static ContainerPath shared(ContainerPath real, ContainerPath path) {
        return real.equals(path) ? path : real;
    }

    private static void prepend(String target, Deque<String> pending) {
        String[] segments = target.split("/", -1);
        for (int i = segments.length - 1; i >= 0; i--) {
            if (!segments[i].isEmpty() && !segments[i].equals(".")) {
                pending.addFirst(segments[i]);
            }
        }
    }

    private static Ownership ownership(TreeNode node) {
        return node.isDirectory() ? node.ownership() : Ownership.ROOT_0755;
    }

    private static ContainerPath append(ContainerPath path, Deque<String> segments) {
        return segments.isEmpty() ? path : path.resolve(String.join("/", segments));
    }
}
