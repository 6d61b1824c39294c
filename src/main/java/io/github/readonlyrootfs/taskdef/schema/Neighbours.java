// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.schema;

import io.github.readonlyrootfs.source.Location;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What other resources in the same files say of a task definition.
 *
 * @param executeCommand where a service that runs it switches ECS Exec on
 * @param launchTypes of the services that run it, such as {@code FARGATE}; none where they are not known, or there are none
 * @param accessPoints by the words with which a volume names one
 */
public record Neighbours(
        Optional<Location> executeCommand,
        Set<String> launchTypes,
        Function<String, Optional<AccessPoint>> accessPoints) {

    public static final Neighbours NONE = executing(Optional.empty());

    public static Neighbours executing(Optional<Location> executeCommand) {
        return new Neighbours(executeCommand, Set.of(), words -> Optional.empty());
    }
}
