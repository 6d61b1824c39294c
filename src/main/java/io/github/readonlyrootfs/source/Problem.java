// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.Optional;

/**
 * A defect in a file, with its place and help.
 *
 * @param message the problem, as half a sentence: it follows the location
 * @param help what was expected, or what fixes it
 * @param replacement the text that replaces the text at the location, within its quotes if it has any
 */
public record Problem(Location location, String message, String help, Optional<String> replacement) {

    /**
     * A defect of the plugin kept it from judging a file. Only the kind of the error is reported, since its message may
     * quote the file.
     */
    public static Problem ofOurOwn(Location location, Throwable error) {
        return ofOurOwn(location, "this file could not be judged", error);
    }

    /**
     * The same of a part of the judgement.
     *
     * @param what could not be done, as half a sentence
     */
    public static Problem ofOurOwn(Location location, String what, Throwable error) {
        return new Problem(
                location,
                what + ": the plugin failed with " + error.getClass().getSimpleName(),
                "this is a bug of the plugin: report it, with a file that shows it");
    }

    /** A problem that has no one right replacement. */
    public Problem(Location location, String message, String help) {
        this(location, message, help, Optional.empty());
    }
}
