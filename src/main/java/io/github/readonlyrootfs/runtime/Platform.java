// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

/** Where ECS runs a task; the names are those of {@code requiresCompatibilities}. */
public enum Platform {
    EC2,
    EXTERNAL,
    FARGATE,
    MANAGED_INSTANCES;

    /**
     * Whether the ECS agent drives a Docker engine there. If not, an empty task volume gets the image's
     * content and owner only where the image declares a VOLUME with exactly that path. Managed Instances are taken
     * for Fargate's like, which is the cautious choice: AWS documents neither.
     */
    public boolean runsDocker() {
        return this == EC2 || this == EXTERNAL;
    }
}
