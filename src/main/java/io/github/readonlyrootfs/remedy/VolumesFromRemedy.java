// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.message.UserText;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import io.github.readonlyrootfs.taskdef.schema.Fragment;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Fixes a mount that comes from another container, where that container gets it. */
record VolumesFromRemedy(ContainerCures cures) {

    /** The other container and its mount at the same path. */
    private record Source(VolumesFrom entry, JudgedContainer on, Mount mount) {}

    Cure makeWritable(Mount mount, ContainerPath path) {
        return sources(mount, any -> true)
                .findFirst()
                .filter(source -> !source.mount().readOnly() || isOfItsOwn(source.mount()))
                .map(source -> source.mount().readOnly()
                        ? cures.in(source.on()).makeWritable(source.mount(), path)
                        : Cure.of(cures.editor().volumesFrom(source.entry()).set("readOnly", Fragment.of(false))))
                .orElseGet(() -> Cure.advice("make the mount at " + mount.path() + " writable where it comes from"));
    }

    Cure own(Mount mount, ContainerPath path) {
        return sources(mount, VolumesFromRemedy::isOfItsOwn)
                .findFirst()
                .flatMap(source -> own(source, path))
                .orElseGet(() -> Cure.advice("give " + path + " to " + UserText.of(cures.user())
                        + " in the image of the container it comes from"));
    }

    private Optional<Cure> own(Source source, ContainerPath path) {
        return switch (source.mount().kind()) {
            case IMAGE_VOLUME, TASK_VOLUME, DOCKER_VOLUME ->
                source.on()
                        .container()
                        .build()
                        .map(build -> cures.in(source.on()).own(source.mount(), path));
            case HOST_PATH, EFS, S3FILES, FSX ->
                Optional.of(cures.in(source.on()).own(source.mount(), path));
            // ECS gives it to the user of the container that mounts it.
            case EBS ->
                source.mount()
                        .volume()
                        .map(volume -> Cure.of(new Change.MountPoint(
                                cures.on().name(), volume, false, source.mount().path())));
            default -> Optional.empty();
        };
    }

    /** Where a mount comes from; a later entry replaces an earlier one. */
    private Stream<Source> sources(Mount mount, Predicate<Mount> which) {
        return cures.on().container().definition().volumesFrom().stream()
                .filter(entry -> entry.sourceContainer().where().equals(mount.location()))
                .flatMap(entry -> sources(entry, mount))
                .filter(source -> which.test(source.mount()));
    }

    /** What a container has from others would have to be followed further, and that could go round in circles. */
    private static boolean isOfItsOwn(Mount mount) {
        return switch (mount.kind()) {
            case VOLUMES_FROM, TMPFS, ENGINE -> false;
            default -> true;
        };
    }

    private Stream<Source> sources(VolumesFrom entry, Mount mount) {
        Value<String> name = entry.sourceContainer();
        return JudgedContainer.all(cures.on().task())
                .filter(other -> other.platform() == cures.on().platform())
                .filter(other -> name.known().filter(other.name()::equals).isPresent())
                .flatMap(other -> other.runtime().mounts().stream()
                        .filter(candidate -> candidate.path().equals(mount.path()))
                        .map(candidate -> new Source(entry, other, candidate)));
    }
}
