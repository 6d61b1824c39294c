// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.Optional;

/** A change that is made together with others of its kind: they share a line, a list or a block. */
public sealed interface Change {

    /** The name of the container whose files change. */
    String container();

    ContainerPath path();

    /** Whether it mounts something at its path. */
    default boolean mounts() {
        return true;
    }

    /** A RUN of the Dockerfile that builds the container's image. */
    sealed interface Run extends Change {

        ContainerUser user();

        /** The VOLUME that this must precede: the classic builder discards later changes. */
        Optional<Location> before();

        @Override
        default boolean mounts() {
            return false;
        }
    }

    /** Opens a directory to everybody. */
    record Enter(String container, ContainerUser user, ContainerPath path, Optional<Location> before) implements Run {}

    /**
     * Gives a directory, or a file of the image, to the user.
     *
     * @param shared whether other users write there too, so that no single user can own it
     * @param content whether the existing content of that directory must belong to the user too
     */
    record Own(
            String container,
            ContainerUser user,
            ContainerPath path,
            boolean shared,
            boolean content,
            Optional<Location> before)
            implements Run {}

    /** One more VOLUME, in the Dockerfile or the pom that the container's image is built from. */
    record Declare(String container, ContainerPath path) implements Change {}

    /**
     * One more tmpfs.
     *
     * @param options its mount options
     */
    record Tmpfs(String container, ContainerPath path, List<String> options) implements Change {}

    /**
     * One more mount point.
     *
     * @param volume the name of the task volume
     * @param define whether the task does not have it yet
     */
    record MountPoint(String container, String volume, boolean define, ContainerPath path) implements Change {}
}
