// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import io.github.readonlyrootfs.logging.FilePattern;
import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;

/**
 * A path in a configuration, from which the path that must be writable is derived.
 *
 * @param createsParents whether the writer creates missing directories
 * @param base the directory from which a relative path starts
 */
record WrittenPath(Text text, boolean createsParents, Value<ContainerPath> base, Location location) {

    /**
     * The path that must be writable.
     *
     * @param createsParents whether its parents may be missing
     */
    record Target(Value<ContainerPath> path, boolean createsParents) {}

    /**
     * The path that must be writable for a file: its directory, because log files are renamed and databases have several files. It
     * is the file itself in the working directory and in {@code /}, or if the writer does not create directories.
     */
    Target file() {
        Text path = text.with(text.raw().replaceFirst("^(?:\\./+)+", ""));
        Optional<String> directory = path.directory();
        if (directory.isEmpty()) {
            return new Target(unknown(), createsParents);
        }
        Optional<String> whole = path.known();
        boolean alone =
                !createsParents || directory.get().isEmpty() || directory.get().equals("/");
        return alone && whole.isPresent()
                ? new Target(below(whole.get()), false)
                : new Target(below(directory.get()), createsParents);
    }

    /** The path that must be writable for a pattern such as {@code app-%d.log}. */
    Target pattern() {
        return new WrittenPath(FilePattern.path(text), createsParents, base, location).file();
    }

    /** The path that must be writable for a directory that is created if it is missing. */
    Target directory() {
        Optional<String> whole = text.known();
        return new Target(whole.isPresent() ? below(whole.get()) : unknown(), createsParents);
    }

    /** The path that must be writable for a directory that must exist. */
    Target existingDirectory() {
        return new Target(directory().path().map(path -> path.resolve("file")), false);
    }

    private Value<ContainerPath> below(String path) {
        return Text.of(path).resolve(base, location);
    }

    private Value<ContainerPath> unknown() {
        return new Value.Unknown<>(text.unknown().orElseThrow(), location);
    }
}
