package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.Ownership;
import io.github.readonlyrootfs.image.Provenance;
import io.github.readonlyrootfs.image.UnixId;
import io.github.readonlyrootfs.runtime.MountTable.Walk;
import io.github.readonlyrootfs.runtime.Planned.What;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import java.util.Optional;

/** What stands behind the volumes of a task. */
final class TaskVolumes {

    /**
     * The group that ECS makes for an EBS volume and adds the container definition's user to. Its number is none that
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
     * What a mount point mounts.
     *
     * @param walk where it is to go
     * @param image of the container that mounts it
     */
    MountSource source(Planned planned, What.FromTask volume, Walk walk, Optional<Image> image) {
        if (volume.storage().isEmpty()) {
            return MountSource.of(Rooted.unknown(Ownership.UNKNOWN, "volume " + volume.volume() + " is not defined"));
        }
        Storage storage = volume.storage().get();
        if (storage instanceof Storage.Empty) {
            return MountSource.of(empty.root(volume.volume(), planned, platform));
        }
        if (storage instanceof Storage.Docker docker) {
            return new DockerVolume(docker, empty).source(volume.volume(), planned, image);
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
                            ? "what the task role may do with S3 Files, and who owns the directory there, is not in these files"
                            : "the POSIX user of the S3 Files access point is not in these files");
        }
        if (storage instanceof Storage.Unknown unknown) {
            return MountSource.of(Rooted.unknown(Ownership.UNKNOWN, unknown.reason()));
        }
        return MountSource.foreign("the permissions of the file system are not in these files");
    }

    /** Source: ECS developer guide, ebs-non-root-behavior.html: the volume is root's, 0775 with setgid. */
    private static Rooted ebs(Planned planned) {
        String rule = "ECS adds the container definition's user to the group of an EBS volume";
        Optional<String> unsaid = planned.inherited()
                ? Optional.of("that of another container, which takes the volume from it")
                : planned.owner().user().isAbsent()
                        ? Optional.of("a user that only the image names")
                        : Optional.empty();
        return Rooted.empty(
                new Ownership(UnixId.ROOT, unsaid.isPresent() ? null : EBS_GROUP, 02775),
                Provenance.of(rule
                        + unsaid.map(user -> "; for " + user + ", AWS does not say")
                                .orElse("")));
    }

    /**
     * An access point acts as its own user for whoever mounts it, and with IAM the task role decides whether even root is
     * one; without either the server takes the container's ids as they are (EFS user guide, accessing-fs-nfs-permissions
     * and efs-access-points).
     */
    private static MountSource efs(Storage.Efs efs) {
        if (!efs.accessPointId().isAbsent()) {
            return MountSource.foreign("the POSIX user of the EFS access point is not in these files");
        }
        String reason = "who owns the directory on the EFS file system is not in these files";
        MountSource plain = MountSource.of(Rooted.unknown(Ownership.UNKNOWN, reason));
        return efs.iam().isAbsent() || efs.iam().known().equals(Optional.of("DISABLED"))
                ? plain
                : plain.undecided("what the task role may do on the EFS file system is not in these files");
    }
}
