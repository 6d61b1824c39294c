// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import static io.github.readonlyrootfs.taskdef.TaskFile.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskFile;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** YAML templates with blocks and placeholders on lines of their own. */
class YamlTemplateTest {

    private static TaskDefinition read(String text) {
        var result = TaskFile.read(SourceFile.of("taskdef.yml", text));
        assertThat(result.problems()).as(text).isEmpty();
        return result.task();
    }

    private static ContainerDefinition app(String text) {
        return read(text).container("app").orElseThrow();
    }

    @Test
    void aPlaceholderBelowAKeyIsItsValue() {
        ContainerDefinition app = app(
                "containerDefinitions:\n- name: app\n  mountPoints:\n    {{- toYaml .Mounts | nindent 4 }}\n  user: app\n");

        assertThat(app.fileSystem().mountPoints()).singleElement().satisfies(mount -> {
            assertThat(reason(mount.containerPath())).contains("{{- toYaml .Mounts | nindent 4 }}");
            assertThat(mount.location().line()).isEqualTo(4);
        });
        assertThat(app.process().user().known()).contains("app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{% if b %}", "{{- range .B }}", "<% if b %>", "{{ end }}"})
    void blocksOfATemplateAreRefusedWithAWayOut(String line) {
        var result = TaskFile.read(
                SourceFile.of("taskdef.yml", "containerDefinitions:\n- name: app\n  " + line + "\n  user: app\n"));

        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.problem().location()).hasToString("taskdef.yml:3:3");
            assertThat(problem.problem().message()).isEqualTo("the blocks of a template are not read in YAML");
        });
    }

    @Test
    void aPlaceholderWhereNoValueCanBeIsNamedAsTheReason() {
        var result = TaskFile.read(SourceFile.of(
                "taskdef.yml",
                "containerDefinitions:\n- name: app\n  image:\n    ${IMAGE}\n  ${MORE}\n\n  user: app\n"));

        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.problem().location()).hasToString("taskdef.yml:5:3");
            assertThat(problem.problem().message()).isEqualTo("the placeholder in this line is not a value of YAML");
        });
    }

    @Test
    void aPlaceholderInBracketsOrInATextIsAValueEvenAloneOnALine() {
        ContainerDefinition app = app("""
                containerDefinitions:
                - name: app
                  command: [
                    ${FIRST},
                    ${SECOND}
                  ]
                  user: |
                    {{ .User }}
                """);

        assertThat(app.process().command().known().orElseThrow()).hasSize(2);
        assertThat(reason(app.process().user()))
                .isEqualTo("no value is set for the placeholder {{ .User }}; set User in templateValues");
    }

    @Test
    void aTextKeepsItsEscapesAndItsPlaceholders() {
        var values = new TemplateValues(Map.of("A", "x\\ny"), Map.of(), name -> Optional.empty());
        var result = TaskFile.read(SourceFile.of("taskdef.yml", """
                containerDefinitions:
                - name: app
                  command: ["a\\tb ${A} c\\u0041", 'it''s {{ B }}', plain <C> text]
                """), values);

        assertThat(result.taskDefinition()
                        .flatMap(task -> task.container("app"))
                        .flatMap(app -> app.process().command().known())
                        .orElseThrow())
                .extracting(ContainerDefinition.Located::value)
                .containsExactly("a\tb x\\ny cA", "it's {{ B }}", "plain <C> text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{/* c */}}", "{# c #}", "{{- /* a: b */ -}}", "<%# c %>  ", "{{! a }} {{! b }}"})
    void aCommentAfterAValueIsNotPartOfIt(String comment) {
        ContainerDefinition app =
                app("containerDefinitions: %1$s\n- name: app %1$s\n  user: '1000' %1$s\n  image: a %1$s\n"
                        .formatted(comment));

        assertThat(app.process().user().known()).contains("1000");
        assertThat(app.image().written().known()).contains("a");
    }
}
