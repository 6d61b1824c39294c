// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.shell.ShellNode;
import io.github.readonlyrootfs.source.Location;
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

    /** The location of a command of this script, or of its first one. */
    public Location placeOf(ShellNode node) {
        if (node instanceof ShellNode.Simple simple) {
            return place.of(simple.start(), simple.end());
        } else if (node instanceof ShellNode.Test test) {
            return place.of(test.start(), test.end());
        } else if (node instanceof ShellNode.AndOr list) {
            return placeOf(list.links().get(0).node());
        } else if (node instanceof ShellNode.Pipeline pipeline) {
            return placeOf(pipeline.nodes().get(0));
        } else if (node instanceof ShellNode.Background background) {
            return placeOf(background.node());
        } else if (node instanceof ShellNode.Group group) {
            return placeOf(group.body());
        } else if (node instanceof ShellNode.Sequence sequence
                && !sequence.nodes().isEmpty()) {
            return placeOf(sequence.nodes().get(0));
        }
        return place.of(0, text.length());
    }
}
