package io.github.readonlyrootfs.image;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The JSON files beside this package's classes. */
final class DataFiles {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private DataFiles() {}

    static Optional<JsonNode> read(String name) {
        try (InputStream in = DataFiles.class.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(MAPPER.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    static JsonNode parse(String json) throws JsonProcessingException {
        return MAPPER.readTree(json);
    }

    static List<String> strings(JsonNode json, String key) {
        List<String> strings = new ArrayList<>();
        json.path(key).forEach(element -> {
            if (element.isTextual()) {
                strings.add(element.textValue());
            }
        });
        return strings;
    }

    /** The text values of an object; those that are null are left out. */
    static Map<String, String> map(JsonNode json, String key) {
        Map<String, String> map = new LinkedHashMap<>();
        json.path(key).properties().forEach(entry -> {
            if (entry.getValue().isTextual()) {
                map.put(entry.getKey(), entry.getValue().textValue());
            }
        });
        return map;
    }
}
