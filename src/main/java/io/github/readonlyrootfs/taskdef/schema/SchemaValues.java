// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.schema;

import io.github.readonlyrootfs.source.NearestName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The values that ECS takes for a string.
 *
 * @param all in the order of ECS's documentation; empty where it takes any
 * @param spelling whether it matters how they are spelled; where it does not, case and {@code CAP_} before them are free
 */
public record SchemaValues(List<String> all, boolean spelling) {

    static final SchemaValues ANY = new SchemaValues(List.of(), true);

    private static final String FREE = "* ";

    /** A prefix of Linux's own names for capabilities. */
    private static final String CAPABILITY = "CAP_";

    static SchemaValues parse(String written) {
        boolean spelling = !written.startsWith(FREE);
        String values = spelling ? written : written.substring(FREE.length());
        return new SchemaValues(List.of(values.split(" ", -1)), spelling);
    }

    boolean takes(String text) {
        return all.isEmpty() || all.contains(canonical(text));
    }

    /** A text as the list has it. */
    String canonical(String text) {
        if (spelling) {
            return text;
        }
        String upper = text.toUpperCase(Locale.ROOT);
        String name = upper.startsWith(CAPABILITY) ? upper.substring(CAPABILITY.length()) : upper;
        return all.contains(name) ? name : text;
    }

    Optional<String> nearest(String text) {
        return NearestName.of(text, all);
    }
}
