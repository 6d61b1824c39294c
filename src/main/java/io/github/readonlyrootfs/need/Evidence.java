// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.source.Location;
import java.util.Collection;
import java.util.Optional;

/**
 * The reason for a need.
 *
 * @param detail for display, such as {@code <writablePaths>} or {@code --pid-file of gunicorn}; quotes no value but paths
 * @param finder the name of the {@link NeedFinder} that found it; empty for declared and implied needs
 * @param impact of a refused write on the writer of this evidence, which may be less than the impact of its need; empty until
 *     it belongs to a need
 * @param keeps what the writer keeps there and is meant to outlive the task; empty if the loss does no harm, or is unknown
 * @param perhaps whether it is unknown that the write happens, and the container may stop without it if it does
 */
public record Evidence(
        Kind kind,
        String detail,
        Optional<Location> location,
        Optional<String> finder,
        Optional<Impact> impact,
        Optional<Keeps> keeps,
        boolean perhaps) {

    /** Evidence without a finder. */
    public Evidence(Kind kind, String detail, Optional<Location> location) {
        this(kind, detail, location, Optional.empty());
    }

    /** Evidence that belongs to no need yet. */
    public Evidence(Kind kind, String detail, Optional<Location> location, Optional<String> finder) {
        this(kind, detail, location, finder, Optional.empty(), Optional.empty(), false);
    }

    /** This evidence in a need with an impact; evidence with an impact keeps its own. */
    Evidence in(Impact need) {
        return impact.isPresent()
                ? this
                : new Evidence(kind, detail, location, finder, Optional.of(need), keeps, perhaps);
    }

    Evidence of(Impact other) {
        return new Evidence(kind, detail, location, finder, Optional.of(other), keeps, perhaps);
    }

    /** This evidence for what the writer keeps there. */
    public Evidence keeping(Optional<Keeps> what) {
        return new Evidence(kind, detail, location, finder, impact, what, perhaps);
    }

    /** This evidence, and whether it is unknown that the write happens, without which the container may stop. */
    public Evidence perhaps(boolean unknown) {
        return new Evidence(kind, detail, location, finder, impact, keeps, unknown);
    }

    /** Whether both are equal except for their impact. */
    private boolean says(Evidence other) {
        return kind == other.kind
                && detail.equals(other.detail)
                && location.equals(other.location)
                && finder.equals(other.finder);
    }

    /** Whether it is among others, ignoring the impact. */
    boolean isAmong(Collection<Evidence> others) {
        for (Evidence other : others) {
            if (says(other)) {
                return true;
            }
        }
        return false;
    }

    /** The detail with the finder. */
    public String words() {
        return finder.isPresent() ? detail + " [" + finder.get() + "]" : detail;
    }

    public enum Kind {
        /** The team declared it. */
        DECLARED,
        /** The project mounts something writable there. */
        IMPLIED,
        /** The project's Dockerfile, settings or options state it: a directory made for the user, a name that says so. */
        STATED,
        /** Inferred from the project's files. */
        INFERRED,
        /** Seen in a running container. */
        OBSERVED
    }
}
