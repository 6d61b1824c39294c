// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.schema;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.Node;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.Outline;
import java.util.Optional;

/**
 * A task definition that a file has, not looked at yet.
 *
 * @param resource its name in the file, if it has one
 * @param place where it begins
 * @param outline of the file; none where places in it are of no use for edits
 * @param generated the tool that made the file, if that tool's source has to be edited
 */
public record FoundTask(
        Optional<String> resource,
        Location place,
        Content content,
        Notation notation,
        Outline outline,
        Optional<Generated> generated,
        Neighbours neighbours) {

    /** One that nothing else in the file runs. */
    public FoundTask(Location place, Content content, Notation notation, Outline outline) {
        this(Optional.empty(), place, content, notation, outline, Optional.empty(), Neighbours.NONE);
    }

    /** The same by another name. */
    public FoundTask named(String name) {
        return new FoundTask(Optional.of(name), place, content, notation, outline, generated, neighbours);
    }

    /** Its content, evaluated only for the task definitions that are checked. */
    public interface Content {

        /**
         * An object, or an array of container definitions.
         *
         * @throws UnreadableSourceException when there is nothing, or nothing is known of it
         */
        Node read() throws UnreadableSourceException;
    }
}
