// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;

/**
 * A file that a shell opens for the output of a command: {@code > /var/log/app.log}; or one that a script must be able to write, since
 * it asks: {@code [ -w /var/log ]}.
 *
 * @param target as written
 * @param path its absolute path
 * @param inside whether the path is a directory, in which an unknown file is opened
 * @param certain whether it is opened whenever the container starts; false if a condition decides
 * @param stops whether the container's start ends if the file cannot be opened: because the main command then does not run, or
 *     because the shell stops at errors
 * @param instead the paths that the start then writes in its place, of which one is enough to go on
 * @param writer the user that opens it
 * @param asked whether the script only asks whether it could be opened
 */
public record Redirection(
        Field target,
        Value<ContainerPath> path,
        boolean inside,
        boolean certain,
        boolean stops,
        List<ContainerPath> instead,
        Writer writer,
        boolean asked) {

    static Redirection of(Field target, Value<ContainerPath> directory, boolean certain, Writer writer) {
        Optional<Field> inside = target.directory();
        Value<ContainerPath> path = inside.orElse(target).resolve(directory);
        return new Redirection(target, path, inside.isPresent(), certain, false, List.of(), writer, false);
    }

    static Redirection asked(Field target, Value<ContainerPath> directory, boolean certain, Writer writer) {
        Redirection opened = of(target, directory, certain, writer);
        return new Redirection(opened.target, opened.path, opened.inside, certain, false, List.of(), writer, true);
    }

    /** The directory that must exist. */
    Optional<ContainerPath> directory() {
        return inside ? path.known() : path.known().map(ContainerPath::parent);
    }

    /**
     * This redirection with the effect of its failure on the start.
     *
     * @param ends empty if the start goes on
     */
    Redirection stopping(Optional<StartRecord.Ending> ends) {
        List<ContainerPath> others = ends.map(StartRecord.Ending::instead).orElse(List.of());
        return new Redirection(target, path, inside, certain, ends.isPresent(), others, writer, asked);
    }
}
