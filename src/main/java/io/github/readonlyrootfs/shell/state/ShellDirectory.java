// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The working directory of a shell; a part that is null is unknown.
 *
 * @param previous where {@code cd -} leads
 */
record ShellDirectory(
        @Nullable ContainerPath current, @Nullable ContainerPath previous) {

    ShellDirectory to(@Nullable ContainerPath next) {
        return new ShellDirectory(next, current);
    }

    /** What both have in common. */
    ShellDirectory either(ShellDirectory other) {
        return new ShellDirectory(
                Objects.equals(current, other.current) ? current : null,
                Objects.equals(previous, other.previous) ? previous : null);
    }
}
