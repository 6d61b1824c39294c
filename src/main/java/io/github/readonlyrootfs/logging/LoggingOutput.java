// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.source.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * The files of a logging configuration.
 *
 * @param files in the order of their appenders
 * @param problems why parts of the configuration are unknown
 */
public record LoggingOutput(List<LogFile> files, List<Problem> problems) {

    public LoggingOutput {
        List<LogFile> some = new ArrayList<>();
        for (LogFile file : files) {
            if (!file.isNone()) {
                some.add(file);
            }
        }
        files = List.copyOf(some);
        problems = List.copyOf(problems);
    }

    /** Whether there are neither files nor problems. */
    boolean areNone() {
        return files.isEmpty() && problems.isEmpty();
    }
}
