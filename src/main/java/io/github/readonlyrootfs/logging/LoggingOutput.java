// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.source.Problem;
import java.util.List;

/**
 * The files of a logging configuration.
 *
 * @param files in the order of their appenders
 * @param problems why parts of the configuration are unknown
 */
public record LoggingOutput(List<LogFile> files, List<Problem> problems) {

    public LoggingOutput {
        files = files.stream().filter(file -> !file.isNone()).toList();
        problems = List.copyOf(problems);
    }

    /** Whether there are neither files nor problems. */
    boolean areNone() {
        return files.isEmpty() && problems.isEmpty();
    }
}
