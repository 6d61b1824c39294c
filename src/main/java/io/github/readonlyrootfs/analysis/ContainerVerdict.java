// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

/** What becomes of a container with a read-only root, on one platform; the worst one first. */
public enum ContainerVerdict {
    /** A fatal need is refused, or it cannot start. */
    FAILS,
    /** No fatal need is known to be refused, but something that is not known could hide one. */
    UNPROVEN,
    /** No fatal need is refused, and nothing unknown could hide one. */
    PROVEN
}
