package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.FileNode;
import io.github.readonlyrootfs.image.ImageBuild;
import io.github.readonlyrootfs.image.ImageFileSystem;
import io.github.readonlyrootfs.image.Ownership;
import io.github.readonlyrootfs.image.UnixId;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.message.UserText;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.HostPaths;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.Fragment;
import io.github.readonlyrootfs.taskdef.Volume;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The one edit that makes a path writable, as a help text. A VOLUME in the project's Dockerfile is preferred, since it
 * keeps the image's owner on every platform. So is one in the pom that describes the image, where its user may write what
 * the image has there: no setting of the pom's gives a directory to a user. All other containers get a tmpfs.
 *
 * @param user who must be able to write: the container's, or that of one that takes its volumes
 * @param build the project's own build of the container's image
 */
record Remedy(JudgedContainer on, ContainerUser user, Optional<ImageBuild> build, Location reader) {

    private static final ContainerPath DEV = ContainerPath.of("/dev");
    private static final ContainerPath SHM = DEV.resolve("shm");

    /** Each help names all that is missing: with more than nobody declares by hand, that would be very much text. */
    private static final int MAX_AT_ONCE = 200;

    private static final Pattern WITHOUT_SHELL = Pattern.compile("scratch|.*(distroless(?!.*debug)|chiseled).*");

    private static final Pattern FILE_NAME = Pattern.compile(".+\\.(pid|sock|socket|lock|log|db|sqlite|tmp)");

    /** A remedy whose text is read beside a place: lines of that place's file need no file name. */
    static Remedy of(JudgedContainer on, Location reader) {
        return of(on, on.runtime().user(), reader);
    }

    /** A remedy in one container's files for another one's user. */
    static Remedy of(JudgedContainer on, ContainerUser user, Location reader) {
        // Without instructions, such as after a syntax error, there is no line to point at; without a shell, as in
        // distroless images, a RUN line would only break the build.
        boolean editable = !WITHOUT_SHELL.matcher(on.container().image().base()).matches();
        return new Remedy(
                on,
                user,
                on.container()
                        .build()
                        .filter(built -> editable && !built.steps().isEmpty()),
                reader);
    }

    private ImageFileSystem files() {
        return on.container().image().files();
    }

    private FileNode at(ContainerPath path) {
        return RealPath.at(files(), path);
    }

    /** Mounts something where nothing is mounted. */
    String mount(ContainerPath path, Need need) {
        ContainerPath directory = directoryToMount(path, need);
        if (directory.isRoot()) {
            return "name the directories below / that it writes: nothing can be mounted at / itself";
        }
        if (build.isEmpty()) {
            return declareInPom(directory).orElseGet(() -> addTmpfs(directory, need));
        }
        // On Fargate a VOLUME whose path goes through a symbolic link loses its owner: name the real path.
        ContainerPath real = RealPath.of(files(), directory);
        DockerfileEdit edit = DockerfileEdit.declare(List.of(real));
        if (isFile(path)) {
            return dockerfile(edit.owning(RealPath.of(files(), path)));
        }
        return dockerfile(Admission.isCertain(user, files().at(real)) ? edit : edit.owning(real));
    }

    /** A tmpfs is empty: what the pom puts there would be gone. */
    private String addTmpfs(ContainerPath directory, Need need) {
        return holdsContent(directory)
                ? elsewhere("a mount at " + directory + " would hide what the image brings there")
                : TaskDefinitionEdit.addTmpfs(on, unmounted(directory, need), reader);
    }

    private boolean holdsContent(ContainerPath directory) {
        return on.container().described().stream()
                .flatMap(source -> source.description().copied().stream())
                .anyMatch(copied -> copied.path().isAtOrBelow(directory));
    }

    private Optional<String> declareInPom(ContainerPath directory) {
        ContainerPath real = RealPath.of(files(), directory);
        return on.container()
                .described()
                .filter(source -> Admission.isCertain(user, files().at(real)))
                .flatMap(source -> new PomEdit(source, reader).declare(real));
    }

    private ContainerPath directoryToMount(ContainerPath path, Need need) {
        boolean whole = isDirectory(path)
                || need.directory()
                || (need.createsParents() && !isFile(path) && !soundsLikeFile(path));
        return whole ? path : path.parent();
    }

