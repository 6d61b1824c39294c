// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.taskdef.schema.SchemaField;
import io.github.readonlyrootfs.taskdef.schema.SchemaField.Treatment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares {@code ecs-schema.txt} with the reader: exactly the keys marked as read change the result. */
class SchemaTableTest {

    private static final Path TABLE =
            Path.of("src/main/resources/io/github/readonlyrootfs/taskdef/schema/ecs-schema.txt");

    private static final Map<String, List<String>> RULES = rulesByKey();

    private static Map<String, List<String>> rulesByKey() {
        Map<String, List<String>> rules = new HashMap<>();
        List<String> around = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(TABLE)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    int depth = (line.length() - line.stripLeading().length()) / 2;
                    String[] columns = line.strip().split("\\s+");
                    around.subList(depth, around.size()).clear();
                    around.add(columns[0]);
                    rules.put(
                            String.join(".", around), columns.length < 4 ? List.of() : List.of(columns[3].split(",")));
                }
            }
            return rules;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A key, and the keys around it, the outermost first. */
    record Row(List<SchemaField> path) {

        SchemaField field() {
            return path.get(path.size() - 1);
        }

        /** The ids of the rules that look at the value of this key: the table's last column. */
        List<String> rules() {
            return RULES.getOrDefault(toString(), List.of());
        }

        /** A task definition with a text at this key, or as the only element of its array. */
        String with(String text) {
            String value = "\"" + text + "\"";
            return under(field().name(), field().type() == SchemaField.FieldType.STRINGS ? "[" + value + "]" : value);
        }

        /** A task definition with another key and value in place of this key. */
        String under(String key, String value) {
            return object(this, 0, member(key, value));
        }

        /** The keys beside this one. */
        Set<String> siblings() {
            return parent(path.size() - 1).fields().keySet();
        }

        private SchemaField parent(int depth) {
            return depth == 0 ? path.get(0).root() : path.get(depth - 1);
        }

        @Override
        public String toString() {
            return String.join(".", path.stream().map(SchemaField::name).toList());
        }
    }

    static List<Row> allRows() {
        return rowsOf(SchemaField.TASK_DEFINITION);
    }

    static List<Row> rowsOf(SchemaField schema) {
        List<Row> rows = new ArrayList<>();
        add(rows, List.of(), schema);
        return rows;
    }

    static List<Row> rows() {
        List<Row> rows = allRows();
        // A task definition needs the one, and the others count only with the right values beside them.
        rows.removeIf(
                row -> row.field() == SchemaField.CONTAINER_DEFINITIONS || LOG_ROUTING.containsKey(row.toString()));
        return rows;
    }

    private static void add(List<Row> rows, List<SchemaField> around, SchemaField parent) {
        for (SchemaField field : parent.fields().values()) {
            List<SchemaField> path = new ArrayList<>(around);
            path.add(field);
            rows.add(new Row(List.copyOf(path)));
            add(rows, path, field);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aKeyChangesTheTaskDefinitionExactlyIfTheTableSaysRead(Row row) {
        boolean read = row.path().stream().allMatch(field -> field.treatment() == Treatment.READ);

        assertThat(!taskWith(row, true).equals(taskWith(row, false)))
                .as(row.toString())
                .isEqualTo(read);
    }

    /** What to leave out of {@link #ROUTER} for a task without the key. */
    private static final Map<String, String> LOG_ROUTING = Map.of(
            "containerDefinitions.firelensConfiguration.options", ", \"options\": {\"config-file-value\": \"/f\"}",
            "containerDefinitions.logConfiguration.logDriver", ", \"logDriver\": \"awsfirelens\"",
            "containerDefinitions.logConfiguration.options", ", \"options\": {\"Name\": \"s3\"}");

    private static final String ROUTER = """
            {"containerDefinitions": [{"name": "log",
              "firelensConfiguration": {"type": "fluentbit", "options": {"config-file-value": "/f"}},
              "logConfiguration": {"secretOptions": [], "options": {"Name": "s3"}, "logDriver": "awsfirelens"}}]}
            """;

    @Test
    void theOptionsOfLogDriversCountWhereTheTaskRoutesItsLog() {
        LOG_ROUTING.forEach((row, member) -> assertThat(
                        TaskFile.withoutPlaces(TaskFile.read(ROUTER).task()))
                .as(row)
                .isNotEqualTo(TaskFile.withoutPlaces(
                        TaskFile.read(ROUTER.replace(member, "")).task())));
    }

    private static String taskWith(Row row, boolean present) {
        String text = object(row, 0, present ? member(row.field(), sample(row.field())) : null);
        var result = TaskFile.read(text);
        assertThat(result.problems()).as(text).isEmpty();
        return TaskFile.withoutPlaces(result.task());
    }

    /**
     * An object on the path to the key, with one more key, so that it is not empty without it.
     *
     * @param member the key with its value; null if it is missing
     */
    private static String object(Row row, int depth, @Nullable String member) {
        SchemaField next = row.path().get(depth);
        SchemaField parent = row.parent(depth);
        List<String> members = new ArrayList<>();
        Stream.concat(
                        Stream.of("containerDefinitions", "ContainerDefinitions", "name", "Name"),
                        parent.fields().keySet().stream())
                .map(parent.fields()::get)
                .filter(field -> field != null && field != next)
                .findFirst()
                .ifPresent(field -> members.add(member(field, sample(field))));
        boolean last = depth == row.path().size() - 1;
        if (!last) {
            members.add(member(next, nested(row, depth, next, member)));
        } else if (member != null) {
            members.add(member);
        } else if (parent == SchemaField.CONTAINER_DEFINITIONS && next.name().equals("name")) {
            members.add("\"name\":\"other\"");
        }
        return "{" + String.join(",", members) + "}";
    }

    private static String member(SchemaField field, String value) {
        return member(field.name(), value);
    }

    private static String member(String key, String value) {
        return "\"" + key + "\":" + value;
    }

    private static String nested(Row row, int depth, SchemaField field, @Nullable String member) {
        String object = object(row, depth + 1, member);
        return field.type() == SchemaField.FieldType.OBJECTS ? "[" + object + "]" : object;
    }

    static String sample(SchemaField field) {
        String text = field.values().all().stream().findFirst().orElse("x");
        return switch (field.type()) {
            case STRING, TEXT, SIZE -> "\"" + text + "\"";
            case INTEGER -> "7";
            case BOOLEAN -> "true";
            case STRINGS -> "[\"" + text + "\"]";
            case INTEGERS -> "[7]";
            case MAP -> "{\"x\":\"y\"}";
            case ANY -> "{\"x\":[1]}";
            case OBJECT, OBJECTS -> {
                String object = field.fields().values().stream()
                        .map(inner -> member(inner, sample(inner)))
                        .collect(Collectors.joining(",", "{", "}"));
                yield field.type() == SchemaField.FieldType.OBJECTS ? "[" + object + "]" : object;
            }
        };
    }
}
