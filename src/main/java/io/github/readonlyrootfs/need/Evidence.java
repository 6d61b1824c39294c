package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.source.Location;
import java.util.Optional;

/**
 * Why we believe that a path is written.
 *
 * @param detail for people, such as {@code <writablePaths>} or {@code --pid-file of gunicorn}; quotes no value but paths
 * @param finder the name of the {@link NeedFinder} that it is from; empty for what is declared or mounted
 */
public record Evidence(Kind kind, String detail, Optional<Location> location, Optional<String> finder) {

    /** Evidence that no finder gave. */
    public Evidence(Kind kind, String detail, Optional<Location> location) {
        this(kind, detail, location, Optional.empty());
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
