// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.TerraformDirectory;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader.Result;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Public modules, of which only the call is among the files. */
class PublicModulesTest {

    private static final String SERVICE = "terraform-aws-modules/ecs/aws//modules/service";

    @TempDir
    Path root;

    private Result read(String text) throws IOException {
        TestFiles.write(root.resolve("main.tf"), text);
        return TaskDefinitionReader.read(
                TerraformDirectory.at(new NamedFile(root, ".")).orElseThrow(), Optional.empty(), TemplateValues.NONE);
    }

    private List<TaskDefinition> tasks(String text) throws IOException {
        Result result = read(text);
        assertThat(result.tasks())
                .allSatisfy(task ->
                        assertThat(task.problems()).as("%s", task.resource()).isEmpty());
        return result.tasks().stream()
                .map(task -> task.definition().orElseThrow())
                .toList();
    }

    private static String call(String source, String version, String arguments) {
        String pinned = version.isEmpty() ? "" : "  version = \"" + version + "\"\n";
        return "module \"app\" {\n  source = \"" + source + "\"\n" + pinned + arguments + "\n}\n";
    }

    @Test
    void aServiceOfVersion5HasAReadOnlyRootAndTheUserRootUnlessItSaysOtherwise() throws IOException {
        TaskDefinition task = tasks(call(SERVICE, "~> 5.11", """
                  enable_execute_command = true
                  volume = {
                    data = { efs_volume_configuration = { file_system_id = aws_efs.x.id, root_directory = "/d" } }
                  }
                  container_definitions = {
                    app = {
                      image                     = "nginx:1.27"
                      enable_cloudwatch_logging = true
                      mount_points              = [{ sourceVolume = "data", containerPath = "/data" }]
                    }
                    sidecar = { image = var.image, user = 1000, readonly_root_filesystem = false }
                    off     = { image = "nginx", create = false }
                  }
                """)).get(0);

        assertThat(task.document().resource()).contains("module.app.aws_ecs_task_definition.this[0]");
        assertThat(task.launch().requiresCompatibilities().known()).contains(List.of("FARGATE"));
        assertThat(task.launch().executeCommand()).isPresent();
        assertThat(task.volumes())
                .singleElement()
                .satisfies(volume -> assertThat(volume.storage())
                        .isInstanceOfSatisfying(
                                Storage.Efs.class,
                                efs -> assertThat(efs.rootDirectory().known()).contains("/d")));
        assertThat(task.containerDefinitions())
                .extracting(
                        ContainerDefinition::name,
                        container ->
                                container.fileSystem().readonlyRootFilesystem().known(),
                        container -> container.process().user().known(),
                        container -> container.fileSystem().mountPoints().size())
                .containsExactly(
                        tuple("app", Optional.of(true), Optional.of("0"), 1),
                        tuple("sidecar", Optional.of(false), Optional.of("1000"), 0));
        assertThat(task.containerDefinitions().get(0).metadata().nameLocation().line())
                .isEqualTo(1);
        assertThat(task.containerDefinitions()
                        .get(1)
                        .fileSystem()
                        .readonlyRootFilesystem()
                        .where())
                .hasValueSatisfying(place -> assertThat(place.line()).isEqualTo(14));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "unknown",
            value = {
                "6.0.0, true",
                "~> 6.2, true",
                "7.5.0, true",
                "'', true",
                ">= 5.0, true",
                "'>= 6.0, < 7.0', true",
                "4.1.3, unknown"
            })
    void laterVersionsSpellTheKeysAsEcsDoesAndEarlierOnesAreUnknown(String version, Boolean flag) throws IOException {
        Result result = read(call(SERVICE, version, "  container_definitions = { app = { image = \"i\" } }"));

        if (flag == null) {
            assertThat(result.tasks().get(0).definition()).isEmpty();
        } else {
            ContainerDefinition app = result.tasks()
                    .get(0)
                    .definition()
                    .orElseThrow()
                    .containerDefinitions()
                    .get(0);
            assertThat(app.fileSystem().readonlyRootFilesystem().known()).contains(flag);
            assertThat(app.process().user().isAbsent()).isTrue();
        }
    }

    @Test
    void theModuleOfAClusterHasATaskDefinitionForEachOfItsServices() throws IOException {
        List<TaskDefinition> tasks = tasks(call("terraform-aws-modules/ecs/aws", "7.0.0", """
                  services = {
                    a = { container_definitions = { one = { image = "i", readonlyRootFilesystem = false } } }
                    b = { cpu = 256, container_definitions = { two = { image = "i", name = "named" } } }
                  }
                """));

        assertThat(tasks)
                .extracting(
                        task -> task.containerDefinitions().get(0).name(),
                        task -> task.document().resource().orElseThrow())
                .containsExactly(
                        tuple("one", "module.app.aws_ecs_task_definition.this[\"a\"]"),
                        tuple("named", "module.app.aws_ecs_task_definition.this[\"b\"]"));
    }

