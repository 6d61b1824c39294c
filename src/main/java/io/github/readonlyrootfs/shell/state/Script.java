// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import java.util.List;

/**
 * Shell text and where it is.
 *
 * @param bodies of the here-documents in it, where they have been taken out
 * @param file the one that it is read from, as its shell was told it; empty where it is read from none
 */
public record Script(String text, List<String> bodies, Place place, String file) {

    public Script(String text, List<String> bodies, Place place) {
        this(text, bodies, place, "");
    }

    public Script(String text, Place place) {
        this(text, List.of(), place);
    }

    /** The same, read from a file. */
    public Script from(String other) {
        return new Script(text, bodies, place, other);
    }

    /** Text that is made while this script runs, such as what a command substitution holds. */
    public Script within(String other, Place where) {
        return new Script(other, List.of(), where, file);
    }
}
