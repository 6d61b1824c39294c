// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;

/** What gives a mounted directory its owner, mode and content, or why these cannot be determined. */
public sealed interface OwnerReason extends Reason {

    record OfImage(Provenance provenance) implements OwnerReason {}

    record OfEngine() implements OwnerReason {}

    record ImageContentUnknown() implements OwnerReason {}

    // Shared memory.

    /** The instance's own. */
    record InstancesSharedMemory(String ipcModeKey) implements OwnerReason {}

    /** The task's. */
    record TasksSharedMemory(String ipcModeKey) implements OwnerReason {}

    /**
     * The container's own.
     *
     * @param mebibytes as written; empty for Docker's default
     */
    record OwnSharedMemory(String sizeKey, Optional<String> mebibytes) implements OwnerReason {}

    // Volumes that start empty.

    /** The image has no such directory, and the engine makes it. */
    record NotInImage() implements OwnerReason {}

    /** The image has no VOLUME of exactly this path, so its directory does not come along. */
    record NotCopied() implements OwnerReason {}

    /** A VOLUME through a symbolic link, which loses content and owner on a platform. */
    record LinkedVolume(Platform platform) implements OwnerReason {}

    /** A container that runs first may change owner or mode. */
    record PreparedBy(String container) implements OwnerReason {}

    /** A container that runs first certainly leaves it so. */
    record LeftBy(String container) implements OwnerReason {}

    /** A container that runs first may leave something, so that this image's directory does not come along. */
    record WrittenFirstBy(String container) implements OwnerReason {}

    /** What another container's image brings comes first, and stays. */
    record BroughtBy(String container) implements OwnerReason {}

    /** The images of two containers bring different directories. */
    record BroughtByTwo(String other, Ownership theirs, Ownership own) implements OwnerReason {}

    /** Other containers may leave something in it. */
    record SharedContent() implements OwnerReason {}

    /** Whether a platform takes a VOLUME and a mount point, which spell a path differently, for one is not known. */
    record SpelledDifferently(Platform platform, String volume, String mountPoint) implements OwnerReason {}

    /**
     * A VOLUME that is not known may be this one.
     *
     * @param base the image whose configuration is not known; empty where only the path of a VOLUME is not
     */
    record MayBeVolume(Optional<String> base, ContainerPath path) implements OwnerReason {}

    // Memory.

    /** Where a tmpfs of the task definition has its mode from. */
    enum TmpfsMode implements OwnerReason {
        OPTION,
        COVERED_DIRECTORY,
        NO_DIRECTORY,
        UNKNOWN_DIRECTORY
    }

    record DriverTmpfs() implements OwnerReason {}

    record SharedTmpfs() implements OwnerReason {}

    // Directories of the instance.

    record EngineSocket(ContainerPath socket) implements OwnerReason {}

    /** The files of the kernel, which are not storage. */
    record OfKernel(ContainerPath path) implements OwnerReason {}

    /** A directory that every Linux has alike. */
    record OfEveryLinux(ContainerPath path) implements OwnerReason {}

    record InstanceContent(ContainerPath path) implements OwnerReason {}

    /**
     * A directory of the instance.
     *
     * @param path empty where not even that is known
     */
    record OfInstance(Optional<ContainerPath> path) implements OwnerReason {}

    // Other storage.

    /** Who decides, where that is outside of the files. */
    enum Outside implements OwnerReason {
        EFS_ACCESS_POINT,
        EFS_DIRECTORY,
        EFS_ROLE,
        S3_FILES_ACCESS_POINT,
        S3_FILES_ROLE,
        FILE_SYSTEM,
        NFS_SERVER
    }

    /** An EBS volume, which is root's and, mostly, the group's that ECS puts the user into. */
    enum Ebs implements OwnerReason {
        GROUP_OF_USER,
        /** AWS does not document what happens with a user that only the image names. */
        USER_OF_IMAGE,
        /** AWS does not document what happens with the user of a container that takes the volume from another one. */
        USER_OF_OTHER_CONTAINER
    }

    /** The directory of an EFS access point, as that makes it. */
    record MadeByAccessPoint() implements OwnerReason {}

    record UndefinedVolume(String volume) implements OwnerReason {}

    record StorageUnknown(Value.Unknown<?> value) implements OwnerReason, Reason.OfValue {}

    // Volumes of dockerVolumeConfiguration.

    record DriverUnknown(Value.Unknown<?> value) implements OwnerReason, Reason.OfValue {}

    record OfDriver(String driver) implements OwnerReason {}

    record DriverOptionsUnknown(String volume) implements OwnerReason {}

    record NotMade() implements OwnerReason {}

    /** Whoever used it first owns it: it outlives the task. */
    record OutlivesTask() implements OwnerReason {}

    record MayOutliveTask() implements OwnerReason {}

    record OfFileSystem(String type) implements OwnerReason {}

    /**
     * A directory of the instance that the driver's options mount.
     *
     * @param device empty where no path is named
     */
    record OfDevice(Optional<String> device) implements OwnerReason {}
}
