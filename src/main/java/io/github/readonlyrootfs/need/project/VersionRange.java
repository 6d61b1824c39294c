// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.project;

import java.util.Optional;

/** A range of versions in Maven's syntax: {@code [3,5)}, {@code [10,)}, {@code (,4)}. */
public record VersionRange(
        Optional<ArtifactVersion> lower, boolean withLower, Optional<ArtifactVersion> upper, boolean withUpper) {

    public static final VersionRange ANY = new VersionRange(Optional.empty(), false, Optional.empty(), false);

    public static VersionRange parse(String text) {
        int comma = text.indexOf(',');
        boolean brackets = (text.startsWith("[") || text.startsWith("(")) && (text.endsWith("]") || text.endsWith(")"));
        if (!brackets || comma < 0) {
            throw new IllegalArgumentException("no range of versions: " + text);
        }
        return new VersionRange(
                bound(text.substring(1, comma)),
                text.startsWith("["),
                bound(text.substring(comma + 1, text.length() - 1)),
                text.endsWith("]"));
    }

    private static Optional<ArtifactVersion> bound(String text) {
        String version = text.strip();
        return version.isEmpty() ? Optional.empty() : Optional.of(new ArtifactVersion(version));
    }

    /** Whether the range contains a version; only the range of all versions contains an unknown one. */
    public boolean contains(String version) {
        if (version.isEmpty()) {
            return lower.isEmpty() && upper.isEmpty();
        }
        ArtifactVersion asked = new ArtifactVersion(version);
        return (lower.isEmpty() || isBetween(lower.get(), asked, withLower))
                && (upper.isEmpty() || isBetween(asked, upper.get(), withUpper));
    }

    private static boolean isBetween(ArtifactVersion first, ArtifactVersion second, boolean orEqual) {
        int order = first.compareTo(second);
        return order < 0 || (orEqual && order == 0);
    }
}
