// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

/** The ways to make a path without a mount writable. */
public enum MountWith {
    /**
     * A VOLUME in the project's Dockerfile or pom, which keeps the image's owner on every platform; a tmpfs for other
     * containers.
     */
    AUTO,
    /** A VOLUME in the Dockerfile. */
    DOCKERFILE,
    /** An empty volume of the task. */
    VOLUME,
    TMPFS
}