    /**
     * A directory with all others that the container cannot do without and that nothing is mounted at, in the order of
     * their names.
     */
    private Map<ContainerPath, Boolean> unmounted(ContainerPath directory, Need need) {
        Map<ContainerPath, Boolean> directories = new TreeMap<>();
        directories.put(directory, need.executable());
        if (on.container().needs().size() > MAX_AT_ONCE) {
            return directories;
        }
        RefusedNeed.of(on, WriteAccess.READ_ONLY)
                .filter(other -> other.access().mount().isEmpty())
                .filter(other -> other.need().advice().isEmpty() && other.need().impact() != Need.Impact.TOLERATED)
                .forEach(other -> directories.merge(
                        directoryToMount(other.path(), other.need()),
                        other.need().executable(),
                        Boolean::logicalOr));
        directories.keySet().removeIf(path -> path.isRoot() || holdsContent(path));
        return directories;
    }

    private boolean isFile(ContainerPath path) {
        return at(path) instanceof FileNode.RegularFile;
    }

    /** A declared path may be a file that the application makes: a directory of that name would be in its way. */
    private boolean soundsLikeFile(ContainerPath path) {
        return !isDirectory(path) && FILE_NAME.matcher(path.name()).matches();
    }

    private boolean isDirectory(ContainerPath path) {
        return at(path) instanceof FileNode.Directory;
    }

    private String dockerfile(DockerfileEdit edit) {
        boolean withOthers = edit.owned().filter(this::isWrittenByOthers).isPresent();
        return edit.help(build.orElseThrow(), user, withOthers, reader);
    }

    /** Whether a container of the same image writes there as another user, whom a {@code chown} would lock out. */
    private boolean isWrittenByOthers(ContainerPath path) {
        ImageBuild image = build.orElseThrow();
        return on.task().containers().stream()
                .filter(other -> other.build()
                        .filter(its -> its.dockerfile()
                                        .name()
                                        .equals(image.dockerfile().name())
                                && its.target().equals(image.target()))
                        .isPresent())
                .filter(other -> Optional.ofNullable(other.runtimes().get(on.platform()))
                        .filter(runtime -> !runtime.user().overridesPermissions() && !user.isSurely(runtime.user()))
                        .isPresent())
                .flatMap(other -> other.needs().stream())
                .flatMap(need -> need.alternatives().stream())
                .anyMatch(needed -> needed.isAtOrBelow(path));
    }

    /** Whether a task volume mounted at a path would be the user's own, without a VOLUME. */
    boolean ownsTaskVolume(ContainerPath path) {
        boolean copied = on.container().runtimes().keySet().stream().allMatch(Platform::runsDocker);
        return Admission.isCertain(user, Ownership.ROOT_0755) || (copied && Admission.isCertain(user, at(path)));
    }

    /** Makes a read-only mount writable, and gives it to the user where it is not yet. */
    String makeWritable(Mount mount, ContainerPath path) {
        return switch (mount.kind()) {
            case ENGINE -> elsewhere(mount.target() + " is the engine's own and stays read-only");
            case TMPFS ->
                TaskDefinitionEdit.tmpfs(on.container().definition(), mount)
                        .map(tmpfs -> TaskDefinitionEdit.removeReadOnly(on, tmpfs, reader))
                        .orElseGet(() -> "remove `ro` from the options of the tmpfs at " + mount.path());
            case VOLUMES_FROM -> new VolumesFromRemedy(this).makeWritable(mount, path);
            default ->
                TaskDefinitionEdit.mountPoint(on.container().definition(), mount)
                                .map(point -> TaskDefinitionEdit.setReadOnly(on, false, point, reader))
                                .orElseGet(() -> "make the mount at " + mount.path() + " writable")
                        + andOwn(mount);
        };
    }

    /** What to add to an edit of a VOLUME line after which it declares a directory; empty if the user may write it. */
    String andOwn(ContainerPath directory, Location volume) {
        return build.isEmpty() || Admission.isCertain(user, at(directory))
                ? ""
                : ", and " + dockerfile(DockerfileEdit.own(directory, Optional.of(volume)));
    }

    private String andOwn(Mount mount) {
        boolean decidedElsewhere = !mount.ownership().isKnown()
                && mount.kind() != Mount.Kind.TASK_VOLUME
                && mount.kind() != Mount.Kind.IMAGE_VOLUME;
        return decidedElsewhere || build.isEmpty() || Admission.isCertain(user, mount.ownership())
                ? ""
                : ", and " + own(mount, mount.path());
    }

