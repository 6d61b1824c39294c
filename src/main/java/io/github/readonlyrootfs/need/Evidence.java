package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.source.Location;
import java.util.Optional;

/**
 * Why we believe that a path is written.
 *
 * @param detail for people, such as {@code <writablePaths>} or {@code LABEL io.github.readonly-rootfs.writable-paths}
 */
public record Evidence(Kind kind, String detail, Optional<Location> location) {

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
