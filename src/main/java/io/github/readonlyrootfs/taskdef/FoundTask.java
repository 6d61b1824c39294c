package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Location;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A task definition that a file has, not looked at yet.
 *
 * @param resource what the file calls it, where the file has a name for it
 * @param place what to point at where there is nothing in it
 * @param content what should be an object, or an array of container definitions; empty where there is nothing.
 *     Evaluated only for those that somebody wants checked
 * @param outline of the file
 */
record FoundTask(
        Optional<String> resource,
        Location place,
        Supplier<Optional<Node>> content,
        Notation notation,
        Outline outline) {}
