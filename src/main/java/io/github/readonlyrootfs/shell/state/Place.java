// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.source.Location;

/** Where the parts of a text stand. */
@FunctionalInterface
public interface Place {

    /** The place of a part, from one index (inclusive) to another (exclusive). */
    Location of(int start, int end);

    /** A text that is in one place as a whole. */
    static Place whole(Location location) {
        return (start, end) -> location;
    }
}
