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
 * @param source the file; empty where it cannot be read
 * @param early whether Logback reads it before Spring Boot configures logging
 * @param required whether the application does not start where a file that is opened at the start cannot be
 */
public record LoggingConfiguration(
        LoggingLibrary library, Optional<SourceFile> source, LoggingOutput files, boolean early, boolean required) {

    /** The same, read before others, without what those say too. */
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
