// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.edit.Change;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.DirectoryAccess;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.engine.HostPaths;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.Volume;
import io.github.readonlyrootfs.taskdef.schema.AccessPoint;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.List;
import java.util.Optional;

/** Lets the user of a container write where owner and mode of a mount refuse it. */
record MountOwner(ContainerRemedies here) {

    private static final ContainerPath DEV = ContainerPath.of("/dev");
    private static final ContainerPath SHM = DEV.resolve("shm");

    /** Makes the user own a path on a mount, or on the way to one. */
    Remedy permit(ContainerPath path, Access access, Need need) {
        if (access.cause() == Access.Cause.NOT_A_DIRECTORY) {
            return ContainerRemedies.elsewhere(access.decidedAt() + " is a file in the image");
        }
        Optional<Mount> mount = access.mount();
        if (access.cause() == Access.Cause.NOT_SEARCHABLE) {
            // What the image has below a mount of another kind does not decide.
            return mount.filter(at -> !isFromImage(at)).isPresent()
                    ? own(mount.get(), mount.get().path())
                    : enter(path, access);
        }
        if (mount.isEmpty()) {
            return Remedy.advice("have the application write elsewhere");
        }
        if (access.cause() == Access.Cause.PARENT_MISSING) {
            return makeParent(mount.get(), need.kind() == Need.Kind.ENTRIES ? path : path.parent());
        }
        return own(mount.get(), directoryToOwn(mount.get(), path, need));
    }

    /** Changes the owner of the mounted directory to the user, so that its access is known. */
    Remedy makeKnown(Mount mount, ContainerPath path, Access access, Need need) {
        if (access.cause() != Access.Cause.UNKNOWN_FILE) {
            return own(mount, directoryToOwn(mount, path, need));
        }
        return DirectoryAccess.isOwners(here.user(), here.at(path.parent()))
                ? withContent(own(mount, path.parent()))
                : removeFile(path);
    }

    /** The same, with the existing content of the directories that get a new owner. */
    static Remedy withContent(Remedy remedy) {
        List<Change> changes = remedy.changes().stream()
                .<Change>map(change -> change instanceof Change.Own own
                        ? new Change.Own(own.container(), own.user(), own.path(), own.shared(), true, own.before())
                        : change)
                .toList();
        return remedy.with(changes, remedy.edits());
    }

    /** With {@code -r}: without it a directory of that name would stay. */
    private Remedy removeFile(ContainerPath path) {
        String base = here.on().container().image().base();
        return Remedy.advice(
                here.build().isPresent()
                        ? "remove the file in the Dockerfile, by `RUN rm -rf " + path + "`: image " + base
                                + " may have it"
                        : "make sure that image " + base + " has no file " + path);
    }

    private ContainerPath directoryToOwn(Mount mount, ContainerPath path, Need need) {
        boolean whole =
                MountPlace.isDirectory(here.on(), path, need) || here.at(path).isFile() || path.equals(mount.path());
        return whole ? path : path.parent();
    }

    /** Opens the directory on the way that decided. */
    Remedy enter(ContainerPath path, Access access) {
        if (here.build().isEmpty()) {
            return ContainerRemedies.elsewhere(
                    "the image does not let " + here.user().shortly() + " into " + access.decidedAt());
        }
        Optional<Mount> mount =
                access.mount().or(() -> here.on().holder(here.files().real(path)));
        Optional<Location> volume = mount.flatMap(here::projectVolume);
        Remedy entered = Remedy.of(new Change.Enter(here.on().name(), here.user(), access.decidedAt(), volume));
        Ownership present = mount.map(at -> at.root().ownership()).orElse(Ownership.UNKNOWN);
        if (!DirectoryAccess.isCertain(here.user(), present)) {
            entered = entered.and(here.own(path, volume));
        }
        return mount.isPresent()
                ? entered
                : entered.and(here.declare(here.files().real(path)));
    }

    private Remedy makeParent(Mount mount, ContainerPath parent) {
        return isFromImage(mount) && here.build().isPresent()
                ? own(mount, parent)
                : Remedy.advice(
                        "mount it at " + parent + " instead of " + mount.path() + ": nothing creates that directory");
    }

    /** Whether it may take owner and mode from the image. */
    private static boolean isFromImage(Mount mount) {
        return switch (mount.declaration().kind()) {
            case IMAGE_VOLUME, TASK_VOLUME, DOCKER_VOLUME -> true;
            default -> false;
        };
    }

    /** Nothing below /dev is copied from the image: the engine mounts its own /dev first. */
    private Remedy unmount(Mount mount) {
        boolean covers = mount.path().equals(SHM)
                && here.on().runtime().mounts().stream()
                        .anyMatch(other ->
                                other.is(Mount.Kind.ENGINE) && other.target().equals(SHM));
        return covers
                ? here.remove(mount).noting("every user can write the engine's own " + SHM)
                : ContainerRemedies.elsewhere("the image's files below " + DEV + " are not copied");
    }

