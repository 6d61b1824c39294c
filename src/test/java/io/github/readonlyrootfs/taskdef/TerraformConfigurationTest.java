// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static io.github.readonlyrootfs.taskdef.TerraformFixture.reason;
import static io.github.readonlyrootfs.taskdef.TerraformFixture.resource;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.program.CommandWords;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader.Result;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader.Task;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Terraform's configuration as it is written. */
class TerraformConfigurationTest {

    @TempDir
    Path root;

    private void write(String name, String text) throws IOException {
        TestFiles.write(root.resolve(name), text);
    }

    /** A task definition with one container. */
    private static String container(String members) {
        return resource("  container_definitions = jsonencode([{\n    name  = \"app\"\n    image = \"i\"\n" + members
                + "\n  }])");
    }

    private Result read(String name, Map<String, String> values) {
        return new TerraformFixture(root).read(name, values);
    }

    private TaskDefinition task(Map<String, String> values) {
        return new TerraformFixture(root).task(values);
    }

    private ContainerDefinition container(Map<String, String> values) {
        return task(values).containerDefinitions().get(0);
    }

    private static List<String> addresses(Result result) {
        return result.tasks().stream().map(task -> task.resource().orElse("-")).toList();
    }

    private static String problem(Result result) {
        assertThat(result.tasks()).singleElement().extracting(Task::definition).isEqualTo(Optional.empty());
        SchemaProblem problem = result.tasks().get(0).problems().get(0);
        return problem.problem().location() + " " + problem.problem().message() + "; "
                + problem.problem().help();
    }

    @Test
    void aVariableHasItsDefaultAFileOfVariablesOrTheUsersValueTheLastOfThemFirst() throws IOException {
        write("main.tf", container("user = var.user") + "variable \"user\" {\n  type = \"string\"\n  default = 1\n}\n");
        assertThat(container(Map.of()).process().user().known()).hasValue("1");

        write("terraform.tfvars", "user = \"2\"\n");
        assertThat(container(Map.of()).process().user().known()).hasValue("2");

        write("b.auto.tfvars", "user = \"4\"\n");
        write("a.auto.tfvars", "user = \"3\"\n");
        assertThat(container(Map.of()).process().user().known()).hasValue("4");

        assertThat(container(Map.of("user", "5")).process().user().known()).hasValue("5");
    }

    @Test
    void aVariableThatAFileOfAnEnvironmentSetsIsUnknown() throws IOException {
        write("main.tf", container("user = var.user") + "variable \"user\" {\n  default = \"1\"\n}\n");
        write("env/prod.tfvars", "user = \"2\"\n");

        assertThat(reason(container(Map.of()).process().user()))
                .isEqualTo("a `.tfvars` file that Terraform reads only if it is named has a value for `user`;"
                        + " set user in templateValues");
    }

    @Test
    void aVariableWithoutAValueIsUnknownAndANameThatIsNoVariableIsAMistake() throws IOException {
        write("main.tf", container("user = var.user") + "variable \"user\" {}\n");

        assertThat(reason(container(Map.of()).process().user()))
                .isEqualTo("the variable `user` has no value; set user in templateValues");
        assertThat(read("", Map.of("usr", "1")).unknownNames()).containsExactly("usr");
    }

