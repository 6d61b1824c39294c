// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.edit.Change;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.Optional;

/** Fixes a mount that comes from another container, where that container gets it. */
record VolumesFromRemedy(ContainerRemedies here) {

    Remedy makeWritable(Mount mount, ContainerPath path) {
        return here.on().container().definition().fileSystem().volumesFrom().stream()
                .filter(entry -> entry.sourceContainer()
                        .where()
                        .equals(mount.declaration().location()))
                .findFirst()
                .flatMap(entry -> makeWritable(entry, mount, path))
                .orElseGet(() -> Remedy.advice("make the mount at " + mount.path() + " writable where it comes from"));
    }

    private Optional<Remedy> makeWritable(VolumesFrom entry, Mount mount, ContainerPath path) {
        Optional<JudgedContainer> other = entry.sourceContainer().known().flatMap(here.on()::other);
        Optional<Mount> source = other.flatMap(on -> on.runtime().mountAt(mount.path()));
        if (source.isEmpty()) {
            return Optional.empty();
        }
        if (!source.get().readOnly()) {
            return Optional.of(here.editor().volumesFrom(entry).set("readOnly", Fragment.of(false)));
        }
        return source.filter(VolumesFromRemedy::isOfItsOwn)
                .map(own -> here.in(other.orElseThrow()).makeWritable(own, path));
    }

    Remedy own(Mount mount, ContainerPath path) {
        return here.on()
                .runtime()
                .declaring(mount.path())
                .flatMap(here.on()::other)
                .flatMap(on -> on.runtime()
                        .mountAt(mount.path())
                        .filter(VolumesFromRemedy::isOfItsOwn)
                        .flatMap(source -> own(on, source, path)))
                .orElseGet(() -> Remedy.advice("give " + path + " to "
                        + here.user().shortly() + " in the image of the container it comes from"));
    }

    private Optional<Remedy> own(JudgedContainer on, Mount source, ContainerPath path) {
        return switch (source.declaration().kind()) {
            case IMAGE_VOLUME, TASK_VOLUME, DOCKER_VOLUME ->
                on.container().build().map(build -> new MountOwner(here.in(on)).own(source, path));
            case HOST_PATH, EFS, S3FILES, FSX -> Optional.of(new MountOwner(here.in(on)).own(source, path));
            // ECS gives it to the user of the container that mounts it.
            case EBS ->
                source.declaration()
                        .volume()
                        .map(volume ->
                                Remedy.of(new Change.MountPoint(here.on().name(), volume, false, source.path())));
            default -> Optional.empty();
        };
    }

    /** A mount that a container takes from another one is made writable there. */
    private static boolean isOfItsOwn(Mount mount) {
        return switch (mount.declaration().kind()) {
            case VOLUMES_FROM, TMPFS, ENGINE -> false;
            default -> true;
        };
    }
}
