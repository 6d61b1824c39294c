package io.github.readonlyrootfs.taskdef;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A key of ECS's schema, with the keys below it. {@code ecs-schema.txt} is the schema and explains the types. */
final class SchemaField {

    /** The whole task definition. */
    static final SchemaField TASK_DEFINITION = load();

    static final SchemaField CONTAINER_DEFINITIONS = TASK_DEFINITION.require("containerDefinitions");

    enum FieldType {
        STRING("a string"),
        TEXT("a string"),
        SIZE("a string"),
        INTEGER("an integer"),
        BOOLEAN("true or false"),
        STRINGS("an array of strings"),
        INTEGERS("an array of integers"),
        OBJECTS("an array of objects"),
        OBJECT("an object"),
        MAP("an object with strings"),
        ANY("anything");

        private final String noun;

        FieldType(String noun) {
            this.noun = noun;
        }

        String noun() {
            return noun;
        }

        /** What an array of this type holds. */
        Optional<FieldType> element() {
            return switch (this) {
                case STRINGS -> Optional.of(TEXT);
                case INTEGERS -> Optional.of(INTEGER);
                case OBJECTS -> Optional.of(OBJECT);
                default -> Optional.empty();
            };
        }
    }

    enum Treatment {
        READ,
        IGNORED,
        DESCRIBED
    }

    private final String name;
    private final FieldType type;
    private final Treatment treatment;
    private final @Nullable SchemaField parent;
    private final Map<String, SchemaField> fields = new LinkedHashMap<>();

    private SchemaField(String name, FieldType type, Treatment treatment, @Nullable SchemaField parent) {
        this.name = name;
        this.type = type;
        this.treatment = treatment;
        this.parent = parent;
    }

    String name() {
        return name;
    }

    FieldType type() {
        return type;
    }

    Treatment treatment() {
        return treatment;
    }

    /** The keys of the object, or of each of the objects, that stands under this key. */
    Map<String, SchemaField> fields() {
        return fields;
    }

    /** What an object under this key is called in a message. */
    String objectNoun() {
        if (parent == null) {
            return "a task definition";
        }
        return this == CONTAINER_DEFINITIONS ? "a container definition" : "`" + name + "`";
    }

    /**
     * The object in which a key belongs that stands wrongly in this one: below it, else around it, else wherever there
     * is just one that has such a key.
     */
    Optional<SchemaField> homeOf(String key) {
        Optional<SchemaField> below = shallowest(descendants(this), key);
        if (below.isPresent()) {
            return below;
        }
        for (SchemaField around = parent; around != null; around = around.parent) {
            if (around.fields.containsKey(key)) {
                return Optional.of(around);
            }
        }
        return only(descendants(TASK_DEFINITION).filter(field -> field.fields.containsKey(key)));
    }

    /** The keys of all objects, this one's excepted. */
    Stream<String> keysElsewhere() {
        return descendants(TASK_DEFINITION)
                .filter(field -> field != this)
                .flatMap(field -> field.fields.keySet().stream());
    }

    private static Optional<SchemaField> shallowest(Stream<SchemaField> fields, String key) {
        List<SchemaField> homes =
                fields.filter(field -> field.fields.containsKey(key)).toList();
        int depth = homes.stream().mapToInt(SchemaField::depth).min().orElse(0);
        return only(homes.stream().filter(field -> field.depth() == depth));
    }

    private static Optional<SchemaField> only(Stream<SchemaField> fields) {
        List<SchemaField> list = fields.limit(2).toList();
        return list.size() == 1 ? Optional.of(list.get(0)) : Optional.empty();
    }

    private static Stream<SchemaField> descendants(SchemaField field) {
        return Stream.concat(Stream.of(field), field.fields.values().stream().flatMap(SchemaField::descendants));
    }

    private int depth() {
        return parent == null ? 0 : parent.depth() + 1;
    }

    private SchemaField require(String key) {
        return Objects.requireNonNull(fields.get(key), key);
    }

    private static SchemaField load() {
        try (InputStream in = Objects.requireNonNull(SchemaField.class.getResourceAsStream("ecs-schema.txt"))) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SchemaField parse(String text) {
        SchemaField root = new SchemaField("", FieldType.OBJECT, Treatment.READ, null);
        Deque<SchemaField> open = new ArrayDeque<>(List.of(root));
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int depth = (line.length() - line.stripLeading().length()) / 2;
            while (open.size() > depth + 1) {
                open.pop();
            }
            SchemaField parent = open.element();
            String[] columns = line.strip().split("\\s+", -1);
            SchemaField field = new SchemaField(
                    columns[0],
                    FieldType.valueOf(columns[1].toUpperCase(Locale.ROOT)),
                    Treatment.valueOf(columns[2].toUpperCase(Locale.ROOT)),
                    parent);
            parent.fields.put(field.name, field);
            open.push(field);
        }
        return root;
    }
}
