// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import java.util.List;

/**
 * Shell text and where it is.
 *
 * @param bodies of its here-documents, if they were removed from the text
 * @param file the file that it is read from, as its shell names it; empty for none
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

    /** A text that this script runs, such as a command substitution. */
    public Script within(String other, Place where) {
        return new Script(other, List.of(), where, file);
    }
}
