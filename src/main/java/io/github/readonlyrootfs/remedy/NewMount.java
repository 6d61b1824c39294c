// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.edit.Change;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.runtime.DirectoryAccess;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;

/** Mounts something where nothing is mounted. */
record NewMount(ContainerRemedies here) {

    /** The kind of mount that the user prefers, or the closest that the project's files allow. */
    Remedy mount(RefusedNeed need) {
        MountPlace place = MountPlace.of(need, here.code());
        if (place.objection().isPresent()) {
            return Remedy.advice(place.objection().get());
        }
        ContainerPath directory = place.directory();
        return switch (here.mountWith()) {
            case TMPFS -> tmpfs(directory, need.need().executable());
            case VOLUME -> taskVolume(here.files().real(directory), need.path(), place.file());
            case DOCKERFILE ->
                inDockerfile(place, need.path())
                        .orElseGet(() -> Remedy.advice(
                                "no Dockerfile of this project that lines can be added to builds container "
                                        + here.on().name() + ": mount a volume or a tmpfs at " + directory));
            case AUTO -> inDockerfile(place, need.path()).orElseGet(() -> withoutDockerfile(directory, need));
        };
    }

    /** Empty where no line can be added, or only one that needs no shell and that is not enough. */
    private Optional<Remedy> inDockerfile(MountPlace place, ContainerPath path) {
        if (here.build().isPresent()) {
            return Optional.of(declare(place.directory(), path, place.file()));
        }
        ContainerPath real = here.files().real(place.directory());
        boolean enough = place.file().isEmpty()
                && DirectoryAccess.isCertain(here.user(), here.files().at(real));
        return enough && here.mayDeclare() ? Optional.of(here.declare(real)) : Optional.empty();
    }

    private Remedy withoutDockerfile(ContainerPath directory, RefusedNeed need) {
        ContainerPath real = here.files().real(directory);
        return here.on()
                .container()
                .described()
                .filter(source -> source.volume().isPresent()
                        && DirectoryAccess.isCertain(here.user(), here.files().at(real)))
                .map(source -> Remedy.of(new Change.Declare(here.on().name(), real)))
                .orElseGet(() -> tmpfs(directory, need.need().executable()));
    }

    /** A VOLUME in the Dockerfile, which keeps the image's owner on every platform. */
    private Remedy declare(ContainerPath directory, ContainerPath path, Optional<ContainerPath> file) {
        // On Fargate a VOLUME whose path goes through a symbolic link loses its owner: name the real path.
        ContainerPath real = here.files().real(directory);
        Remedy owned = here.declareOwned(real, real);
        if (file.isPresent()) {
            return mayWrite(file.get())
                    ? owned
                    : owned.and(here.own(here.files().real(file.get()), Optional.empty()));
        }
        boolean perhapsThere = !path.equals(directory) && here.at(path).isUnknown();
        return perhapsThere && !isOfBase(here.at(directory)) ? MountOwner.withContent(owned) : owned;
    }

    private boolean mayWrite(ContainerPath file) {
        TreeNode present = here.at(file);
        return present.isFile()
                && here.user().may(Ownership.WRITE, present.ownership()).isTrue();
    }

    /** Such as /run or /etc: it also contains files of other programs. */
    private static boolean isOfBase(TreeNode node) {
        return node.isDirectory() && node.why().location().isEmpty();
    }

    /** A tmpfs is empty: the image's files there would be gone. */
    Remedy tmpfs(ContainerPath directory, boolean executable) {
        return here.code().putInto(here.files().real(directory)).isPresent()
                ? ContainerRemedies.elsewhere("a mount at " + directory + " would hide the image's files there")
                : addTmpfs(directory, executable);
    }

    /** ECS Exec's agent is root. */
    Remedy letExecWrite(ExecAccess exec) {
        boolean readOnlyMount = exec.paths().stream()
                .anyMatch(path -> here.on().holder(path).filter(Mount::readOnly).isPresent());
        if (readOnlyMount) {
            return Remedy.advice("switch ECS Exec off, or make the mounts there writable");
        }
        boolean declares = here.build().isPresent() && here.mountWith() != MountWith.TMPFS;
        return exec.paths().stream()
                .map(path -> declares
                        ? here.declare(path)
                        : Remedy.of(new Change.Tmpfs(here.on().name(), path, List.of())))
                .reduce(Remedy.NONE, Remedy::and);
    }

    Remedy addTmpfs(ContainerPath directory, boolean executable) {
        return Remedy.of(new Change.Tmpfs(
                here.on().name(), directory, TmpfsOwner.options(here.on(), here.user(), directory, executable)));
    }

    /** A volume of the task's own; one that Docker does not fill has the image's owner only with a VOLUME there. */
    private Remedy taskVolume(ContainerPath directory, ContainerPath path, Optional<ContainerPath> file) {
        Remedy mounted = Remedy.of(new Change.MountPoint(
                here.on().name(),
                MountPlace.volumeName(here.on().task(), here.on().name(), directory),
                true,
                directory));
        boolean hides = here.code().putInto(directory).isPresent()
                && here.on().container().runtimes().keySet().stream().anyMatch(platform -> !platform.runsDocker());
        if (DirectoryAccess.isCertain(here.user(), Ownership.ROOT_0755) && !hides) {
            return mounted;
        }
        return here.build().isPresent()
                ? mounted.and(declare(directory, path, file))
                : ContainerRemedies.elsewhere(
                        "an empty volume belongs to root, and no Dockerfile of this project builds container "
                                + here.on().name());
    }

    /** Whether a task volume mounted at a path would be the user's own, without a VOLUME. */
    boolean ownsTaskVolume(ContainerPath path) {
        boolean copied = here.on().container().runtimes().keySet().stream().allMatch(Platform::runsDocker);
        return DirectoryAccess.isCertain(here.user(), Ownership.ROOT_0755)
                || (copied && DirectoryAccess.isCertain(here.user(), here.at(path)));
    }
}
