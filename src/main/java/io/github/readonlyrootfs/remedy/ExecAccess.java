// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.ExecAgent;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;

/** The paths that ECS Exec's agent cannot write in a container on a platform. */
public record ExecAccess(String container, Platform platform, List<ContainerPath> paths) {

    /** Those of a container; empty where ECS Exec is switched off, or works. */
    public static Optional<ExecAccess> refused(JudgedContainer on) {
        if (!on.task().executeCommand()) {
            return Optional.empty();
        }
        List<ContainerPath> refused = ExecAgent.PATHS.stream()
                .filter(path -> !ExecAgent.mounts(on.platform(), path) && isRefused(on, path))
                .toList();
        return refused.isEmpty() ? Optional.empty() : Optional.of(new ExecAccess(on.name(), on.platform(), refused));
    }

    /** The agent runs as uid 0, not as the container's user: a writable mount is enough, with any owner. */
    private static boolean isRefused(JudgedContainer on, ContainerPath path) {
        Access access = on.runtime().access(path, true);
        return access.verdict() != WriteAccess.CANNOT_START
                && access.verdict() != WriteAccess.WRITABLE
                && access.mount()
                        .or(() -> on.holder(path))
                        .filter(mount -> !mount.readOnly())
                        .isEmpty();
    }
}