    /** Makes the user own a path on a mount, or on the way to one. */
    String permit(ContainerPath path, Access access, Need need) {
        if (access.cause() == Access.Cause.NOT_A_DIRECTORY) {
            return elsewhere(access.decidedAt() + " is a file in the image");
        }
        Optional<Mount> mount = access.mount();
        if (access.cause() == Access.Cause.NOT_SEARCHABLE) {
            return enter(path, access);
        }
        if (mount.isEmpty()) {
            return elsewhere(ReasonText.of(access.reason()));
        }
        if (access.cause() == Access.Cause.PARENT_MISSING) {
            return makeParent(mount.get(), need.directory() ? path : path.parent());
        }
        return own(mount.get(), directoryToOwn(mount.get(), path, need));
    }

    /** Gives what is mounted to the user, so that nothing about it is unknown any more. */
    String makeKnown(Mount mount, ContainerPath path, Need need) {
        boolean perhapsFile =
                soundsLikeFile(path) && !path.equals(mount.path()) && at(path) instanceof FileNode.Unknown;
        return perhapsFile
                ? "see that image " + on.container().image().base() + " has no file " + path
                : own(mount, directoryToOwn(mount, path, need));
    }

    private ContainerPath directoryToOwn(Mount mount, ContainerPath path, Need need) {
        boolean whole = need.directory()
                || (need.createsParents() && !soundsLikeFile(path))
                || isDirectory(path)
                || isFile(path)
                || path.equals(mount.path());
        return whole ? path : path.parent();
    }

    /** Opens the directory on the way that decided. */
    String enter(ContainerPath path, Access access) {
        if (build.isEmpty()) {
            return elsewhere("the image does not let " + UserText.of(user) + " into " + access.decidedAt());
        }
        Optional<Mount> mount = access.mount().or(() -> on.holder(RealPath.of(files(), path)));
        Optional<Location> volume = mount.flatMap(this::projectVolume);
        DockerfileEdit edit = new DockerfileEdit(Optional.of(access.decidedAt()), Optional.empty(), List.of(), volume);
        Ownership present = mount.map(Mount::ownership).orElse(Ownership.UNKNOWN);
        if (!Admission.isCertain(user, present)) {
            edit = edit.owning(path);
        }
        return dockerfile(mount.isPresent() ? edit : edit.declaring(RealPath.of(files(), path)));
    }

    private String makeParent(Mount mount, ContainerPath parent) {
        return isFromImage(mount) && build.isPresent()
                ? own(mount, parent)
                : "mount it at " + parent + " instead of " + mount.path() + ": nothing makes that directory"
                        + mount.location()
                                .map(place -> " (" + LineNumber.of(place, reader) + ")")
                                .orElse("");
    }

    /** Whether its owner and mode may come along from the image. */
    private static boolean isFromImage(Mount mount) {
        return switch (mount.kind()) {
            case IMAGE_VOLUME, TASK_VOLUME, DOCKER_VOLUME -> true;
            default -> false;
        };
    }

    /** Below /dev no image has anything to come along: the engine mounts its own one first. */
    private String unmount(Mount mount) {
        boolean covers = mount.path().equals(SHM)
                && on.runtime().mounts().stream()
                        .anyMatch(other -> other.kind() == Mount.Kind.ENGINE
                                && other.target().equals(SHM));
        if (!covers) {
            return elsewhere("what the image has below " + DEV + " does not come along");
        }
        return TaskDefinitionEdit.remove(on.task(), on.container().definition(), mount, reader)
                        .orElseGet(() -> "remove `" + mount.path() + "`"
                                + mount.location()
                                        .map(place -> " in " + LineNumber.of(place, reader))
                                        .orElse(""))
                + ": the engine's own " + SHM + " admits every user";
    }

