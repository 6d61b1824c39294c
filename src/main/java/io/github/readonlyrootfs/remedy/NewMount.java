// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.RefusedNeed;
import io.github.readonlyrootfs.edit.DockerfileAddition;
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
    NeedRemedy mount(RefusedNeed need) {
        MountPlace place = MountPlace.of(need, here.code());
        if (place.objection().isPresent()) {
            return NeedRemedy.advice(place.objection().get());
        }
        ContainerPath directory = place.directory();
        return switch (here.mountWith()) {
            case TMPFS -> tmpfs(directory, need.need().executable());
            case VOLUME -> taskVolume(here.files().real(directory), need.path(), place.file());
            case DOCKERFILE ->
                inDockerfile(place, need.path())
                        .orElseGet(() -> NeedRemedy.advice(
                                "no Dockerfile of this project that lines can be added to builds container "
                                        + here.on().name() + ": mount a volume or a tmpfs at " + directory));
            case AUTO -> inDockerfile(place, need.path()).orElseGet(() -> withoutDockerfile(directory, need));
        };
    }

    /** Empty where no line can be added, or only one that needs no shell and that is not enough. */
    private Optional<NeedRemedy> inDockerfile(MountPlace place, ContainerPath path) {
        if (here.build().isPresent()) {
            return Optional.of(declare(place.directory(), path, place.file()));
        }
        ContainerPath real = here.files().real(place.directory());
        boolean enough = place.file().isEmpty()
                && DirectoryAccess.isCertain(here.user(), here.files().at(real));
        return enough && here.mayDeclare()
                ? Optional.of(here.dockerfile(DockerfileAddition.declare(here.user(), List.of(real))))
                : Optional.empty();
    }

    private NeedRemedy withoutDockerfile(ContainerPath directory, RefusedNeed need) {
        ContainerPath real = here.files().real(directory);
        return here.on()
                .container()
                .described()
                .filter(source -> source.volume().isPresent()
                        && DirectoryAccess.isCertain(here.user(), here.files().at(real)))
                .map(source -> NeedRemedy.of(new Change.PomVolume(here.on().name(), real)))
                .orElseGet(() -> tmpfs(directory, need.need().executable()));
    }

    /** A VOLUME in the Dockerfile, which keeps the image's owner on every platform. */
    private NeedRemedy declare(ContainerPath directory, ContainerPath path, Optional<ContainerPath> file) {
        // On Fargate a VOLUME whose path goes through a symbolic link loses its owner: name the real path.
        ContainerPath real = here.files().real(directory);
        DockerfileAddition volume = DockerfileAddition.declare(here.user(), List.of(real));
        DockerfileAddition owned = here.owned(volume, real);
        if (file.isPresent()) {
            NeedRemedy mounted = here.dockerfile(owned);
            return mayWrite(file.get())
                    ? mounted
                    : mounted.and(here.dockerfile(
                            DockerfileAddition.own(here.user(), here.files().real(file.get()), Optional.empty())));
        }
        boolean perhapsThere = !path.equals(directory) && here.at(path).isUnknown();
        return here.dockerfile(perhapsThere && !isOfBase(here.at(directory)) ? owned.withContent() : owned);
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
    NeedRemedy tmpfs(ContainerPath directory, boolean executable) {
        return here.code().putInto(here.files().real(directory)).isPresent()
                ? ContainerRemedies.elsewhere("a mount at " + directory + " would hide the image's files there")
                : addTmpfs(directory, executable);
    }

    /** ECS Exec's agent is root. */
    NeedRemedy letExecWrite(ExecAccess exec) {
        boolean readOnlyMount = exec.paths().stream()
                .anyMatch(path -> here.on().holder(path).filter(Mount::readOnly).isPresent());
        if (readOnlyMount) {
            return NeedRemedy.advice("switch ECS Exec off, or make the mounts there writable");
        }
        return here.build().isPresent() && here.mountWith() != MountWith.TMPFS
                ? here.dockerfile(DockerfileAddition.declare(here.user(), exec.paths()))
                : new NeedRemedy(
                        exec.paths().stream()
                                .<Change>map(path -> new Change.Tmpfs(here.on().name(), path, List.of()))
                                .toList(),
                        Remedy.NONE);
    }

    NeedRemedy addTmpfs(ContainerPath directory, boolean executable) {
        return NeedRemedy.of(new Change.Tmpfs(
                here.on().name(), directory, TmpfsOwner.options(here.on(), here.user(), directory, executable)));
    }

    /** A volume of the task's own; one that Docker does not fill has the image's owner only with a VOLUME there. */
    private NeedRemedy taskVolume(ContainerPath directory, ContainerPath path, Optional<ContainerPath> file) {
        NeedRemedy mounted = NeedRemedy.of(new Change.MountPoint(
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