    @ParameterizedTest
    @ValueSource(strings = {"default = null", "default = \"\""})
    void aNameThatAVariableIsToGiveIsNotMissing(String standard) throws IOException {
        write(
                "main.tf",
                "variable \"name\" {\n  " + standard
                        + "\n}\nmodule \"app\" {\n  source = \"./app\"\n  name = var.name\n}\n");
        write("app/main.tf", """
                variable "name" {}
                resource "aws_ecs_task_definition" "app" {
                  family = "app"
                  container_definitions = jsonencode([{ name = var.name, image = "app:1" }])
                }
                """);

        assertThat(read("", Map.of()).tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.problems()).isEmpty());
    }

    @Test
    void whatTerraformKnowsOnlyAfterApplyIsUnknownUnlessTheUserStatesIt() throws IOException {
        write("main.tf", container("user = aws_x.y.uid\n readonlyRootFilesystem = true"));

        assertThat(container(Map.of()).fileSystem().readonlyRootFilesystem().known())
                .hasValue(true);
        assertThat(reason(container(Map.of()).process().user()))
                .isEqualTo("`aws_x.y.uid` is known only after apply; set aws_x.y.uid in templateValues");
        assertThat(container(Map.of("aws_x.y.uid", "7")).process().user().known())
                .hasValue("7");
    }

    @Test
    void anImageFromARepositoryOfTheSameConfigurationIsThatOfTheProject() throws IOException {
        write("main.tf", container("").replace("\"i\"", "\"${aws_ecr_repository.app.repository_url}:${var.tag}\""));

        assertThat(container(Map.of()).image().isPlaceholder()).isTrue();
    }

    @Test
    void theTypeOfAVariableConvertsItsValue() throws IOException {
        write(
                "main.tf",
                container("user = var.c.user\n readonlyRootFilesystem = var.c.flag\n privileged = var.c.privileged")
                        + "variable \"c\" {\n  type = object({ user = string, flag = optional(bool, true),"
                        + " privileged = optional(bool) })\n  default = { user = 5, other = 1 }\n}\n");
        ContainerDefinition container = container(Map.of());

        assertThat(container.process().user().known()).hasValue("5");
        assertThat(container.fileSystem().readonlyRootFilesystem().known()).hasValue(true);
        assertThat(container.process().privileged().isAbsent()).isTrue();
    }

    @Test
    void aMapThatAConditionMakesOfAnObjectHasStringsSoThatItsBooleanIsNotTold() throws IOException {
        write(
                "main.tf",
                resource("container_definitions = jsonencode([merge({ name = \"app\", image = \"i\" },"
                        + " true ? { readonlyRootFilesystem = true, user = \"1\" } : {})])"));

        assertThat(container(Map.of()).fileSystem().readonlyRootFilesystem().isUnknown())
                .isTrue();
    }

    @Test
    void volumesOfEveryKindAreRead() throws IOException {
        write("main.tf", resource("""
                  container_definitions = jsonencode([{ name = "app", image = "i" }])
                  volume {
                    name      = "host"
                    host_path = "/srv"
                  }
                  volume {
                    name = "efs"
                    efs_volume_configuration {
                      file_system_id = aws_efs_file_system.x.id
                      root_directory = "/data"
                      authorization_config {
                        access_point_id = "fsap-1"
                        iam             = "ENABLED"
                      }
                    }
                  }
                  volume {
                    name                = "ebs"
                    configure_at_launch = true
                  }
                  volume {
                    name = "docker"
                    docker_volume_configuration {
                      scope         = "shared"
                      driver        = "local"
                      autoprovision = "true"
                      driver_opts   = { size = 5, encrypted = true }
                    }
                  }
                  dynamic "volume" {
                    for_each = { a = "/a", b = "/b" }
                    content {
                      name      = volume.key
                      host_path = volume.value
                    }
                  }
                  runtime_platform {
                    operating_system_family = "WINDOWS_SERVER_2022_CORE"
                  }
                """));
        TaskDefinition task = task(Map.of());

        assertThat(task.volumes())
                .extracting(volume -> volume.name().known().orElse("?") + " "
                        + volume.storage().getClass().getSimpleName())
                .containsExactly("host HostPath", "efs Efs", "ebs Ebs", "docker Docker", "a HostPath", "b HostPath");
        assertThat(((Storage.Efs) task.volumes().get(1).storage())
                        .accessPointId()
                        .known())
                .hasValue("fsap-1");
        assertThat(task.launch().isWindows()).isTrue();
        assertThat(read("", Map.of()).tasks().get(0).problems()).isEmpty();
    }

    @Test
    void dynamicBlocksOfAnUnknownListAreUnknownNotMissing() throws IOException {
        write("main.tf", resource("""
                  container_definitions = jsonencode([{ name = "app", image = "i" }])
                  volume {
                    name = "a"
                    dynamic "efs_volume_configuration" {
                      for_each = aws_x.y.list
                      content {
                        file_system_id = efs_volume_configuration.value
                      }
                    }
                  }
                  dynamic "volume" {
                    for_each = aws_x.y.list
                    content {
                      name = volume.value
                    }
                  }
                """));

        assertThat(task(Map.of()).volumes())
                .extracting(volume -> volume.name().isUnknown(), volume -> volume.storage() instanceof Storage.Unknown)
                .containsExactly(
                        org.assertj.core.api.Assertions.tuple(false, true),
                        org.assertj.core.api.Assertions.tuple(true, true));
    }

    @Test
    void containersInATemplateAreWhereTheTemplateHasThem() throws IOException {
        write(
                "main.tf",
                resource("container_definitions = templatefile(\"${path.module}/t/app.json.tftpl\", { uid = 7 })"));
        write(
                "t/app.json.tftpl",
                "[\n  {\n    \"name\": \"app\",\n    \"image\": \"i\",\n    \"user\": \"${uid}:$HOME\"\n  }\n]\n");
        ContainerDefinition container = container(Map.of());

        assertThat(container.process().user().known()).hasValue("7:$HOME");
        assertThat(container.process().user().where().orElseThrow()).hasToString("t/app.json.tftpl:5:13");
        assertThat(container.metadata().location()).hasToString("t/app.json.tftpl:2:3");
    }

    @Test
    void partsOfATemplateThatAreUnknownSayWhy() throws IOException {
        write(
                "main.tf",
                resource(
                        "container_definitions = <<EOT\n[{\"name\": \"app\", \"image\": \"i\","
                                + " \"user\": \"${aws_x.y.uid}\", \"workingDirectory\": \"$HOME\", \"privileged\": ${aws_x.y.p}}]\nEOT"));
        ContainerDefinition container = container(Map.of());

        assertThat(reason(container.process().user()))
                .isEqualTo("`aws_x.y.uid` is known only after apply; set aws_x.y.uid in templateValues");
        assertThat(reason(container.process().privileged()))
                .isEqualTo("`aws_x.y.p` is known only after apply; set aws_x.y.p in templateValues");
        assertThat(container.process().workingDirectory().known()).hasValue("$HOME");
        assertThat(container.metadata().nameLocation()).hasToString("main.tf:4:11");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "file(\"app.json\")",
                "\"${file(\"app.json\")}\"",
                "jsonencode(jsondecode(file(\"./app.json\")))",
                "local.containers",
                "data.template_file.app.rendered"
            })
    void containersAreFoundHoweverTheyAreGiven(String containers) throws IOException {
        write("app.json", "[{\"name\": \"app\", \"image\": \"i\", \"user\": \"7\"}]");
        write("app.tpl", "[{\"name\": \"app\", \"image\": \"i\", \"user\": \"${uid}\"}]");
        write(
                "main.tf",
                resource("container_definitions = " + containers)
                        + "data \"template_file\" \"app\" {\n  template = file(\"app.tpl\")\n  vars = { uid = \"7\" }\n}\n"
                        + "locals {\n  containers = jsonencode([local.app])\n"
                        + "  app = { name = \"app\", image = \"i\", user = tostring(7) }\n}\n");

        assertThat(container(Map.of()).process().user().known()).hasValue("7");
    }

    @Test
    void aTemplateThatCannotBeReadMakesTheContainersUnknown() throws IOException {
        write("main.tf", resource("container_definitions = file(\"../other/app.json\")"));

        assertThat(reason(container(Map.of()).process().user())).isEqualTo("the file ../other/app.json cannot be read");
    }

    @Test
    void aLocalModuleIsReadWithItsInputsAndOutputs() throws IOException {
        write(
                "modules/ecs/main.tf",
                container("user = var.user\n readonlyRootFilesystem = var.flag")
                        + "variable \"user\" { type = string }\nvariable \"flag\" { default = true }\n");
        write("modules/uid/main.tf", "output \"uid\" { value = 7 }\n");
        write("main.tf", """
                module "uid" { source = "./modules/uid" }
                module "app" {
                  source = "./modules/ecs"
                  user   = module.uid.uid
                }
                module "remote" { source = "terraform-aws-modules/ecs/aws" }
                """);
        ContainerDefinition container = container(Map.of());

        assertThat(addresses(read("", Map.of()))).containsExactly("module.app.aws_ecs_task_definition.app");
        assertThat(container.process().user().known()).hasValue("7");
        assertThat(container.fileSystem().readonlyRootFilesystem().known()).hasValue(true);
        assertThat(container.metadata().location().file()).isEqualTo("modules/ecs/main.tf");
    }

    @Test
    void templatesAndModulesOfWhichThereAreSeveralAreReadByTheirKeys() throws IOException {
        write("main.tf", """
                data "template_file" "each" {
                  for_each = { a = "1", b = "2" }
                  template = file("task.json")
                  vars     = { user = each.value }
                }
                module "user" {
                  count  = 2
                  source = "./user"
                  number = count.index
                }
                """ + resource("  container_definitions = data.template_file.each[\"b\"].rendered") + """
                resource "aws_ecs_task_definition" "other" {
                  container_definitions = jsonencode([{ name = "app", image = "i", user = module.user[1].name }])
                }
                """);
        write("task.json", "[{\"name\": \"app\", \"image\": \"i\", \"user\": \"${user}\"}]");
        write("user/main.tf", """
                variable "number" {}
                output "name" {
                  value = "100${var.number}"
                }
                """);

        assertThat(read("", Map.of()).tasks())
                .extracting(task -> task.definition()
                        .orElseThrow()
                        .containerDefinitions()
                        .get(0)
                        .process()
                        .user()
                        .known())
                .containsExactly(Optional.of("2"), Optional.of("1001"));
    }

    @Test
    void eachInstanceOfABlockIsATaskDefinition() throws IOException {
        String containers = "container_definitions = jsonencode([{ name = each.key, image = each.value.image }])";
        write("a.tf", resource("for_each = { web = { image = \"w\" }, api = { image = \"a\" } }\n" + containers));
        write("b.tf", resource("count = 0\n").replace("\"app\" {", "\"none\" {"));
        write("c.tf", container("").replace("\"app\" {", "\"two\" {\n  count = 2\n"));

        assertThat(addresses(read("", Map.of())))
                .containsExactly(
                        "aws_ecs_task_definition.app[\"api\"]",
                        "aws_ecs_task_definition.app[\"web\"]",
                        "aws_ecs_task_definition.two[0]",
                        "aws_ecs_task_definition.two[1]");
    }

    @Test
    void aBlockOfWhichItIsUnknownHowManyThereAreIsOneTaskDefinitionWithWhatIsKnown() throws IOException {
        write(
                "a.tf",
                resource(
                                "for_each = var.x\ncontainer_definitions = jsonencode([{ name = \"web-${each.key}\","
                                        + " image = each.value.image, readonlyRootFilesystem = true, user = terraform.workspace }])")
                        + "variable \"x\" {}\n");
        write("b.tf", container("hostname = \"h${count.index}\"").replace("\"app\" {", "\"two\" {\n  count = var.x\n"));
        List<ContainerDefinition> containers = read("", Map.of()).tasks().stream()
                .map(task ->
                        task.definition().orElseThrow().containerDefinitions().get(0))
                .toList();

        assertThat(addresses(read("", Map.of())))
                .containsExactly("aws_ecs_task_definition.app", "aws_ecs_task_definition.two");
        assertThat(containers.get(0).name()).isEqualTo("web-${each.key}");
        assertThat(containers.get(0).fileSystem().readonlyRootFilesystem().known())
                .contains(true);
        assertThat(reason(containers.get(0).process().user()))
                .isEqualTo(
                        "`terraform.workspace` is known only when Terraform runs; set terraform.workspace in templateValues");
        assertThat(containers.get(1).name()).isEqualTo("app");
    }

    @Test
    void ofAFileThatIsNamedOnlyItsOwnTaskDefinitionsCount() throws IOException {
        write("a.tf", container("user = local.user"));
        write("b.tf", container("").replace("\"app\" {", "\"other\" {"));
        write("c.tf", "locals {\n  user = \"7\"\n}\n");

        assertThat(addresses(read("a.tf", Map.of()))).containsExactly("aws_ecs_task_definition.app");
        assertThat(problem(read("c.tf", Map.of())))
                .isEqualTo("c.tf:1:1 there is no `aws_ecs_task_definition` here; set `taskDefinition` to a.tf");
    }

    @Test
    void aFileWithAMistakeIsReportedWhereItIs() throws IOException {
        write("main.tf", container("") + "a = [1 2]\n");

        assertThat(problem(read("", Map.of())))
                .isEqualTo("main.tf:9:8 `,` was expected here; look at the elements between the brackets");
    }

    @Test
    void aServiceOfTheConfigurationSwitchesEcsExecOn() throws IOException {
        write("main.tf", container("") + """
                resource "aws_ecs_service" "app" {
                  task_definition        = aws_ecs_task_definition.app.arn
                  enable_execute_command = true
                }
                """);

        assertThat(task(Map.of()).launch().executeCommand().orElseThrow()).hasToString("main.tf:11:3");
    }

    @Test
    void valuesThatReferToThemselvesAreUnknown() throws IOException {
        write("main.tf", container("user = local.a") + "locals {\n  a = local.b\n  b = \"x${local.a}\"\n}\n");

        assertThat(reason(container(Map.of()).process().user())).isEqualTo("`local.a` refers to itself");
    }

    @Test
    void valuesThatDoubleWithEveryLineAreUnknown() throws IOException {
        StringBuilder locals = new StringBuilder("locals {\n  a0 = [\"x\"]\n");
        for (int i = 1; i < 60; i++) {
            locals.append("  a")
                    .append(i)
                    .append(" = [local.a")
                    .append(i - 1)
                    .append(", local.a")
                    .append(i - 1)
                    .append("]\n");
        }
        write("main.tf", container("command = true ? local.a59 : [1]\n user = \"7\"") + locals + "}\n");

        assertThat(container(Map.of()).process().command().isUnknown()).isTrue();
    }

    @Test
    void aModuleThatCallsItselfIsReported() throws IOException {
        write("main.tf", container("") + "module \"again\" { source = \"./\" }\n");

        assertThat(problem(read("", Map.of())))
                .isEqualTo("main.tf:9:1 modules are nested more than 20 levels deep;"
                        + " set taskDefinition to the directory of an inner module");
    }

    @Test
    void nullInAListOfObjectsIsNothing() throws IOException {
        write("main.tf", container("environment = [null]\n mountPoints = [null, { containerPath = \"/x\" }]"));

        assertThat(container(Map.of()).fileSystem().mountPoints()).hasSize(1);
    }

    @Test
    void terragruntGivesItsInputsToALocalModule() throws IOException {
        write("modules/ecs/main.tf", container("user = var.user\n readonlyRootFilesystem = var.flag") + """
                locals {
                  flag = true
                }
                variable "user" {}
                variable "flag" {}
                """);
        write("live/terragrunt.hcl", """
                terraform {
                  source = "${get_terragrunt_dir()}/../modules//ecs"
                }
                inputs = {
                  user = "1000"
                  flag = local.flag
                }
                """);

        Result result = read("live", Map.of());
        ContainerDefinition app = result.tasks()
                .get(0)
                .definition()
                .orElseThrow()
                .containerDefinitions()
                .get(0);

        assertThat(app.process().user().known()).hasValue("1000");
        assertThat(app.fileSystem().readonlyRootFilesystem().isUnknown()).isTrue();
        assertThat(app.metadata().location().file()).isEqualTo("modules/ecs/main.tf");
    }

    @Test
    void aFileOfOpenTofuTakesThePlaceOfThatOfTerraform() throws IOException {
        write("main.tf", container("user = \"1\""));
        write("main.tofu", container("user = \"2\""));

        assertThat(container(Map.of()).process().user().known()).hasValue("2");
    }

    @Test
    void aTextThatIsUnknownInPartsIsATextInTheJsonOfATemplateToo() throws IOException {
        write("main.tf", """
                locals {
                  app = jsonencode({ name = "app", image = "${aws_x.y.url}/app:${aws_x.y.tag}", user = "7" })
                }
                """ + resource("  container_definitions = \"[${local.app}]\""));

        assertThat(container(Map.of()).process().user().known()).hasValue("7");
        assertThat(container(Map.of()).image().written().known()).hasValue("${aws_x.y.url}/app:${aws_x.y.tag}");
    }

    @Test
    void anUnknownPartOfATextHasAWordThatTheFilesHave() throws IOException {
        String image = "${local.repository}:${lower(var.tag)}";
        write("main.tf", container("").replace("\"i\"", "\"" + image + "\"") + """
                locals {
                  repository = format("%s/app", aws_x.y.name)
                }
                variable "tag" {}
                """);

        assertThat(container(Map.of()).image().written().known()).contains("${local.repository}:${lower()}");
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void modulesThatMultiplyAreReportedSoon() throws IOException {
        String call = "module \"m\" {\n  source = \"../%s\"\n  count  = 100\n}\n";
        write("main.tf", container("") + call.formatted("a").replace("../", "./"));
        write("a/main.tf", call.formatted("b"));
        write("b/main.tf", call.formatted("c"));
        write("c/main.tf", "");

        assertThat(read("", Map.of()).tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.problems())
                        .extracting(problem -> problem.problem().message())
                        .containsExactly("more than 10000 instances of modules are called"));
    }

    @Test
    void reportsQuoteNoSecretOfAConfiguration() throws IOException {
        String text = container("""
                    environment = [{ name = "PASSWORD", value = "hunter-one" }]
                    command     = ["run", "--password", "hunter-two"]
                """)
                + resource("container_definitions = <<EOT\n[{\"name\": \"x\", \"environment\": [{\"name\": \"P\","
                        + " \"value\": \"hunter-three\"}]}]\nEOT")
                + "variable \"p\" {\n  default = \"hunter-four\"\n}\n# hunter-five\n"
                + "locals {\n  name = \"hunter six\"\n  a = { image = \"x:hunter@seven\" }\n}\n";
        String shown = TaskDefinitionReader.publicText(SourceFile.of("main.tf", text), CommandWords::show)
                .quote(0, text.length());

        assertThat(shown)
                .doesNotContain("hunter")
                .contains("resource \"aws_ecs_task_definition\" \"app\"", "name  = \"app\"", "\"PASSWORD\"");
    }

    /** Inputs below 1 MB that could take all time, memory or stack. */
    static Stream<String> hostile() {
        return Stream.of(
                "command = " + "[".repeat(50_000),
                "command = " + "(".repeat(50_000),
                "command = " + "!".repeat(50_000) + "true",
                "command = " + "1 + ".repeat(50_000) + "1",
                "command = " + "true ? 1 : ".repeat(20_000) + "2",
                "command = \"" + "${".repeat(20_000),
                "command = \"" + "${\"".repeat(5_000) + "x" + "\"}".repeat(5_000) + "\"",
                "command = \"" + "%{ if true }".repeat(20_000) + "\"",
                "command = [for a in range(1000) : [for b in range(1000) : [for c in range(1000) : a]]]",
                "command = flatten([for a in range(1000) : range(1000)])",
                "command = split(\"\", join(\"\", [for a in range(1000) : \"" + "x".repeat(1_000) + "\"]))",
                "command = " + "merge(".repeat(3_000) + "{}" + ")".repeat(3_000),
                "command = a" + ".b".repeat(100_000),
                "command = a" + "[*]".repeat(50_000),
                "command = <<E\n" + "${x}\n".repeat(50_000) + "E\n",
                "command = \"" + "\\u0041".repeat(100_000) + "\"",
                "command = replace(\"" + "a".repeat(100_000) + "\", \"/(a*)*b/\", \"\")",
                "command = [" + "1,".repeat(300_000) + "]",
                "k = 1\n".repeat(100_000));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void hostileExpressionsEndSoonInAResultOrALocatedError(String member) throws IOException {
        write("main.tf", container(member));

        assertThatCode(() -> read("main.tf", Map.of())).doesNotThrowAnyException();
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void thousandsOfVariablesTakeTimeInProportion() throws IOException {
        StringBuilder command = new StringBuilder("command = [[");
        StringBuilder variables = new StringBuilder();
        StringBuilder values = new StringBuilder();
        for (int i = 0; i < 40_000; i++) {
            command.append("\"${var.v").append(i).append("}x\", ");
            variables.append("variable \"v").append(i).append("\" {}\n");
            values.append("v").append(i).append(" = ").append(i).append('\n');
        }
        write("main.tf", container(command + "][39999]]") + variables);
        write("terraform.tfvars", values.toString());

        assertThat(container(Map.of()).process().command().known().orElseThrow())
                .extracting(ContainerDefinition.Located::value)
                .containsExactly("39999x");
    }
}
