// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import java.util.Collection;
import java.util.List;

/**
 * What is not known of a start.
 *
 * @param gaps why further commands may run; empty if the known ones are certainly all
 * @param ownGaps the gaps that are not due to an unknown base image
 * @param commands those that may write what nothing tells
 */
record Unfollowed(List<String> gaps, List<String> ownGaps, List<UnknownCommand> commands) {

    Unfollowed(Collection<String> gaps, Collection<String> ownGaps, Collection<UnknownCommand> commands) {
        this(List.copyOf(gaps), List.copyOf(ownGaps), List.copyOf(commands));
    }
}
