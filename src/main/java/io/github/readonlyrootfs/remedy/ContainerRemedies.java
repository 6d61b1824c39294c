// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.edit.DockerfileAddition;
import io.github.readonlyrootfs.edit.DockerfileEditor;
import io.github.readonlyrootfs.edit.PomEditor;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TaskDefinitionEditor;
import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.image.build.ImageBuild;
import io.github.readonlyrootfs.image.tree.FileNode;
import io.github.readonlyrootfs.image.tree.ImageFileSystem;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.message.UserText;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.DirectoryAccess;
import io.github.readonlyrootfs.runtime.HostPaths;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import io.github.readonlyrootfs.taskdef.Volume;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What makes paths writable in one container. */
final class ContainerRemedies {

    private static final ContainerPath DEV = ContainerPath.of("/dev");
    private static final ContainerPath SHM = DEV.resolve("shm");

    private static final Pattern WITHOUT_SHELL = Pattern.compile("scratch|.*(distroless(?!.*debug)|chiseled).*");

    private final JudgedContainer on;
    private final ContainerUser user;
    private final Optional<ImageBuild> build;
    private final TaskDefinitionEditor editor;
    private final MountWith mountWith;
    private final CodePlaces code;

    /** The same in other containers' files, by their names. */
    private final Map<String, ContainerRemedies> elsewhere = new HashMap<>();

    /** Null until somebody asks. */
    private @Nullable Set<ContainerPath> writtenByOthers;

    /**
     * What makes paths writable for a user.
     *
     * @param user who must be able to write: the container's, or that of one that takes its volumes
     * @param build the project's own build of the container's image, if lines can be added to it
     */
    private ContainerRemedies(
            JudgedContainer on,
            ContainerUser user,
            Optional<ImageBuild> build,
            TaskDefinitionEditor editor,
            MountWith mountWith,
            CodePlaces code) {
        this.on = on;
        this.user = user;
        this.build = build;
        this.editor = editor;
        this.mountWith = mountWith;
        this.code = code;
    }

    static ContainerRemedies of(JudgedContainer on, TaskDefinitionEditor editor, MountWith mountWith) {
        return of(on, on.user(), editor, mountWith);
    }

    JudgedContainer on() {
        return on;
    }

    ContainerUser user() {
        return user;
    }

    TaskDefinitionEditor editor() {
        return editor;
    }

    private static ContainerRemedies of(
            JudgedContainer on, ContainerUser user, TaskDefinitionEditor editor, MountWith mountWith) {
        // Without instructions, such as after a syntax error, there is no line to point at; without a shell, as in
        // distroless images, a RUN line would only break the build.
        boolean editable = !WITHOUT_SHELL.matcher(on.container().image().base()).matches();
        return new ContainerRemedies(
                on,
                user,
                on.container()
                        .build()
                        .filter(built -> editable && !built.steps().isEmpty()),
                editor,
                mountWith,
                new CodePlaces(on.container()));
    }

    /** The same for somebody else of this container. */
    ContainerRemedies forUser(ContainerUser other) {
        return other.equals(user) ? this : of(on, other, editor, mountWith);
    }

    /** The same in another container's files on the same platform, still for this one's user. */
    ContainerRemedies in(JudgedContainer other) {
        return elsewhere.computeIfAbsent(other.name(), name -> of(other, user, editor, mountWith));
    }

    private ImageFileSystem files() {
        return on.container().image().files();
    }

    FileNode at(ContainerPath path) {
        return files().resolved(path);
    }

    // Where nothing is mounted

    /** Mounts something where nothing is mounted. */
    NeedRemedy mount(RefusedNeed need) {
        MountPlace place = MountPlace.of(need, code);
        if (place.objection().isPresent()) {
            return NeedRemedy.advice(place.objection().get());
        }
        ContainerPath directory = place.directory();
        return switch (mountWith) {
            case TMPFS -> tmpfs(directory, need.need().executable());
            case VOLUME -> taskVolume(files().real(directory), place.file());
            case DOCKERFILE ->
                build.isPresent()
                        ? declare(directory, place.file())
                        : NeedRemedy.advice("no Dockerfile of this project that lines can be added to builds container "
                                + on.name() + ": mount a volume or a tmpfs at " + directory);
            case AUTO -> build.isPresent() ? declare(directory, place.file()) : withoutDockerfile(directory, need);
        };
    }

