// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.partial.Text;
import java.util.Optional;

/** The standard input of commands: each goes on reading where the previous one stopped. */
public final class Input {

    private Text rest;

    public Input(Text text) {
        this.rest = text;
    }

    public Text all() {
        Text all = rest;
        rest = Text.EMPTY;
        return all;
    }

    /** The next line, without its line break; empty if there is none. */
    public Optional<Text> line() {
        if (rest.raw().isEmpty()) {
            return Optional.empty();
        }
        int end = rest.raw().indexOf('\n');
        int hole = Text.indexOfHole(rest.raw());
        if (hole >= 0 && (end < 0 || hole < end)) {
            // A hole may contain line ends, so it is unknown where the next line begins.
            rest = Text.UNKNOWN;
            return Optional.of(Text.UNKNOWN);
        }
        Text line = new Text(end < 0 ? rest.raw() : rest.raw().substring(0, end));
        rest = new Text(end < 0 ? "" : rest.raw().substring(end + 1));
        return Optional.of(line);
    }

    /** Something may have been read from it. */
    public void doubt(Text before) {
        if (!rest.equals(before)) {
            rest = Text.UNKNOWN;
        }
    }

    public Text rest() {
        return rest;
    }

    public void reset(Text text) {
        rest = text;
    }
}
