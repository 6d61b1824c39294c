// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.start;

import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;

/**
 * A file that a shell opens for what a command prints: {@code > /var/log/app.log}.
 *
 * @param target as written
 * @param path where that is
 * @param inside whether the path is that of a directory, and it is not known which of its files is opened
 * @param certain whether it is opened whenever the container starts; false where a condition decides
 * @param stops whether the container's start ends where the file cannot be opened: because the main command is the one
 *     that is then not run, or because the shell stops at errors
 * @param writer who opens it
 */
public record Redirection(
        Argument target, Value<ContainerPath> path, boolean inside, boolean certain, boolean stops, Writer writer) {

    static Redirection of(Argument target, Value<ContainerPath> directory, boolean certain, Writer writer) {
        Optional<Argument> inside = target.directory();
        Value<ContainerPath> path = Command.path(inside.orElse(target), directory);
        return new Redirection(target, path, inside.isPresent(), certain, false, writer);
    }

    /** The directory that must be there. */
    Optional<ContainerPath> directory() {
        return inside ? path.known() : path.known().map(ContainerPath::parent);
    }

    /** The same, with what it means to the start if the file cannot be opened. */
    Redirection stopping(boolean ends, List<Writer.Gift> before) {
        return new Redirection(target, path, inside, certain, ends, writer.after(before));
    }
}
