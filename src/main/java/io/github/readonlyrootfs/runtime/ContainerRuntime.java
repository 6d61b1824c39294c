// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.List;
import java.util.Optional;

/** One container on one platform, judged as if its root file system were read-only. */
public interface ContainerRuntime {

    ContainerDefinition definition();

    Image image();

    Platform platform();

    ContainerUser user();

    /**
     * The same container, as a user sees it to whom its start command switches.
     *
     * @param other as {@code USER} would name it; absent for the container's own user
     */
    default ContainerRuntime as(Value<String> other) {
        return this;
    }

    /** In the order in which they are mounted: the last one that holds a path decides. The engine's own are included. */
    List<Mount> mounts();

    /** The mount at a path as declared. */
    default Optional<Mount> mountAt(ContainerPath path) {
        return mounts().stream().filter(mount -> mount.path().equals(path)).findFirst();
    }

    /** The name of the container that declares what {@code volumesFrom} mounts at a path, through however many others. */
    default Optional<String> declaring(ContainerPath path) {
        return Optional.empty();
    }

    /** Why the container would not start; empty if it would. */
    List<StartFailure> startFailures();

    /** Whether the engine creates it: others can take its volumes then, even if it does not start. */
    default boolean isCreated() {
        return startFailures().isEmpty();
    }

    /** Pairs of mounts that land on one directory, the covered one first. */
    List<Overlap> overlaps();

    /**
     * Whether the container's user can write at a path: make it with what is missing above it, and files in it; or,
     * where it is a file, write to it.
     *
     * @param createsParents whether the writer makes missing parent directories; if not, a missing parent refuses it
     */
    Access access(ContainerPath path, boolean createsParents);

    /** Whether the container's user can make files of any name in a directory, which must be there. */
    default Access accessIn(ContainerPath directory) {
        return access(directory, false);
    }

    /**
     * Why a container does not start.
     *
     * @param path of the mount that keeps it from starting, where one does
     */
    record StartFailure(StartProblem problem, Location location, Optional<ContainerPath> path) {}

    record Overlap(Mount covered, Mount covering) {}
}
