// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

/** What the failure of a command means to the shell. */
enum Context {
    /** Under {@code set -e} it ends the shell. */
    PLAIN,
    /** The shell continues in any case, as after the first part of {@code a && b}. */
    LISTED,
    /** It is handled, as before {@code ||} or in a condition. */
    TESTED;

    Context orLater(Context other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
