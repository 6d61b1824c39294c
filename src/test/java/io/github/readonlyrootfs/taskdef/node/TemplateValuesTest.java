// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import static io.github.readonlyrootfs.taskdef.TaskFile.reason;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.KeyValue;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.TaskFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Task definitions with values for their placeholders. */
class TemplateValuesTest {

    private static final String SECRET = "top@secret@value";

    private static TemplateValues named(Map<String, String> values) {
        return new TemplateValues(values, Map.of(), name -> Optional.empty());
    }

    private static TaskFile read(String text, TemplateValues values) {
        return TaskFile.read(SourceFile.of("taskdef.json", text), values);
    }

    private static ContainerDefinition app(String members, TemplateValues values) {
        TaskFile result = read("{\"containerDefinitions\":[{\"name\":\"app\"," + members + "}]}", values);
        assertThat(result.problems()).isEmpty();
        return result.task().container("app").orElseThrow();
    }

    private static ContainerDefinition app(String members, Map<String, String> values) {
        return app(members, named(values));
    }

    @Test
    void theFirstSourceWithANameWins() {
        var values = new TemplateValues(
                Map.of("A", "1"),
                Map.of("A", "2", "B", "2"),
                name -> Optional.of("3").filter(any -> !name.equals("D")));

        assertThat(app("\"command\":[\"${A}\",\"<B>\",\"${C}\",\"@C@\",\"<C>\",\"$C\",\"${D}\",\"${C:-x}\"]", values)
                        .process()
                        .command()
                        .known()
                        .orElseThrow())
                .extracting(Located::value)
                .containsExactly("1", "2", "3", "3", "<C>", "$C", "${D}", "${C:-x}");
    }

    @Test
    void aStringIsKnownIfAllItsPlaceholdersHaveValues() {
        ContainerDefinition app = app(
                "\"user\":\"${UID}:${GID}\",\"workingDirectory\":\"/srv/${NAME}/<DIR>\",\"image\":\"${REGISTRY}/app:${TAG}\"",
                Map.of("UID", "1000", "GID", "1001", "NAME", "shop", "TAG", "7"));

        assertThat(app.process().user().known()).contains("1000:1001");
        assertThat(reason(app.process().workingDirectory()))
                .isEqualTo("no value is set for the placeholder <DIR>; set DIR in templateValues");
        assertThat(((Value.Unknown<String>) app.process().workingDirectory()).templateValue())
                .contains("DIR");
        assertThat(app.image().written().known()).contains("${REGISTRY}/app:${TAG}");
        assertThat(app.image().filled().known()).contains("${REGISTRY}/app:7");
    }

