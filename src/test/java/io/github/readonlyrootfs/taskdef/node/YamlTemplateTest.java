// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import static io.github.readonlyrootfs.taskdef.TaskFile.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskFile;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
    void onlyTheMemberWithinABlockIsUnknown() {
        ContainerDefinition app = app("""
                {{- if eq .Env "prod" }}
                # a comment
                {{- end }}
                containerDefinitions:
                - name: app
                  {{- if .ReadOnly }}
                  readonlyRootFilesystem: true
                  {{- else }}
                  readonlyRootFilesystem: false
                  {{- end }}
                  user: app
                """);

        assertThat(reason(app.fileSystem().readonlyRootFilesystem()))
                .isEqualTo("a condition of the template decides whether it is there");
        assertThat(app.process().user().known()).contains("app");
        assertThat(app.process().user().where().orElseThrow()).hasToString("taskdef.yml:11:9");
    }

    @Test
    void elementsAndWholeValuesWithinABlockKeepOnlyTheirNames() {
        TaskDefinition task = read("""
                containerDefinitions:
                - name: app
                  mountPoints:
                  - sourceVolume: a
                    containerPath: /a
                {% if b %}
                  - sourceVolume: b
                    containerPath: /b
                {% endif %}
                  volumesFrom:
                  {% for x in y %}
                  - sourceContainer: {{ x }}
                  {% endfor %}
                {{ range .Sidecars }}
                - name: side
                  user: x
                {{ end }}
                volumes:
                - name: a
                {{ with .B }}
                - name: b
                {{ end }}
                """);
        ContainerDefinition app = task.container("app").orElseThrow();

        assertThat(app.fileSystem().mountPoints().get(0).containerPath().known())
                .contains("/a");
        assertThat(app.fileSystem().mountPoints().get(1).sourceVolume().known()).contains("b");
        assertThat(app.fileSystem().mountPoints().get(1).containerPath().isUnknown())
                .isTrue();
        assertThat(app.fileSystem().volumesFrom())
                .singleElement()
                .satisfies(
                        from -> assertThat(from.sourceContainer().isUnknown()).isTrue());
        assertThat(task.volume("a").orElseThrow().storage()).isInstanceOf(Storage.Empty.class);
        assertThat(task.volume("b").orElseThrow().storage()).isInstanceOf(Storage.Unknown.class);
        assertThat(task.container("side").orElseThrow().process().user().known())
                .contains("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "  {{ include \"common\" . }}\n  user: app\n",
                "  user: app\n  {{- include \"common\" . | nindent 2 }}\n",
                "  user: app\n{{ include \"common\" . | indent 2 }}\n",
                "  ${MORE}\n  user: app\n",
                "  user: app\n  <MORE>\n",
                "  user: app\n  mountPoints:\n  - sourceVolume: a\n    containerPath: /a\n  @MORE@\n",
                "  user: app\n  %MORE%\n  dockerLabels:\n    a: b\n",
                "  user: app\n  __MORE__\n  command: [\n    a,\n    b\n  ]\n",
            })
    void aPlaceholderAmongTheMembersMayAddAnyMissingMember(String members) {
        TaskDefinition task = read("family: shop\ncontainerDefinitions:\n- name: app\n" + members
                + "- name: log\n  readonlyRootFilesystem: true\nvolumes:\n- name: a\n");
        ContainerDefinition app = task.container("app").orElseThrow();

        assertThat(app.process().user().known()).contains("app");
        assertThat(app.fileSystem().readonlyRootFilesystem().isUnknown()).isTrue();
        assertThat(app.process().workingDirectory().isUnknown()).isTrue();
        assertThat(app.fileSystem().mountPoints())
                .allSatisfy(mount -> assertThat(mount.containerPath().isUnknown()
                                || mount.readOnly().isAbsent())
                        .isTrue());
        assertThat(task.container("log").orElseThrow().process().user().isAbsent())
                .isTrue();
        assertThat(task.launch().networkMode().isAbsent()).isTrue();
    }

    @Test
    void aPlaceholderAmongTheElementsIsAnUnknownElement() {
        ContainerDefinition app = app("""
                containerDefinitions:
                - name: app
                  mountPoints:
                  - sourceVolume: a
                    containerPath: /a
                  {{ include "mounts" . }}
                  user: app
                  volumesFrom:
                    {{- toYaml .From | nindent 4 }}
                    - sourceContainer: b
                volumes:
                - name: a
                """);

        assertThat(app.fileSystem().mountPoints()).hasSize(2);
        assertThat(app.fileSystem().mountPoints().get(0).readOnly().isAbsent()).isTrue();
        assertThat(reason(app.fileSystem().mountPoints().get(1).containerPath()))
                .isEqualTo("no value is set for the placeholder {{ include \"***\" . }}");
        assertThat(app.fileSystem().volumesFrom()).hasSize(2);
        assertThat(app.process().user().known()).contains("app");
    }

    @ParameterizedTest
    @CsvSource({"'{{- toYaml .Mounts | nindent 4 }}', 4", "'{{ toYaml .Mounts | indent 4 }}', 0", "'${MOUNTS}', 2"})
    void aPlaceholderBelowAKeyIsItsValue(String placeholder, int indent) {
        ContainerDefinition app = app("containerDefinitions:\n- name: app\n  mountPoints:\n" + " ".repeat(indent)
                + placeholder + "\n  user: app\n");

        assertThat(app.fileSystem().mountPoints()).singleElement().satisfies(mount -> {
            assertThat(reason(mount.containerPath())).contains(placeholder);
            assertThat(mount.location().line()).isEqualTo(4);
        });
        assertThat(app.process().user().known()).contains("app");
        assertThat(app.fileSystem().readonlyRootFilesystem().isAbsent()).isTrue();
    }

    @Test
    void aPlaceholderInBracketsOrInATextIsAValueEvenAloneOnALine() {
        ContainerDefinition app = app("""
                containerDefinitions:
                - name: app
                  {{ include "common" . }}
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

    @Test
    void linesInAValueAreNotReadAndAnEmptyValueAddsNothing() {
        String text = "containerDefinitions:\n- name: app\n  ${MORE}\n  user: app\n";
        var none = TaskFile.read(
                SourceFile.of("t.yml", text),
                new TemplateValues(Map.of("MORE", " "), Map.of(), name -> Optional.empty()));
        var some = TaskFile.read(
                SourceFile.of("t.yml", text),
                new TemplateValues(Map.of("MORE", "privileged: true"), Map.of(), name -> Optional.empty()));

        assertThat(none.container().fileSystem().readonlyRootFilesystem().isAbsent())
                .isTrue();
        assertThat(reason(some.container().process().privileged()))
                .isEqualTo("the lines that ${MORE} becomes are not read here");
    }

    @Test
    void anUnclosedBlockLastsToTheEnd() {
        assertThat(app("containerDefinitions:\n- name: app\n  {{ if .X }}\n  user: app\n")
                        .process()
                        .user()
                        .isUnknown())
                .isTrue();
    }

    @Test
    void deepBlocksAreCountedAndNotLost() {
        String text = "containerDefinitions:\n- name: app\n" + "  {{ if a }}\n".repeat(60) + "  user: a\n"
                + "  {{ end }}\n".repeat(60) + "  workingDirectory: /x\n";

        assertThat(app(text).process().user().isUnknown()).isTrue();
        assertThat(app(text).process().workingDirectory().known()).contains("/x");
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keysThatAnAliasAddsToATemplateBlockMayBeMissing(boolean conditional) {
        String text = """
                x: &x { readonlyRootFilesystem: true }
                y: &y { sourceVolume: v, containerPath: /v }
                containerDefinitions:
                - name: app
                  user: '1'
                {% if prod %}
                  <<: *x
                {% endif %}
                  mountPoints:
                {% if prod %}
                  - *y
                {% endif %}
                  - { sourceVolume: w, containerPath: /w }
                """;
        ContainerDefinition app = TaskFile.read(
                        SourceFile.of("taskdef.yml", conditional ? text : text.replaceAll("\\{%.*\n", "")))
                .container();

        assertThat(app.fileSystem().readonlyRootFilesystem().isUnknown()).isEqualTo(conditional);
        assertThat(app.fileSystem().mountPoints().get(0).containerPath().isUnknown())
                .isEqualTo(conditional);
        assertThat(app.fileSystem().mountPoints().get(1).containerPath().known())
                .contains("/w");
        assertThat(app.process().user().known()).contains("1");
    }
}
