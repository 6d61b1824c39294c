// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static io.github.readonlyrootfs.taskdef.TaskFile.withoutPlaces;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader.Task;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem.Kind;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrappers that tools put around a task definition, and strings in place of objects. */
class ShapesTest {

    private static final String FILE = "taskdef.json";

    private static TaskFile read(String text) {
        return TaskFile.read(SourceFile.of(FILE, text));
    }

    private static TaskDefinition task(String text) {
        TaskFile result = read(text);
        assertThat(result.problems()).isEmpty();
        return result.task();
    }

    private static List<String> names(TaskFile result) {
        return result.tasks().stream().map(task -> task.resource().orElse("-")).toList();
    }

    private static String invalid(TaskFile result) {
        assertThat(result.tasks()).singleElement().extracting(Task::definition).isEqualTo(Optional.empty());
        assertThat(result.problems())
                .singleElement()
                .extracting(SchemaProblem::kind)
                .isEqualTo(Kind.INVALID);
        var problem = result.problems().get(0).problem();
        Location at = problem.location();
        return at.line() + ":" + at.column() + " " + problem.message() + "; " + problem.help();
    }

    /** The containers of {@link SampleFiles#WHOLE}. */
    private static String containers() {
        String whole = SampleFiles.WHOLE;
        int start = whole.indexOf('[', whole.indexOf("containerDefinitions"));
        return whole.substring(start, whole.indexOf("],\n  \"volumes\"", start) + 1);
    }

    private static String inString(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + '"';
    }

    static List<String> embedded() {
        String whole = SampleFiles.WHOLE;
        return List.of(
                whole.replace(containers(), inString(containers())),
                "{\"taskDefinition\":" + whole.replace(containers(), inString(containers())) + "}",
                SampleFiles.YAML.substring(0, SampleFiles.YAML.indexOf("containerDefinitions:"))
                        + "containerDefinitions: |\n" + containers().indent(4)
                        + whole.substring(whole.indexOf("\"volumes\""), whole.lastIndexOf('}')),
                terraform(inString(containers())));
    }

