// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

/**
 * Something unknown about the paths that a container writes.
 *
 * @param gap what is unknown
 * @param written a path as declared, such as {@code ~/.cache} of a user whose home is unknown, or a description of the writer
 * @param reason why it is unknown, as half a sentence
 * @param impact of a refused write; a feature if that is unknown too
 */
public record UnresolvedNeed(Gap gap, String written, String reason, Need.Impact impact, Evidence evidence) {

    public enum Gap {
        /** The place of a path. */
        PLACE,
        /** The place of a path that the code computes. */
        COMPUTED,
        /** The paths that something writes. */
        WRITES,
        /** The paths that a program of unknown code writes: those that are declared, if any. */
        PROGRAM
    }

    /** A path whose place is unknown. */
    public UnresolvedNeed(String written, String reason, Need.Impact impact, Evidence evidence) {
        this(Gap.PLACE, written, reason, impact, evidence);
    }

    /** Something whose writes are unknown. */
    public static UnresolvedNeed writes(String who, String reason, Evidence evidence) {
        return new UnresolvedNeed(Gap.WRITES, who, reason, Need.Impact.FEATURE, evidence);
    }
}
