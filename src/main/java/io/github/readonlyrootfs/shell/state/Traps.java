// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.partial.Text;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The commands that a shell runs at certain events; null for none.
 *
 * @param exit when the shell ends
 * @param error when a command fails where {@code set -e} would end the shell
 */
record Traps(@Nullable Text exit, @Nullable Text error) {

    static final Traps NONE = new Traps(null, null);

    /** What both have in common. */
    Traps either(Traps other) {
        return new Traps(
                Objects.equals(exit, other.exit) ? exit : null, Objects.equals(error, other.error) ? error : null);
    }
}