    private NeedRemedy withoutDockerfile(ContainerPath directory, RefusedNeed need) {
        ContainerPath real = files().real(directory);
        return on.container()
                .described()
                .filter(source -> source.volume().isPresent() && DirectoryAccess.isCertain(user, files().at(real)))
                .map(source -> NeedRemedy.of(new Change.PomVolume(on.name(), real)))
                .orElseGet(() -> tmpfs(directory, need.need().executable()));
    }

    /** A VOLUME in the Dockerfile, which keeps the image's owner on every platform. */
    private NeedRemedy declare(ContainerPath directory, Optional<ContainerPath> file) {
        // On Fargate a VOLUME whose path goes through a symbolic link loses its owner: name the real path.
        ContainerPath real = files().real(directory);
        DockerfileAddition volume = DockerfileAddition.declare(user, List.of(real));
        if (file.isPresent()) {
            return dockerfile(volume.owning(files().real(file.get())));
        }
        return dockerfile(owned(volume, real));
    }

    /** A VOLUME, with its directory given to the user where it is not yet. */
    private DockerfileAddition owned(DockerfileAddition volume, ContainerPath real) {
        return DirectoryAccess.isCertain(user, files().at(real)) ? volume : volume.owning(real);
    }

    /** A tmpfs is empty: the image's files there would be gone. */
    NeedRemedy tmpfs(ContainerPath directory, boolean executable) {
        return code.copiedTo(files().real(directory)).isPresent()
                ? elsewhere("a mount at " + directory + " would hide the image's files there")
                : addTmpfs(directory, executable);
    }

    /** ECS Exec's agent is root. */
    NeedRemedy letExecWrite(ExecAccess exec) {
        boolean readOnlyMount = exec.paths().stream()
                .anyMatch(path -> on.holder(path).filter(Mount::readOnly).isPresent());
        if (readOnlyMount) {
            return NeedRemedy.advice("switch ECS Exec off, or make the mounts there writable");
        }
        return build.isPresent() && mountWith != MountWith.TMPFS
                ? dockerfile(DockerfileAddition.declare(user, exec.paths()))
                : new NeedRemedy(
                        exec.paths().stream()
                                .<Change>map(path -> new Change.Tmpfs(on.name(), path, List.of()))
                                .toList(),
                        Remedy.NONE);
    }

    NeedRemedy addTmpfs(ContainerPath directory, boolean executable) {
        return NeedRemedy.of(
                new Change.Tmpfs(on.name(), directory, TmpfsOwner.options(on, user, directory, executable)));
    }

    /** A volume of the task's own; one that Docker does not fill has the image's owner only with a VOLUME there. */
    private NeedRemedy taskVolume(ContainerPath directory, Optional<ContainerPath> file) {
        NeedRemedy mounted = NeedRemedy.of(
                new Change.MountPoint(on.name(), MountPlace.volumeName(on.task(), directory), true, directory));
        boolean hides = code.copiedTo(directory).isPresent()
                && on.container().runtimes().keySet().stream().anyMatch(platform -> !platform.runsDocker());
        if (DirectoryAccess.isCertain(user, Ownership.ROOT_0755) && !hides) {
            return mounted;
        }
        return build.isPresent()
                ? mounted.and(declare(directory, file))
                : elsewhere("an empty volume belongs to root, and no Dockerfile of this project builds container "
                        + on.name());
    }

    private NeedRemedy dockerfile(DockerfileAddition addition) {
        boolean others = addition.owned().filter(this::isWrittenByOthers).isPresent();
        return NeedRemedy.of(new Change.Dockerfile(on.name(), others ? addition.withOthers() : addition));
    }

