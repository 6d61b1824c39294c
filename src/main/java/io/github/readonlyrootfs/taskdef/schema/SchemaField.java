// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.schema;

import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.taskdef.node.Notation;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.StringTokenizer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A key of ECS's schema, with the keys below it. {@code ecs-schema.txt} is the schema and explains its columns; {@code
 * ecs-values.txt} has the values of the strings that do not take any, and {@code cloudformation-names.txt}
 * CloudFormation's names for the same keys.
 */
public final class SchemaField {

    /** The whole task definition, as ECS itself takes it. */
    public static final SchemaField TASK_DEFINITION = parse(Optional.empty());

    public static final SchemaField CONTAINER_DEFINITIONS = TASK_DEFINITION.require("containerDefinitions");

    /** Read when it is first wanted: most files are no templates. */
    public static final class CloudFormation {

        /** The properties of an {@code AWS::ECS::TaskDefinition}. */
        public static final SchemaField TASK_DEFINITION = cloudFormation();
    }

    /** The attributes, by ECS's names, that Terraform spells in a way of its own; empty if it leaves one out. */
    private static final Map<String, String> TERRAFORM = Map.of(
            "volumes",
            "volume",
            "host",
            "",
            "sourcePath",
            "host_path",
            "configuredAtLaunch",
            "configure_at_launch",
            "sizeInGiB",
            "size_in_gib");

    public enum FieldType {
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

        Optional<FieldType> element() {
            return switch (this) {
                case STRINGS -> Optional.of(TEXT);
                case INTEGERS -> Optional.of(INTEGER);
                case OBJECTS -> Optional.of(OBJECT);
                default -> Optional.empty();
            };
        }
    }

    public enum Treatment {
        READ,
        IGNORED,
        DESCRIBED
    }

    private final String name;
    private final String ecsName;
    private final FieldType type;
    private final Treatment treatment;
    private final SchemaValues values;
    private final @Nullable SchemaField parent;
    private final Map<String, SchemaField> fields = new LinkedHashMap<>();

    private SchemaField(
            String name,
            String ecsName,
            FieldType type,
            Treatment treatment,
            SchemaValues values,
            @Nullable SchemaField parent) {
        this.name = name;
        this.ecsName = ecsName;
        this.type = type;
        this.treatment = treatment;
        this.values = values;
        this.parent = parent;
    }

    /** The whole task definition, with the names that a file of this notation has to use. */
    public static SchemaField in(Notation notation) {
        return switch (notation.keys()) {
            case ECS, TERRAFORM -> TASK_DEFINITION;
            case CLOUDFORMATION -> CloudFormation.TASK_DEFINITION;
        };
    }

    /** The key as the file has to spell it. */
    public String name() {
        return name;
    }

    /** The key as an attribute of Terraform's {@code aws_ecs_task_definition}. */
    public String terraformName() {
        return TERRAFORM.getOrDefault(
                ecsName, ecsName.replaceAll("(?=\\p{Upper})", "_").toLowerCase(Locale.ROOT));
    }

    /** The key as ECS spells it. */
    public String ecsName() {
        return ecsName;
    }

    /** How the file has to spell the key below this one that ECS calls so. */
    String nameOf(String key) {
        return require(key).name;
    }

    /**
     * The key at the end of a path of ECS's names, from this one down.
     *
     * @throws NoSuchElementException where ECS has no such key
     */
    public SchemaField at(String path) {
        SchemaField at = this;
        for (String key : path.split("\\.", -1)) {
            at = at.require(key);
        }
        return at;
    }

    /** The containers of the task definition that this is a part of. */
    public SchemaField containerDefinitions() {
        return root().require("containerDefinitions");
    }

    /** Whether it is the task definition itself. */
    public boolean isWhole() {
        return parent == null;
    }

    public boolean isContainerDefinitions() {
        return parent != null && parent.parent == null && ecsName.equals("containerDefinitions");
    }

