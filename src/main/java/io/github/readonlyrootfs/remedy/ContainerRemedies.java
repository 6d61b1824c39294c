// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.ImageCode;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.edit.Change;
import io.github.readonlyrootfs.edit.DockerfileEditor;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TaskDefinitionEditor;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.tree.ImageFileSystem;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.DirectoryAccess;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Tmpfs;
import io.github.readonlyrootfs.taskdef.Volume;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The remedies that make paths writable in one container. */
final class ContainerRemedies {

    private static final ContainerPath SHELL = ContainerPath.of("/bin/sh");

    private final JudgedContainer on;
    private final ContainerUser user;
    private final Optional<ImageBuild> build;
    private final TaskDefinitionEditor editor;
    private final MountWith mountWith;

    /** The same in other containers' files, by their names. */
    private final Map<String, ContainerRemedies> inOthers = new HashMap<>();

    /** Null until first used. */
    private @Nullable Set<ContainerPath> writtenByOthers;

    /**
     * The remedies that make paths writable for a user.
     *
     * @param user the user that must be able to write: that of the container, or of one that takes its volumes
     * @param build the project's own build of the container's image, if lines can be added to it
     */
    private ContainerRemedies(
            JudgedContainer on,
            ContainerUser user,
            Optional<ImageBuild> build,
            TaskDefinitionEditor editor,
            MountWith mountWith) {
        this.on = on;
        this.user = user;
        this.build = build;
        this.editor = editor;
        this.mountWith = mountWith;
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

    /** The project's own build of the container's image, if RUN lines can be added to it. */
    Optional<ImageBuild> build() {
        return build;
    }

    ImageCode code() {
        return on.container().code();
    }

    MountWith mountWith() {
        return mountWith;
    }

    private static ContainerRemedies of(
            JudgedContainer on, ContainerUser user, TaskDefinitionEditor editor, MountWith mountWith) {
        // Without a shell, as in distroless images, a RUN line would only break the build.
        return new ContainerRemedies(
                on, user, on.container().build().filter(ContainerRemedies::hasShell), editor, mountWith);
    }

    /** Whether a VOLUME can be declared: after a syntax error there may be no line to put it beside. */
    boolean mayDeclare() {
        return on.container()
                .build()
                .filter(its -> !its.chain().steps().isEmpty())
                .isPresent();
    }

    /** Whether a RUN works: facts name a shell, or another RUN uses it. Without facts, a person knows. */
    private static boolean hasShell(ImageBuild build) {
        return !build.chain().steps().isEmpty()
                && (!build.image().config().complete()
                        || build.image().files().resolved(SHELL).isFile()
                        || build.chain().steps().stream()
                                .anyMatch(step -> step.keyword().equals("RUN")));
    }

    /** The same for another user of this container. */
    ContainerRemedies forUser(ContainerUser other) {
        return other.equals(user) ? this : of(on, other, editor, mountWith);
    }

    /** The same in another container's files on the same platform, still for this one's user. */
    ContainerRemedies in(JudgedContainer other) {
        return inOthers.computeIfAbsent(other.name(), name -> of(other, user, editor, mountWith));
    }

    ImageFileSystem files() {
        return on.container().image().files();
    }

    TreeNode at(ContainerPath path) {
        return files().resolved(path);
    }

    /** A VOLUME. */
    Remedy declare(ContainerPath path) {
        return Remedy.of(new Change.Declare(on.name(), path));
    }

    /** A VOLUME, with its directory given to the user where it is not yet. */
    Remedy declareOwned(ContainerPath path, ContainerPath real) {
        return ownUnlessCertain(real, Optional.empty()).and(declare(path));
    }

    /** Gives what is at a path, without following links, to the user where it is not yet. */
    Remedy ownUnlessCertain(ContainerPath real, Optional<Location> before) {
        return DirectoryAccess.isCertain(user, files().at(real)) ? Remedy.NONE : own(real, before);
    }

    /**
     * Gives a path to the user.
     *
     * @param before the VOLUME that this must precede
     */
    Remedy own(ContainerPath path, Optional<Location> before) {
        // A user that is not known cannot own it.
        boolean shared = user.unknownBecause().isPresent() || isWrittenByOthers(path);
        return Remedy.of(new Change.Own(on.name(), user, path, shared, false, before));
    }

    /** Whether another user writes there and would lose access by a {@code chown}. */
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

    Optional<Tmpfs> tmpfs(Mount mount) {
        return mount.is(Mount.Kind.TMPFS)
                ? editor.tmpfsAt(
                        on.container().definition(), mount.declaration().location())
                : Optional.empty();
    }

    Optional<MountPoint> mountPoint(Mount mount) {
        return editor.mountPointAt(
                on.container().definition(), mount.declaration().location());
    }

    /** Mounts a tmpfs or a task volume at another path. */
    Remedy respell(Mount mount, ContainerPath meant) {
        Fragment path = Fragment.of(meant.toString());
        return tmpfs(mount)
                .map(entry -> editor.tmpfs(entry).set("containerPath", path))
                .or(() ->
                        mountPoint(mount).map(entry -> editor.mountPoint(entry).set("containerPath", path)))
                .orElseGet(() -> Remedy.advice("mount it at " + meant));
    }

    /** Makes a read-only mount writable, and gives it to the user where it is not yet. */
    Remedy makeWritable(Mount mount, ContainerPath path) {
        return switch (mount.declaration().kind()) {
            case ENGINE -> elsewhere(mount.target() + " belongs to the container engine and stays read-only");
            case TMPFS ->
                tmpfs(mount)
                        .map(this::removeReadOnly)
                        .orElseGet(() -> Remedy.advice("remove `ro` from the options of the tmpfs at " + mount.path()));
            case VOLUMES_FROM -> new VolumesFromRemedy(this).makeWritable(mount, path);
            default ->
                mountPoint(mount)
                        .map(point -> editor.mountPoint(point).set("readOnly", Fragment.of(false)))
                        .orElseGet(() -> Remedy.advice("make the mount at " + mount.path() + " writable"))
                        .and(andOwn(mount));
        };
    }

    /** Removes the tmpfs option by which a mount is read-only. */
    private Remedy removeReadOnly(Tmpfs tmpfs) {
        return tmpfs.mountOptions().stream()
                .filter(option -> option.value().equals("ro"))
                .reduce((earlier, later) -> later)
                .map(option -> editor.remove(
                        option.location(),
                        "`ro` from the options of the tmpfs at "
                                + tmpfs.containerPath().known().orElse("(unknown)")))
                .orElseGet(() -> Remedy.advice("remove `ro` from the options of the tmpfs"));
    }

    private Remedy andOwn(Mount mount) {
        boolean decidedElsewhere = !mount.root().ownership().isKnown()
                && !mount.is(Mount.Kind.TASK_VOLUME)
                && !mount.is(Mount.Kind.IMAGE_VOLUME);
        return decidedElsewhere
                        || build.isEmpty()
                        || DirectoryAccess.isCertain(user, mount.root().ownership())
                ? Remedy.NONE
                : new MountOwner(this).own(mount, mount.path());
    }

    /** Removes a mount of the project: a tmpfs, a mount point, or a VOLUME of its Dockerfile. */
    Remedy remove(Mount mount) {
        Optional<Location> entry =
                tmpfs(mount).map(Tmpfs::location).or(() -> mountPoint(mount).map(MountPoint::location));
        if (entry.isPresent()) {
            Remedy removed = editor.remove(entry.get(), "the mount at " + mount.path());
            return onlyMountOf(mount)
                    .map(volume -> removed.and(editor.remove(volume, "its volume")))
                    .orElse(removed);
        }
        return projectVolume(mount)
                .flatMap(place -> build.map(built -> new DockerfileEditor(built).removeVolume(place)))
                .orElseGet(() -> Remedy.advice("remove the mount at " + mount.path()));
    }

    /** Where the volume is defined that nothing but this mount mounts. */
    private Optional<Location> onlyMountOf(Mount mount) {
        Optional<String> name = mount.declaration().volume();
        long mounted = on.task().containers().stream()
                .flatMap(container -> container.definition().fileSystem().mountPoints().stream())
                .filter(point -> point.sourceVolume().isUnknown()
                        || point.sourceVolume().known().equals(name))
                .count();
        return on.volume(mount).filter(any -> mounted == 1).map(Volume::location);
    }

    Optional<Location> projectVolume(Mount mount) {
        return mount.is(Mount.Kind.IMAGE_VOLUME) && mount.isOfProject()
                ? mount.declaration().location()
                : Optional.empty();
    }

    static Remedy elsewhere(String because) {
        return Remedy.advice("have the application write elsewhere: " + because);
    }
}
