// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.start;

import io.github.readonlyrootfs.shell.state.Shells;
import io.github.readonlyrootfs.shell.text.Field;
import io.github.readonlyrootfs.shell.text.Text;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Truth;
import java.util.Optional;

/**
 * A word of a command with its variables expanded.
 *
 * @param text its text; if part of it is unknown, the text before that part
 * @param complete whether all of it is known
 * @param rest the text after the unknown part, which may have unknown parts too
 * @param location of the word; for a variable's value, where the variable is set
 */
public record Argument(String text, boolean complete, String rest, Location location) {

    /** An argument of which nothing is known after an unknown part. */
    public Argument(String text, boolean complete, Location location) {
        this(text, complete, "", location);
    }

    /** A word of a shell. */
    static Argument of(Field field, Location location) {
        String text = field.text();
        String raw = field.value().raw();
        boolean known = field.known();
        return new Argument(text, known, known ? "" : raw.substring(text.length() + 1), location);
    }

    /** A known argument. */
    public static Argument of(String text, Location location) {
        return new Argument(text, true, location);
    }

    /** The text if all of it is known. */
    public Optional<String> known() {
        return complete ? Optional.of(text) : Optional.empty();
    }

    /** Whether it is a known text. */
    public boolean is(String other) {
        return complete && text.equals(other);
    }

    /** The argument without a prefix that it has. */
    public Argument after(String prefix) {
        return new Argument(text.substring(prefix.length()), complete, rest, location);
    }

    /** The directory of a path if only the file's name in it is unknown; else empty. */
    Optional<Argument> directory() {
        int slash = text.lastIndexOf('/');
        boolean named = complete || text.isEmpty() || slash == 0 || rest.indexOf('/') >= 0;
        return named ? Optional.empty() : Optional.of(of(slash < 0 ? "." : text.substring(0, slash), location));
    }

    /** The same as a word of a shell. */
    Field field() {
        Text known = Text.of(text);
        Text all = complete ? known : known.plus(Text.UNKNOWN).plus(Text.of(rest));
        return Field.of(all).at(location);
    }

    /** Whether a command in this place has the text itself. */
    boolean isIn(Location command) {
        return location.file().equals(command.file()) && location.isWithin(command);
    }

    /** The same text, found in another place. */
    Argument at(Location other) {
        return new Argument(text, complete, rest, other);
    }

    /** Whether it names a shell. */
    public boolean isShell() {
        return complete && Shells.isShell(baseName());
    }

    /** Whether a program of this name is usually a script. */
    boolean looksLikeScript() {
        String name = baseName();
        return name.endsWith(".sh") || name.endsWith(".bash") || name.contains("entrypoint");
    }

    /** Whether the last segment of its path is this name. */
    Truth isNamed(String name) {
        String all = field().value().raw();
        String last = all.substring(all.lastIndexOf('/') + 1);
        // The unknown part may contain a slash, which makes the text before it a directory.
        int unknown = Text.indexOfHole(last);
        return new Text(unknown < 0 ? last : last.substring(unknown)).same(Text.of(name));
    }

    /** The last segment of a path: {@code java} of {@code /usr/bin/java}. */
    public String baseName() {
        return text.substring(text.lastIndexOf('/') + 1);
    }
}
