package io.github.readonlyrootfs.need;

/**
 * A declared path of which the files do not tell where it is, such as {@code ~/.cache} of a user whose home is unknown.
 *
 * @param written as declared
 * @param reason why, as half a sentence
 */
public record UnresolvedNeed(String written, String reason, Evidence evidence) {}