    @ParameterizedTest
    @CsvSource({
        "cloudposse/ecs-container-definition/aws, 0.61.1, [jsondecode(module.app.json_map_encoded)]",
        "cloudposse/ecs-container-definition/aws, 0.61.1, [module.app.json_map_object]",
        "git::https://github.com/cloudposse/terraform-aws-ecs-container-definition.git?ref=tags/0.23.0, '',"
                + " jsondecode(module.app.json)",
    })
    void aContainerOfCloudposseHasAWritableRootUnlessItSaysOtherwise(String source, String version, String containers)
            throws IOException {
        String arguments = """
                  container_name  = "app"
                  container_image = "i"
                  mount_points    = [{ sourceVolume = "t", containerPath = "/tmp" }]
                """;
        String task = """
                resource "aws_ecs_task_definition" "x" {
                  family = "x"
                  volume {
                    name = "t"
                  }
                  container_definitions = jsonencode(%s)
                }
                """.formatted(containers);

        ContainerDefinition writable = tasks(call(source, version, arguments) + task)
                .get(0)
                .containerDefinitions()
                .get(0);
        ContainerDefinition readOnly = tasks(
                        call(source, version, arguments + "  readonly_root_filesystem = true\n") + task)
                .get(0)
                .containerDefinitions()
                .get(0);

        assertThat(writable.name()).isEqualTo("app");
        assertThat(writable.fileSystem().mountPoints()).hasSize(1);
        assertThat(writable.fileSystem().readonlyRootFilesystem().known()).contains(false);
        assertThat(readOnly.fileSystem().readonlyRootFilesystem().known()).contains(true);
    }

    @Test
    void theServiceOfCloudposseRunsTheContainersThatItIsGiven() throws IOException {
        TaskDefinition task = tasks(call("cloudposse/ecs-container-definition/aws", "0.61.1", """
                  container_name  = "app"
                  container_image = "i"
                  container_definition = { readonlyRootFilesystem = true }
                """) + """
                module "task" {
                  source                    = "cloudposse/ecs-alb-service-task/aws"
                  container_definition_json = module.app.json_map_encoded_list
                  exec_enabled              = true
                  launch_type               = "EC2"
                  bind_mount_volumes        = [{ name = "t", host_path = "/data" }]
                }
                """)
                .get(0);

        assertThat(task.containerDefinitions())
                .singleElement()
                .satisfies(app -> assertThat(
                                app.fileSystem().readonlyRootFilesystem().known())
                        .contains(true));
        assertThat(task.launch().requiresCompatibilities().known()).contains(List.of("EC2"));
        assertThat(task.launch().executeCommand()).isPresent();
        assertThat(task.volumes().get(0).storage()).isInstanceOf(Storage.HostPath.class);
    }

    @Test
    void theVariablesOfAModuleConvertTheirValues() throws IOException {
        assertThat(tasks(call(SERVICE, "6.0.0", """
                  container_definitions = {
                    app = {
                      image                  = "i"
                      user                   = 1000
                      environment            = [{ name = "PORT", value = 8080 }]
                      portMappings           = [{ containerPort = "8080" }]
                      readonlyRootFilesystem = "true"
                    }
                  }
                """))
                        .get(0)
                        .containerDefinitions()
                        .get(0)
                        .fileSystem()
                        .readonlyRootFilesystem()
                        .known())
                .contains(true);
    }

    @Test
    void aContainerIsConvertedBeforeItsCallerAddsToItAndAnUnknownUserHidesNothingElse() throws IOException {
        ContainerDefinition app = tasks(call("cloudposse/ecs-container-definition/aws", "0.61.1", """
                  container_name  = "app"
                  container_image = "i"
                  user            = var.user
                  map_environment = { PORT = 8080 }
                  mount_points    = [{ sourceVolume = "t", containerPath = "/tmp" }]
                """) + """
                variable "user" {}
                resource "aws_ecs_task_definition" "x" {
                  family = "x"
                  volume {
                    name = "t"
                  }
                  container_definitions = jsonencode([merge(module.app.json_map_object, { essential = true })])
                }
                """)
                .get(0)
                .containerDefinitions()
                .get(0);

        assertThat(app.name()).isEqualTo("app");
        assertThat(app.process().user().known()).isEmpty();
        assertThat(app.process().user().isAbsent()).isFalse();
        assertThat(app.mountPaths()).containsExactly("/tmp");
    }

    @Test
    void aCallWithoutANameIsReadAllTheSame() throws IOException {
        assertThat(read(call(SERVICE, "6.0.0", "  container_definitions = { app = { image = \"i\" } }")
                                .replace(" \"app\"", ""))
                        .tasks())
                .hasSize(1);
    }

    @Test
    void ofAnotherModuleNothingIsKnown() throws IOException {
        assertThat(read(call("terraform-aws-modules/vpc/aws", "5.0.0", "  name = \"x\""))
                        .tasks()
                        .get(0)
                        .definition())
                .isEmpty();
    }
}
