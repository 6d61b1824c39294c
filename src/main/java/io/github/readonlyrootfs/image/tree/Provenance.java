// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.tree;

import io.github.readonlyrootfs.source.Location;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The line of the Dockerfile, or the fact about a base image, that decided something.
 *
 * @param text a short noun phrase for people, such as {@code RUN chown} or {@code base image node:22}
 * @param location the deciding words in the Dockerfile, if it was the Dockerfile
 */
public record Provenance(String text, Optional<Location> location) {

    public static Provenance of(String text) {
        return new Provenance(text, Optional.empty());
    }

    // Same as the JDK's for records, but fast from the start: trees are compared node by node.
    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Provenance same && text.equals(same.text) && location.equals(same.location));
    }

    @Override
    public int hashCode() {
        return 31 * text.hashCode() + location.hashCode();
    }

    public static Provenance at(String text, Location location) {
        return new Provenance(text, Optional.of(location));
    }
}
