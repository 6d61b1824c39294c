// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import java.util.Collection;
import java.util.List;

/**
 * What is not known of a start.
 *
 * @param gaps empty if the known commands are certainly all
 * @param commands those that may write what nothing tells
 */
record Unfollowed(List<StartGap> gaps, List<UnknownCommand> commands) {

    Unfollowed(Collection<StartGap> gaps, Collection<UnknownCommand> commands) {
        this(List.copyOf(gaps), List.copyOf(commands));
    }
}
