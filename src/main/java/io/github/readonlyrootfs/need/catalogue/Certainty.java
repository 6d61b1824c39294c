// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

/** How certain a fact is. */
public enum Certainty {
    /** The software was run on a read-only root. */
    MEASURED,
    /** It is in the software's or image's own source. */
    READ,
    /** Its vendor documents it. */
    DOCUMENTED,
    /** Several users report it. */
    REPORTED,
    /** It is assumed, but not measured yet: such a need fails no build. */
    ASSUMED
}
