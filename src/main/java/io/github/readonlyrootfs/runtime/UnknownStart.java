// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.source.ContainerPath;

/** Why it is unknown whether a container starts. */
public sealed interface UnknownStart extends Reason {

    /** A mount over one of the kernel's directories must be the instance's own directory. */
    record MayHideKernels(ContainerPath directory) implements UnknownStart {}

    record MountPointMayBeMissing(ContainerPath readOnlyMount, ContainerPath mountPoint) implements UnknownStart {}

    record WorkingDirectoryMayBeMissing(ContainerPath readOnlyMount, ContainerPath workingDirectory)
            implements UnknownStart {}

    /** A mount at a path of so many names that the Docker engine does not follow it; other engines may. */
    record MountTooDeep(int names) implements UnknownStart {}

    /** A volume with a size, which needs quotas on the instance. */
    record NeedsQuota(String volume) implements UnknownStart {}

    /** An option that a tmpfs may not take. */
    record DoubtfulTmpfsOption(String option) implements UnknownStart {}
}
