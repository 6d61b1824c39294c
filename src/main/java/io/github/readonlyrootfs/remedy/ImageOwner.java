// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.edit.DockerfileEditor;
import io.github.readonlyrootfs.edit.PomEditor;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.image.Image.ImageVolume;
import io.github.readonlyrootfs.runtime.DirectoryAccess;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.MountPoint;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.Optional;

/** Gives a volume that has its owner from the image to the user of the container, in the Dockerfile that builds the image. */
record ImageOwner(ContainerRemedies here) {

    /** What to do besides an edit after which a VOLUME line declares a directory. */
    Remedy andOwn(ContainerPath directory, Location volume) {
        return here.build().isEmpty() || DirectoryAccess.isCertain(here.user(), here.at(directory))
                ? Remedy.NONE
                : here.own(directory, Optional.of(volume));
    }

    /** Gives away a VOLUME of the image. */
    Remedy imageVolume(Mount mount, ContainerPath path) {
        if (here.build().isEmpty()) {
            return here.on()
                    .container()
                    .described()
                    .flatMap(source -> new PomEditor(source, here.on().task().sources()).own(path, here.user()))
                    .orElseGet(() -> new NewMount(here).tmpfs(mount.path(), false));
        }
        Optional<String> loss = ownerLost(mount);
        return loss.isEmpty()
                ? here.own(path, here.projectVolume(mount))
                : byItsOwnName(mount, mount.declaration().location())
                        .and(here.ownUnlessCertain(here.files().real(path), here.projectVolume(mount)))
                        .noting(loss.get());
    }

    /** Where no Docker engine copies it, an empty volume has the image's owner only with a VOLUME of the same path. */
    Remedy taskVolume(Mount mount, ContainerPath path) {
        if (here.build().isEmpty()) {
            return new SidecarVolumeRemedy(here).own(mount);
        }
        Optional<Location> volume = here.on().container().image().config().volumes().declared().stream()
                .filter(declared -> declared.path().equals(mount.path()))
                .findFirst()
                .filter(declared -> !declared.inherited())
                .map(ImageVolume::location);
        Optional<String> loss = ownerLost(mount);
        Optional<MountPoint> point = here.mountPoint(mount);
        if (loss.isPresent() && point.isPresent()) {
            return ownByItsOwnName(mount, point.get(), path, volume, loss.get());
        }
        if (!lacksVolume(mount)) {
            return here.own(path, volume);
        }
        boolean owns = path.equals(mount.path())
                && here.files().real(path).equals(path)
                && here.at(path).isDirectory()
                && DirectoryAccess.isCertain(here.user(), here.at(path));
        return owns ? here.declare(path) : here.own(path, volume).and(here.declare(mount.path()));
    }

    /** Why a mount must not go through a symbolic link, where it does and that matters. */
    private Optional<String> ownerLost(Mount mount) {
        return here.on().container().runtimes().keySet().stream()
                .filter(platform -> !platform.runsDocker() && !mount.path().equals(mount.target()))
                .sorted()
                .findFirst()
                .map(platform -> "on " + platform
                        + ", a VOLUME through a symbolic link does not get the owner of the image's directory");
    }

    /** Writes where a VOLUME lands instead of the path through a symbolic link. */
    private Remedy byItsOwnName(Mount mount, Optional<Location> volume) {
        return volume.flatMap(place -> here.on()
                        .container()
                        .build()
                        .map(built -> new DockerfileEditor(built)
                                .replaceWord(place, mount.target().toString())))
                .orElseGet(() -> Remedy.advice("write `" + mount.target() + "` instead of `" + mount.path() + "`"));
    }

    /** A task volume that is mounted through a symbolic link, and the VOLUME that gives it an owner, by its own name. */
    private Remedy ownByItsOwnName(
            Mount mount, MountPoint point, ContainerPath path, Optional<Location> volume, String loss) {
        Remedy mounted = here.editor()
                .mountPoint(point)
                .set("containerPath", Fragment.of(mount.target().toString()));
        ContainerPath real = here.files().real(path);
        Remedy owned = volume.isPresent()
                ? byItsOwnName(mount, volume).and(here.ownUnlessCertain(real, volume))
                : here.declareOwned(mount.target(), real);
        return mounted.and(owned).noting(loss);
    }

    private boolean lacksVolume(Mount mount) {
        return here.on().container().runtimes().keySet().stream().anyMatch(platform -> !platform.runsDocker())
                && here.on().container().image().config().volumes().declared().stream()
                        .noneMatch(declared -> declared.path().equals(mount.path()));
    }
}
