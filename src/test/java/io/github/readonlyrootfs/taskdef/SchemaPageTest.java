// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.taskdef.SchemaTableTest.Row;
import io.github.readonlyrootfs.taskdef.schema.SchemaField;
import io.github.readonlyrootfs.taskdef.schema.SchemaField.FieldType;
import io.github.readonlyrootfs.taskdef.schema.SchemaField.Treatment;
import io.github.readonlyrootfs.taskdef.schema.SchemaValues;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The table in {@code docs/task-definition.md} shows {@code ecs-schema.txt}. {@code mvn test -Dtest=SchemaPageTest
 * -Dfixtures.update} writes it again.
 */
class SchemaPageTest {

    private static final Path PAGE = Path.of("docs/task-definition.md");
    private static final String BEGIN = "<!-- keys -->\n";
    private static final String END = "<!-- /keys -->\n";
    private static final String RULES = "../src/main/resources/io/github/readonlyrootfs/rule/pages/";

    @Test
    void thePageAgreesWithTheSchemaForEveryKey() throws IOException {
        String page = Files.readString(PAGE);
        String expected =
                page.substring(0, page.indexOf(BEGIN) + BEGIN.length()) + table() + page.substring(page.indexOf(END));
        if (System.getProperty("fixtures.update") != null) {
            Files.writeString(PAGE, expected);
        }

        assertThat(Files.readString(PAGE)).isEqualTo(expected);
    }

    private static String table() {
        return "| Key | Type | Here | Rules |\n|---|---|---|---|\n"
                + SchemaTableTest.allRows().stream()
                        .filter(row -> row.field().treatment() != Treatment.DESCRIBED)
                        .map(row -> "| `" + row + "` | " + type(row.field()) + " | " + treatment(row) + " | "
                                + rules(row) + " |\n")
                        .collect(Collectors.joining())
                + "\n"
                + SchemaTableTest.allRows().stream()
                        .flatMap(row -> row.rules().stream())
                        .distinct()
                        .sorted()
                        .map(rule -> "[" + rule + "]: " + RULES + rule + ".md\n")
                        .collect(Collectors.joining());
    }

    private static String type(SchemaField field) {
        SchemaValues values = field.values();
        if (!values.all().isEmpty()) {
            return (field.type() == FieldType.STRINGS ? "array of " : "")
                    + values.all().stream().map(value -> "`" + value + "`").collect(Collectors.joining(", "));
        }
        return switch (field.type()) {
            case TEXT, SIZE -> "string";
            case STRINGS -> "array of strings";
            case INTEGERS -> "array of integers";
            case OBJECTS -> "array of objects";
            case MAP -> "object with strings";
            default -> field.type().name().toLowerCase(Locale.ROOT);
        };
    }

    private static String treatment(Row row) {
        return row.path().stream().allMatch(field -> field.treatment() == Treatment.READ) ? "read" : "ignored";
    }

    private static String rules(Row row) {
        return row.rules().stream().map(rule -> "[" + rule + "]").collect(Collectors.joining(", "));
    }
}
