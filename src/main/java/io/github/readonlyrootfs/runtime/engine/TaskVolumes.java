// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.engine.MountTable.Walk;
import io.github.readonlyrootfs.runtime.engine.PlannedMount.What;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import io.github.readonlyrootfs.taskdef.schema.AccessPoint;
import java.util.Optional;

/** The storage of a task's volumes. */
final class TaskVolumes {

    /**
     * The group that ECS makes for an EBS volume and adds the container definition's user to. Its number is not one that
     * an image can have.
     */
    static final UnixId EBS_GROUP = new UnixId(-1, "(the volume's group)");

    private final EmptyVolumes empty;
    private final Platform platform;

    TaskVolumes(EmptyVolumes empty, Platform platform) {
        this.empty = empty;
        this.platform = platform;
    }

    /**
     * The directory that a mount point mounts.
     *
     * @param walk where it is to go
     */
    MountSource source(PlannedMount planned, What.FromTask volume, Walk walk) {
        if (volume.storage().isEmpty()) {
            return MountSource.of(
                    MountRoot.unknown(Ownership.UNKNOWN, new OwnerReason.UndefinedVolume(volume.volume())));
        }
        Storage storage = volume.storage().get();
        if (storage instanceof Storage.Empty) {
            return MountSource.of(empty.root(volume.volume(), planned, platform));
        }
        if (storage instanceof Storage.Docker docker) {
            return new DockerVolume(docker, empty).source(volume.volume(), planned);
        }
        if (storage instanceof Storage.Ebs) {
            return MountSource.of(ebs(planned));
        }
        if (storage instanceof Storage.HostPath host) {
            return HostPaths.source(host, walk, platform);
        }
        if (storage instanceof Storage.Efs efs) {
            return efs(efs);
        }
        if (storage instanceof Storage.S3Files files) {
            return MountSource.foreign(
                    files.accessPointArn().isAbsent()
                            ? OwnerReason.Outside.S3_FILES_ROLE
                            : OwnerReason.Outside.S3_FILES_ACCESS_POINT);
        }
        if (storage instanceof Storage.Unknown unknown) {
            return MountSource.of(
                    MountRoot.unknown(Ownership.UNKNOWN, new OwnerReason.StorageUnknown(unknown.value())));
        }
        return MountSource.foreign(OwnerReason.Outside.FILE_SYSTEM);
    }

    /** Source: ECS developer guide, ebs-non-root-behavior.html: the volume is root's, 0775 with setgid. */
    private static MountRoot ebs(PlannedMount planned) {
        OwnerReason.Ebs reason = planned.inherited()
                ? OwnerReason.Ebs.USER_OF_OTHER_CONTAINER
                : planned.owner().process().user().isAbsent()
                        ? OwnerReason.Ebs.USER_OF_IMAGE
                        : OwnerReason.Ebs.GROUP_OF_USER;
        UnixId group = reason == OwnerReason.Ebs.GROUP_OF_USER ? EBS_GROUP : null;
        return MountRoot.empty(new Ownership(UnixId.ROOT, group, 02775), reason);
    }

    /**
     * An access point acts as its own user for all containers, and with IAM the task role decides whether even root is
     * one; without either the server takes the container's ids as they are (EFS user guide, accessing-fs-nfs-permissions
     * and efs-access-points). A file system without a policy of its own lets every client in, whatever its role
     * (iam-access-control-nfs-efs).
     */
    private static MountSource efs(Storage.Efs efs) {
        if (!efs.accessPointId().isAbsent()) {
            return efs.accessPoint()
                    .map(point -> MountSource.of(accessPoint(point)))
                    .orElseGet(() -> MountSource.foreign(OwnerReason.Outside.EFS_ACCESS_POINT));
        }
        MountSource plain = MountSource.of(MountRoot.unknown(Ownership.UNKNOWN, OwnerReason.Outside.EFS_DIRECTORY));
        return efs.iam().isAbsent() || efs.iam().known().equals(Optional.of("DISABLED"))
                ? plain
                : plain.undecided(OwnerReason.Outside.EFS_ROLE);
    }

    /** EFS makes the directory when the first client comes (API_CreationInfo); what later ones find in it is unknown. */
    private static MountRoot accessPoint(AccessPoint point) {
        AccessPoint.Directory directory = point.directory();
        Ownership ownership = new Ownership(
                UnixId.of(directory.uid()),
                UnixId.of(directory.gid()),
                directory.mode().orElse(null));
        OwnerReason reason =
                directory.mode().isPresent() ? new OwnerReason.MadeByAccessPoint() : OwnerReason.Outside.EFS_DIRECTORY;
        return MountRoot.unknown(ownership, reason, OwnerReason.Outside.EFS_DIRECTORY)
                .as(point.user().map(TaskVolumes::client));
    }

    /** For EFS, uid 0 and gid 0 are root, and nothing else but the numbers counts (repost.aws, efs-access-point-configurations). */
    private static ContainerUser client(AccessPoint.User user) {
        return new ContainerUser(
                String.valueOf(user.uid()),
                Optional.of(UnixId.of(user.uid())),
                Optional.of(UnixId.of(user.gid())),
                user.groups().stream().map(UnixId::of).toList(),
                true,
                Optional.empty(),
                user.uid() == 0 || user.gid() == 0,
                Optional.empty());
    }
}