    /** Changes the owner of the mounted directory to the user. */
    Remedy own(Mount mount, ContainerPath path) {
        if (mount.path().isAtOrBelow(DEV) && isFromImage(mount)) {
            return unmount(mount);
        }
        Optional<ContainerPath> exposed = isFromImage(mount) && !here.user().overridesPermissions()
                ? here.code().within(here.files().real(path))
                : Optional.empty();
        if (exposed.isPresent()) {
            return Remedy.advice("mount only the directories below " + path + " that are written: its owner can change "
                    + exposed.get());
        }
        return switch (mount.declaration().kind()) {
            case IMAGE_VOLUME -> new ImageOwner(here).imageVolume(mount, path);
            case TASK_VOLUME ->
                SharedVolume.decidedByAnother(here.on(), mount)
                        .map(Remedy::advice)
                        .orElseGet(() -> new ImageOwner(here).taskVolume(mount, path));
            case DOCKER_VOLUME -> ownDockerVolume(mount, path);
            case TMPFS ->
                here.tmpfs(mount)
                        .map(tmpfs -> here.editor()
                                .tmpfs(tmpfs)
                                .add(
                                        "mountOptions",
                                        TmpfsOwner.options(
                                                        here.user(),
                                                        mount.root().ownership().ownerMayWrite())
                                                .stream()
                                                .map(Fragment::of)
                                                .toList()))
                        .orElseGet(() -> new NewMount(here).addTmpfs(mount.path(), false));
            case VOLUMES_FROM -> new VolumesFromRemedy(here).own(mount, path);
            case EBS ->
                here.user().unknownBecause().isPresent()
                        ? Remedy.advice("set `user` in container " + here.on().name()
                                + " to a number: ECS gives an EBS volume to that user")
                        : here.editor()
                                .container(here.on().container().definition())
                                .set("user", Fragment.of(here.user().name()))
                                .noting("ECS gives an EBS volume to that user");
            case HOST_PATH -> ownHostPath(mount);
            case EFS -> ownFileSystem(mount, "volumes.efsVolumeConfiguration", "the EFS file system");
            case S3FILES -> ownFileSystem(mount, "volumes.s3filesVolumeConfiguration", "S3 Files");
            case FSX -> ContainerRemedies.elsewhere("the FSx file system decides who may write");
            case ENGINE -> ownEngines(mount, path);
        };
    }

    private Remedy ownEngines(Mount mount, ContainerPath path) {
        boolean hasShm = here.on().runtime().mounts().stream()
                .anyMatch(other -> other.target().equals(SHM));
        return hasShm || !path.isAtOrBelow(SHM)
                ? ContainerRemedies.elsewhere(mount.target() + " belongs to the container engine"
                        + (hasShm ? "; every user can write " + SHM : ""))
                : removeIpcMode().noting("with it, the containers have no " + SHM);
    }

    private Remedy removeIpcMode() {
        String key = "`" + here.on().task().key("ipcMode") + "`";
        return here.on().task().definition().orElseThrow().parameters().at("ipcMode").stream()
                .findFirst()
                .map(ipcMode -> here.editor().remove(ipcMode.value(), key))
                .orElseGet(() -> Remedy.advice("remove " + key));
    }

    private Remedy ownHostPath(Mount mount) {
        Optional<Volume.Storage.HostPath> host = storage(mount)
                .flatMap(storage ->
                        storage instanceof Volume.Storage.HostPath path ? Optional.of(path) : Optional.empty());
        if (host.filter(HostPaths::isSystems).isPresent()) {
            return ContainerRemedies.elsewhere("the mount is a directory of the instance");
        }
        return Remedy.advice(host.flatMap(HostPaths::engineSocket)
                .map(socket -> "make sure on the instance that " + here.user().shortly() + " may use " + socket
                        + volumeName(mount))
                .orElseGet(() -> "give the directory on the instance" + volumeName(mount) + " to "
                        + here.user().shortly()));
    }

    private Remedy ownFileSystem(Mount mount, String configuration, String fileSystem) {
        if (here.user().overridesPermissions()) {
            return Remedy.advice("make sure that root may write there" + volumeName(mount)
                    + ": the effect of the task role and the access point is not in these files");
        }
        boolean accessPoint = storage(mount)
                .filter(storage -> (storage instanceof Volume.Storage.Efs efs
                                && !efs.accessPointId().isAbsent())
                        || (storage instanceof Volume.Storage.S3Files files
                                && !files.accessPointArn().isAbsent()))
                .isPresent();
        Optional<AccessPoint> known = storage(mount)
                .flatMap(storage -> storage instanceof Volume.Storage.Efs efs ? efs.accessPoint() : Optional.empty());
        if (known.isPresent()) {
            return Remedy.advice(
                    known.get().user().isPresent()
                            ? "let `creation_info` of the access point" + volumeName(mount)
                                    + " give the directory to its `posix_user`; a directory that exists keeps its owner"
                            : "set the POSIX user of the access point" + volumeName(mount)
                                    + " to that of the directory, uid "
                                    + known.get().directory().uid());
        }
        return Remedy.advice(
                accessPoint
                        ? "set the POSIX user of the access point" + volumeName(mount) + " to " + posixUser()
                        : "add an access point to the " + here.on().task().key(configuration) + volumeName(mount)
                                + " whose POSIX user is " + posixUser() + ", or give the directory on " + fileSystem
                                + " to that user");
    }

    /** As a file system outside the image knows it: by number, where there is one. */
    private String posixUser() {
        Optional<Integer> uid = here.user().uid().map(UnixId::number);
        return uid.map(number -> "uid " + number).orElseGet(() -> here.user().shortly());
    }

    private Optional<Volume.Storage> storage(Mount mount) {
        return here.on().volume(mount).map(Volume::storage);
    }

    private Remedy ownDockerVolume(Mount mount, ContainerPath path) {
        return storage(mount)
                .flatMap(storage -> storage instanceof Volume.Storage.Docker docker
                        ? new DockerVolumeRemedy(here.user(), here.editor()).own(docker, volumeName(mount))
                        : Optional.empty())
                .orElseGet(() -> new ImageOwner(here).taskVolume(mount, path));
    }

    private static String volumeName(Mount mount) {
        return mount.declaration()
                .volume()
                .map(name -> " (volume " + name + ")")
                .orElse("");
    }
}
