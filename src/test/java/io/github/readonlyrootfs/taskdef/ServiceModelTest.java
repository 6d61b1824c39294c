// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.rule.Rules;
import io.github.readonlyrootfs.taskdef.SchemaTableTest.Row;
import io.github.readonlyrootfs.taskdef.schema.SchemaField.FieldType;
import io.github.readonlyrootfs.taskdef.schema.SchemaField.Treatment;
import io.github.readonlyrootfs.taskdef.schema.SchemaValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Compares {@code ecs-schema.txt} and {@code ecs-values.txt} with ECS's service model. */
class ServiceModelTest {

    private static final Path MODEL = Path.of("src/test/resources/taskdef/register-task-definition.txt");

    @Test
    void theTableHasExactlyTheKeysOfEcsWithTheirTypes() throws IOException {
        Map<String, String> table = new TreeMap<>();
        for (Row row : rows()) {
            if (row.field().treatment() != Treatment.DESCRIBED) {
                table.put(row.toString(), modelType(row.field().type()));
            }
        }

        assertThat(table).containsExactlyEntriesOf(model(1));
    }

    @Test
    void theValuesOfEveryEnumerationAreThoseOfEcs() throws IOException {
        Map<String, String> table = new TreeMap<>();
        for (Row row : rows()) {
            SchemaValues values = row.field().values();
            if (values.spelling() && !values.all().isEmpty()) {
                table.put(row.toString(), String.join(" ", new TreeSet<>(values.all())));
            }
        }
        Map<String, String> model = model(2);
        // ECS accepts other values of this one.
        model.remove("containerDefinitions.portMappings.protocol");

        assertThat(table).containsExactlyEntriesOf(model);
    }

    @Test
    void everyRuleThatAKeyNamesExistsAndLooksAtKeysThatAreRead() {
        assertThat(rows()).allSatisfy(row -> {
            assertThat(Rules.ids()).as(row.toString()).containsAll(row.rules());
            assertThat(row.rules())
                    .as(row.toString())
                    .matches(rules -> rules.isEmpty() || row.field().treatment() == Treatment.READ);
        });
    }

    private static List<Row> rows() {
        return SchemaTableTest.allRows();
    }

    private static String modelType(FieldType type) {
        return switch (type) {
            case TEXT, SIZE -> "string";
            default -> type.name().toLowerCase(java.util.Locale.ROOT);
        };
    }

    /** A column of the model, by key; keys with an empty column are omitted. */
    private static Map<String, String> model(int column) throws IOException {
        return Files.readAllLines(MODEL).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> line.split("\\s+", 3))
                .filter(columns -> columns.length > column)
                .collect(Collectors.toMap(
                        columns -> columns[0],
                        columns -> Arrays.stream(columns[column].split(" "))
                                .sorted()
                                .collect(Collectors.joining(" ")),
                        (one, other) -> one,
                        TreeMap::new));
    }
}
