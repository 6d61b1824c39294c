// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A word of an ENTRYPOINT or CMD: a program, an argument, or the script that a shell runs. */
public final class CommandWord {

    private final String text;
    private final Location location;
    /** Null if the Dockerfile spells it differently, or does not have it. */
    private final @Nullable JoinedText source;

    private CommandWord(String text, Location location, @Nullable JoinedText source) {
        this.text = text;
        this.location = location;
        this.source = source;
    }

    /** A word that the Dockerfile does not contain: it comes from the base image or the current shell. */
    public static CommandWord of(String text, Location location) {
        return new CommandWord(text, location, null);
    }

    /** A command of such words; unknown if one of them is, since that may be several words. */
    public static Value<List<CommandWord>> all(List<Value<String>> texts) {
        List<CommandWord> words = new ArrayList<>();
        for (Value<String> text : texts) {
            if (text instanceof Value.Unknown<String> unknown) {
                return unknown.as();
            }
            if (text instanceof Value.Known<String> known) {
                words.add(of(known.value(), known.location()));
            }
        }
        return words.isEmpty()
                ? Value.absent()
                : new Value.Known<>(words, words.get(0).location());
    }

    public static CommandWord written(JoinedText source) {
        return new CommandWord(source.text(), source.location(), source);
    }

    public String text() {
        return text;
    }

    public Location location() {
        return location;
    }

    /** The place of a part of it, from one index (inclusive) to another (exclusive). */
    public Location location(int start, int end) {
        return source == null ? location : source.location(start, end);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CommandWord that && text.equals(that.text) && location.equals(that.location);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
