// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A small JSON document in memory. Jackson's own tree needs its data binding: some 330 classes that each goal would load for a
 * few small files.
 */
public final class Json {

    private static final JsonFactory FACTORY = new JsonFactory();

    private static final Json MISSING = new Json(null);

    /** A string, boolean, {@code List<Json>} or {@code Map<String, Json>}; null for anything else. */
    private final @Nullable Object value;

    private Json(@Nullable Object value) {
        this.value = value;
    }

    static Json parse(String text) throws IOException {
        try (JsonParser parser = FACTORY.createParser(text)) {
            parser.nextToken();
            return read(parser);
        }
    }

    private static Json read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            return MISSING;
        }
        return switch (token) {
            case START_OBJECT -> new Json(members(parser));
            case START_ARRAY -> new Json(elements(parser));
            case VALUE_STRING -> new Json(parser.getText());
            case VALUE_TRUE, VALUE_FALSE -> new Json(parser.getBooleanValue());
            default -> MISSING;
        };
    }

    private static Map<String, Json> members(JsonParser parser) throws IOException {
        Map<String, Json> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            members.put(key, read(parser));
        }
        return members;
    }

    private static List<Json> elements(JsonParser parser) throws IOException {
        List<Json> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(read(parser));
        }
        return elements;
    }

    public boolean has(String key) {
        return members().containsKey(key);
    }

    /** The value of a key; an empty value if the key is missing. */
    public Json get(String key) {
        return members().getOrDefault(key, MISSING);
    }

    /** The members of an object in the order of the file; none of any other value. */
    @SuppressWarnings("unchecked")
    public Map<String, Json> members() {
        return value instanceof Map ? (Map<String, Json>) value : Map.of();
    }

    /** The elements of an array; none of any other value. */
    @SuppressWarnings("unchecked")
    public List<Json> elements() {
        return value instanceof List ? (List<Json>) value : List.of();
    }

    /** This object with the members of another object that it lacks. */
    Json over(Json other) {
        Map<String, Json> members = new LinkedHashMap<>(other.members());
        members.putAll(members());
        return new Json(members);
    }

    /** This object with an array as the value of a key. */
    Json with(String key, List<Json> elements) {
        Map<String, Json> members = new LinkedHashMap<>(members());
        members.put(key, new Json(elements));
        return new Json(members);
    }

    public Optional<String> text() {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** The text of a value that must be a string. */
    public String string() {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalStateException("a string was expected");
    }

    /** The constant of an enumeration that the text names in lower case, with spaces or hyphens between words. */
    public <E extends Enum<E>> E constant(Class<E> type) {
        return Enum.valueOf(
                type, string().toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_'));
    }

    public boolean isTrue() {
        return Objects.equals(value, true);
    }

    public List<String> strings(String key) {
        List<String> strings = new ArrayList<>();
        for (Json element : get(key).elements()) {
            if (element.value instanceof String text) {
                strings.add(text);
            }
        }
        return List.copyOf(strings);
    }

    /** The members with strings as values in the object of a key. */
    public Map<String, String> texts(String key) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Json> member : get(key).members().entrySet()) {
            if (member.getValue().value instanceof String text) {
                texts.put(member.getKey(), text);
            }
        }
        return texts;
    }
}