    /** {@link SampleFiles#WHOLE} as {@code terraform show -json} prints it. */
    private static String terraform(String containers) {
        return "{\"format_version\":\"1.2\",\"planned_values\":{\"root_module\":{\"resources\":[],\"child_modules\":[{\"address\":"
                + "\"module.shop\",\"resources\":[{\"address\":\"module.shop.aws_ecs_task_definition.shop\",\"mode\":\"managed\","
                + "\"type\":\"aws_ecs_task_definition\",\"values\":{\"container_definitions\":"
                + containers
                + """
                ,"family": "shop", "network_mode": "awsvpc", "requires_compatibilities": ["EC2", "FARGATE"], "cpu": "512",
                "memory": "1 GB", "ipc_mode": "", "pid_mode": null, "tags": {"Team": "shop"}, "skip_destroy": false,
                "ephemeral_storage": [{"size_in_gib": 30}], "placement_constraints": [], "proxy_configuration": [],
                "runtime_platform": [{"operating_system_family": "LINUX", "cpu_architecture": "ARM64"}],
                "volume": [
                  {"name": "tmp", "host_path": "", "configure_at_launch": false, "docker_volume_configuration": [],
                    "efs_volume_configuration": [], "fsx_windows_file_server_volume_configuration": []},
                  {"name": "host", "host_path": "/srv"},
                  {"name": "docker", "docker_volume_configuration": [{"scope": "task", "driver": "local",
                    "driver_opts": {"type": "tmpfs"}, "labels": null, "autoprovision": null}]},
                  {"name": "efs", "efs_volume_configuration": [{"file_system_id": "fs-1", "root_directory": "/",
                    "authorization_config": [{"access_point_id": "fsap-1", "iam": "ENABLED"}]}]},
                  {"name": "s3", "s3files_volume_configuration": [{"file_system_arn": "arn:1", "access_point_arn": "arn:2"}]},
                  {"name": "fsx", "fsx_windows_file_server_volume_configuration": [{"file_system_id": "fs-2"}]},
                  {"name": "ebs", "configure_at_launch": true},
                  {"name": "notEbs", "configure_at_launch": false}
                ]}}]}]}}}
                """;
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void containersInAStringAreRead(String text) {
        TaskDefinition task = task(text);

        assertThat(withoutPlaces(task)).isEqualTo(withoutPlaces(task(SampleFiles.WHOLE)));
        assertThat(task.document().notation().containersInString()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("embedded")
    void containersInAStringHaveTheirLocationsInTheFile(String text) {
        SourceFile source = SourceFile.of(FILE, text);
        ContainerDefinition app = task(text).container("app").orElseThrow();

        assertThat(source.text(app.metadata().nameLocation())).matches("\\\\?\"app\\\\?\"");
        assertThat(source.text(app.fileSystem().readonlyRootFilesystem().where().orElseThrow()))
                .isEqualTo("true");
        assertThat(source.text(app.fileSystem()
                        .mountPoints()
                        .get(0)
                        .containerPath()
                        .where()
                        .orElseThrow()))
                .matches("\\\\?\"/tmp\\\\?\"");
        assertThat(source.text(app.metadata().location()))
                .startsWith("{")
                .endsWith("}")
                .contains("healthCheck");
    }

    @Test
    void aProblemInAStringHasItsLocationInTheFile() {
        assertThat(invalid(read(
                        "{\"family\": \"f\",\n \"containerDefinitions\": \"[\\n {\\\"name\\\": \\\"app\\\"},]\"}")))
                .startsWith("2:50 trailing comma before the closing `]`");
        assertThat(invalid(read("containerDefinitions: |\n  [\n    {\"name\": app}\n  ]\n")))
                .startsWith("3:14 expected a value, found a word without quotes");
        assertThat(invalid(read("{\"containerDefinitions\": \"[]\"}")))
                .startsWith("1:27 `containerDefinitions` is empty");
    }

    @Test
    void aStringOfContainersMayHavePlaceholders() {
        String json = "{\"containerDefinitions\": \"[{\\\"name\\\": \\\"app\\\", \\\"image\\\": \\\"${image}\\\","
                + " \\\"readonlyRootFilesystem\\\": ${ro}}]\"}";
        ContainerDefinition app = task(json).container("app").orElseThrow();
        assertThat(app.image().isPlaceholder()).isTrue();
        assertThat(app.fileSystem().readonlyRootFilesystem())
                .isInstanceOfSatisfying(
                        Value.Unknown.class,
                        ro -> assertThat(SourceFile.of(FILE, json).text(ro.location()))
                                .isEqualTo("${ro}"));

        ContainerDefinition yaml = task("containerDefinitions: |\n  [{\"name\": \"app\", \"image\": \"{{ image }}\","
                        + " \"user\": \"%USER%\",\n   \"readonlyRootFilesystem\": {{ ro }} }]\n")
                .container("app")
                .orElseThrow();
        assertThat(yaml.image().written().known()).contains("{{ image }}");
        assertThat(yaml.process().user().isUnknown()).isTrue();
        assertThat(yaml.fileSystem().readonlyRootFilesystem())
                .isInstanceOfSatisfying(
                        Value.Unknown.class, ro -> assertThat(ro.location()).hasToString("taskdef.json:3:30"));
    }

    @Test
    void aPlaceholderForAllContainersIsNotAStringOfJson() {
        assertThat(read("{\"containerDefinitions\": \"${containers}\"}").taskDefinition())
                .hasValueSatisfying(
                        task -> assertThat(task.document().notation().containersInString())
                                .isFalse());
    }

    @Test
    void cloudFormationRejectsContainersInAString() {
        var result = read(
                "{\"Resources\":{\"T\":{\"Type\":\"AWS::ECS::TaskDefinition\",\"Properties\":{\"ContainerDefinitions\":"
                        + "\"[{\\\"Name\\\":\\\"app\\\",\\\"Image\\\":\\\"i\\\"}]\"}}}}");

        assertThat(result.problems())
                .singleElement()
                .extracting(SchemaProblem::kind)
                .isEqualTo(Kind.WRONG_TYPE);
        assertThat(result.task().container("app")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"taskDefinition\": %s}",
                "{\"taskDefinition\": %s, \"tags\": []}",
                "{\"taskDefinitions\": [%s]}",
                "[%s]",
                "[{\"taskDefinition\": %s}]"
            })
    void wrappersOfToolsAroundATaskDefinitionAreIgnored(String around) {
        TaskDefinition task = task(around.replace("%s", SampleFiles.WHOLE));

        assertThat(withoutPlaces(task)).isEqualTo(withoutPlaces(task(SampleFiles.WHOLE)));
        assertThat(task.document().resource()).isEmpty();
    }

    @Test
    void taskDefinitionsInAListAreNamedByTheirFamilies() {
        String task = "{\"family\": \"%s\", \"containerDefinitions\": [{\"name\": \"app\"}]}";
        String list = String.join(
                ",",
                task.replace("%s", "web"),
                "{\"taskDefinition\": " + task.replace("%s", "worker") + "}",
                task.replace("%s", "web"),
                task.replace("%s", "${NAME}"),
                task.replace("\"family\": \"%s\",", ""));

        assertThat(names(read("{\"taskDefinitions\": [" + list + "]}")))
                .containsExactly("web", "worker", "taskDefinitions[2]", "taskDefinitions[3]", "taskDefinitions[4]");
        assertThat(names(TaskFile.read(SourceFile.of(FILE, "[" + list + "]"), "worker")))
                .containsExactly("worker");
    }

    @Test
    void aListElementThatIsNotATaskDefinitionIsAProblem() {
        var result = read("[{\"family\": \"web\", \"containerDefinitions\": [{\"name\": \"app\"}]}, \"worker:3\"]");

        assertThat(names(result)).containsExactly("web", "taskDefinitions[1]");
        assertThat(result.problems())
                .extracting(problem ->
                        problem.problem().location() + " " + problem.problem().message())
                .containsExactly("taskdef.json:1:64 a string where a task definition was expected");
    }

    @Test
    void onlyYamlDocumentsWithTaskDefinitionsCount() {
        String task = "containerDefinitions:\n- name: app\n";
        String template = """
                          Resources:
                            Web:
                              Type: AWS::ECS::TaskDefinition
                              Properties:
                                ContainerDefinitions:
                                - Name: app
                          """;
        String other = "apiVersion: v1\nkind: ConfigMap\n";
        String bucket = "Resources:\n  B:\n    Type: AWS::S3::Bucket\n";

        assertThat(names(read("---\n" + other + "---\n" + task))).containsExactly("-");
        assertThat(names(read("---\n" + bucket + "---\n" + template + "---\n# nothing\n---\n")))
                .containsExactly("Web");
        assertThat(names(read("family: web\n" + task + "---\nfamily: worker\n" + task + "---\n" + template + "...\n")))
                .containsExactly("web", "worker", "Web");
        assertThat(task("---\n" + other + "---\n" + task)
                        .container("app")
                        .orElseThrow()
                        .metadata()
                        .location()
                        .line())
                .isEqualTo(6);
    }

    @Test
    void documentsWithoutATaskDefinitionAreReported() {
        assertThat(invalid(read("kind: ConfigMap\n---\nkind: Secret\n")))
                .startsWith("1:1 this object has no `containerDefinitions`");
        assertThat(invalid(read("Resources:\n  B:\n    Type: AWS::S3::Bucket\n---\nkind: Secret\n")))
                .startsWith("1:1 this CloudFormation template has no `AWS::ECS::TaskDefinition`");
    }

    @Test
    void anAnchorIsOnlyKnownInItsDocument() {
        assertThat(invalid(read("a: &x 1\ncontainerDefinitions: [{name: app}]\n---\nb: *x\n")))
                .startsWith("4:4 no anchor before this alias has its name");
    }

    @Test
    void theResourcesOfEveryModuleAreChecked() {
        String resource =
                "{\"address\": \"%s\", \"mode\": \"managed\", \"type\": \"aws_ecs_task_definition\", \"values\":"
                        + " {\"family\": \"f\", \"container_definitions\": \"[{\\\"name\\\":\\\"app\\\"}]\"}}";
        String state = "{\"format_version\": \"1.0\", \"values\": {\"root_module\": {\"resources\": ["
                + resource.replace("%s", "aws_ecs_task_definition.web[\\\"a\\\"]")
                + ", {\"address\": \"data.aws_ecs_task_definition.old\", \"mode\": \"data\", \"type\": \"aws_ecs_task_definition\"}"
                + ", {\"address\": \"aws_ecs_cluster.c\", \"mode\": \"managed\", \"type\": \"aws_ecs_cluster\"}],"
                + " \"child_modules\": [{\"child_modules\": [{\"resources\": ["
                + resource.replace("%s", "module.a.module.b.aws_ecs_task_definition.this") + "]}]}]}}}";

        assertThat(names(read(state)))
                .containsExactly(
                        "aws_ecs_task_definition.web[\"a\"]", "module.a.module.b.aws_ecs_task_definition.this");
    }

    @Test
    void terraformOutputWithoutATaskDefinitionIsReportedWithTheResourcesItHas() {
        assertThat(invalid(read("{\"format_version\": \"1.0\", \"values\": {\"root_module\": {\"resources\": ["
                        + "{\"type\": \"aws_ecs_cluster\"}, {\"type\": \"aws_ecs_service\"}]}}}")))
                .isEqualTo(
                        "1:27 this output of Terraform has no `aws_ecs_task_definition`;"
                                + " set taskDefinition to the output that has one: this one has `aws_ecs_cluster`, `aws_ecs_service`");
        assertThat(invalid(read("{\"format_version\": \"1.0\", \"values\": null}")))
                .endsWith("this one has no resources");
    }

    private static String plan(String attributes, String unknown) {
        return "{\"format_version\": \"1.2\", \"planned_values\": {\"root_module\": {\"resources\": [{\"address\": \"a.b\","
                + " \"type\": \"aws_ecs_task_definition\", \"values\": " + attributes + "}]}},"
                + " \"resource_changes\": [{\"address\": \"a.c\"}, {\"address\": \"a.b\", \"change\": {\"after_unknown\": "
                + unknown + "}}]}";
    }

    @Test
    void containersThatAreKnownAfterApplyAreUnknownAndTheRestIsRead() {
        TaskDefinition task = task(plan(
                "{\"family\": \"f\", \"requires_compatibilities\": [\"FARGATE\"]}",
                "{\"container_definitions\": true}"));

        assertThat(task.launch().requiresCompatibilities().known()).contains(List.of("FARGATE"));
        assertThat(task.containerDefinitions().get(0).fileSystem().readonlyRootFilesystem())
                .isInstanceOfSatisfying(
                        Value.Unknown.class,
                        flag -> assertThat(flag.reason())
                                .isEqualTo("`container_definitions` is known only after apply;"
                                        + " check what `terraform show -json` prints then"));
        assertThat(task(plan("null", "true"))
                        .containerDefinitions()
                        .get(0)
                        .fileSystem()
                        .readonlyRootFilesystem()
                        .isUnknown())
                .isTrue();
    }

    @Test
    void aTaskDefinitionWithoutContainersIsNotTakenForTerraformOutput() {
        assertThat(invalid(read(plan("{\"family\": \"f\"}", "{}"))))
                .isEqualTo(
                        "1:88 this output of Terraform does not have the `container_definitions` of the task definition;"
                                + " write it again with `terraform show -json`");
    }

    @Test
    void unknownElementsOfAListAreKept() {
        TaskDefinition task = task(plan(
                "{\"container_definitions\": \"[{\\\"name\\\":\\\"app\\\"}]\", \"requires_compatibilities\": [\"EC2\", null]}",
                "{\"requires_compatibilities\": [false, true]}"));

        assertThat(task.launch().requiresCompatibilities())
                .isInstanceOfSatisfying(
                        Value.Unknown.class,
                        platforms -> assertThat(platforms.reason()).isEqualTo("known only after apply"));
    }

    @Test
    void valuesThatAreKnownAfterApplyAreUnknownAndNotMissing() {
        TaskDefinition task = task(
                plan(
                        "{\"container_definitions\": \"[{\\\"name\\\":\\\"app\\\"}]\", \"volume\": [{\"name\": \"a\"}, {\"name\": \"b\","
                                + " \"efs_volume_configuration\": [{\"authorization_config\": [{\"iam\": \"ENABLED\"}]}]},"
                                + " {\"name\": \"c\", \"efs_volume_configuration\": [{\"root_directory\": \"/\", \"authorization_config\": []}]}]}",
                        "{\"arn\": true, \"family\": true, \"volume\": [{}, {\"efs_volume_configuration\": [{\"authorization_config\":"
                                + " [{\"access_point_id\": true}], \"file_system_id\": true}]}, {\"efs_volume_configuration\": [false]}]}"));

        assertThat(task.family())
                .isInstanceOfSatisfying(
                        Value.Unknown.class,
                        family -> assertThat(family.reason()).isEqualTo("known only after apply"));
        assertThat(task.volumes().get(1).storage())
                .isInstanceOfSatisfying(
                        Storage.Efs.class,
                        efs -> assertThat(efs.accessPointId().isUnknown()).isTrue());
        assertThat(task.volumes().get(2).storage())
                .isInstanceOfSatisfying(
                        Storage.Efs.class,
                        efs -> assertThat(efs.accessPointId().isAbsent()).isTrue());
    }

    private static String state(String serviceTask) {
        return "{\"format_version\": \"1.0\", \"values\": {\"root_module\": {\"resources\": [{\"address\": \"aws_ecs_task_definition.a\","
                + " \"type\": \"aws_ecs_task_definition\", \"values\": {\"arn\": \"arn:aws:ecs:x:1:task-definition/shop:3\","
                + " \"family\": \"shop\", \"container_definitions\": \"[{\\\"name\\\":\\\"app\\\"}]\"}},"
                + " {\"address\": \"aws_ecs_service.s\", \"type\": \"aws_ecs_service\", \"values\": {\"enable_execute_command\": true,"
                + " \"task_definition\": \"" + serviceTask + "\"}}]}}}";
    }

    @ParameterizedTest
    @CsvSource({
        "arn:aws:ecs:x:1:task-definition/shop:3, true",
        "shop:4, true",
        "shop, true",
        "arn:aws:ecs:x:1:task-definition/shop-worker:3, false"
    })
    void aServiceInAStateEnablesEcsExec(String task, boolean on) {
        assertThat(task(state(task)).launch().executeCommand().isPresent()).isEqualTo(on);
    }

    @ParameterizedTest
    @CsvSource({"aws_ecs_task_definition.a.arn, true", "aws_ecs_task_definition.ab.arn, false"})
    void aServiceInAPlanEnablesEcsExecThroughItsReference(String reference, boolean on) {
        String plan =
                "{\"format_version\": \"1.2\", \"planned_values\": {\"root_module\": {\"child_modules\": [{\"resources\": ["
                        + "{\"address\": \"module.m[0].aws_ecs_task_definition.a\", \"type\": \"aws_ecs_task_definition\","
                        + " \"values\": {\"container_definitions\": \"[{\\\"name\\\":\\\"app\\\"}]\"}},"
                        + " {\"address\": \"module.m[0].aws_ecs_service.s\", \"type\": \"aws_ecs_service\","
                        + " \"values\": {\"enable_execute_command\": true}}]}]}},"
                        + " \"configuration\": {\"root_module\": {\"module_calls\": {\"m\": {\"module\": {\"resources\": [{\"address\":"
                        + " \"aws_ecs_service.s\", \"type\": \"aws_ecs_service\", \"expressions\": {\"task_definition\": {\"references\": [\""
                        + reference + "\"]}}}]}}}}}}";

        assertThat(task(plan).launch().executeCommand().isPresent()).isEqualTo(on);
    }

    private static String other(String name, String text) {
        return invalid(TaskFile.read(SourceFile.of(name, text)));
    }

    @Test
    void otherFormatsAreNamed() {
        String terraform = "resource \"aws_ecs_task_definition\" \"shop\" {\n  family = \"shop\"\n}\n";

        assertThat(other("taskdef", terraform))
                .isEqualTo(
                        "1:1 this is Terraform's configuration, not an ECS task definition; set `taskDefinition` to the"
                                + " `.tf` file that has the `aws_ecs_task_definition`, or to its directory");
        assertThat(other("main.tf.json", "{\"resource\": {\"aws_ecs_task_definition\": {}}}"))
                .startsWith("1:1 this is Terraform's configuration, not");
        assertThat(other("app.json.tftpl", "[%{ for c in containers }{\"name\": \"${c}\"},%{ endfor }]"))
                .startsWith("1:1 this is a template of Terraform")
                .endsWith("set `taskDefinition` to the `.tf` file that uses the template, or to its directory");
        assertThat(other("terraform.tfstate", "{\"version\": 4, \"terraform_version\": \"1.9.8\", \"resources\": []}"))
                .isEqualTo("1:1 this is Terraform's state, not an ECS task definition;"
                        + " set taskDefinition to state.json; make it with `terraform show -json > state.json`");
        assertThat(other("taskdef.jsonnet", "local name = 'app';\n{ family: name }\n"))
                .isEqualTo(
                        "1:1 this is Jsonnet, not an ECS task definition; set taskDefinition to what `jsonnet FILE > taskdef.json` writes");
        assertThat(other("compose.yaml", "services:\n  web:\n    image: shop:${TAG:-latest}\n"))
                .startsWith(
                        "1:1 this is a Compose file, not an ECS task definition; set taskDefinition to a task definition: `aws ecs ");
        assertThat(other("shop.yaml", "apiVersion: apps/v1\nkind: Deployment\n---\napiVersion: v1\nkind: Service\n"))
                .startsWith("1:1 this is a Kubernetes manifest");
        assertThat(other("manifest.yml", "name: api\ntype: Load Balanced Web Service\nimage:\n  port: 80\n"))
                .startsWith("1:1 this is a Copilot manifest")
                .contains("`copilot svc package ");
        assertThat(other("ecspresso.yml", "cluster: shop\nservice_definition: a.json\ntask_definition: b.jsonnet\n"))
                .startsWith(
                        "1:1 this is ecspresso's configuration, not an ECS task definition; set taskDefinition to the"
                                + " JSON file that its `task_definition` names, or to what `ecspresso ");
    }

    @Test
    void aTerraformTemplateOfJsonWithPlaceholdersIsRead() {
        TaskDefinition task = TaskFile.read(SourceFile.of(
                        "app.json.tftpl",
                        "[{\"name\": \"app\", \"image\": \"${image}\", \"environment\": ${jsonencode(env)}}]"))
                .task();

        assertThat(task.container("app")).isPresent();
    }
}
