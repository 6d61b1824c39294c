package io.github.readonlyrootfs.source;

/**
 * Why a piece of a file cannot be read as what it claims to be.
 *
 * @param message what is wrong, as half a sentence: it follows the location
 * @param help what was expected, or the edit that mends it
 */
public record Problem(Location location, String message, String help) {}
