// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.start;

import io.github.readonlyrootfs.shell.run.Shells;
import io.github.readonlyrootfs.source.Location;
import java.util.Optional;

/**
 * A word of a command, after its variables were put in.
 *
 * @param text what it says; where part of it is not known, what stands before that part
 * @param complete whether all of it is known
 * @param location where it stands: for what a variable brings in, where the variable is set
 */
public record Argument(String text, boolean complete, Location location) {

    /** An argument that is known. */
    public static Argument of(String text, Location location) {
        return new Argument(text, true, location);
    }

    /** The text where all of it is known. */
    public Optional<String> known() {
        return complete ? Optional.of(text) : Optional.empty();
    }

    /** Whether it is exactly this. */
    public boolean is(String other) {
        return complete && text.equals(other);
    }

    /** What stands behind a prefix that it has. */
    public Argument after(String prefix) {
        return new Argument(text.substring(prefix.length()), complete, location);
    }

    /** Whether it names a shell. */
    public boolean isShell() {
        return complete && Shells.isShell(baseName());
    }

    /** The last segment of a path: {@code java} of {@code /usr/bin/java}. */
    public String baseName() {
        return text.substring(text.lastIndexOf('/') + 1);
    }
}
