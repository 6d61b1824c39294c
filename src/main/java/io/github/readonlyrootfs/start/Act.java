// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;

/** What a start does that can be refused. */
public sealed interface Act permits Command, Redirection {

    /** Whether it is done whenever the container starts; false if a condition decides. */
    boolean certain();

    /** The known paths that it writes. */
    List<ContainerPath> paths();

    /** How its failure ends the container's start; empty if the start goes on. */
    Optional<StartRecord.Ending> ending();

    /** The same with the effect of its failure on the start. */
    Act stopping(Optional<StartRecord.Ending> ends);

    /** Whether its failure ends the container's start. */
    default boolean stops() {
        return ending().isPresent();
    }

    /** The paths that the start then writes in its place, of which one is enough to go on. */
    default List<ContainerPath> instead() {
        return ending().map(StartRecord.Ending::instead).orElse(List.of());
    }
}
