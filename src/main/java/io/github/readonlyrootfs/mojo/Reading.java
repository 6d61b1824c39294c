// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import java.nio.file.InvalidPathException;
import java.util.Optional;

/** What a goal is reading. If that fails by a mistake of this plugin, the user learns what was read. */
final class Reading {

    private Optional<String> subject = Optional.empty();

    /** From here on the goal reads this parameter or file. */
    void of(String next) {
        subject = Optional.of(next);
    }

    /** From here on the goal works with what it has read. */
    void ends() {
        subject = Optional.empty();
    }

    /**
     * The error to report for one that this plugin did not expect.
     *
     * @param goal the goal that failed, for an error that is about nothing that was read
     */
    ConfigurationException failed(String goal, Throwable error) {
        // Not every system and every locale can have every character in a file's name.
        return subject.isPresent() && error instanceof InvalidPathException e
                ? new ConfigurationException(
                        subject.get() + ": \"" + e.getInput() + "\" is not a path here: " + e.getReason())
                : ofOurOwn(
                        subject.orElse(goal),
                        subject.isPresent() ? "this could not be read" : "this project could not be checked",
                        error);
    }

    /** An error of this plugin, with its stack trace. */
    private static ConfigurationException ofOurOwn(String subject, String what, Throwable error) {
        Problem problem = Problem.ofOurOwn(Location.of(subject), what, error);
        ConfigurationException failure = new ConfigurationException(
                subject + ": " + problem.message() + "; " + problem.help() + " and the stack trace that mvn -e prints");
        failure.setStackTrace(error.getStackTrace());
        return failure;
    }
}
