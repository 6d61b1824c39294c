// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

/**
 * What the files do not tell of the paths that a container writes.
 *
 * @param gap what is missing
 * @param written a path as declared, such as {@code ~/.cache} of a user whose home is unknown, or what writes
 * @param reason why, as half a sentence
 */
public record UnresolvedNeed(Gap gap, String written, String reason, Evidence evidence) {

    public enum Gap {
        /** Where a path is. */
        PLACE,
        /** What somebody writes. */
        WRITES
    }

    /** A path of which the files do not tell where it is. */
    public UnresolvedNeed(String written, String reason, Evidence evidence) {
        this(Gap.PLACE, written, reason, evidence);
    }
}
