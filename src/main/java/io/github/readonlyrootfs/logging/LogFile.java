// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.partial.Text;
import io.github.readonlyrootfs.source.Location;
import java.util.Optional;

/**
 * A file, or files with one pattern, in a logging configuration.
 *
 * @param writer for display, such as {@code appender FILE}
 * @param path of the file; its parent must be writable, because rolling over renames and creates siblings
 * @param location of the path
 * @param moment when it is first written
 * @param condition under which it is written, as the text after "if"; empty for none
 * @param undecided whether the configuration itself asks for the condition, and nothing here tells the answer
 */
public record LogFile(
        String writer, Text path, Location location, Moment moment, Optional<String> condition, boolean undecided) {

    /** A file without a condition. */
    LogFile(String writer, Text path, Location location, Moment moment) {
        this(writer, path, location, moment, Optional.empty());
    }

    /** A file under a condition of which nothing says that it is met. */
    LogFile(String writer, Text path, Location location, Moment moment, Optional<String> condition) {
        this(writer, path, location, moment, condition, false);
    }

    /** When a file is first written. */
    public enum Moment {
        /** The application's start opens it. */
        START,
        /** Rolling over, or an event of a certain kind, opens it. */
        LATER
    }

    /** Whether it has no name, or is a stream that is always writable, such as {@code /dev/stdout}. */
    boolean isNone() {
        String text = path.raw();
        return text.isBlank()
                || (text.startsWith("/dev/") && !text.startsWith("/dev/shm/"))
                || text.startsWith("/proc/");
    }
}
