// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.stream.Stream;

/** What the agent of ECS Exec, which runs in the container as root, writes. */
public final class ExecAgent {

    /**
     * What people mount to have ECS Exec with a read-only root, which AWS does not support (reported by several
     * independent users).
     */
    public static final List<ContainerPath> PATHS = Stream.of(
                    "/managed-agents", "/var/lib/amazon/ssm", "/var/log/amazon/ssm")
            .map(ContainerPath::of)
            .toList();

    /**
     * The ECS agent mounts a directory of the instance there where it drives a Docker engine, which does not take a second
     * mount at one path (amazon-ecs-agent, agent/engine/execcmd).
     */
    private static final ContainerPath AGENTS_LOG = ContainerPath.of("/var/log/amazon/ssm");

    private ExecAgent() {}

    /** Whether the ECS agent mounts a path itself. */
    public static boolean mounts(Platform platform, ContainerPath path) {
        return platform.runsDocker() && path.equals(AGENTS_LOG);
    }
}
