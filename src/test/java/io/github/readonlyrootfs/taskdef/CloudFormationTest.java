// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static io.github.readonlyrootfs.taskdef.TaskFile.read;
import static io.github.readonlyrootfs.taskdef.TaskFile.reason;
import static io.github.readonlyrootfs.taskdef.TaskFile.withoutPlaces;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.Notation.Keys;
import io.github.readonlyrootfs.taskdef.node.Notation.Syntax;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem.Kind;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudFormationTest {

    private static final String SECTIONS = """
            "Parameters": {
              "NoDefault": {"Type": "String"},
              "Stage": {"Type": "String", "Default": "prod"},
              "Parts": {"Type": "CommaDelimitedList", "Default": "a, b"},
              "Stored": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/shop/user"}
            },
            "Mappings": {"M": {"prod": {"ro": true, "user": "app"}}},
            "Conditions": {
              "Yes": {"Fn::Equals": [{"Ref": "Stage"}, "prod"]},
              "No": {"Fn::Or": [{"Fn::Not": [{"Condition": "Yes"}]}, {"Fn::And": [{"Condition": "Yes"}, {"Condition": "No2"}]}]},
              "No2": {"Fn::Equals": ["a", "b"]},
              "Open": {"Fn::Equals": [{"Ref": "NoDefault"}, "x"]},
              "Marked": {"Fn::Equals": ["<ENV>", "prod"]},
              "Circle": {"Condition": "Circle"}
            },
            """;

    /** The only container of a task, with the given properties beside its name. */
    private static TaskFile readContainer(String properties) {
        return read("{" + SECTIONS + "\"Resources\":{\"Task\":" + task("{\"Name\":\"app\"," + properties + "}") + "}}");
    }

    private static String task(String containers) {
        return "{\"Type\":\"AWS::ECS::TaskDefinition\",\"Properties\":{\"ContainerDefinitions\":[" + containers + "]}}";
    }

    private static ContainerDefinition container(String properties) {
        var result = readContainer(properties);
        assertThat(result.problems()).isEmpty();
        return result.container();
    }

    private static String invalid(TaskFile result) {
        assertThat(result.taskDefinition()).isEmpty();
        assertThat(result.problems())
                .singleElement()
                .extracting(SchemaProblem::kind)
                .isEqualTo(Kind.INVALID);
        var problem = result.problems().get(0).problem();
        return problem.message() + "; " + problem.help();
    }

    @Test
    void aTaskInATemplateEqualsTheTaskInJson() {
        var result = read(SampleFiles.CLOUDFORMATION);

        assertThat(result.problems()).isEmpty();
        assertThat(withoutPlaces(result.task()))
                .isEqualTo(withoutPlaces(read(SampleFiles.WHOLE).task()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"Ref\": \"Task\"} | true | true",
                "{\"Ref\": \"Task\"} | {\"Fn::If\": [\"Yes\", true, false]} | true",
                "{\"Ref\": \"Task\"} | \"true\" | true",
                "{\"Fn::GetAtt\": [\"Task\", \"TaskDefinitionArn\"]} | true | true",
                "{\"Fn::GetAtt\": \"Task.TaskDefinitionArn\"} | true | true",
                "{\"Ref\": \"Task\"} | false | false",
                "{\"Ref\": \"Task\"} | {\"Ref\": \"NoDefault\"} | false",
                "{\"Ref\": \"Other\"} | true | false",
                "\"shop:1\" | true | false"
            })
    void aServiceEnablesEcsExecForTheTaskDefinitionThatItRefersTo(String taskDefinition, String flag, boolean on) {
        TaskDefinition task = read("{" + SECTIONS + "\"Resources\":{\"Service\": {\"Type\": \"AWS::ECS::Service\","
                        + " \"Properties\": {\"EnableExecuteCommand\": " + flag + ", \"TaskDefinition\": "
                        + taskDefinition
                        + "}}, \"Task\":" + task("{\"Name\":\"app\"}") + "}}")
                .task();

        assertThat(task.launch().executeCommand().isPresent()).isEqualTo(on);
    }

    @Test
    void theLocationOfAValueIsThatOfItsFunction() {
        ContainerDefinition app = read(SampleFiles.CLOUDFORMATION).container();

        assertThat(app.fileSystem().readonlyRootFilesystem().where().orElseThrow())
                .hasToString("taskdef.json:29:39");
        assertThat(app.process().user().where().orElseThrow()).hasToString("taskdef.json:31:21");
        assertThat(app.process().command().known().orElseThrow().get(1).location())
                .hasToString("taskdef.json:34:33");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"Ref": "Stage"}                                                  | prod
            {"Fn::Sub": ["${a}-${Stage}", {"a": {"Ref": "Stage"}}]}           | prod-prod
            {"Fn::Join": ["-", {"Ref": "Parts"}]}                             | a-b
            {"Fn::Join": ["-", ["x", {"Ref": "AWS::NoValue"}, 1, true]]}      | x-1-true
            {"Fn::Select": [1, {"Ref": "Parts"}]}                             | b
            {"Fn::Select": ["0", {"Fn::Split": [":", "u:g"]}]}                | u
            {"Fn::FindInMap": ["M", {"Ref": "Stage"}, "user"]}                | app
            {"Fn::FindInMap": ["M", "x", "user", {"DefaultValue": "d"}]}      | d
            {"Fn::If": ["Yes", "y", "n"]}                                     | y
            {"Fn::If": ["No", "y", "n"]}                                      | n
            {"Fn::If": ["Open", "same", "same"]}                              | same
            """)
    void valuesInTheTemplateAreKnown(String user, String expected) {
        assertThat(container("\"User\":" + user).process().user().known()).contains(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"Ref": "NoDefault"}                     | the parameter `NoDefault` has no default; set NoDefault in templateValues
            {"Ref": "Stored"}                        | the parameter `Stored` gets its value from the parameter store; set Stored in templateValues
            {"Ref": "Role"}                          | `Role` is known only when the stack is deployed
            {"Ref": "AWS::Region"}                   | `AWS::Region` is known only when the stack is deployed; set AWS::Region in templateValues
            {"Ref": ["x"]}                           | `Ref` is not valid CloudFormation
            {"Fn::GetAtt": ["A", "B"]}               | `A.B` is known only when the stack is deployed
            {"Fn::GetAtt": "A.B"}                    | `A.B` is known only when the stack is deployed
            {"Fn::ImportValue": "x"}                 | `Fn::ImportValue` is evaluated only when the stack is deployed
            {"Fn::Sub": "u-${NoDefault}"}            | the parameter `NoDefault` has no default; set NoDefault in templateValues
            {"Fn::Sub": "u-${A.B}"}                  | `A.B` is known only when the stack is deployed
            {"Fn::Sub": 1}                           | `Fn::Sub` is not valid CloudFormation
            {"Fn::Join": ["", ["a", {"Ref": "R"}]]}  | `R` is known only when the stack is deployed
            {"Fn::Join": ["", {"Ref": "NoDefault"}]} | the parameter `NoDefault` has no default; set NoDefault in templateValues
            {"Fn::Join": "x"}                        | `Fn::Join` is not valid CloudFormation
            {"Fn::Select": [7, {"Ref": "Parts"}]}    | `Fn::Select` is not valid CloudFormation
            {"Fn::Select": [0, {"Ref": "R"}]}        | `R` is known only when the stack is deployed
            {"Fn::Split": [",", {"Ref": "R"}]}       | `R` is known only when the stack is deployed
            {"Fn::FindInMap": ["M", {"Ref": "R"}, "user"]} | `R` is known only when the stack is deployed
            {"Fn::FindInMap": ["M", "x", "user"]}    | the template's `Mappings` have no such value
            {"Fn::If": ["Open", "y", "n"]}           | the parameter `NoDefault` has no default; set NoDefault in templateValues
            {"Fn::If": ["Open", "y", {"Ref": "AWS::NoValue"}]} | the parameter `NoDefault` has no default; set NoDefault in templateValues
            {"Fn::If": ["None", "y", "n"]}           | the template does not define the condition `None`
            {"Fn::If": ["Circle", "y", "n"]}         | the condition `Circle` depends on itself or on too many others
            {"Fn::If": ["Marked", "y", "n"]}         | no value is set for the placeholder <ENV>; set ENV in templateValues
            {"Fn::FindInMap": ["M", "<ENV>", "user", {"DefaultValue": "d"}]} | no value is set for the placeholder <ENV>; set ENV in templateValues
            {"Fn::Select": ["<ENV>", ["a"]]}         | no value is set for the placeholder <ENV>; set ENV in templateValues
            "{{resolve:ssm:/shop/user}}"             | no value is set for the placeholder {{resolve:ssm:/shop/user}}
            """)
    void valuesOfTheDeploymentAreUnknownWithAReason(String user, String reason) {
        assertThat(reason(container("\"User\":" + user).process().user())).isEqualTo(reason);
    }

    @Test
    void noValueRemovesAPropertyOrAnElement() {
        ContainerDefinition app = container("\"User\":{\"Ref\":\"AWS::NoValue\"},\"MountPoints\":["
                + "{\"Fn::If\":[\"Yes\",{\"Ref\":\"AWS::NoValue\"},{\"SourceVolume\":\"v\"}]}],"
                + "\"Command\":{\"Fn::If\":[\"Yes\",[\"a\"],[\"b\"]]}");

        assertThat(app.process().user().isAbsent()).isTrue();
        assertThat(app.fileSystem().mountPoints()).isEmpty();
        assertThat(app.process().command().known().orElseThrow())
                .extracting(Located::value)
                .containsExactly("a");
    }

    @Test
    void aConditionalVolumeKeepsItsName() {
        TaskDefinition task = read("{" + SECTIONS + "\"Resources\":{\"Task\":"
                        + "{\"Type\":\"AWS::ECS::TaskDefinition\",\"Properties\":{\"ContainerDefinitions\":[{\"Name\":\"app\"}],"
                        + "\"Volumes\":[{\"Fn::If\":[\"Open\",{\"Name\":\"v\"},{\"Ref\":\"AWS::NoValue\"}]}]}}}}")
                .task();

        assertThat(task.volumes().get(0).storage()).isInstanceOf(Storage.Unknown.class);
    }

    @Test
    void knownPartsOfAnImageAreKept() {
        assertThat(container("\"Image\":{\"Fn::Sub\":\"${AWS::AccountId}.dkr.ecr/shop:${NoDefault}\"}"))
                .satisfies(app -> {
                    assertThat(app.image().written().known()).contains("${AWS::AccountId}.dkr.ecr/shop:${NoDefault}");
                    assertThat(app.image().isPlaceholder()).isFalse();
                });
        assertThat(container(
                                "\"Image\":{\"Fn::Join\":[\"\",[{\"Fn::Select\":[4,{\"Fn::Split\":[\":\",{\"Fn::GetAtt\":[\"Repo\",\"Arn\"]}]}]},"
                                        + "\".dkr.ecr/\",{\"Ref\":\"Repo\"},\":latest\"]]}")
                        .image()
                        .isPlaceholder())
                .isTrue();
        assertThat(container("\"Image\":{\"Ref\":\"NoDefault\"}").image().isPlaceholder())
                .isTrue();
    }

    @Test
    void aVolumeIsFoundByANameWithAReference() {
        TaskDefinition task = read("{\"Resources\":{\"Task\":{\"Type\":\"AWS::ECS::TaskDefinition\",\"Properties\":{"
                        + "\"ContainerDefinitions\":[{\"Name\":\"app\",\"MountPoints\":[{\"SourceVolume\":{\"Fn::Sub\":\"${A}-tmp\"},\"ContainerPath\":\"/tmp\"}]}],"
                        + "\"Volumes\":[{\"Name\":{\"Fn::Join\":[\"-\",[{\"Ref\":\"A\"},\"tmp\"]]}}]}}}}")
                .task();

        assertThat(task.volume("${A}-tmp")).isPresent();
        assertThat(task.containerDefinitions()
                        .get(0)
                        .fileSystem()
                        .mountPoints()
                        .get(0)
                        .sourceVolume()
                        .known())
                .contains("${A}-tmp");
    }

    @Test
    void aMacroAmongPropertiesMayAddAnyMissingProperty() {
        ContainerDefinition app =
                container("\"User\":\"app\",\"Fn::Transform\":{\"Name\":\"AWS::Include\",\"Parameters\":{}}");

        assertThat(app.process().user().known()).contains("app");
        assertThat(reason(app.fileSystem().readonlyRootFilesystem()))
                .isEqualTo("`Fn::Transform` is evaluated only when the stack is deployed");
    }

    @Test
    void aMisspeltPropertyIsNamedWithCloudformationsOwnSpelling() {
        var result = readContainer("\"readonlyRootFilesystem\":true,\"ReadOnlyRootFilesystem\":true,"
                + "\"MountPoint\":[],\"LinuxParameters\":{\"Tmpfs\":[{\"Containerpath\":\"/x\"}]}");

        assertThat(result.problems())
                .extracting(it -> it.problem().message() + "; " + it.problem().help())
                .containsExactly(
                        "`readonlyRootFilesystem` is not a key of a container definition: CloudFormation refuses it; write `ReadonlyRootFilesystem`",
                        "`ReadOnlyRootFilesystem` is not a key of a container definition: CloudFormation refuses it; write `ReadonlyRootFilesystem`",
                        "`MountPoint` is not a key of a container definition: CloudFormation refuses it; write `MountPoints`",
                        "`Containerpath` is not a key of `Tmpfs`: CloudFormation refuses it; write `ContainerPath`");
        assertThat(result.problems().get(0).container()).contains("app");
    }

    @Test
    void scalarsOfAnotherTypeAreConvertedLikeInCloudFormation() {
        var result = readContainer("\"User\":1000,\"ReadonlyRootFilesystem\":\"yes\",\"Essential\":\"False\"");
        ContainerDefinition app = result.container();

        assertThat(app.process().user().known()).contains("1000");
        assertThat(app.lifecycle().essential().known()).contains(false);
        assertThat(result.problems())
                .extracting(it -> it.problem().message())
                .containsExactly("`ReadonlyRootFilesystem` is a string where true or false was expected");
    }

    @Test
    void severalTaskDefinitionsAreDistinguishedByTheirLogicalIds() {
        String text = "{\"Resources\":{\"A\":" + task("{\"Name\":\"a\"}") + ",\"B\":" + task("{\"Name\":\"b\"}") + "}}";
        SourceFile source = SourceFile.of("taskdef.json", text);

        assertThat(read(text).tasks())
                .extracting(task -> task.definition().orElseThrow().document().resource())
                .containsExactly(Optional.of("A"), Optional.of("B"));
        assertThat(read(source, "B").task().container("b")).isPresent();
        assertThat(invalid(read(source, "C")))
                .isEqualTo("no task definition in this file is called `C`;"
                        + " set `taskDefinitionResource` to one of `A`, `B`");
        assertThat(invalid(read(SourceFile.of("taskdef.json", text.replace("\"B\"", "\"WorkerTask\"")), "WorkerTsk")))
                .isEqualTo("no task definition in this file is called `WorkerTsk`; did you mean `WorkerTask`?;"
                        + " set `taskDefinitionResource` to one of `A`, `WorkerTask`");
        SourceFile whole = SourceFile.of("taskdef.json", SampleFiles.WHOLE);
        assertThat(read(whole, "shop").taskDefinition()).isPresent();
        assertThat(invalid(read(whole, "A")))
                .isEqualTo("no task definition in this file is called `A`; set `taskDefinitionResource` to `shop`");
        assertThat(invalid(read(SourceFile.of("taskdef.json", "{\"containerDefinitions\":[{}]}"), "A")))
                .startsWith("`taskDefinitionResource` is set, but the only task definition in this file has no name");
    }

    @Test
    void anUnreadableTaskDefinitionDoesNotHideTheOthers() {
        var result = read("{\"Resources\":{\"A\":{\"Type\":\"AWS::ECS::TaskDefinition\"},\"B\":"
                + task("{\"Name\":\"b\"}") + ",\"C\":" + task("") + "}}");

        assertThat(result.tasks())
                .extracting(TaskDefinitionReader.Task::resource)
                .containsExactly(Optional.of("A"), Optional.of("B"), Optional.of("C"));
        assertThat(result.tasks())
                .extracting(task -> task.definition().isPresent())
                .containsExactly(false, true, false);
        assertThat(result.problems())
                .extracting(problem -> problem.problem().message())
                .containsExactly("the task definition `A` has no `Properties`", "`ContainerDefinitions` is empty");
    }

    @Test
    void tooManyTaskDefinitionsAreRejected() {
        StringBuilder resources = new StringBuilder("\"T\":" + task("{\"Name\":\"b\"}"));
        for (int i = 0; i < 100; i++) {
            resources.append(",\"T").append(i).append("\":").append(task("{\"Name\":\"b\"}"));
        }
        SourceFile source = SourceFile.of("taskdef.json", "{\"Resources\":{" + resources + "}}");

        assertThat(invalid(read(source)))
                .isEqualTo("this file has 101 task definitions;" + " set `taskDefinitionResource` to the right one");
        assertThat(read(source, "T99").taskDefinition()).isPresent();
    }

    @Test
    void aTemplateWithoutATaskDefinitionIsReportedWithTheResourcesItHas() {
        assertThat(invalid(read(
                        "{\"Resources\":{\"B\":{\"Type\":\"AWS::S3::Bucket\"},\"T\":{\"Type\":\"AWS::SNS::Topic\"},"
                                + "\"U\":{\"Type\":\"AWS::SNS::Topic\"}}}")))
                .isEqualTo(
                        "this CloudFormation template has no `AWS::ECS::TaskDefinition`;"
                                + " set taskDefinition to the template that has one: this one has `AWS::S3::Bucket`, `AWS::SNS::Topic`");
        assertThat(invalid(read("{\"Resources\":{}}"))).endsWith("this one has no resources");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"Type\":\"AWS::ECS::TaskDefinition\"}",
                "{\"Type\":\"AWS::ECS::TaskDefinition\",\"Properties\":{}}",
                "{\"Type\":\"AWS::ECS::TaskDefinition\",\"Properties\":[]}",
                "{\"Type\":\"AWS::ECS::TaskDefinition\",\"Properties\":{\"Ref\":\"AWS::NoValue\"}}",
                "{\"Type\":\"AWS::ECS::TaskDefinition\",\"Properties\":{\"ContainerDefinitions\":[]}}",
                "{\"Type\":\"AWS::ECS::TaskDefinition\",\"Properties\":{\"ContainerDefinition\":[]}}"
            })
    void anEmptyTaskDefinitionIsInvalid(String resource) {
        assertThat(invalid(read("{\"Resources\":{\"T\":" + resource + "}}"))).isNotEmpty();
    }

    @Test
    void intrinsicFunctionsAreReadAnywhere() {
        for (String function : List.of(
                "{\"Ref\":\"X\"}",
                "{\"Fn::If\":[\"Open\",{},[]]}",
                "{\"Fn::If\":[\"Open\",{\"Ref\":\"AWS::NoValue\"},{\"A\":1}]}",
                "{\"Fn::GetAtt\":[]}",
                "{\"Fn::Sub\":[]}",
                "{\"Fn::Transform\":{}}",
                "{\"Ref\":\"AWS::NoValue\"}")) {
            for (String word : SampleFiles.CLOUDFORMATION.split("(?<=[:,\\[]) ?(?=[\"{\\[\\dtf])", -1)) {
                String value = word.split("[,\\]}\\s]", 2)[0];
                if (!value.isEmpty()) {
                    String text = SampleFiles.CLOUDFORMATION.replaceFirst(
                            Pattern.quote(value), Matcher.quoteReplacement(function));
                    assertThat(read(text)).as(text).isNotNull();
                }
            }
        }
    }

    @Test
    void aTemplateCannotExhaustTheMemoryOrTheStack() {
        StringBuilder doubling = new StringBuilder("\"x\"");
        for (int i = 0; i < 25; i++) {
            doubling.insert(0, "{\"Fn::Sub\":[\"${a}${a}${a}\",{\"a\":").append("}]}");
        }
        StringBuilder chain = new StringBuilder("\"C0\":{\"Fn::Equals\":[\"a\",\"a\"]}");
        for (int i = 1; i < 50_000; i++) {
            chain.append(",\"C")
                    .append(i)
                    .append("\":{\"Condition\":\"C")
                    .append(i - 1)
                    .append("\"}");
        }
        String text = "{\"Conditions\":{" + chain + "},\"Resources\":{\"T\":"
                + task("{\"Name\":\"a\",\"User\":{\"Fn::If\":[\"C49999\",\"a\",\"b\"]},\"WorkingDirectory\":" + doubling
                        + "}")
                + "}}";

        ContainerDefinition app = read(text).container();
        assertThat(reason(app.process().user())).contains("too many");
        assertThat(app.process().workingDirectory().isUnknown()).isTrue();
    }

    /** Each is nested within the limit; their chain is not. */
    @Test
    void conditionsMadeOfDeepValuesDoNotExhaustTheStack() {
        StringBuilder chain = new StringBuilder("\"C0\":{\"Fn::Equals\":[\"a\",\"a\"]}");
        for (int i = 1; i < 49; i++) {
            chain.append(",\"C%d\":{\"Fn::Equals\":[".formatted(i))
                    .append("{\"Fn::Join\":[\"\",[".repeat(30))
                    .append("{\"Fn::If\":[\"C%d\",\"a\",\"b\"]}".formatted(i - 1))
                    .append("]]}".repeat(30))
                    .append(",\"a\"]}");
        }
        String text = "{\"Conditions\":{" + chain + "},\"Resources\":{\"T\":"
                + task("{\"Name\":\"a\",\"User\":{\"Fn::If\":[\"C48\",\"a\",\"b\"]},"
                        + "\"WorkingDirectory\":{\"Fn::If\":[\"C2\",\"/a\",\"/b\"]}}")
                + "}}";

        ContainerDefinition app = read(text).container();

        assertThat(reason(app.process().user()))
                .isEqualTo("the template's functions and conditions are nested too deep");
        assertThat(app.process().workingDirectory().known()).contains("/a");
    }

    @Test
    void hugeListsAreRejected() {
        String lists = ",\"L\":{\"Ref\":\"List\"}".repeat(100_000);
        String text =
                "{\"Parameters\":{\"List\":{\"Type\":\"CommaDelimitedList\",\"Default\":\"" + ",".repeat(1_000_000)
                        + "\"}},\"Resources\":{\"T\":"
                        + task("{\"Name\":\"a\",\"DockerLabels\":{\"a\":\"b\"" + lists + "}}") + "}}";

        assertThat(invalid(read(text))).startsWith("this list has more than 3000");
    }

    @Test
    void aTaskDefinitionHasItsNotation() {
        assertThat(notation(SampleFiles.WHOLE)).isEqualTo(Notation.ECS_JSON);
        assertThat(notation("[" + "{\"name\":\"app\"}" + "]")).isEqualTo(Notation.ECS_JSON);
        assertThat(notation(SampleFiles.YAML)).isEqualTo(new Notation(Syntax.YAML, Keys.ECS));
        assertThat(notation(SampleFiles.CLOUDFORMATION)).isEqualTo(new Notation(Syntax.JSON, Keys.CLOUDFORMATION));
        assertThat(notation(SampleFiles.CLOUDFORMATION_YAML)).isEqualTo(new Notation(Syntax.YAML, Keys.CLOUDFORMATION));
    }

    private static Notation notation(String text) {
        return read(text).task().document().notation();
    }

    /** The task definitions that a section {@code Resources} creates, with the commands of their only containers. */
    private static List<String> commands(String resources) {
        return read("{" + SECTIONS + "\"Resources\":{" + resources + "}}").tasks().stream()
                .map(task -> task.resource().orElseThrow() + " "
                        + task.definition()
                                .orElseThrow()
                                .containerDefinitions()
                                .get(0)
                                .process()
                                .command()
                                .known()
                                .map(command -> command.stream()
                                        .map(Located::value)
                                        .toList()
                                        .toString())
                                .orElse("?"))
                .toList();
    }

    private static String loop(String name, String values, String key, String command) {
        return "\"Fn::ForEach::" + name + "\":[\"" + name + "\"," + values + ",{\"" + key + "\":"
                + task("{\"Name\":\"app\",\"Command\":" + command + "}") + "}]";
    }

    @Test
    void aLoopOverTaskDefinitionsIsRefusedAndOneOverOtherResourcesIsNot() {
        String loop = loop("Q", "[\"Fast\",\"Slow\"]", "Task${Q}", "[\"x\"]");

        assertThat(invalid(read("{\"Resources\":{" + loop + ",\"Task\":" + task("{\"Name\":\"app\"}") + "}}")))
                .startsWith("this check does not write out `Fn::ForEach::Q`; check the processed template");
        assertThat(commands(loop.replace("ECS::TaskDefinition", "S3::Bucket") + ",\"Task\":"
                        + task("{\"Name\":\"app\",\"Command\":[\"x\"]}")))
                .containsExactly("Task [x]");
    }

    @Test
    void aDaemonRunsOnManagedInstances() {
        var result = read(
                "{\"Resources\":{\"D\":" + task("{\"Name\":\"agent\"}").replace("TaskDef", "DaemonTaskDef") + "}}");

        assertThat(result.problems()).isEmpty();
        assertThat(result.task().launch().requiresCompatibilities().known()).contains(List.of("MANAGED_INSTANCES"));
    }

    @Test
    void aSamTemplateWithGlobalsIsRead() {
        assertThat(read("""
                        Transform: AWS::Serverless-2016-10-31
                        Globals:
                          Function:
                            Timeout: 3
                        Resources:
                          Handler: {Type: 'AWS::Serverless::Function'}
                          Task:
                            Type: AWS::ECS::TaskDefinition
                            Properties: {ContainerDefinitions: [{Name: app}]}
                        """).taskDefinition()).isPresent();
        assertThat(invalid(read("Transform: AWS::Serverless-2016-10-31\n"))).endsWith("this one has no resources");
    }

    /** The only container of a task: one of two, depending on an unknown condition. */
    private static ContainerDefinition either(String one, String other) {
        var result = read("{" + SECTIONS + "\"Resources\":{\"Task\":"
                + task("{\"Fn::If\":[\"Open\",{" + one + "},{" + other + "}]}") + "}}");
        assertThat(result.problems()).isEmpty();
        return result.container();
    }

    @Test
    void partsThatBothBranchesShareAreKnown() {
        ContainerDefinition app = either(
                "\"Name\":\"app\",\"Image\":\"a:1\",\"ReadonlyRootFilesystem\":true,\"User\":\"1000\","
                        + "\"MountPoints\":[{\"ContainerPath\":\"/tmp\",\"SourceVolume\":\"t\"},{\"ContainerPath\":\"/a\",\"SourceVolume\":\"a\"}],"
                        + "\"Command\":[\"run\"],\"EntryPoint\":[\"a\"]",
                "\"Name\":\"app\",\"Image\":\"b:1\",\"ReadonlyRootFilesystem\":\"true\","
                        + "\"MountPoints\":[{\"ContainerPath\":\"/b\",\"SourceVolume\":\"b\"},{\"ContainerPath\":\"/tmp\",\"SourceVolume\":\"u\"}],"
                        + "\"Command\":[\"run\"],\"EntryPoint\":[\"b\"]");

        assertThat(app.name()).isEqualTo("app");
        assertThat(app.fileSystem().readonlyRootFilesystem().known()).contains(true);
        assertThat(app.image().isPlaceholder()).isTrue();
        assertThat(reason(app.process().user()))
                .isEqualTo("the parameter `NoDefault` has no default; set NoDefault in templateValues");
        assertThat(app.process().command().known()).isPresent();
        assertThat(app.process().entryPoint().isUnknown()).isTrue();
        assertThat(app.fileSystem().mountPoints()).hasSize(3);
        assertThat(app.fileSystem().mountPoints().get(0).containerPath().known())
                .contains("/tmp");
        assertThat(app.fileSystem().mountPoints().get(0).sourceVolume().isUnknown())
                .isTrue();
        assertThat(app.fileSystem().mountPoints().get(1).containerPath().isUnknown())
                .isTrue();
        assertThat(app.fileSystem().mountPoints().get(2).containerPath().isUnknown())
                .isTrue();
    }

    @Test
    void partsOfOnlyOneBranchAreUnknown() {
        assertThat(either("\"Name\":\"app\",\"ReadonlyRootFilesystem\":true", "\"Name\":\"app\"")
                        .fileSystem()
                        .readonlyRootFilesystem()
                        .isUnknown())
                .isTrue();
        assertThat(either("\"Name\":\"app\"", "\"Name\":\"app\",\"ReadonlyRootFilesystem\":false")
                        .fileSystem()
                        .readonlyRootFilesystem()
                        .isUnknown())
                .isTrue();
        assertThat(either(
                                "\"Name\":\"app\",\"ReadonlyRootFilesystem\":null",
                                "\"Name\":\"app\",\"ReadonlyRootFilesystem\":null")
                        .fileSystem()
                        .readonlyRootFilesystem()
                        .isAbsent())
                .isTrue();
        assertThat(either(
                                "\"Name\":\"app\",\"LinuxParameters\":{\"Tmpfs\":[{\"ContainerPath\":\"/tmp\",\"Size\":1}]}",
                                "\"Name\":\"app\",\"LinuxParameters\":{\"Tmpfs\":[{\"ContainerPath\":\"/tmp\",\"Size\":2}]}")
                        .linuxParameters()
                        .tmpfs())
                .singleElement()
                .satisfies(tmpfs -> {
                    assertThat(tmpfs.containerPath().known()).contains("/tmp");
                    assertThat(tmpfs.size().isUnknown()).isTrue();
                });
    }

    @Test
    void theContainersOfTwoConditionalListsAreReadOnceEach() {
        var task = read("{" + SECTIONS
                        + "\"Resources\":{\"Task\":{\"Type\":\"AWS::ECS::TaskDefinition\",\"Properties\":{"
                        + "\"ContainerDefinitions\":{\"Fn::If\":[\"Open\",[{\"Name\":\"app\",\"User\":\"1\"},{\"Name\":\"log\"}],"
                        + "[{\"Name\":\"agent\"},{\"Name\":\"app\",\"User\":\"1\"}]]}}}}}")
                .task();

        assertThat(task.containerDefinitions())
                .extracting(ContainerDefinition::name)
                .containsExactly("app", "log", "agent");
        assertThat(task.container("app").orElseThrow().process().user().known()).contains("1");
    }

    @Test
    void aConditionalElementAddsBothContainers() {
        var task = read("{" + SECTIONS + "\"Resources\":{\"Task\":"
                        + task("{\"Name\":\"app\"},{\"Fn::If\":[\"Open\","
                                + "{\"Name\":\"datadog\",\"Image\":\"d\"},{\"Name\":\"otel\",\"Image\":\"o\"}]},"
                                + "{\"Fn::If\":[\"Yes\",{\"Name\":\"a\"},{\"Name\":\"b\"}]}")
                        + "}}")
                .task();

        assertThat(task.containerDefinitions())
                .extracting(container -> container.name() + " "
                        + container.image().written().known().orElse("-"))
                .containsExactly("app -", "datadog d", "otel o", "a -");
    }
}
