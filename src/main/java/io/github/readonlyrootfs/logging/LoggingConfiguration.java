// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A logging configuration of an application, with the files that it writes.
 *
 * @param source the file; empty if it cannot be read
 * @param early whether Logback reads it before Spring Boot configures logging
 * @param required whether the application does not start if a file cannot be opened at the start
 */
public record LoggingConfiguration(
        LoggingLibrary library, Optional<SourceFile> source, LoggingOutput files, boolean early, boolean required) {

    /** This configuration, read before others, without the files and problems that those have too. */
    LoggingConfiguration before(List<LoggingConfiguration> others, boolean starts) {
        Predicate<LogFile> sameFile =
                file -> others.stream().anyMatch(other -> other.files().files().contains(file));
        Predicate<Problem> sameProblem = problem ->
                others.stream().anyMatch(other -> other.files().problems().contains(problem));
        LoggingOutput own = new LoggingOutput(
                files.files().stream().filter(sameFile.negate()).toList(),
                files.problems().stream().filter(sameProblem.negate()).toList());
        return new LoggingConfiguration(library, source, own, true, !starts);
    }
}
