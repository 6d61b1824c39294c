package io.github.readonlyrootfs.source;

import java.util.Optional;

/**
 * Why a piece of a file cannot be read as what it claims to be.
 *
 * @param message what is wrong, as half a sentence: it follows the location
 * @param help what was expected, or what fixes it
 * @param replacement the text that belongs in the place of what is there, within its quotes if it has any
 */
public record Problem(Location location, String message, String help, Optional<String> replacement) {

    /** A problem that has no one right replacement. */
    public Problem(Location location, String message, String help) {
        this(location, message, help, Optional.empty());
    }
}
