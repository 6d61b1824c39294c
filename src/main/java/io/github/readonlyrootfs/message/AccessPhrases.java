// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.message;

import io.github.readonlyrootfs.runtime.AccessReason;
import io.github.readonlyrootfs.runtime.AccessReason.ByClient;
import io.github.readonlyrootfs.runtime.AccessReason.CannotStart;
import io.github.readonlyrootfs.runtime.AccessReason.ChangedByStart;
import io.github.readonlyrootfs.runtime.AccessReason.ContentUnknown;
import io.github.readonlyrootfs.runtime.AccessReason.DanglingLink;
import io.github.readonlyrootfs.runtime.AccessReason.DirectoryMissing;
import io.github.readonlyrootfs.runtime.AccessReason.FileInTheWay;
import io.github.readonlyrootfs.runtime.AccessReason.GivenByStart;
import io.github.readonlyrootfs.runtime.AccessReason.MayBeReadOnly;
import io.github.readonlyrootfs.runtime.AccessReason.MayNotGive;
import io.github.readonlyrootfs.runtime.AccessReason.MountNotPlaced;
import io.github.readonlyrootfs.runtime.AccessReason.MountOwnedBy;
import io.github.readonlyrootfs.runtime.AccessReason.NoMount;
import io.github.readonlyrootfs.runtime.AccessReason.NoSharedMemory;
import io.github.readonlyrootfs.runtime.AccessReason.NotSearchable;
import io.github.readonlyrootfs.runtime.AccessReason.OwnedBy;
import io.github.readonlyrootfs.runtime.AccessReason.ParentMissing;
import io.github.readonlyrootfs.runtime.AccessReason.PathTooLong;
import io.github.readonlyrootfs.runtime.AccessReason.PrivilegedSys;
import io.github.readonlyrootfs.runtime.AccessReason.ReadOnlyFile;
import io.github.readonlyrootfs.runtime.AccessReason.ReadOnlyMount;
import io.github.readonlyrootfs.runtime.AccessReason.RootWritesAnywhere;
import io.github.readonlyrootfs.runtime.AccessReason.SearchUnknown;
import io.github.readonlyrootfs.runtime.AccessReason.TmpfsOptionUnknown;
import io.github.readonlyrootfs.runtime.AccessReason.UnorderedMounts;
import io.github.readonlyrootfs.runtime.AccessReason.UserNotKnownWellEnough;
import io.github.readonlyrootfs.runtime.AccessReason.VolumeMayBeThere;
import io.github.readonlyrootfs.runtime.AccessReason.WindowsRoot;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;

/** The reasons for the access to a path, in words. */
final class AccessPhrases {

    private static final Phrases<AccessReason> USUAL = new Phrases<AccessReason>()
            .say(NoMount.class, "nothing is mounted there, and the root file system is read-only")
            .say(
                    ReadOnlyMount.class,
                    it -> it.engines()
                            ? it.mount() + " belongs to the container engine and is read-only"
                            : "the mount at " + it.mount() + " is read-only")
            .say(OwnedBy.class, it -> it.path() + " is " + OwnershipText.of(it.ownership()))
            .say(
                    MountOwnedBy.class,
                    it -> "the " + noun(it.kind()) + "'s directory is " + OwnershipText.of(it.ownership()))
            .say(DirectoryMissing.class, it -> missing("directory", it.directory()))
            .say(ParentMissing.class, it -> missing("parent directory", it.parent()));

    /** Few builds need these, and each phrase takes time to link. */
    private static final class Rare {

        static final Phrases<AccessReason> PHRASES = new Phrases<AccessReason>()
                .say(
                        PathTooLong.class,
                        "the path is too long: Linux allows 4095 bytes and 255 for each name, and this check follows "
                                + ContainerPath.MAX_DEPTH + " names")
                .say(CannotStart.class, it -> StartText.of(it.failure().problem()))
                .say(WindowsRoot.class, "Windows containers have no read-only root file system")
                .say(
                        ReadOnlyFile.class,
                        it -> "file " + it.file() + " is " + OwnershipText.of(it.ownership())
                                + ", and on a read-only file system")
                .say(PrivilegedSys.class, "/sys is not storage, although a privileged container can write to it")
                .say(
                        NoSharedMemory.class,
                        it -> "with " + it.ipcModeKey() + " none, nothing is mounted at /dev/shm, and "
                                + of(it.otherwise()))
                .say(
                        UserNotKnownWellEnough.class,
                        it -> of(it.owner()) + ", and not enough is known about " + UserText.of(it.user()))
                .say(
                        NotSearchable.class,
                        it -> "directory " + it.directory() + " is " + OwnershipText.of(it.ownership())
                                + ": the user cannot enter it")
                .say(
                        SearchUnknown.class,
                        it -> "directory " + it.directory() + " is " + OwnershipText.of(it.ownership())
                                + ": the user may be unable to enter it")
                .say(
                        ByClient.class,
                        it -> "the access point acts as " + UserText.of(it.client()) + ", and " + of(it.owner()))
                .say(FileInTheWay.class, it -> "a file blocks a directory below " + it.directory())
                .say(
                        DanglingLink.class,
                        it -> "a symbolic link in the path leads to " + it.target() + ", which does not exist")
                .say(GivenByStart.class, it -> "the start command gives it to " + UserText.of(it.user()))
                .say(
                        ChangedByStart.class,
                        it -> "the start command may change its owner or mode before " + UserText.of(it.user())
                                + " writes it")
                .say(MayNotGive.class, "only root with the capability CHOWN gives files to another user")
                .say(RootWritesAnywhere.class, it -> "root may write anywhere in the mount at " + it.mount())
                .say(ContentUnknown.class, "the content there is not known")
                .say(
                        VolumeMayBeThere.class,
                        it -> it.base()
                                .map(base -> "base image " + base
                                        + " may declare a VOLUME there: its configuration is not known")
                                .orElse("the image has a VOLUME at an unknown path"))
                .say(
                        MountNotPlaced.class,
                        it -> "the " + it.key() + " at " + it.value().location() + " is not known: "
                                + it.value().reason())
                .say(
                        MayBeReadOnly.class,
                        it -> "whether the mount at " + it.mount() + " is read-only is not known: "
                                + it.value().reason())
                .say(
                        UnorderedMounts.class,
                        it -> "the mounts at " + it.one() + " and " + it.other()
                                + " land on one directory, and which one covers the other is not fixed")
                .say(
                        TmpfsOptionUnknown.class,
                        it -> it.mayBeSeveral()
                                ? "whether the tmpfs option at " + it.option()
                                        + " is one option or several is not known"
                                : "the tmpfs option at " + it.option() + " is not known");
    }

    private AccessPhrases() {}

    static String of(AccessReason reason) {
        return USUAL.has(reason) ? USUAL.of(reason) : Rare.PHRASES.of(reason);
    }

    private static String missing(String what, ContainerPath path) {
        return what + " missing: " + path + " does not exist, and the writer does not create it";
    }

    private static String noun(Mount.Kind kind) {
        return switch (kind) {
            case TMPFS -> "tmpfs";
            case ENGINE -> "engine";
            default -> "volume";
        };
    }
}
