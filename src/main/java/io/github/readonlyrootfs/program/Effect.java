// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.program;

import io.github.readonlyrootfs.partial.Field;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a command does to one path.
 *
 * @param path the word that names it; the program itself for what is not about a path
 */
public record Effect(Kind kind, Field path, Set<Trait> traits) {

    /** The effects that {@code programs.txt} explains. */
    public enum Kind {
        WRITES,
        REPLACES,
        FILLS,
        REMOVES,
        MAKES,
        CHANGES,
        GIVES,
        SCRATCH,
        CODE
    }

    /** How an effect is limited or extended. */
    public enum Trait {
        /** Missing parents are made. */
        PARENTS,
        /** Only what exists is written. */
        EXISTING,
        /** A path of another host is not written. */
        LOCAL,
        /** The program reports success even if it is refused. */
        LENIENT,
        /** A refused operand does not keep the program from the others. */
        GOES_ON,
        /** It is no regular file. */
        SPECIAL,
        /** A symbolic link there is replaced, unless it leads to a directory. */
        UNLINKS,
        /** What {@code find} finds below it. */
        FOUND,
        /** Its place is known to the installation of the program only. */
        SOMEWHERE;

        /** The one that {@code programs.txt} calls so, such as {@code goes-on}. */
        static Optional<Trait> of(String word) {
            return Arrays.stream(values())
                    .filter(trait ->
                            trait.name().equals(word.toUpperCase(Locale.ROOT).replace('-', '_')))
                    .findFirst();
        }
    }

    public Effect {
        traits = Set.copyOf(traits);
    }

    public boolean is(Trait trait) {
        return traits.contains(trait);
    }
}