    /** Gives what is mounted to the user. */
    String own(Mount mount, ContainerPath path) {
        if (mount.path().isAtOrBelow(DEV) && isFromImage(mount)) {
            return unmount(mount);
        }
        return switch (mount.kind()) {
            case IMAGE_VOLUME -> ownImageVolume(mount, path);
            case TASK_VOLUME -> SharedVolume.decidedByAnother(on, mount).orElseGet(() -> ownTaskVolume(mount, path));
            case DOCKER_VOLUME -> ownDockerVolume(mount, path);
            case TMPFS ->
                TaskDefinitionEdit.tmpfs(on.container().definition(), mount)
                        .map(tmpfs -> TaskDefinitionEdit.own(
                                on, tmpfs, user, mount.ownership().ownerMayWrite(), reader))
                        .orElseGet(() -> TaskDefinitionEdit.addTmpfs(on, mount.path(), false, reader));
            case VOLUMES_FROM -> new VolumesFromRemedy(this).own(mount, path);
            case EBS ->
                TaskDefinitionEdit.container(on, reader)
                                .set("user", Fragment.of(user.name()))
                                .inline()
                        + ": ECS gives an EBS volume to that user";
            case HOST_PATH -> ownHostPath(mount);
            case EFS -> ownFileSystem(mount, "volumes.efsVolumeConfiguration", "the EFS file system");
            case S3FILES -> ownFileSystem(mount, "volumes.s3filesVolumeConfiguration", "S3 Files");
            case FSX -> elsewhere("who may write an FSx volume is not decided in these files");
            case ENGINE -> ownEngines(mount, path);
        };
    }

    private String ownEngines(Mount mount, ContainerPath path) {
        boolean hasShm =
                on.runtime().mounts().stream().anyMatch(other -> other.target().equals(SHM));
        return hasShm || !path.isAtOrBelow(SHM)
                ? elsewhere(mount.target() + " is the engine's own" + (hasShm ? "; " + SHM + " admits every user" : ""))
                : removeIpcMode() + ", which takes " + SHM + " from the containers";
    }

    private String removeIpcMode() {
        TaskDefinitionText text = TaskDefinitionEdit.text(on, reader);
        return text.task().parameters().at("ipcMode").stream()
                .flatMap(ipcMode -> text.remove(ipcMode.value()).stream())
                .findFirst()
                .orElseGet(() -> "remove `" + on.task().key("ipcMode") + "`");
    }

    private String ownHostPath(Mount mount) {
        Optional<Volume.Storage.HostPath> host = storage(mount)
                .flatMap(storage ->
                        storage instanceof Volume.Storage.HostPath path ? Optional.of(path) : Optional.empty());
        if (host.filter(HostPaths::isSystems).isPresent()) {
            return elsewhere("what is mounted is the instance's own");
        }
        return host.flatMap(HostPaths::engineSocket)
                .map(socket ->
                        "see on the instance that " + UserText.of(user) + " may use " + socket + volumeName(mount))
                .orElseGet(() -> "give the instance's directory to " + UserText.of(user) + volumeName(mount)
                        + ": its owner is not decided in these files");
    }

    private String ownFileSystem(Mount mount, String configuration, String fileSystem) {
        if (user.overridesPermissions()) {
            return "see that root may write there" + volumeName(mount)
                    + ": what the task role and the access point make of it is not in these files";
        }
        boolean accessPoint = storage(mount)
                .filter(storage -> (storage instanceof Volume.Storage.Efs efs
                                && !efs.accessPointId().isAbsent())
                        || (storage instanceof Volume.Storage.S3Files files
                                && !files.accessPointArn().isAbsent()))
                .isPresent();
        return accessPoint
                ? "let the POSIX user of the access point be " + posixUser() + volumeName(mount)
                        + ": who it is is not in these files"
                : "add an access point to the " + on.task().key(configuration) + volumeName(mount)
                        + " whose POSIX user is " + posixUser() + ", or give the directory on " + fileSystem
                        + " to that user";
    }

    /** As a file system outside the image knows it: by number, where there is one. */
    private String posixUser() {
        Optional<Integer> uid = user.uid().map(UnixId::number);
        return uid.map(number -> "uid " + number).orElseGet(() -> UserText.of(user));
    }

    private Optional<Volume.Storage> storage(Mount mount) {
        return mount.volume()
                .flatMap(name -> on.task().definition().flatMap(task -> task.volume(name)))
                .map(Volume::storage);
    }

    private String ownDockerVolume(Mount mount, ContainerPath path) {
        return storage(mount)
                .flatMap(storage -> storage instanceof Volume.Storage.Docker docker
                        ? new DockerVolumeRemedy(user, TaskDefinitionEdit.text(on, reader))
                                .own(docker, volumeName(mount))
                        : Optional.empty())
                .orElseGet(() -> ownTaskVolume(mount, path));
    }

