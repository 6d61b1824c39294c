// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.message;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.OwnerReason.BroughtBy;
import io.github.readonlyrootfs.runtime.OwnerReason.BroughtByTwo;
import io.github.readonlyrootfs.runtime.OwnerReason.DriverOptionsUnknown;
import io.github.readonlyrootfs.runtime.OwnerReason.DriverTmpfs;
import io.github.readonlyrootfs.runtime.OwnerReason.DriverUnknown;
import io.github.readonlyrootfs.runtime.OwnerReason.Ebs;
import io.github.readonlyrootfs.runtime.OwnerReason.EngineSocket;
import io.github.readonlyrootfs.runtime.OwnerReason.ImageContentUnknown;
import io.github.readonlyrootfs.runtime.OwnerReason.InstanceContent;
import io.github.readonlyrootfs.runtime.OwnerReason.InstancesSharedMemory;
import io.github.readonlyrootfs.runtime.OwnerReason.LeftBy;
import io.github.readonlyrootfs.runtime.OwnerReason.LinkedVolume;
import io.github.readonlyrootfs.runtime.OwnerReason.MadeByAccessPoint;
import io.github.readonlyrootfs.runtime.OwnerReason.MayBeVolume;
import io.github.readonlyrootfs.runtime.OwnerReason.MayOutliveTask;
import io.github.readonlyrootfs.runtime.OwnerReason.NotCopied;
import io.github.readonlyrootfs.runtime.OwnerReason.NotInImage;
import io.github.readonlyrootfs.runtime.OwnerReason.NotMade;
import io.github.readonlyrootfs.runtime.OwnerReason.OfDevice;
import io.github.readonlyrootfs.runtime.OwnerReason.OfDriver;
import io.github.readonlyrootfs.runtime.OwnerReason.OfEngine;
import io.github.readonlyrootfs.runtime.OwnerReason.OfEveryLinux;
import io.github.readonlyrootfs.runtime.OwnerReason.OfFileSystem;
import io.github.readonlyrootfs.runtime.OwnerReason.OfImage;
import io.github.readonlyrootfs.runtime.OwnerReason.OfInstance;
import io.github.readonlyrootfs.runtime.OwnerReason.OfKernel;
import io.github.readonlyrootfs.runtime.OwnerReason.OutlivesTask;
import io.github.readonlyrootfs.runtime.OwnerReason.Outside;
import io.github.readonlyrootfs.runtime.OwnerReason.OwnSharedMemory;
import io.github.readonlyrootfs.runtime.OwnerReason.PreparedBy;
import io.github.readonlyrootfs.runtime.OwnerReason.SharedContent;
import io.github.readonlyrootfs.runtime.OwnerReason.SharedTmpfs;
import io.github.readonlyrootfs.runtime.OwnerReason.SpelledDifferently;
import io.github.readonlyrootfs.runtime.OwnerReason.StorageUnknown;
import io.github.readonlyrootfs.runtime.OwnerReason.TasksSharedMemory;
import io.github.readonlyrootfs.runtime.OwnerReason.TmpfsMode;
import io.github.readonlyrootfs.runtime.OwnerReason.UndefinedVolume;
import io.github.readonlyrootfs.runtime.OwnerReason.WrittenFirstBy;

/** The reasons for the owner of a mounted directory, in words. */
final class OwnerPhrases {

