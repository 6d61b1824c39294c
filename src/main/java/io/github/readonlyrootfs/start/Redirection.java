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
 * @param ending how its failure ends the container's start: because the main command then does not run, or because the shell stops
 *     at errors; empty if the start goes on
 * @param writer the user that opens it
 * @param asked whether the script only asks whether it could be opened
 */
public record Redirection(
        Field target,
        Value<ContainerPath> path,
        boolean inside,
        boolean certain,
        Optional<StartRecord.Ending> ending,
        Writer writer,
        boolean asked)
        implements Act {

    static Redirection of(Field target, Value<ContainerPath> directory, boolean certain, Writer writer, boolean asked) {
        Optional<Field> inside = target.directory();
        Value<ContainerPath> path = inside.orElse(target).resolve(directory);
        return new Redirection(target, path, inside.isPresent(), certain, Optional.empty(), writer, asked);
    }

    /** The directory that must exist. */
    Optional<ContainerPath> directory() {
        return inside ? path.known() : path.known().map(ContainerPath::parent);
    }

    @Override
    public List<ContainerPath> paths() {
        return path.known().stream().toList();
    }

    @Override
    public Redirection stopping(Optional<StartRecord.Ending> ends) {
        return new Redirection(target, path, inside, certain, ends, writer, asked);
    }
}
