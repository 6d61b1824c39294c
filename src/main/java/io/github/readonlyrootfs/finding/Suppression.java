// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.finding;

/**
 * Why a finding does not count.
 *
 * @param reason for people: what the team gave, or the file that lists the finding
 */
public record Suppression(Kind kind, String reason) {

    public enum Kind {
        /** The team ignores it, in the pom or in a comment. */
        IGNORED,
        /** It is older than the baseline that lists it. */
        KNOWN
    }
}
