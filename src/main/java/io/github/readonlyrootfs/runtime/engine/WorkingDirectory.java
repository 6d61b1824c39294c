// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.UnknownStart;
import io.github.readonlyrootfs.runtime.engine.MountTable.End;
import io.github.readonlyrootfs.runtime.engine.MountTable.Walk;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.Optional;

/**
 * Where a container's process starts: the task definition's {@code workingDirectory}, else the image's WORKDIR. Docker
 * makes it in the image when it creates the container, and the runtime makes it once more on top of all mounts.
 * Measured on a Docker engine.
 */
record WorkingDirectory(String written, Location location) {

    private static final Provenance BY_ENGINE = Provenance.of("made by the engine as the working directory");

    /** Empty where it is not known, and where nothing sets it. */
    static Optional<WorkingDirectory> of(ContainerDefinition definition, Image image) {
        Value<String> set = definition.process().workingDirectory();
        if (set instanceof Value.Known<String> known) {
            return Optional.of(new WorkingDirectory(known.value(), known.location()));
        }
        return set.isAbsent() && image.config().workdir() instanceof Value.Known<ContainerPath> known
                ? Optional.of(new WorkingDirectory(known.value().toString(), known.location()))
                : Optional.empty();
    }

    private boolean isAbsolute() {
        return written.startsWith("/");
    }

    ContainerPath path() {
        return ContainerPath.of(written);
    }

    Image in(Image image) {
        return isAbsolute() && new MountTable(image.files()).walk(path()).isMissing()
                ? image.with(image.files().withDirectory(path(), BY_ENGINE))
                : image;
    }

    /** Why the engine does not create the container. */
    Optional<StartFailure> refusal(Image image) {
        if (!isAbsolute()) {
            return Optional.of(failure(new StartProblem.RelativeWorkingDirectory(written)));
        }
        return isFile(new MountTable(image.files()).walk(path()))
                ? Optional.of(failure(new StartProblem.WorkingDirectoryIsFile(path())))
                : Optional.empty();
    }

    /** How the mounts affect the start. */
    record OnMounts(Optional<StartFailure> failure, Optional<UnknownStart> unknown) {}

    OnMounts madeOn(MountTable table) {
        ContainerPath path = path();
        Walk walk = table.walk(path);
        if (isFile(walk)) {
            return new OnMounts(Optional.of(failure(new StartProblem.WorkingDirectoryIsFile(path))), Optional.empty());
        }
        Optional<Mount> mount = table.mountOf(walk.real());
        Optional<ContainerPath> readOnly = mount.isPresent() && Mounts.refusesMountPoints(mount.get())
                ? Optional.of(mount.get().path())
                : Optional.empty();
        if (readOnly.isPresent() && walk.isMissing()) {
            return new OnMounts(
                    Optional.of(failure(new StartProblem.NoWorkingDirectory(path, readOnly.get()))), Optional.empty());
        }
        if (readOnly.isPresent() && walk.end() == End.UNKNOWN) {
            return new OnMounts(
                    Optional.empty(), Optional.of(new UnknownStart.WorkingDirectoryMayBeMissing(readOnly.get(), path)));
        }
        table.make(path);
        return new OnMounts(Optional.empty(), Optional.empty());
    }

    private static boolean isFile(Walk walk) {
        return walk.end() == End.FILE || walk.end() == End.FILE_IN_THE_WAY;
    }

    private StartFailure failure(StartProblem problem) {
        return new StartFailure(problem, location, Optional.empty());
    }
}
