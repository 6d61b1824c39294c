// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.source.Location;

/** Where the parts of a text are. */
@FunctionalInterface
public interface Place {

    /** The place of a part, from one index (inclusive) to another (exclusive). */
    Location of(int start, int end);

    /** For a text whose parts have no places of their own. */
    static Place whole(Location location) {
        return (start, end) -> location;
    }
}