    private static final Phrases<OwnerReason> PHRASES = new Phrases<OwnerReason>()
            .say(OfImage.class, it -> it.provenance().text())
            .say(OfEngine.class, "mounted by the container engine")
            .say(ImageContentUnknown.class, "the image's content there is not known")
            .say(InstancesSharedMemory.class, it -> "the instance's own shared memory, by " + it.ipcModeKey() + " host")
            .say(TasksSharedMemory.class, it -> "the task's shared memory, by " + it.ipcModeKey() + " task")
            .say(
                    OwnSharedMemory.class,
                    it -> "mounted by the container engine: "
                            + it.mebibytes()
                                    .map(size -> size + " MiB by " + it.sizeKey())
                                    .orElse("64 MiB unless " + it.sizeKey() + " sets another size"))
            .say(NotInImage.class, "the engine created it: the image has no such directory")
            .say(
                    NotCopied.class,
                    "the task volume is empty: the image's directory is copied only for a VOLUME at exactly this path")
            .say(
                    LinkedVolume.class,
                    it -> "a VOLUME through a symbolic link loses content and owner on " + it.platform())
            .say(PreparedBy.class, it -> "container " + it.container() + " runs first and may change owner or mode")
            .say(LeftBy.class, it -> "container " + it.container() + " runs first and leaves it so")
            .say(
                    WrittenFirstBy.class,
                    it -> "container " + it.container()
                            + " runs first, and if it writes to the volume, the owner and mode of this image's"
                            + " directory are not copied")
            .say(
                    BroughtBy.class,
                    it -> "container " + it.container()
                            + " starts first, and the volume keeps the owner and mode of its image's directory")
            .say(
                    BroughtByTwo.class,
                    it -> "it is shared with container " + it.other() + ", whose image has "
                            + owner(it.theirs()) + " there, and this one "
                            + owner(it.own()) + ": the last container to mount it while it is empty decides")
            .say(SharedContent.class, "it is shared with other containers")
            .say(
                    SpelledDifferently.class,
                    it -> "whether " + it.platform() + " treats VOLUME " + it.volume() + " and the mount point at "
                            + it.mountPoint() + " as one path is not known")
            .say(
                    MayBeVolume.class,
                    it -> it.base()
                            .map(base -> "base image " + base + " may declare VOLUME " + it.path()
                                    + ": its configuration is not known")
                            .orElse("the image has a VOLUME at an unknown path, which may be " + it.path()))
            .say(TmpfsMode.class, OwnerPhrases::tmpfs)
            .say(DriverTmpfs.class, "a tmpfs that driver options ask for: root:root 1777 unless they say otherwise")
            .say(SharedTmpfs.class, "several containers mount this tmpfs, and the last one may change its owner")
            .say(
                    EngineSocket.class,
                    it -> "the container engine's socket " + it.socket()
                            + " belongs to the instance: these files do not say who may use it")
            .say(OfKernel.class, it -> "the kernel's " + it.path() + " is not storage")
            .say(OfEveryLinux.class, it -> it.path() + " of the instance, as every Linux has it")
            .say(InstanceContent.class, it -> "the content of " + it.path() + " on the instance is not in these files")
            .say(
                    OfInstance.class,
                    it -> "the owner of "
                            + it.path().map(path -> path + " on the instance").orElse("a directory of the host")
                            + " is not in these files")
            .say(
                    OfDevice.class,
                    it -> "the owner of " + it.device().orElse("the directory")
                            + " on the instance is not in these files")
            .say(Outside.class, OwnerPhrases::outside)
            .say(Ebs.class, OwnerPhrases::ebs)
            .say(UndefinedVolume.class, it -> "volume " + it.volume() + " is not defined")
            .say(StorageUnknown.class, it -> it.value().reason())
            .say(
                    DriverUnknown.class,
                    it -> "the volume's driver is not known: " + it.value().reason())
            .say(OfDriver.class, it -> "the volume driver " + it.driver() + " decides who owns the directory")
            .say(DriverOptionsUnknown.class, it -> "the driver options of volume " + it.volume() + " are not known")
            .say(NotMade.class, "Docker does not make this volume")
            .say(OutlivesTask.class, "a volume with scope shared outlives the task, and its first user owns it")
            .say(MayOutliveTask.class, "whether the volume outlives the task is not known")
            .say(
                    MadeByAccessPoint.class,
                    "EFS makes the directory with the creation_info of the access point; one that exists keeps its owner")
            .say(OfFileSystem.class, it -> "who owns what is mounted as " + it.type() + " is not in these files");

    private OwnerPhrases() {}

    static String of(OwnerReason reason) {
        return PHRASES.of(reason);
    }

    private static String owner(Ownership ownership) {
        return ownership.isKnown() ? ownership.toString() : "an unknown owner";
    }

    private static String tmpfs(TmpfsMode mode) {
        return switch (mode) {
            case OPTION -> "tmpfs option mode";
            case COVERED_DIRECTORY -> "a tmpfs takes the mode of the directory it covers";
            case NO_DIRECTORY -> "the tmpfs covers no directory of the image";
            case UNKNOWN_DIRECTORY -> "a tmpfs takes the mode of the directory it covers, which is not known";
        };
    }

    private static String outside(Outside owner) {
        return switch (owner) {
            case EFS_ACCESS_POINT -> "the check does not know the POSIX user of the EFS access point";
            case EFS_DIRECTORY -> "who owns the directory on the EFS file system is not in these files";
            case EFS_ROLE -> "what the task role may do on the EFS file system is not in these files";
            case S3_FILES_ACCESS_POINT -> "the POSIX user of the S3 Files access point is not in these files";
            case S3_FILES_ROLE ->
                "what the task role may do with S3 Files, and who owns the directory there, is not in these files";
            case FILE_SYSTEM -> "the permissions of the file system are not in these files";
            case NFS_SERVER -> "the NFS server decides who may write";
        };
    }

    private static String ebs(Ebs volume) {
        String rule = "ECS adds the container definition's user to the group of an EBS volume";
        return switch (volume) {
            case GROUP_OF_USER -> rule;
            case USER_OF_IMAGE -> rule + "; AWS does not document it for a user that only the image sets";
            case USER_OF_OTHER_CONTAINER ->
                rule + "; AWS does not document it for a container that takes the volume from another";
        };
    }
}
