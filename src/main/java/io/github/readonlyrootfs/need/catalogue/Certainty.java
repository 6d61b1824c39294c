// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.catalogue;

/** How a fact is known. */
public enum Certainty {
    /** The software was run on a read-only root. */
    MEASURED,
    /** It is in the software's or image's own source. */
    READ,
    /** Its makers say so. */
    DOCUMENTED,
    /** Several users say so. */
    REPORTED,
    /** It is generally believed, and yet to be measured: such a need fails no build. */
    ASSUMED
}
