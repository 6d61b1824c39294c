// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static io.github.readonlyrootfs.taskdef.TerraformFixture.reason;
import static io.github.readonlyrootfs.taskdef.TerraformFixture.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader.Result;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import io.github.readonlyrootfs.taskdef.node.Notation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Terraform's configuration in JSON. */
class TerraformJsonTest {

    @TempDir
    Path root;

    private static final String TASK = """
            {
              "//": "made by a tool",
              "resource": {
                "aws_ecs_task_definition": {
                  "app": {
                    "family": "app",
                    "requires_compatibilities": ["FARGATE"],
                    "container_definitions": "[{\\"name\\":\\"app\\",\\"image\\":\\"i\\",\\"user\\":\\"${var.user}\\"}]",
                    "volume": [
                      {"name": "data", "efs_volume_configuration": {"file_system_id": "fs-1", "root_directory": "/d"}},
                      {"name": "tmp", "host_path": ""}
                    ],
                    "dynamic": {"volume": {"for_each": {"more": "/more"}, "content": {
                      "name": "${volume.key}", "host_path": "${volume.value}"}}},
                    "runtime_platform": {"operating_system_family": "LINUX"},
                    "tags": {"a": "b"}
                  }
                }
              },
              "variable": [{"user": {"type": "string", "default": 7, "description": "not a ${template"}}]
            }
            """;

    private TerraformFixture project(String text) throws IOException {
        return new TerraformFixture(root).with("main.tf.json", text);
    }

    @Test
    void isReadAsTheBlocksThatItStandsFor() throws IOException {
        TaskDefinition task = project(TASK).task();
        ContainerDefinition container = task.containerDefinitions().get(0);

        assertThat(task.document().resource()).contains("aws_ecs_task_definition.app");
        assertThat(task.document().notation().syntax()).isEqualTo(Notation.Syntax.JSON);
        assertThat(task.launch().requiresCompatibilities().known()).contains(List.of("FARGATE"));
        assertThat(container.process().user().known()).contains("7");
        assertThat(task.volumes())
                .extracting(volume -> volume.name().known().orElse("?") + " "
                        + volume.storage().getClass().getSimpleName())
                .containsExactly("data Efs", "tmp Empty", "more HostPath");
        assertThat(((Storage.Efs) task.volumes().get(0).storage())
                        .rootDirectory()
                        .known())
                .contains("/d");
    }

    @Test
    void whatIsInAStringIsWhereItIsWritten() throws IOException {
        String text = TASK.replace("${var.user}", "5");

        assertThat(project(text).container().process().user().where())
                .hasValueSatisfying(
                        place -> assertThat(SourceFile.of("main.tf.json", text).text(place))
                                .isEqualTo("\\\"5\\\""));
    }

    @Test
    void anExpressionInAStringIsEvaluatedWithTheOtherFiles() throws IOException {
        ContainerDefinition container = project("""
                        {"resource": {"aws_ecs_task_definition": {"app": {"container_definitions":
                          "${jsonencode([merge(local.app, { user = \\"1\\" })])}"}}}}
                        """).with("more.tf.json", """
                        {"locals": {"app": {"name": "app", "image": "i", "readonlyRootFilesystem": true,
                          "mountPoints": "${[for v in [\\"a\\"] : { sourceVolume = v, containerPath = \\"/${v}\\" }]}"}}}
                        """).container();

        assertThat(container.fileSystem().readonlyRootFilesystem().known()).contains(true);
        assertThat(container.process().user().known()).contains("1");
        assertThat(container.mountPaths()).containsExactly("/a");
    }

    @Test
    void modulesAndTheirOutputsAreCalledFromBothSyntaxes() throws IOException {
        Result result = project("{\"module\": {\"one\": {\"source\": \"./m\", \"user\": \"1\"}}}")
                .with("main.tf", "module \"two\" {\n  source = \"./m\"\n  user = module.one.next\n}\n")
                .with(
                        "m/main.tf",
                        resource(
                                "container_definitions = jsonencode([{ name = \"app\", image = \"i\", user = var.user }])"))
                .with("m/more.tf.json", """
                        {"variable": {"user": {}}, "output": {"next": {"value": "${var.user}2", "description": "${"}}}
                        """)
                .read("");

        assertThat(result.tasks())
                .extracting(task -> task.definition()
                        .orElseThrow()
                        .containerDefinitions()
                        .get(0)
                        .process()
                        .user()
                        .known())
                .containsExactlyInAnyOrder(Optional.of("1"), Optional.of("12"));
    }

    @Test
    void filesOfValuesInJsonWinAsTerraformHasIt() throws IOException {
        TerraformFixture project = project(TASK).with("terraform.tfvars", "user = \"1\"\n");
        assertThat(project.container().process().user().known()).contains("1");

        project.with("terraform.tfvars.json", "{\"user\": \"${2}\"}");
        assertThat(project.container().process().user().known()).contains("${2}");

        project.with("a.auto.tfvars.json", "{\"user\": 3}").with("b.auto.tfvars", "user = \"4\"\n");
        assertThat(project.container().process().user().known()).contains("4");

        project.with("prod.tfvars.json", "{\"user\": 5}");
        assertThat(reason(project.container().process().user()))
                .startsWith("a `.tfvars` file that Terraform reads only if");
    }

    @Test
    void aFileOfOpenTofuTakesThePlaceOfThatOfTerraform() throws IOException {
        assertThat(project(TASK)
                        .with("main.tofu.json", TASK.replace("\"default\": 7", "\"default\": 8"))
                        .container()
                        .process()
                        .user()
                        .known())
                .contains("8");
    }

    @Test
    void aMistakeIsReportedWhereItIs() throws IOException {
        Result result = project(TASK.replace("${var.user}", "${var.}")).read("");

        assertThat(result.tasks().get(0).problems().get(0).problem().location().toString())
                .startsWith("main.tf.json:8:");
        assertThat(project("{\"resource\": ").read("").tasks().get(0).problems())
                .hasSize(1);
    }
}