    private static String volumeName(Mount mount) {
        return mount.volume().map(name -> " (volume " + name + ")").orElse("");
    }

    private String ownImageVolume(Mount mount, ContainerPath path) {
        if (build.isEmpty()) {
            return on.container()
                    .described()
                    .flatMap(source -> new PomEdit(source, reader).own(path, user))
                    .orElseGet(() -> TaskDefinitionEdit.addTmpfs(on, mount.path(), false, reader));
        }
        Optional<String> loss = ownerLost(mount);
        return loss.isEmpty()
                ? dockerfile(DockerfileEdit.own(path, projectVolume(mount)))
                : byItsOwnName(mount, mount.location()) + loss.get() + andOwnReal(path, projectVolume(mount));
    }

    /** Why a mount must not go through a symbolic link, where it does and that matters. */
    private Optional<String> ownerLost(Mount mount) {
        return on.container().runtimes().keySet().stream()
                .filter(platform -> !platform.runsDocker() && !mount.path().equals(mount.target()))
                .sorted()
                .findFirst()
                .map(platform -> ", since " + platform + " loses the owner of a VOLUME behind a symbolic link");
    }

    private String byItsOwnName(Mount mount, Optional<Location> volume) {
        return "write `" + mount.target() + "` instead of `" + mount.path() + "`"
                + volume.map(place -> " in " + LineNumber.of(place, reader)).orElse("");
    }

    private String andOwnReal(ContainerPath path, Optional<Location> volume) {
        ContainerPath real = RealPath.of(files(), path);
        return Admission.isCertain(user, files().at(real))
                ? ""
                : ", and " + dockerfile(DockerfileEdit.own(real, volume));
    }

    /** A task volume that is mounted through a symbolic link, and the VOLUME that gives it an owner, by its own name. */
    private String ownByItsOwnName(
            Mount mount, MountPoint point, ContainerPath path, Optional<Location> volume, String loss) {
        String mounted = TaskDefinitionEdit.mountPoint(TaskDefinitionEdit.text(on, reader), point)
                .set("containerPath", Fragment.of(mount.target().toString()))
                .inline();
        if (volume.isPresent()) {
            return mounted + ", and " + byItsOwnName(mount, volume) + loss + andOwnReal(path, volume);
        }
        ContainerPath real = RealPath.of(files(), path);
        DockerfileEdit declared = DockerfileEdit.declare(List.of(mount.target()));
        return mounted + loss + ", and "
                + dockerfile(Admission.isCertain(user, files().at(real)) ? declared : declared.owning(real));
    }

    /** Where no Docker engine copies it, an empty volume has the image's owner only with a VOLUME of the same path. */
    private String ownTaskVolume(Mount mount, ContainerPath path) {
        if (build.isEmpty()) {
            return new SidecarVolumeRemedy(this).own(mount);
        }
        Optional<Location> volume = on.container().image().volumes().stream()
                .filter(declared -> declared.path().equals(mount.path()))
                .findFirst()
                .filter(declared -> !declared.inherited())
                .map(declared -> declared.location());
        Optional<String> loss = ownerLost(mount);
        Optional<MountPoint> point =
                TaskDefinitionEdit.mountPoint(on.container().definition(), mount);
        if (loss.isPresent() && point.isPresent()) {
            return ownByItsOwnName(mount, point.get(), path, volume, loss.get());
        }
        DockerfileEdit edit = DockerfileEdit.own(path, volume);
        if (!lacksVolume(mount)) {
            return dockerfile(edit);
        }
        boolean owned = path.equals(mount.path())
                && RealPath.of(files(), path).equals(path)
                && at(path) instanceof FileNode.Directory
                && Admission.isCertain(user, at(path));
        return dockerfile(owned ? DockerfileEdit.declare(List.of(path)) : edit.declaring(mount.path()));
    }

    private boolean lacksVolume(Mount mount) {
        return on.container().runtimes().keySet().stream().anyMatch(platform -> !platform.runsDocker())
                && on.container().image().volumes().stream()
                        .noneMatch(declared -> declared.path().equals(mount.path()));
    }

    private Optional<Location> projectVolume(Mount mount) {
        return mount.kind() == Mount.Kind.IMAGE_VOLUME && mount.origin() == Mount.Origin.PROJECT
                ? mount.location()
                : Optional.empty();
    }

    private static String elsewhere(String because) {
        return "let the application write elsewhere: " + because;
    }
}
