// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.source.Location;
import java.util.Collection;
import java.util.Optional;

/**
 * Why we believe that a path is written.
 *
 * @param detail for people, such as {@code <writablePaths>} or {@code --pid-file of gunicorn}; quotes no value but paths
 * @param finder the name of the {@link NeedFinder} that it is from; empty for what is declared or mounted
 * @param impact what a refused write does to what it speaks of, which may be less than what it does to the need it is
 *     in; empty as long as it is in none
 * @param lasting whether what is written is meant to outlive the task, as a database is
 */
public record Evidence(
        Kind kind,
        String detail,
        Optional<Location> location,
        Optional<String> finder,
        Optional<Impact> impact,
        boolean lasting) {

    /** Evidence that no finder gave. */
    public Evidence(Kind kind, String detail, Optional<Location> location) {
        this(kind, detail, location, Optional.empty());
    }

    /** Evidence for which no need is known yet. */
    public Evidence(Kind kind, String detail, Optional<Location> location, Optional<String> finder) {
        this(kind, detail, location, finder, Optional.empty(), false);
    }

    /** The same in a need of that impact; evidence that is in one already keeps its own. */
    Evidence in(Impact need) {
        return impact.isPresent() ? this : new Evidence(kind, detail, location, finder, Optional.of(need), lasting);
    }

    /** The same of what is meant to outlive the task. */
    public Evidence ofLasting() {
        return new Evidence(kind, detail, location, finder, impact, true);
    }

    /** Whether both say the same, whatever it does. */
    private boolean says(Evidence other) {
        return kind == other.kind
                && detail.equals(other.detail)
                && location.equals(other.location)
                && finder.equals(other.finder);
    }

    /** Whether one of these says the same, whatever it does. */
    boolean isAmong(Collection<Evidence> others) {
        return others.stream().anyMatch(this::says);
    }

    /** The detail, and who found it. */
    public String words() {
        return detail + finder.map(name -> " [" + name + "]").orElse("");
    }

    public enum Kind {
        /** The team says so. */
        DECLARED,
        /** The project mounts something writable there. */
        IMPLIED,
        /** It follows from what the project uses. */
        INFERRED,
        /** It was seen happening. */
        OBSERVED
    }
}
