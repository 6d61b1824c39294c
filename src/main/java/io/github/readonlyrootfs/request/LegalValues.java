// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import io.github.readonlyrootfs.source.NearestName;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values that a parameter can have.
 *
 * @param parameter as the user writes it
 * @param legal by the spelling of each
 */
public record LegalValues<T>(String parameter, Map<String, T> legal) {

    /** A shorter beginning of a name may be meant for many. */
    private static final int SHORTEST = 3;

    /** Values that are their own spelling. */
    public static LegalValues<String> of(String parameter, Collection<String> values) {
        Map<String, String> legal = new LinkedHashMap<>();
        for (String value : values) {
            legal.put(value, value);
        }
        return new LegalValues<>(parameter, legal);
    }

    /** Those of an enumeration, in lower case. */
    public static <E extends Enum<E>> LegalValues<E> of(String parameter, Class<E> type) {
        Map<String, E> legal = new LinkedHashMap<>();
        for (E value : EnumSet.allOf(type)) {
            legal.put(value.name().toLowerCase(Locale.ROOT), value);
        }
        return new LegalValues<>(parameter, legal);
    }

    /**
     * The value that a text spells, in upper or lower case.
     *
     * @throws ConfigurationException with the legal values and the nearest one
     */
    public T parse(@Nullable String written) throws ConfigurationException {
        String text = written == null ? "" : written.strip();
        for (Map.Entry<String, T> choice : legal.entrySet()) {
            if (choice.getKey().equalsIgnoreCase(text)) {
                return choice.getValue();
            }
        }
        throw new ConfigurationException(parameter + ": there is no \"" + text + "\"; "
                + nearest(text)
                        .map(near -> "did you mean " + near + "?")
                        .orElseGet(() -> "write one of " + String.join(", ", legal.keySet())));
    }

    private Optional<String> nearest(String text) {
        return NearestName.of(text, legal.keySet())
                .or(() -> legal.keySet().stream()
                        .filter(name -> text.length() >= SHORTEST && name.startsWith(text.toLowerCase(Locale.ROOT)))
                        .findFirst());
    }
}