    /** Whether another user writes there, whom a {@code chown} would lock out. */
    private boolean isWrittenByOthers(ContainerPath path) {
        if (writtenByOthers == null) {
            writtenByOthers = writtenByOthers(build.orElseThrow());
        }
        return writtenByOthers.stream().anyMatch(needed -> needed.isAtOrBelow(path));
    }

    /** What other users need, in containers of the same image or in those that take the volumes of this one. */
    private Set<ContainerPath> writtenByOthers(ImageBuild image) {
        return on.onSamePlatform()
                .filter(other -> isBuilt(other, image)
                        || other.container().definition().fileSystem().takesVolumesOf(on.name()))
                .filter(other -> !other.user().overridesPermissions() && !user.isSurely(other.user()))
                .flatMap(other -> Stream.concat(
                        other.container().needs().stream(),
                        other.container().implied(other.platform()).stream().map(Verdict::need)))
                .flatMap(need -> need.alternatives().stream())
                .collect(Collectors.toSet());
    }

    private static boolean isBuilt(JudgedContainer container, ImageBuild image) {
        return container
                .container()
                .build()
                .filter(its -> its.dockerfile().name().equals(image.dockerfile().name())
                        && its.target().equals(image.target()))
                .isPresent();
    }

    /** Whether a task volume mounted at a path would be the user's own, without a VOLUME. */
    boolean ownsTaskVolume(ContainerPath path) {
        boolean copied = on.container().runtimes().keySet().stream().allMatch(Platform::runsDocker);
        return DirectoryAccess.isCertain(user, Ownership.ROOT_0755)
                || (copied && DirectoryAccess.isCertain(user, at(path)));
    }

    // Where a mount is read-only

    Optional<Tmpfs> tmpfs(Mount mount) {
        return mount.kind() == Mount.Kind.TMPFS
                ? editor.tmpfsAt(on.container().definition(), mount.location())
                : Optional.empty();
    }

    Optional<MountPoint> mountPoint(Mount mount) {
        return editor.mountPointAt(on.container().definition(), mount.location());
    }

    /** Mounts a tmpfs or a task volume at another path. */
    NeedRemedy respell(Mount mount, ContainerPath meant) {
        Fragment path = Fragment.of(meant.toString());
        return tmpfs(mount)
                .map(entry -> NeedRemedy.of(editor.tmpfs(entry).set("containerPath", path)))
                .or(() -> mountPoint(mount)
                        .map(entry -> NeedRemedy.of(editor.mountPoint(entry).set("containerPath", path))))
                .orElseGet(() -> NeedRemedy.advice("mount it at " + meant));
    }

    /** Makes a read-only mount writable, and gives it to the user where it is not yet. */
    NeedRemedy makeWritable(Mount mount, ContainerPath path) {
        return switch (mount.kind()) {
            case ENGINE -> elsewhere(mount.target() + " is the engine's own and stays read-only");
            case TMPFS ->
                tmpfs(mount)
                        .map(this::removeReadOnly)
                        .orElseGet(() ->
                                NeedRemedy.advice("remove `ro` from the options of the tmpfs at " + mount.path()));
            case VOLUMES_FROM -> new VolumesFromRemedy(this).makeWritable(mount, path);
            default ->
                mountPoint(mount)
                        .map(point -> NeedRemedy.of(editor.mountPoint(point).set("readOnly", Fragment.of(false))))
                        .orElseGet(() -> NeedRemedy.advice("make the mount at " + mount.path() + " writable"))
                        .and(andOwn(mount));
        };
    }

    /** Removes the tmpfs option by which a mount is read-only. */
    private NeedRemedy removeReadOnly(Tmpfs tmpfs) {
        return tmpfs.mountOptions().stream()
                .filter(option -> option.value().equals("ro"))
                .reduce((earlier, later) -> later)
                .map(option -> NeedRemedy.of(editor.remove(
                        option.location(),
                        "`ro` from the options of the tmpfs at "
                                + tmpfs.containerPath().known().orElse("(unknown)"))))
                .orElseGet(() -> NeedRemedy.advice("remove `ro` from the options of the tmpfs"));
    }