    /** Whether it is CloudFormation that reads the file, which takes {@code "true"} for true and {@code 1} for "1". */
    public boolean isCloudFormation() {
        return root() != TASK_DEFINITION;
    }

    /** The task definition that this is a part of. */
    public SchemaField root() {
        return parent == null ? this : parent.root();
    }

    public FieldType type() {
        return type;
    }

    public Treatment treatment() {
        return treatment;
    }

    /** The allowed values of a string under this key, or of each string in an array. */
    public SchemaValues values() {
        return values;
    }

    /** The keys of the object, or of each of the objects, that is under this key. */
    public Map<String, SchemaField> fields() {
        return fields;
    }

    /** The name of an object under this key in a message. */
    String objectNoun() {
        if (parent == null) {
            return "a task definition";
        }
        return isContainerDefinitions() ? "a container definition" : "`" + name + "`";
    }

    /**
     * The object in which a key belongs that is wrongly in this one: below it, else around it, else wherever there
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
        return only(descendants(root()).filter(field -> field.fields.containsKey(key)));
    }

    /** The keys of all objects, this one's excepted. */
    public Stream<String> keysElsewhere() {
        return descendants(root()).filter(field -> field != this).flatMap(field -> field.fields.keySet().stream());
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

    /** A field and all below it. */
    public static Stream<SchemaField> descendants(SchemaField field) {
        return Stream.concat(Stream.of(field), field.fields.values().stream().flatMap(SchemaField::descendants));
    }

    private int depth() {
        return parent == null ? 0 : parent.depth() + 1;
    }

    private SchemaField require(String key) {
        for (SchemaField field : fields.values()) {
            if (field.ecsName.equals(key)) {
                return field;
            }
        }
        throw new NoSuchElementException(key);
    }

    private static SchemaField cloudFormation() {
        Map<String, String> names = new HashMap<>();
        for (String line : DataFiles.lines(SchemaField.class, "cloudformation-names.txt")) {
            StringTokenizer columns = new StringTokenizer(line);
            names.put(columns.nextToken(), columns.nextToken());
        }
        return parse(Optional.of(names));
    }

    /** @param names CloudFormation's spellings, by the path of the key; empty for ECS's own */
    private static SchemaField parse(Optional<Map<String, String>> names) {
        Map<String, SchemaValues> values = new HashMap<>();
        for (String line : DataFiles.lines(SchemaField.class, "ecs-values.txt")) {
            int end = line.indexOf(' ');
            values.put(
                    line.substring(0, end),
                    SchemaValues.parse(line.substring(end).strip()));
        }
        SchemaField root = new SchemaField("", "", FieldType.OBJECT, Treatment.READ, SchemaValues.ANY, null);
        Deque<SchemaField> open = new ArrayDeque<>(List.of(root));
        for (String line : DataFiles.lines(SchemaField.class, "ecs-schema.txt")) {
            int depth = (line.length() - line.stripLeading().length()) / 2;
            while (open.size() > depth + 1) {
                open.pop();
            }
            SchemaField parent = open.element();
            StringTokenizer columns = new StringTokenizer(line);
            String key = columns.nextToken();
            FieldType type = FieldType.valueOf(columns.nextToken().toUpperCase(Locale.ROOT));
            Treatment treatment = Treatment.valueOf(columns.nextToken().toUpperCase(Locale.ROOT));
            if (names.isPresent() && treatment == Treatment.DESCRIBED) {
                continue;
            }
            String path = parent.path() + key;
            String name = names.isEmpty()
                    ? key
                    : names.get().getOrDefault(path, key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1));
            SchemaField field =
                    new SchemaField(name, key, type, treatment, values.getOrDefault(path, SchemaValues.ANY), parent);
            parent.fields.put(name, field);
            open.push(field);
        }
        return root;
    }

    private String path() {
        return parent == null ? "" : parent.path() + ecsName + ".";
    }
}
