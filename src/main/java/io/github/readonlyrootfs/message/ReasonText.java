// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.message;

import io.github.readonlyrootfs.runtime.AccessReason;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.Reason;
import io.github.readonlyrootfs.runtime.UnknownStart;
import io.github.readonlyrootfs.runtime.UnknownUser;
import io.github.readonlyrootfs.source.ContainerPath;

/** Reasons as half sentences. */
public final class ReasonText {

    // Few builds need these, and each phrase takes time to link.

    private static final class Starts {

        static final Phrases<UnknownStart> PHRASES = new Phrases<UnknownStart>()
                .say(
                        UnknownStart.MayHideKernels.class,
                        it -> "the container starts only if the instance's own " + it.directory()
                                + " is mounted there, and whether it is is not known")
                .say(
                        UnknownStart.MountPointMayBeMissing.class,
                        it -> "whether the read-only mount at " + it.readOnlyMount() + " has a directory for "
                                + it.mountPoint() + " is not known, and without it the container does not start")
                .say(
                        UnknownStart.WorkingDirectoryMayBeMissing.class,
                        it -> "whether the read-only mount at " + it.readOnlyMount() + " has the working directory "
                                + it.workingDirectory() + " is not known, and without it the container does not start")
                .say(
                        UnknownStart.MountTooDeep.class,
                        it -> "whether the engine mounts something " + it.names()
                                + " directories deep is not known: Docker mounts no volume deeper than "
                                + ContainerPath.MAX_DEPTH)
                .say(
                        UnknownStart.NeedsQuota.class,
                        it -> "the size of volume " + it.volume()
                                + " needs a file system with quotas on the instance, or the container does not start")
                .say(
                        UnknownStart.DoubtfulTmpfsOption.class,
                        it -> "whether a tmpfs accepts the option " + it.option() + " is not known");
    }

    private static final class Users {

        static final Phrases<UnknownUser> PHRASES = new Phrases<UnknownUser>()
                .say(UnknownUser.NameUnknown.class, it -> it.value().reason())
                .say(
                        UnknownUser.BaseMaySetUser.class,
                        it -> "base image " + it.base() + " may set USER: its configuration is not known")
                .say(UnknownUser.OnWindows.class, "users of Windows containers are not judged");
    }

    private ReasonText() {}

    /** {@code the volume's directory is root:root 0755}. */
    public static String of(Reason reason) {
        if (reason instanceof AccessReason access) {
            return AccessPhrases.of(access);
        }
        if (reason instanceof OwnerReason owner) {
            return OwnerPhrases.of(owner);
        }
        return reason instanceof UnknownStart start ? Starts.PHRASES.of(start) : Users.PHRASES.of((UnknownUser) reason);
    }
}
