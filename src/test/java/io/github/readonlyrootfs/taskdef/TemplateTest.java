// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static io.github.readonlyrootfs.taskdef.TaskFile.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import java.util.regex.Matcher;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that become task definitions when a deployment tool replaces their placeholders. */
class TemplateTest {

    private static TaskDefinition read(String text) {
        var result = TaskFile.read(text);
        assertThat(result.problems()).isEmpty();
        return result.task();
    }

    private static ContainerDefinition container(String members) {
        return read("{\"containerDefinitions\":[{\"name\":\"app\"," + members + "}]}")
                .container("app")
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<RO>",
                "${RO}",
                "$RO",
                "{{ .ReadOnly }}",
                "{{ env `RO` `true` }}",
                "{{ env \"RO\" \"}\" }}",
                "%RO%",
                "@RO@",
                "@@RO@@",
                "${{ env.RO }}",
                "$(RO)",
                "READ_ONLY",
                "__RO__",
                "{{ if .Prod }}true{{ else }}false{{ end }}",
                "{{ if .Prod }} true {{ else }} false {{ end }}",
                "{{- if .Prod -}}\n  true\n{{- end -}}",
                "${A}${B}",
                "no${A}",
                "\"<RO>\"",
                "\"${RO}\"",
                "\"{{ .ReadOnly }}\"",
                "\"{{ env \"RO\" \"true\" }}\"",
                "\"%RO%\"",
                "\"$RO\""
            })
    void aPlaceholderMakesABooleanUnknown(String placeholder) {
        ContainerDefinition app = container("\"readonlyRootFilesystem\": " + placeholder + " , \"user\": \"app\"");

        assertThat(app.fileSystem().readonlyRootFilesystem().isUnknown()).isTrue();
        assertThat(app.process().user().known()).contains("app");
    }

    @Test
    void theReasonNamesThePlaceholder() {
        assertThat(reason(container("\"readonlyRootFilesystem\": ${RO}")
                        .fileSystem()
                        .readonlyRootFilesystem()))
                .isEqualTo("no value is set for the placeholder ${RO}; set RO in templateValues");
        assertThat(reason(container("\"user\": \"u-<USER>\"").process().user()))
                .isEqualTo("no value is set for the placeholder <USER>; set USER in templateValues");
    }

    @Test
    void aPlaceholderInAnEnvironmentValueIsNotNamed() {
        Value<String> value = container("\"environment\":[{\"name\":\"A\",\"value\":\"p@ss@word\"}]")
                .environment()
                .variables()
                .get(0)
                .value();

        assertThat(reason(value)).doesNotContain("ss");
    }

    @Test
    void positionsAreThoseOfTheUnfilledFile() {
        TaskDefinition task = read("""
                {
                  "memory": ${MEMORY}, "family": "shop",
                  "containerDefinitions": [
                    { "name": "app", "portMappings": [ { "containerPort": <PORT> } ], "user": "app" }
                  ]
                }
                """);

        assertThat(task.launch().memory().where().orElseThrow()).hasToString("taskdef.json:2:13");
        assertThat(task.launch().memory().where().orElseThrow().endColumn()).isEqualTo(22);
        assertThat(task.family().where().orElseThrow()).hasToString("taskdef.json:2:34");
        assertThat(task.containerDefinitions().get(0).process().user().where().orElseThrow())
                .hasToString("taskdef.json:4:79");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"<IMAGE1_NAME>\"", "<IMAGE1_NAME>", "\"{{ must_env \"IMAGE\" }}:1\"", "\"\"", "null"})
    void anImageIsKeptAsWritten(String image) {
        assertThat(container("\"image\":" + image).image().isPlaceholder()).isTrue();
    }

    @Test
    void aPlaceholderWithQuotesInAnImageIsKeptAsWritten() {
        assertThat(container("\"image\":\"{{ must_env \"IMAGE\" }}:1\"")
                        .image()
                        .written()
                        .known())
                .contains("{{ must_env \"IMAGE\" }}:1");
    }

    @Test
    void stringsInListsAreKeptAsWritten() {
        assertThat(container("\"command\":[\"sh\",\"-c\",\"exec java $JAVA_OPTS\"]")
                        .process()
                        .command()
                        .known()
                        .orElseThrow())
                .extracting(Located::value)
                .containsExactly("sh", "-c", "exec java $JAVA_OPTS");
    }

    @Test
    void aPlaceholderForAListIsOneUnknownElement() {
        ContainerDefinition app = container("\"mountPoints\": ${MOUNTS}, \"volumesFrom\": \"<FROM>\","
                + "\"command\": {{ .Command }}, \"linuxParameters\": ${LINUX}");

        assertThat(app.fileSystem().mountPoints()).singleElement().satisfies(mount -> {
            assertThat(mount.sourceVolume().isUnknown()).isTrue();
            assertThat(mount.containerPath().isUnknown()).isTrue();
        });
        assertThat(app.fileSystem().volumesFrom())
                .singleElement()
                .satisfies(
                        from -> assertThat(from.sourceContainer().isUnknown()).isTrue());
        assertThat(app.process().command().isUnknown()).isTrue();
        assertThat(app.linuxParameters().tmpfs())
                .singleElement()
                .satisfies(
                        tmpfs -> assertThat(tmpfs.containerPath().isUnknown()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"name\":\"app\"}, {{ template \"sidecar\" . }}]",
                        "[{\"name\":\"app\"} {{ template \"sidecar\" . }}]",
                "[{\"name\":\"app\"}, \"<SIDECAR>\"]", "[{\"name\":\"app\"}, <SIDECAR>]"
            })
    void aPlaceholderAmongTheContainersIsAnUnknownContainer(String containers) {
        TaskDefinition task = read("{\"containerDefinitions\":" + containers + "}");

        assertThat(task.containerDefinitions())
                .extracting(ContainerDefinition::name)
                .containsExactly("app", "containerDefinitions[1]");
        ContainerDefinition sidecar = task.containerDefinitions().get(1);
        assertThat(sidecar.fileSystem().readonlyRootFilesystem().isUnknown()).isTrue();
        assertThat(sidecar.image().written().isUnknown()).isTrue();
        assertThat(sidecar.image().isPlaceholder()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"user\":\"app\", {{ include `common` }}", "\"user\":\"app\" {{ include `common` }}",
                "{{ include `common` }}, \"user\":\"app\"", "{{ include `common` }} \"user\":\"app\"",
                "${KEY}: 1, \"user\":\"app\""
            })
    void aPlaceholderAmongMembersMayAddAnyMissingKey(String members) {
        ContainerDefinition app = container(members);

        assertThat(app.process().user().known()).contains("app");
        assertThat(app.fileSystem().readonlyRootFilesystem().isUnknown()).isTrue();
    }

    @Test
    void onlyTheMemberUnderAConditionIsUnknown() {
        ContainerDefinition app = container("""
                {{ if eq .Env "prod" }}
                "readonlyRootFilesystem": true,
                {{ else }}
                "readonlyRootFilesystem": false,
                {{ end }}
                "user": "app"
                """);

        assertThat(reason(app.fileSystem().readonlyRootFilesystem()))
                .isEqualTo("a condition of the template decides whether it is there");
        assertThat(app.process().user().known()).contains("app");
    }

    @Test
    void anElementUnderAConditionKeepsOnlyItsNames() {
        TaskDefinition task = read("""
                {"containerDefinitions": [
                   {"name": "app", "mountPoints": [
                      {"sourceVolume": "a", "containerPath": "/a"} {{ if .B }},
                      {"sourceVolume": "b", "containerPath": "/b"} {{ end }}]}
                   {{ range .Sidecars }}, {"name": "{{ .Name }}", "user": "x"} {{ end }}],
                 "volumes": [{"name": "a"} {{ if .B }}, {"name": "b"} {{ end }}]}
                """);
        ContainerDefinition app = task.container("app").orElseThrow();

        assertThat(app.fileSystem().mountPoints().get(0).containerPath().known())
                .contains("/a");
        assertThat(app.fileSystem().mountPoints().get(1).sourceVolume().known()).contains("b");
        assertThat(app.fileSystem().mountPoints().get(1).containerPath().isUnknown())
                .isTrue();
        assertThat(task.volume("a").orElseThrow().storage()).isInstanceOf(Storage.Empty.class);
        assertThat(task.volume("b").orElseThrow().storage()).isInstanceOf(Storage.Unknown.class);
        assertThat(task.containerDefinitions().get(1).process().user().known()).contains("x");
    }

    /** Each in its own branch, so that at most one of them exists. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"containerDefinitions\":[{{ if x }} {\"name\":\"app\",\"user\":\"1\",\"image\":\"i\"}, {{ else }}"
                        + " {\"name\":\"app\",\"user\":\"2\",\"image\":\"i\",\"readonlyRootFilesystem\":true}, {{ end }}"
                        + " {\"name\":\"b\"}]}",
                "{\"Conditions\":{\"X\":{\"Fn::Equals\":[{\"Ref\":\"E\"},\"e\"]}},\"Resources\":{\"T\":{\"Type\":"
                        + "\"AWS::ECS::TaskDefinition\",\"Properties\":{\"ContainerDefinitions\":[{\"Fn::If\":[\"X\","
                        + "{\"Name\":\"app\",\"User\":\"1\",\"Image\":\"i\"},{\"Ref\":\"AWS::NoValue\"}]},{\"Fn::If\":[\"X\","
                        + "{\"Ref\":\"AWS::NoValue\"},{\"Name\":\"app\",\"User\":\"2\",\"Image\":\"i\","
                        + "\"ReadonlyRootFilesystem\":true}]},{\"Name\":\"b\"}]}}}}"
            })
    void conditionalContainersOfOneNameAreOneContainer(String text) {
        TaskDefinition task = read(text);

        assertThat(task.containerDefinitions())
                .extracting(ContainerDefinition::name)
                .containsExactly("app", "b");
        ContainerDefinition app = task.container("app").orElseThrow();
        assertThat(app.image().written().known()).contains("i");
        assertThat(app.process().user().isUnknown()).isTrue();
        assertThat(app.fileSystem().readonlyRootFilesystem().isUnknown()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{/* c */}}",
                "{{- /* \"c\" */ -}}",
                "{{! c }}",
                "{# c #}",
                "{#- a # b -#}",
                "<%# c %>",
                "<%# if c %>",
                "{{ $x := 1 }}",
                "{{- $x = .Values.x -}}",
                "{% set x = 1 %}",
                "{%- import 'x' as y -%}",
                "{% from 'x' import y %}",
                "{% assign x = 1 %}",
                "<% x = 1 %>",
            })
    void templateActionsWithoutOutputAreIgnored(String silent) {
        String json =
                "S\n{ S \"family\": S \"f\", S \"containerDefinitions\": [S { S \"name\": \"app\", S {{ if .X }} S"
                        + " \"user\": \"1\", S {{ end }} S \"image\": \"i\" S} S] S}\nS\n";
        String yaml = """
                S
                ---
                S
                family: f
                containerDefinitions:
                S
                - name: app
                  S
                  image: i
                  S
                """;
        for (String text : new String[] {json, yaml, yaml.replace("---\n", "")}) {
            TaskDefinition task = read(text.replaceAll("\\bS\\b", Matcher.quoteReplacement(silent)));

            assertThat(task.family().known()).contains("f");
            assertThat(task.containerDefinitions()).hasSize(1);
            assertThat(task.containerDefinitions().get(0).image().written().known())
                    .contains("i");
            assertThat(task.containerDefinitions()
                            .get(0)
                            .process()
                            .workingDirectory()
                            .isAbsent())
                    .isTrue();
            assertThat(task.containerDefinitions().get(0).process().user().isUnknown())
                    .isEqualTo(text.contains("{{ if .X }}"));
        }
    }

    /** Ways in which loops separate their elements: a comma before all but the first, or after all but the last. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ range $i, $c := .C }}{{ if gt $i, 0 }},{{ end }}\n CONTAINER {{ end }}",
                "{{ range $i, $c := .C }}\n {{- if $i }} , {{- end }}\n CONTAINER\n {{ end }}",
                "{% for c in cs %} CONTAINER {% if not loop.last %},{% endif %} {% endfor %}",
                "{% for c in cs %} CONTAINER {% if not loop.last %},{% endif %} {% endfor %} {% if x %}{% endif %}",
                "<% cs.each do |c| %> CONTAINER <% if c %>,<% end %> <% end %>",
                "{% if x %} {\"name\": \"other\"} {% if y %},{% endif %} {% endif %} CONTAINER",
                "{\"name\": \"other\"} {% if x %},{% endif %} {% if x %} CONTAINER {% endif %}",
            })
    void aConditionalCommaInALoopSeparatesElements(String containers) {
        TaskDefinition task = read("{\"family\":\"f\",\"containerDefinitions\":["
                + containers.replace("CONTAINER", "{\"name\":\"app\",\"readonlyRootFilesystem\":false}") + "]}");

        ContainerDefinition app = task.container("app").orElseThrow();
        assertThat(app.fileSystem().readonlyRootFilesystem().known()).contains(false);
        assertThat(task.containerDefinitions()).hasSize(containers.contains("other") ? 2 : 1);
    }

    @Test
    void aVolumeIsFoundByANameWithTheSamePlaceholder() {
        TaskDefinition task = read("""
                {"containerDefinitions": [
                   {"name": "${APP}", "mountPoints": [{"sourceVolume": "${APP}-tmp", "containerPath": "/tmp"}]},
                   {"name": "log", "volumesFrom": [{"sourceContainer": "${APP}"}], "dependsOn": [{"containerName": "${OTHER}"}]}],
                 "volumes": [{"name": "${APP}-tmp"}, {"name": "${APP}-other"}]}
                """);
        ContainerDefinition log = task.container("log").orElseThrow();

        assertThat(task.volume("${APP}-tmp")).isPresent();
        assertThat(task.container("${APP}")
                        .orElseThrow()
                        .fileSystem()
                        .mountPoints()
                        .get(0)
                        .sourceVolume()
                        .known())
                .contains("${APP}-tmp");
        assertThat(task.volumes().get(1).name().isUnknown()).isTrue();
        assertThat(log.fileSystem().volumesFrom().get(0).sourceContainer().known())
                .contains("${APP}");
        assertThat(log.lifecycle().dependsOn().get(0).containerName().isUnknown())
                .isTrue();
    }

    @Test
    void aPlaceholderForThePlatformsMakesThemUnknown() {
        assertThat(read("{\"requiresCompatibilities\":[\"<LAUNCH_TYPE>\"],\"containerDefinitions\":[{\"name\":\"a\"}]}")
                        .launch()
                        .requiresCompatibilities()
                        .isUnknown())
                .isTrue();
    }

    @Test
    void placeholdersDoNotHideOtherProblems() {
        var result = TaskFile.read("{\"cpu\": ${CPU}, \"containerDefinitions\": [,]}");

        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.problem().location()).hasToString("taskdef.json:1:42");
            assertThat(problem.problem().message()).isEqualTo("expected a value or `]`, found `,`");
        });
    }

    @Test
    void aFileWithOnlyAPlaceholderIsNotATaskDefinition() {
        var result = TaskFile.read("{{ include `taskdef` }}\n");

        assertThat(result.taskDefinition()).isEmpty();
        assertThat(result.problems()).singleElement().satisfies(it -> {
            assertThat(it.problem().message()).isEqualTo("the file contains only placeholders");
            assertThat(it.problem().help())
                    .isEqualTo("set taskDefinition to the file that the deployment generates from it");
        });
    }
}
