// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.partial;

import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.source.Value;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A word of a command after expansion.
 *
 * @param value the text, as far as it is known
 * @param pattern the text as a pattern, literal characters escaped, if it has unquoted {@code * ? [}; else null
 * @param location where the word is, or where its variable is set if it is one variable; null if unknown
 */
public record Field(
        Text value, @Nullable String pattern, @Nullable Location location) {

    public static Field of(String text) {
        return of(Text.of(text));
    }

    public static Field of(Text text) {
        return new Field(text, null, null);
    }

    public static Field of(String text, Location location) {
        return of(Text.of(text), location);
    }

    public static Field of(Text text, Location location) {
        return new Field(text, null, location);
    }

    public static Field unknown() {
        return of(Text.UNKNOWN);
    }

    /** The text; if part of it is unknown, what precedes that part. */
    public String text() {
        return value.prefix();
    }

    /** The text after the last hole; empty if that may be a pattern. */
    public String suffix() {
        return pattern == null ? value.suffix() : "";
    }

    public boolean known() {
        return value.isKnown();
    }

    /** Whether it is one text, neither a pattern nor unknown in part. */
    public boolean isExact() {
        return known() && pattern == null;
    }

    public boolean is(String other) {
        return isExact() && value.raw().equals(other);
    }

    /** The text, if it is exactly one. */
    public Optional<String> exact() {
        return isExact() ? Optional.of(value.raw()) : Optional.empty();
    }

    /** A pattern for all texts that the word may be: an asterisk for each hole. */
    public String glob() {
        String written = pattern == null ? Glob.escape(value.raw()) : pattern;
        return new Text(written).perhapsEmpty().raw().replace(Text.HOLE, '*');
    }

    /** Whether it matches a word of {@code case} or {@code [[ == ]]}, which may be a pattern. */
    public Truth matches(Field other) {
        if (other.pattern == null) {
            return value.same(other.value);
        }
        boolean decided = other.known() && (known() || other.pattern.equals("*"));
        return decided ? Truth.of(new Glob(other.pattern).matches(value.raw())) : Truth.UNKNOWN;
    }

    /** The known beginning of all names that match a pattern. */
    public Text beginning() {
        String glob = glob();
        int special = 0;
        while (special < glob.length() && !Glob.isEscaped(glob.charAt(special))) {
            special++;
        }
        return Text.beginningWith(glob.substring(0, special));
    }

    /** The rest after a beginning of that length. */
    public Field from(int start) {
        int length = Math.min(start, value.raw().length());
        String rest = null;
        if (pattern != null) {
            int at = 0;
            for (int i = 0; i < length && at < pattern.length(); i++) {
                at += pattern.charAt(at) == '\\' && at + 1 < pattern.length() ? 2 : 1;
            }
            rest = pattern.substring(at);
        }
        return new Field(new Text(value.raw().substring(length)), rest, location);
    }

    /**
     * The word as a program gets it if no file matches its pattern.
     *
     * @param otherwise its place if that is unknown
     */
    public Field literal(Location otherwise) {
        return of(value, location == null ? otherwise : location);
    }

    /** Where it is; no place of any file if that is unknown. */
    public Location where() {
        return location == null ? Location.of("") : location;
    }

    /** Whether all of it is in a range: a variable's value is where the variable is set. */
    public boolean isIn(Location range) {
        return where().file().equals(range.file()) && where().isWithin(range);
    }

    /** The last segment of a path, up to its first hole: {@code java} of {@code /usr/bin/java}. */
    public String baseName() {
        return text().substring(text().lastIndexOf('/') + 1);
    }

    /** Whether the last segment of its path is this name. */
    public Truth isNamed(String name) {
        String last = value.raw().substring(value.raw().lastIndexOf('/') + 1);
        // The unknown part may contain a slash, which makes the text before it a directory.
        int hole = Text.indexOfHole(last);
        return new Text(hole < 0 ? last : last.substring(hole)).same(Text.of(name));
    }

    /** The directory of a path if only the file's name in it is unknown; else empty. */
    public Optional<Field> directory() {
        return known()
                ? Optional.empty()
                : value.directory()
                        .filter(path -> !path.equals("/"))
                        .map(path -> of(path.isEmpty() ? "." : path, where()));
    }

    /** The path that it names; a relative one starts in a directory. */
    public Value<ContainerPath> resolve(Value<ContainerPath> directory) {
        return value.resolve(directory, where());
    }

    /** The word with a text behind it. */
    public Field plus(String end) {
        return new Field(value.plus(Text.of(end)), pattern == null ? null : pattern + Glob.escape(end), location);
    }

    public Field at(@Nullable Location other) {
        return new Field(value, pattern, other);
    }
}