    /** What to do besides an edit after which a VOLUME line declares a directory. */
    NeedRemedy andOwn(ContainerPath directory, Location volume) {
        return build.isEmpty() || DirectoryAccess.isCertain(user, at(directory))
                ? NeedRemedy.of()
                : dockerfile(DockerfileAddition.own(user, directory, Optional.of(volume)));
    }

    private NeedRemedy andOwn(Mount mount) {
        boolean decidedElsewhere = !mount.ownership().isKnown()
                && mount.kind() != Mount.Kind.TASK_VOLUME
                && mount.kind() != Mount.Kind.IMAGE_VOLUME;
        return decidedElsewhere || build.isEmpty() || DirectoryAccess.isCertain(user, mount.ownership())
                ? NeedRemedy.of()
                : own(mount, mount.path());
    }

    // Where owner and mode refuse the user

    /** Makes the user own a path on a mount, or on the way to one. */
    NeedRemedy permit(ContainerPath path, Access access, Need need) {
        if (access.cause() == Access.Cause.NOT_A_DIRECTORY) {
            return elsewhere(access.decidedAt() + " is a file in the image");
        }
        Optional<Mount> mount = access.mount();
        if (access.cause() == Access.Cause.NOT_SEARCHABLE) {
            // What the image has below a mount of another kind does not decide.
            return mount.filter(at -> !isFromImage(at)).isPresent()
                    ? own(mount.get(), mount.get().path())
                    : enter(path, access);
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
    NeedRemedy makeKnown(Mount mount, ContainerPath path, Need need) {
        ContainerPath directory = directoryToOwn(mount, path, need);
        // Who owns the directory says nothing about a file that may be in it.
        boolean perhapsFile = !path.equals(mount.path())
                && at(path) instanceof FileNode.Unknown
                && (MountPlace.soundsLikeFile(on, path)
                        || (!directory.equals(path) && at(directory) instanceof FileNode.Directory));
        return perhapsFile ? removeFile(path) : own(mount, directory);
    }

    /** With {@code -r}: without it a directory of that name would stay. */
    private NeedRemedy removeFile(ContainerPath path) {
        String base = on.container().image().base();
        return NeedRemedy.advice(
                on.container().build().isPresent()
                        ? "remove the file in the Dockerfile, by `RUN rm -rf " + path + "`: image " + base
                                + " may have it"
                        : "make sure that image " + base + " has no file " + path);
    }

    private ContainerPath directoryToOwn(Mount mount, ContainerPath path, Need need) {
        boolean whole = need.directory()
                || (need.createsParents() && !MountPlace.soundsLikeFile(on, path))
                || at(path) instanceof FileNode.Directory
                || at(path) instanceof FileNode.RegularFile
                || path.equals(mount.path());
        return whole ? path : path.parent();
    }

    /** Opens the directory on the way that decided. */
    NeedRemedy enter(ContainerPath path, Access access) {
        if (build.isEmpty()) {
            return elsewhere("the image does not let " + UserText.of(user) + " into " + access.decidedAt());
        }
        Optional<Mount> mount = access.mount().or(() -> on.holder(files().real(path)));
        Optional<Location> volume = mount.flatMap(this::projectVolume);
        DockerfileAddition addition = DockerfileAddition.enter(user, access.decidedAt(), volume);
        Ownership present = mount.map(Mount::ownership).orElse(Ownership.UNKNOWN);
        if (!DirectoryAccess.isCertain(user, present)) {
            addition = addition.owning(path);
        }
        return dockerfile(mount.isPresent() ? addition : addition.declaring(files().real(path)));
    }

    private NeedRemedy makeParent(Mount mount, ContainerPath parent) {
        return isFromImage(mount) && build.isPresent()
                ? own(mount, parent)
                : NeedRemedy.advice(
                        "mount it at " + parent + " instead of " + mount.path() + ": nothing creates that directory");
    }

    /** Whether its owner and mode may come along from the image. */
    private static boolean isFromImage(Mount mount) {
        return switch (mount.kind()) {
            case IMAGE_VOLUME, TASK_VOLUME, DOCKER_VOLUME -> true;
            default -> false;
        };
    }

    /** Below /dev no image has anything to come along: the engine mounts its own one first. */
    private NeedRemedy unmount(Mount mount) {
        boolean covers = mount.path().equals(SHM)
                && on.runtime().mounts().stream()
                        .anyMatch(other -> other.kind() == Mount.Kind.ENGINE
                                && other.target().equals(SHM));
        if (!covers) {
            return elsewhere("the image's files below " + DEV + " are not copied");
        }
        return remove(mount).noting("every user can write the engine's own " + SHM);
    }

    /** Removes what the project mounts: a tmpfs, a mount point, or a VOLUME of its Dockerfile. */
    NeedRemedy remove(Mount mount) {
        Optional<Location> entry =
                tmpfs(mount).map(Tmpfs::location).or(() -> mountPoint(mount).map(MountPoint::location));
        if (entry.isPresent()) {
            NeedRemedy removed = NeedRemedy.of(editor.remove(entry.get(), "the mount at " + mount.path()));
            return onlyMountOf(mount)
                    .map(volume -> removed.and(NeedRemedy.of(editor.remove(volume, "its volume"))))
                    .orElse(removed);
        }
        return projectVolume(mount)
                .flatMap(place -> build.map(built -> NeedRemedy.of(new DockerfileEditor(built).removeVolume(place))))
                .orElseGet(() -> NeedRemedy.advice("remove the mount at " + mount.path()));
    }

    /** Where the volume is defined that nothing but this mount mounts. */
    private Optional<Location> onlyMountOf(Mount mount) {
        Optional<String> name = mount.volume();
        long mounted = on.task().containers().stream()
                .flatMap(container -> container.definition().fileSystem().mountPoints().stream())
                .filter(point -> point.sourceVolume().isUnknown()
                        || point.sourceVolume().known().equals(name))
                .count();
        return on.volume(mount).filter(any -> mounted == 1).map(Volume::location);
    }

    /** Gives what is mounted to the user. */
    NeedRemedy own(Mount mount, ContainerPath path) {
        if (mount.path().isAtOrBelow(DEV) && isFromImage(mount)) {
            return unmount(mount);
        }
        Optional<ContainerPath> exposed = isFromImage(mount) && !user.overridesPermissions()
                ? code.exposedBy(files().real(path))
                : Optional.empty();
        if (exposed.isPresent()) {
            return NeedRemedy.advice("mount only the directories below " + path
                    + " that are written: its owner can change " + exposed.get());
        }
        return switch (mount.kind()) {
            case IMAGE_VOLUME -> ownImageVolume(mount, path);
            case TASK_VOLUME ->
                SharedVolume.decidedByAnother(on, mount)
                        .map(NeedRemedy::advice)
                        .orElseGet(() -> ownTaskVolume(mount, path));
            case DOCKER_VOLUME -> ownDockerVolume(mount, path);
            case TMPFS ->
                tmpfs(mount)
                        .map(tmpfs -> NeedRemedy.of(editor.tmpfs(tmpfs)
                                .add(
                                        "mountOptions",
                                        TmpfsOwner.options(
                                                        user, mount.ownership().ownerMayWrite())
                                                .stream()
                                                .map(Fragment::of)
                                                .toList())))
                        .orElseGet(() -> addTmpfs(mount.path(), false));
            case VOLUMES_FROM -> new VolumesFromRemedy(this).own(mount, path);
            case EBS ->
                NeedRemedy.of(editor.container(on.container().definition()).set("user", Fragment.of(user.name())))
                        .noting("ECS gives an EBS volume to that user");
            case HOST_PATH -> ownHostPath(mount);
            case EFS -> ownFileSystem(mount, "volumes.efsVolumeConfiguration", "the EFS file system");
            case S3FILES -> ownFileSystem(mount, "volumes.s3filesVolumeConfiguration", "S3 Files");
            case FSX -> elsewhere("the FSx file system decides who may write");
            case ENGINE -> ownEngines(mount, path);
        };
    }

    private NeedRemedy ownEngines(Mount mount, ContainerPath path) {
        boolean hasShm =
                on.runtime().mounts().stream().anyMatch(other -> other.target().equals(SHM));
        return hasShm || !path.isAtOrBelow(SHM)
                ? elsewhere(mount.target() + " is the engine's own" + (hasShm ? "; every user can write " + SHM : ""))
                : removeIpcMode().noting("it takes " + SHM + " from the containers");
    }

    private NeedRemedy removeIpcMode() {
        String key = "`" + on.task().key("ipcMode") + "`";
        return on.task().definition().orElseThrow().parameters().at("ipcMode").stream()
                .findFirst()
                .map(ipcMode -> NeedRemedy.of(editor.remove(ipcMode.value(), key)))
                .orElseGet(() -> NeedRemedy.advice("remove " + key));
    }

    private NeedRemedy ownHostPath(Mount mount) {
        Optional<Volume.Storage.HostPath> host = storage(mount)
                .flatMap(storage ->
                        storage instanceof Volume.Storage.HostPath path ? Optional.of(path) : Optional.empty());
        if (host.filter(HostPaths::isSystems).isPresent()) {
            return elsewhere("the mount is a directory of the instance");
        }
        return NeedRemedy.advice(host.flatMap(HostPaths::engineSocket)
                .map(socket -> "make sure on the instance that " + UserText.of(user) + " may use " + socket
                        + volumeName(mount))
                .orElseGet(
                        () -> "give the directory on the instance" + volumeName(mount) + " to " + UserText.of(user)));
    }

    private NeedRemedy ownFileSystem(Mount mount, String configuration, String fileSystem) {
        if (user.overridesPermissions()) {
            return NeedRemedy.advice("make sure that root may write there" + volumeName(mount)
                    + ": the effect of the task role and the access point is not in these files");
        }
        boolean accessPoint = storage(mount)
                .filter(storage -> (storage instanceof Volume.Storage.Efs efs
                                && !efs.accessPointId().isAbsent())
                        || (storage instanceof Volume.Storage.S3Files files
                                && !files.accessPointArn().isAbsent()))
                .isPresent();
        return NeedRemedy.advice(
                accessPoint
                        ? "set the POSIX user of the access point" + volumeName(mount) + " to " + posixUser()
                        : "add an access point to the " + on.task().key(configuration) + volumeName(mount)
                                + " whose POSIX user is " + posixUser() + ", or give the directory on " + fileSystem
                                + " to that user");
    }

    /** As a file system outside the image knows it: by number, where there is one. */
    private String posixUser() {
        Optional<Integer> uid = user.uid().map(UnixId::number);
        return uid.map(number -> "uid " + number).orElseGet(() -> UserText.of(user));
    }

    private Optional<Volume.Storage> storage(Mount mount) {
        return on.volume(mount).map(Volume::storage);
    }

    private NeedRemedy ownDockerVolume(Mount mount, ContainerPath path) {
        return storage(mount)
                .flatMap(storage -> storage instanceof Volume.Storage.Docker docker
                        ? new DockerVolumeRemedy(user, editor).own(docker, volumeName(mount))
                        : Optional.empty())
                .map(NeedRemedy::of)
                .orElseGet(() -> ownTaskVolume(mount, path));
    }

    static String volumeName(Mount mount) {
        return mount.volume().map(name -> " (volume " + name + ")").orElse("");
    }

    private NeedRemedy ownImageVolume(Mount mount, ContainerPath path) {
        if (build.isEmpty()) {
            return on.container()
                    .described()
                    .flatMap(source -> new PomEditor(source, on.task().sources()).own(path, user))
                    .map(NeedRemedy::of)
                    .orElseGet(() -> tmpfs(mount.path(), false));
        }
        Optional<String> loss = ownerLost(mount);
        return loss.isEmpty()
                ? dockerfile(DockerfileAddition.own(user, path, projectVolume(mount)))
                : byItsOwnName(mount, mount.location())
                        .and(andOwnReal(path, projectVolume(mount)))
                        .noting(loss.get());
    }

    /** Why a mount must not go through a symbolic link, where it does and that matters. */
    private Optional<String> ownerLost(Mount mount) {
        return on.container().runtimes().keySet().stream()
                .filter(platform -> !platform.runsDocker() && !mount.path().equals(mount.target()))
                .sorted()
                .findFirst()
                .map(platform -> platform + " loses the owner of a VOLUME behind a symbolic link");
    }

    /** Writes where a VOLUME lands instead of the path through a symbolic link. */
    private NeedRemedy byItsOwnName(Mount mount, Optional<Location> volume) {
        return volume.flatMap(place -> on.container()
                        .build()
                        .map(built -> NeedRemedy.of(new DockerfileEditor(built)
                                .replaceWord(place, mount.target().toString()))))
                .orElseGet(() -> NeedRemedy.advice("write `" + mount.target() + "` instead of `" + mount.path() + "`"));
    }

    private NeedRemedy andOwnReal(ContainerPath path, Optional<Location> volume) {
        ContainerPath real = files().real(path);
        return DirectoryAccess.isCertain(user, files().at(real))
                ? NeedRemedy.of()
                : dockerfile(DockerfileAddition.own(user, real, volume));
    }

    /** A task volume that is mounted through a symbolic link, and the VOLUME that gives it an owner, by its own name. */
    private NeedRemedy ownByItsOwnName(
            Mount mount, MountPoint point, ContainerPath path, Optional<Location> volume, String loss) {
        NeedRemedy mounted = NeedRemedy.of(editor.mountPoint(point)
                .set("containerPath", Fragment.of(mount.target().toString())));
        if (volume.isPresent()) {
            return mounted.and(byItsOwnName(mount, volume))
                    .and(andOwnReal(path, volume))
                    .noting(loss);
        }
        ContainerPath real = files().real(path);
        DockerfileAddition declared = DockerfileAddition.declare(user, List.of(mount.target()));
        return mounted.and(dockerfile(owned(declared, real))).noting(loss);
    }

    /** Where no Docker engine copies it, an empty volume has the image's owner only with a VOLUME of the same path. */
    private NeedRemedy ownTaskVolume(Mount mount, ContainerPath path) {
        if (build.isEmpty()) {
            return new SidecarVolumeRemedy(this).own(mount);
        }
        Optional<Location> volume = on.container().image().config().volumes().stream()
                .filter(declared -> declared.path().equals(mount.path()))
                .findFirst()
                .filter(declared -> !declared.inherited())
                .map(ImageVolume::location);
        Optional<String> loss = ownerLost(mount);
        Optional<MountPoint> point = mountPoint(mount);
        if (loss.isPresent() && point.isPresent()) {
            return ownByItsOwnName(mount, point.get(), path, volume, loss.get());
        }
        DockerfileAddition owned = DockerfileAddition.own(user, path, volume);
        if (!lacksVolume(mount)) {
            return dockerfile(owned);
        }
        boolean owns = path.equals(mount.path())
                && files().real(path).equals(path)
                && at(path) instanceof FileNode.Directory
                && DirectoryAccess.isCertain(user, at(path));
        return dockerfile(owns ? DockerfileAddition.declare(user, List.of(path)) : owned.declaring(mount.path()));
    }

    private boolean lacksVolume(Mount mount) {
        return on.container().runtimes().keySet().stream().anyMatch(platform -> !platform.runsDocker())
                && on.container().image().config().volumes().stream()
                        .noneMatch(declared -> declared.path().equals(mount.path()));
    }

    private Optional<Location> projectVolume(Mount mount) {
        return mount.kind() == Mount.Kind.IMAGE_VOLUME && mount.origin() == Mount.Origin.PROJECT
                ? mount.location()
                : Optional.empty();
    }

    private static NeedRemedy elsewhere(String because) {
        return NeedRemedy.advice("have the application write elsewhere: " + because);
    }
}
