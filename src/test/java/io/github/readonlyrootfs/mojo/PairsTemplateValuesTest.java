// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.TaskFile;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PairsTemplateValuesTest {

    private static List<String> filled(TemplateValues values) {
        String text = "[{\"name\":\"app\",\"command\":[\"${A}\",\"${B}\",\"${C}\",\"${D}\"]}]";
        return TaskFile.read(SourceFile.of("taskdef.json", text), values)
                .taskDefinition()
                .flatMap(task -> task.container("app"))
                .flatMap(app -> app.process().command().known())
                .orElseThrow()
                .stream()
                .map(Located::value)
                .toList();
    }

    @Test
    void valuesOfTheCommandLineWinOverThePomOverTheFileOverProperties(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("prod.env"), "A=file\nB=file\nC=file\n");

        TemplateValues values = Pairs.templateValues(
                Map.of("A", "pom", "B", "pom"),
                "A=line",
                Optional.of(new NamedFile(file, "prod.env")),
                name -> Optional.of("property"));

        assertThat(filled(values)).containsExactly("line", "pom", "file", "property");
        assertThat(values.names()).containsExactlyInAnyOrder("A", "B");
    }

    @Test
    void anEmptyElementIsAnEmptyValue() throws Exception {
        Map<String, String> elements = new HashMap<>();
        elements.put("A", null);

        assertThat(filled(Pairs.templateValues(elements, null, Optional.empty(), name -> Optional.empty())))
                .startsWith("", "${B}");
    }

    @Test
    void theRestOfAValueWithACommaIsNotRepeated() {
        assertThatThrownBy(
                        () -> Pairs.templateValues(Map.of(), "A=x,secret", Optional.empty(), name -> Optional.empty()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("-Dreadonly-rootfs.templateValues: entry 2 is not NAME=VALUE")
                .hasMessageNotContaining("secret");
    }
}