    @Test
    void anImageIsAPlaceholderInEveryNotation() {
        ContainerDefinition app = app("\"image\":\"<IMAGE1_NAME>\"", Map.of("IMAGE1_NAME", "nginx:1"));

        assertThat(app.image().isPlaceholder()).isTrue();
        assertThat(app.image().filled().known()).contains("nginx:1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            true                                      | true
            ~ false ~                                 | false
            """)
    void anUnquotedValueIsReadAsJson(String value, boolean expected) {
        assertThat(app("\"readonlyRootFilesystem\": ${RO}", Map.of("RO", value))
                        .fileSystem()
                        .readonlyRootFilesystem()
                        .known())
                .contains(expected);
    }

    @Test
    void wholeObjectsArraysAndMembersCanBeFilledIn() {
        ContainerDefinition app = app(
                "\"environment\": {{ env_json }}, \"linuxParameters\": ${LINUX}, \"mountPoints\": [${MOUNT}], ${MORE}",
                Map.of(
                        "env_json",
                        "[{\"name\":\"A\",\"value\":\"${B}\"}]",
                        "LINUX",
                        "{\"capabilities\":{\"add\":[\"SYS_ADMIN\"]}}",
                        "MOUNT",
                        "{\"containerPath\":\"/a\"},{\"containerPath\":\"/b\"}",
                        "MORE",
                        "\"user\":\"x\",\"privileged\":true"));

        assertThat(app.environment().variables()).extracting(KeyValue::key).containsExactly("A");
        assertThat(app.environment().variables().get(0).value().known()).contains("${B}");
        assertThat(app.environment().variables().get(0).location()).hasToString("taskdef.json:1:55");
        assertThat(app.linuxParameters().capabilitiesAdd()).hasSize(1);
        assertThat(app.fileSystem().mountPoints()).hasSize(2);
        assertThat(app.process().user().known()).contains("x");
        assertThat(app.process().privileged().known()).contains(true);
        assertThat(app.fileSystem().readonlyRootFilesystem().isAbsent()).isTrue();
    }

    @Test
    void aTextForABooleanHasTheWrongType() {
        var problems = read("[{\"name\":\"app\",\"readonlyRootFilesystem\":\"<RO>\"}]", named(Map.of("RO", "true")))
                .problems();

        assertThat(problems).singleElement().satisfies(problem -> {
            assertThat(problem.kind()).isEqualTo(SchemaProblem.Kind.WRONG_TYPE);
            assertThat(problem.problem().help()).isEqualTo("write true without quotes");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "top@secret@value", "{\"a\":", "\"top secret", "1 2", ""})
    void aValueThatIsNotJsonIsRejectedAtThePlaceholderAndNotQuoted(String value) {
        TaskFile result = read("[{\"name\":\"app\",\n\"readonlyRootFilesystem\": ${RO}}]", named(Map.of("RO", value)));

        assertThat(result.taskDefinition()).isEmpty();
        assertThat(result.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.problem().location()).hasToString("taskdef.json:2:27");
            assertThat(problem.problem().message())
                    .isEqualTo("with the value that templateValues gives to this placeholder, the file is not JSON");
        });
    }

    @Test
    void valuesAreNotReadAsPlaceholders() {
        ContainerDefinition app =
                app("\"user\":\"${U}\",\"environment\":[{\"name\":\"A\",\"value\":\"x${U}\"}]", Map.of("U", SECRET));

        assertThat(app.process().user().known()).contains(SECRET);
        assertThat(app.environment().variables().get(0).value().known()).contains("x" + SECRET);
    }

    @Test
    void noProblemQuotesAValue() {
        String text = """
                {"networkMode": "${S}", "cpu": ["<S>"], "pidMode": "%S%", "requiresCompatibilities": ["@S@"],
                 "containerDefinitions": [{"name": "app", "${S}": 1, "user": ["${S}"], "essential": "<S>",
                   "mountPoints": "$S", "dockerLabels": {"a": ["$S"]}, "environment": [{"name": "A", "value": "<S>"}]}]}
                """;
        TaskFile result = read(text, named(Map.of("S", SECRET)));

        assertThat(result.problems()).isNotEmpty();
        assertThat(result.problems().toString()).doesNotContain("secret");
    }

    @Test
    void anUnknownNameIsReportedWithTheNamesInTheFile() {
        TaskFile result = read(
                "[{\"name\":\"app\",\"image\":\"<IMAGE1_NAME>\",\"user\":\"{{ must_env `APP_UID` }}\"}]",
                named(Map.of("IMAGE_NAME", "x", "APP_UID", "1")));

        assertThat(result.result().unknownNames()).containsExactly("IMAGE_NAME");
        assertThat(result.result().placeholders()).containsExactly("APP_UID", "IMAGE1_NAME");
    }

    @Test
    void aValueFromTheFileOfValuesMayBeUnused() {
        var values = new TemplateValues(Map.of(), Map.of("OTHER", "x"), name -> Optional.empty());

        assertThat(read("[{\"name\":\"app\"}]", values).result().unknownNames()).isEmpty();
    }

    @Test
    void aWordWithoutDelimitersIsReplacedIfAValueHasItsName() {
        ContainerDefinition app = app(
                "\"image\":\"REGISTRY/app:1\",\"user\":\"APP_USER\",\"workingDirectory\":\"/x/MY_APP_USER\"",
                Map.of("REGISTRY", "r.example", "APP_USER", "1000"));

        assertThat(app.image().filled().known()).contains("r.example/app:1");
        assertThat(app.process().user().known()).contains("1000");
        assertThat(app.process().workingDirectory().known()).contains("/x/MY_APP_USER");
    }

    @Test
    void aWordIsNotReplacedIfAPlaceholderHasTheName() {
        // A file with this word may be a template in which `${PORT}` is not a placeholder.
        for (String user : List.of("app", "Resources")) {
            ContainerDefinition app = app(
                    "\"user\":\"%s\",\"environment\":[{\"name\":\"PORT\",\"value\":\"${PORT}\"}]".formatted(user),
                    Map.of("PORT", "80"));

            assertThat(app.environment().variables()).extracting(KeyValue::key).containsExactly("PORT");
            assertThat(app.environment().variables().get(0).value().known()).contains("80");
        }
    }

    @Test
    void inYamlAWordForABooleanIsAPlaceholder() {
        String text = "containerDefinitions:\n- name: app\n  readonlyRootFilesystem: READ_ONLY\n";
        var unknown = read(text, TemplateValues.NONE);
        var known = read(text, named(Map.of("READ_ONLY", "true")));

        assertThat(unknown.problems()).isEmpty();
        assertThat(reason(first(unknown).fileSystem().readonlyRootFilesystem()))
                .isEqualTo("no value is set for the placeholder READ_ONLY; set READ_ONLY in templateValues");
        assertThat(first(known).fileSystem().readonlyRootFilesystem().known()).contains(true);
    }

    private static ContainerDefinition first(TaskFile result) {
        return result.container();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "True, true", "'{\"a\": 1}', ", "512, "})
    void anUnquotedYamlValueHasTheTypeOfItsSpelling(String value, Boolean expected) {
        TaskFile result = read(
                "containerDefinitions:\n- name: app\n  readonlyRootFilesystem: <RO>\n", named(Map.of("RO", value)));

        assertThat(first(result).fileSystem().readonlyRootFilesystem().known())
                .isEqualTo(Optional.ofNullable(expected));
        assertThat(result.problems().isEmpty()).isEqualTo(expected != null);
    }

    @Test
    void valuesAreFilledInIntoContainersInAString() {
        SourceFile source = SourceFile.of("taskdef.json", """
                {"containerDefinitions": "[{\\"name\\":\\"app\\",\\"user\\":\\"${U}\\",\\"readonlyRootFilesystem\\":${RO}}]"}
                """);
        var result = TaskFile.read(source, named(Map.of("U", "a\"b", "RO", "true")));
        ContainerDefinition app = first(result);

        assertThat(app.process().user().known()).contains("a\"b");
        assertThat(app.fileSystem().readonlyRootFilesystem().known()).contains(true);
        assertThat(source.text(app.fileSystem().readonlyRootFilesystem().where().orElseThrow()))
                .isEqualTo("${RO}");
    }

    private static final String TEMPLATE = """
            Parameters:
              ReadOnly: { Type: String, Default: "false" }
              Env: { Type: String }
              User: { Type: 'AWS::SSM::Parameter::Value<String>' }
              Platforms: { Type: CommaDelimitedList }
            Conditions:
              IsProd: !Equals [!Ref Env, prod]
              IsHere: !Equals [!Ref AWS::Region, eu-west-1]
            Resources:
              Task:
                Type: AWS::ECS::TaskDefinition
                Properties:
                  RequiresCompatibilities: !Ref Platforms
                  ContainerDefinitions:
                    - Name: app
                      Image: '@IMAGE@'
                      ReadonlyRootFilesystem: !Ref ReadOnly
                      User: !Ref User
                      WorkingDirectory: !Sub /srv/${Env}/${!Env}
                      Privileged: !If [IsProd, false, true]
                      Essential: !If [IsHere, false, true]
                      DockerLabels: { a: !ImportValue Env, b: '{{resolve:ssm:Env}}', c: !GetAtt Env.Env }
            """;

    @Test
    void theParametersOfATemplateHaveTheGivenValues() {
        var result = read(
                TEMPLATE,
                named(Map.of(
                        "ReadOnly", "true",
                        "Env", "prod",
                        "User", "1000",
                        "Platforms", "EC2, FARGATE",
                        "AWS::Region", "eu-west-1",
                        "IMAGE", "nginx")));
        ContainerDefinition app = first(result);

        assertThat(result.problems()).isEmpty();
        assertThat(result.result().unknownNames()).isEmpty();
        assertThat(result.task().launch().requiresCompatibilities().known()).contains(List.of("EC2", "FARGATE"));
        assertThat(app.image().filled().known()).contains("nginx");
        assertThat(app.fileSystem().readonlyRootFilesystem().known()).contains(true);
        assertThat(app.fileSystem().readonlyRootFilesystem().where().orElseThrow())
                .hasToString("taskdef.json:17:35");
        assertThat(app.process().user().known()).contains("1000");
        assertThat(app.process().privileged().known()).contains(false);
        assertThat(app.lifecycle().essential().known()).contains(false);
        assertThat(app.process().workingDirectory().isUnknown()).isTrue();
        assertThat(app.metadata().dockerLabels())
                .allSatisfy(label -> assertThat(label.value().isUnknown()).isTrue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CommaDelimitedList",
                "List<String>",
                "AWS::SSM::Parameter::Value<CommaDelimitedList>",
                "AWS::SSM::Parameter::Value<List<String>>"
            })
    void aListParameterIsSplitAtItsCommas(String type) {
        var result = read(
                TEMPLATE.replace("CommaDelimitedList", "'" + type + "'"), named(Map.of("Platforms", "EC2, FARGATE")));

        assertThat(result.problems()).isEmpty();
        assertThat(result.task().launch().requiresCompatibilities().known()).contains(List.of("EC2", "FARGATE"));
    }

    @Test
    void aParameterInCapitalsIsNotReplacedAsAWord() {
        String template = TEMPLATE.replace("User: {", "USER_ID: {").replace("!Ref User", "!Ref USER_ID");
        var result = read(template, named(Map.of("USER_ID", "1000", "IMAGE", "nginx")));

        assertThat(result.result().unknownNames()).isEmpty();
        assertThat(first(result).process().user().known()).contains("1000");
        assertThat(first(result).image().filled().known()).contains("nginx");
    }

    @Test
    void templateValuesDoNotReplaceVariablesOfSub() {
        var properties = new TemplateValues(Map.of("Nothing", "x"), Map.of(), name -> Optional.of("of the build"));
        var result = read(TEMPLATE.replace("/srv/${Env}/${!Env}", "/srv/${Env}"), properties);

        assertThat(reason(first(result).process().workingDirectory()))
                .isEqualTo("the parameter `Env` has no default; set Env in templateValues");
        assertThat(result.result().unknownNames()).containsExactly("Nothing");
        assertThat(result.result().placeholders()).contains("Env", "ReadOnly", "IMAGE", "AWS::Region");
    }

    @Test
    void aParameterWhoseValueLooksLikeAPlaceholderIsKnown() {
        var result = read(
                TEMPLATE.replace("/srv/${Env}/${!Env}", "/srv/${Env}"), named(Map.of("Env", "a<b>c", "User", SECRET)));

        assertThat(first(result).process().workingDirectory().known()).contains("/srv/a<b>c");
        assertThat(first(result).process().user().known()).contains(SECRET);
    }
}
