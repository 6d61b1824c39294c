// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.configuration.placeholder.ResolvedText;
import java.util.List;
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
        String path = file.path().text().replace(ResolvedText.GAP, '?').replace(ResolvedText.VARIES, '*');
        return file.writer() + ": " + path
                + (file.moment() == LogFile.Moment.LATER ? " later" : "")
                + file.condition().map(it -> " if " + it).orElse("")
                + file.path().unknown().map(it -> " (" + it + ")").orElse("");
    }
}
