// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.placeholder;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A text, usually a path, whose placeholders were replaced.
 *
 * @param text with {@link #GAP} for an unknown part, and {@link #VARIES} for a part that is different each time
 * @param unknown why a part is unknown, as half a sentence that names no values; empty if all is known
 */
public record ResolvedText(String text, Optional<String> unknown) {

    /** Stands for unknown text, which may contain slashes. */
    public static final char GAP = '\uFFFC';

    /** Stands for text that is different each time, such as a date. */
    public static final char VARIES = '\uFFFB';

    public static ResolvedText known(String text) {
        return new ResolvedText(text, Optional.empty());
    }

    public static ResolvedText unknown(String reason) {
        return new ResolvedText(String.valueOf(GAP), Optional.of(reason));
    }

    /** A value as text; nothing, where it is absent. */
    public static ResolvedText of(Value<String> value) {
        return value instanceof Value.Unknown<String> why
                ? unknown(why.reason())
                : known(value.known().orElse(""));
    }

    /** The text as the value that a file has at a location. */
    public Value<String> at(Location location) {
        return isKnown() ? new Value.Known<>(text, location) : new Value.Unknown<>(unknown.orElseThrow(), location);
    }

    /** The same with its text changed. */
    public ResolvedText map(UnaryOperator<String> change) {
        return new ResolvedText(change.apply(text), unknown);
    }

    public boolean isKnown() {
        return unknown.isEmpty();
    }

    /** The whole text, if all of it is known and the same each time. */
    public Optional<String> whole() {
        return isKnown() && text.indexOf(VARIES) < 0 ? Optional.of(text) : Optional.empty();
    }

    /**
     * The directory of the file with this path: everything before the last slash that precedes a varying part. It is an empty
     * text for a file in the working directory.
     *
     * @return empty if a part of the directory is unknown
     */
    public Optional<String> directory() {
        int varies = text.indexOf(VARIES);
        String constant = varies < 0 ? text : text.substring(0, varies);
        int slash = constant.lastIndexOf('/');
        String directory = slash == 0 ? "/" : constant.substring(0, Math.max(slash, 0));
        boolean known = directory.indexOf(GAP) < 0 && (slash >= 0 || !startsUnknown(constant));
        return known ? Optional.of(directory) : Optional.empty();
    }

    /** The unknown beginning of a file name may contain a directory. */
    private static boolean startsUnknown(String constant) {
        return constant.indexOf(GAP) == 0;
    }
}
