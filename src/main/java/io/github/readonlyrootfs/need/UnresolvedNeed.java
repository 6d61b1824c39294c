// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

/**
 * What the files do not tell of the paths that a container writes.
 *
 * @param gap what is missing
 * @param written a path as declared, such as {@code ~/.cache} of a user whose home is unknown, or what writes
 * @param reason why, as half a sentence
 * @param impact what a refused write costs; a feature where that is unknown too
 */
public record UnresolvedNeed(Gap gap, String written, String reason, Need.Impact impact, Evidence evidence) {

    public enum Gap {
        /** Where a path is. */
        PLACE,
        /** Where a path is that only the code knows, which computes it. */
        COMPUTED,
        /** What somebody writes. */
        WRITES
    }

    /** A path of which the files do not say where it is. */
    public UnresolvedNeed(String written, String reason, Need.Impact impact, Evidence evidence) {
        this(Gap.PLACE, written, reason, impact, evidence);
    }

    /** Something of which the files do not tell what it writes. */
    public static UnresolvedNeed writes(String who, String reason, Evidence evidence) {
        return new UnresolvedNeed(Gap.WRITES, who, reason, Need.Impact.FEATURE, evidence);
    }
}
