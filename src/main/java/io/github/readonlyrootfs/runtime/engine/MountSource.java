// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.UnknownStart;
import io.github.readonlyrootfs.source.Location;
import java.util.Optional;

/**
 * The source of a mount.
 *
 * @param readOnly whether it refuses writes even if the mount point is writable
 * @param noexec whether code in it cannot be executed
 * @param kernel whether its content comes from the kernel, so that no file can be created in it
 * @param socket whether it is a socket, which takes connections on a read-only mount too
 * @param undecided why the access of every user, even root, is unknown
 * @param undecidedStart why it cannot be determined whether the container starts with it
 * @param refusal why the container does not start with it
 */
record MountSource(
        MountRoot root,
        boolean readOnly,
        boolean noexec,
        boolean kernel,
        boolean socket,
        Optional<OwnerReason> undecided,
        Optional<UnknownStart> undecidedStart,
        Optional<Refusal> refusal) {

    /**
     * Why a container does not start with it.
     *
     * @param location of the mistake
     */
    record Refusal(StartProblem problem, Location location) {}

    static MountSource of(MountRoot root) {
        return new MountSource(root, false, false, false, false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Storage whose owner decides outside of these files, even about root. */
    static MountSource foreign(OwnerReason reason) {
        return of(MountRoot.unknown(Ownership.UNKNOWN, reason)).undecided(reason);
    }

    MountSource readOnly(boolean alsoReadOnly) {
        return new MountSource(
                root, readOnly || alsoReadOnly, noexec, kernel, socket, undecided, undecidedStart, refusal);
    }

    MountSource noexec(boolean withoutCode) {
        return new MountSource(root, readOnly, withoutCode, kernel, socket, undecided, undecidedStart, refusal);
    }

    MountSource ofKernel() {
        return new MountSource(root, readOnly, noexec, true, socket, undecided, undecidedStart, refusal);
    }

    MountSource ofSocket() {
        return new MountSource(root, readOnly, noexec, kernel, true, undecided, undecidedStart, refusal);
    }

    MountSource undecided(OwnerReason because) {
        return new MountSource(root, readOnly, noexec, kernel, socket, Optional.of(because), undecidedStart, refusal);
    }

    MountSource undecidedStart(Optional<UnknownStart> because) {
        return new MountSource(root, readOnly, noexec, kernel, socket, undecided, because, refusal);
    }

    MountSource refused(Refusal because) {
        return new MountSource(root, readOnly, noexec, kernel, socket, undecided, undecidedStart, Optional.of(because));
    }
}
