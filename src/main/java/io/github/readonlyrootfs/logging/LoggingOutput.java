// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.source.Problem;
import java.util.List;

/**
 * What a logging configuration writes.
 *
 * @param files in the order of their appenders
 * @param problems what could not be read, or is not known, of the configuration
 */
public record LoggingOutput(List<LogFile> files, List<Problem> problems) {

    public LoggingOutput {
        files = files.stream().filter(file -> !file.isNone()).toList();
        problems = List.copyOf(problems);
    }

    /** Whether nothing is written, and nothing unknown. */
    boolean areNone() {
        return files.isEmpty() && problems.isEmpty();
    }
}
