// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.partial.Hole;
import io.github.readonlyrootfs.partial.Text;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a logging configuration writes, one line each, for tests to compare. */
final class Shown {

    private Shown() {}

    static List<String> lines(LoggingOutput files) {
        return Stream.concat(
                        files.files().stream().map(Shown::line),
                        files.problems().stream().map(it -> "! " + it.location() + " " + it.message()))
                .toList();
    }

    private static String line(LogFile file) {
        String path = shown(file.path());
        return file.writer() + ": " + path
                + (file.moment() == LogFile.Moment.LATER ? " later" : "")
                + file.condition().map(it -> " if " + it).orElse("")
                + unknown(file.path()).map(it -> " (" + it + ")").orElse("");
    }

    private static String shown(Text path) {
        return path.fill(hole -> Text.of(hole instanceof Hole.Varying ? "*" : "?"))
                .raw();
    }

    private static Optional<String> unknown(Text path) {
        return path.unknown().filter(reason -> path.holes().stream().anyMatch(Hole.Unknown.class::isInstance));
    }
}
