// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.finding;

import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.util.Optional;

/**
 * A rule for findings to ignore. All conditions must be met.
 *
 * @param rule the rule's id
 * @param resource the name of the task definition in the file, for a comment above a container of it
 * @param container the container's name
 * @param path at or below which the finding's path is
 * @param subject the lines that the finding must be on, for a comment above them
 * @param reason why they do not count; mandatory
 * @param label where it was said, for display: {@code <ignores>}
 */
public record Ignore(
        String rule,
        Optional<String> resource,
        Optional<String> container,
        Optional<ContainerPath> path,
        Optional<Location> subject,
        String reason,
        String label,
        Location location) {}
