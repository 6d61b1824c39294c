// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.Access.Cause;
import io.github.readonlyrootfs.runtime.AccessReason;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.UnknownUser;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.List;
import java.util.Optional;

/** A Windows container: it has no read-only root, so there is nothing to judge but whether it starts. */
record WindowsContainer(ContainerDefinition definition, Image image, Platform platform) implements ContainerRuntime {

    @Override
    public ContainerUser user() {
        return ContainerUser.unknown(new UnknownUser.OnWindows(), Optional.empty());
    }

    @Override
    public List<Mount> mounts() {
        return List.of();
    }

    @Override
    public List<StartFailure> startFailures() {
        if (platform != Platform.FARGATE) {
            return List.of();
        }
        return image.config().volumes().declared().stream()
                .map(volume -> new StartFailure(
                        new StartProblem.VolumeOnWindows(volume.written()),
                        volume.location(),
                        Optional.of(volume.path())))
                .toList();
    }

    @Override
    public List<Overlap> overlaps() {
        return List.of();
    }

    @Override
    public Access access(ContainerPath path, boolean createsParents) {
        return new Access(
                WriteAccess.UNKNOWN,
                Cause.UNKNOWN_OWNER,
                new AccessReason.WindowsRoot(),
                path,
                Optional.empty(),
                Optional.empty());
    }
}
