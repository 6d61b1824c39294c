// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import java.nio.file.InvalidPathException;

/** What a goal reads before it checks. If that fails by a mistake of this plugin, the user learns what was read. */
interface Reading<T> {

    T read() throws ConfigurationException;

    /**
     * Reads something.
     *
     * @param what the parameter or the file
     * @throws ConfigurationException when it cannot be read, for whatever reason
     */
    static <T> T of(String what, Reading<T> reading) throws ConfigurationException {
        try {
            return reading.read();
        } catch (InvalidPathException e) {
            // Not every system and every locale can have every character in a file's name.
            throw new ConfigurationException(what + ": \"" + e.getInput() + "\" is not a path here: " + e.getReason());
        } catch (RuntimeException | StackOverflowError e) {
            throw failed(what, "this could not be read", e);
        }
    }

    /** An error of this plugin, with its stack trace. */
    static ConfigurationException failed(String subject, String what, Throwable error) {
        Problem problem = Problem.ofOurOwn(Location.of(subject), what, error);
        ConfigurationException failure = new ConfigurationException(
                subject + ": " + problem.message() + "; " + problem.help() + " and the stack trace that mvn -e prints");
        failure.setStackTrace(error.getStackTrace());
        return failure;
    }
}
