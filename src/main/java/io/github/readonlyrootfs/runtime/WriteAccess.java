// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

/** What a write by the container's user gets under a read-only root. */
public enum WriteAccess {
    WRITABLE,
    /** EROFS: the path is on no writable mount. */
    READ_ONLY,
    /** EACCES: a writable mount holds it, but owner and mode refuse the user; or a directory above cannot be entered. */
    NOT_PERMITTED,
    /** The files do not say; the reason explains why. */
    UNKNOWN,
    /** The container does not start at all. */
    CANNOT_START;

    /** Whether a write certainly fails. */
    public boolean isRefusal() {
        return this == READ_ONLY || this == NOT_PERMITTED || this == CANNOT_START;
    }
}
