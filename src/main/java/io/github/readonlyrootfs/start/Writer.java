// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.image.command.ImageHost;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;

/**
 * The user that writes.
 *
 * @param user in the form of {@code USER}; absent for the container's own user
 * @param seen the files as another user finds them
 */
public record Writer(Value<String> user, Optional<Seen> seen) {

    /** The container's own user, which the runtime knows. */
    public static final Writer CONTAINERS_OWN = new Writer(Value.absent(), Optional.empty());

    /** What the start command did to a directory before the writer uses it. */
    public enum Preparation {
        NONE,
        /** It may have changed the owner or mode. */
        PERHAPS,
        /** The writer may certainly write it. */
        GIVEN
    }

    /**
     * The files for a user that the start switches to.
     *
     * @param first as the start found them
     * @param now when that user begins
     */
    record Seen(ImageHost first, ImageHost now) {

        private boolean differ(ContainerPath path) {
            return !first.at(path).ownership().equals(now.at(path).ownership());
        }
    }

    /** A user in the form of {@code USER}; the container's own where absent. */
    public static Writer as(Value<String> user) {
        return user.isAbsent() ? CONTAINERS_OWN : new Writer(user, Optional.empty());
    }

    /** Equal for equal users. */
    public String key() {
        return user.isAbsent() ? "" : user.known().orElse("?");
    }

    /**
     * Whether the start command has prepared a directory.
     *
     * @param path that is written
     * @param decided the directory above it that refuses the writer
     */
    public Preparation preparation(ContainerPath path, ContainerPath decided) {
        if (seen.isEmpty()) {
            return Preparation.NONE;
        }
        boolean changed = false;
        for (ContainerPath at = path; at.isAtOrBelow(decided); at = at.parent()) {
            if (seen.get().differ(at)) {
                changed = true;
                if (seen.get().now.owns(at).isTrue()) {
                    return Preparation.GIVEN;
                }
            }
            if (at.isRoot()) {
                break;
            }
        }
        if (!changed) {
            return Preparation.NONE;
        }
        return switch (seen.get().now.permits(path)) {
            case TRUE -> Preparation.GIVEN;
            case FALSE -> Preparation.NONE;
            case UNKNOWN -> Preparation.PERHAPS;
        };
    }
}
