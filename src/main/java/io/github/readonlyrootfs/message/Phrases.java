// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.message;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The words for each kind of a value: a table, since Java 17 has no switch over sealed types. */
final class Phrases<T> {

    private final Map<Class<?>, Function<T, String>> byKind = new HashMap<>();

    <K extends T> Phrases<T> say(Class<K> kind, Function<K, String> words) {
        byKind.put(kind, value -> words.apply(kind.cast(value)));
        return this;
    }

    /** Words that do not depend on the value. */
    <K extends T> Phrases<T> say(Class<K> kind, String words) {
        return say(kind, value -> words);
    }

    boolean has(T value) {
        return byKind.containsKey(value.getClass());
    }

    String of(T value) {
        Function<T, String> words = byKind.get(value.getClass());
        if (words == null) {
            throw new IllegalArgumentException("no words for " + value.getClass());
        }
        return words.apply(value);
    }
}
