// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Optional;

/**
 * Whether one path can be written, and what decided it.
 *
 * @param cause why, for choosing a remedy
 * @param reason why, for display
 * @param decidedAt the directory that decided: the mount's, the deepest existing one, or the one that cannot be entered
 * @param mount the mount that the path is on; empty if it is on the root file system
 * @param ownership of {@link #decidedAt}, where permissions decided
 */
public record Access(
        WriteAccess verdict,
        Cause cause,
        Reason reason,
        ContainerPath decidedAt,
        Optional<Mount> mount,
        Optional<Ownership> ownership) {

    public enum Cause {
        /** Writable. */
        NONE,
        /** Nothing is mounted there: it is part of the read-only root. */
        NO_MOUNT,
        /** A mount holds it, and it is read-only. */
        READ_ONLY_MOUNT,
        /** Owner and mode of the directory refuse the user. */
        OWNER,
        /** A directory on the way cannot be entered. */
        NOT_SEARCHABLE,
        /** The parent directory is missing, and the writer does not create it. */
        PARENT_MISSING,
        /** A regular file is where a directory is needed. */
        NOT_A_DIRECTORY,
        /** Who runs the container is unknown. */
        UNKNOWN_USER,
        /** Who owns the directory, or what is there, is unknown. */
        UNKNOWN_OWNER,
        /** The directory can be written; whether the image has a file of that name in it, and whose, is unknown. */
        UNKNOWN_FILE,
        /** Whether the container starts is unknown. */
        UNKNOWN_START,
        /** The container does not start. */
        CANNOT_START
    }
}
