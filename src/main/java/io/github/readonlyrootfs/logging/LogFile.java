// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.placeholder.ResolvedText;
import io.github.readonlyrootfs.source.Location;
import java.util.Optional;

/**
 * A file, or files of one kind, that a logging configuration has written.
 *
 * @param writer for people, such as {@code appender FILE}
 * @param path the file's; the directory to write is its parent, for rolling over renames and creates siblings
 * @param location where the path is
 * @param moment when it is first written
 * @param condition what must hold for it to be written, as what follows "if"; empty where it is written in any case
 */
public record LogFile(String writer, ResolvedText path, Location location, Moment moment, Optional<String> condition) {

    /** A file that is written in any case. */
    LogFile(String writer, ResolvedText path, Location location, Moment moment) {
        this(writer, path, location, moment, Optional.empty());
    }

    /** When a file is first written. */
    public enum Moment {
        /** The application's start opens it. */
        START,
        /** Rolling over, or an event of a certain kind, opens it. */
        LATER
    }

    /** Whether it does not count: it has no name, or is a stream that can always be written, such as {@code /dev/stdout}. */
    boolean isNone() {
        String text = path.text();
        return text.isBlank()
                || (text.startsWith("/dev/") && !text.startsWith("/dev/shm/"))
                || text.startsWith("/proc/");
    }
}
