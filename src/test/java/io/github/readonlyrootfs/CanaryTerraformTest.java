// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import io.github.readonlyrootfs.CanaryTest.Project;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A secret in a Terraform configuration appears in no output, wherever it is written. */
class CanaryTerraformTest {

    private static final String DOCKERFILE = CanaryTest.DOCKERFILE;

    @TempDir
    Path directory;

    /** A task definition with more members in its container, more arguments, and more blocks beside it. */
    private static String module(String members, String arguments, String blocks) {
        return "resource \"aws_ecs_task_definition\" \"app\" {\n  family = \"app\"\n" + arguments
                + "\n  container_definitions = jsonencode([{\n    name  = \"app\"\n    image = \"shop:1\"\n" + members
                + "\n  }])\n}\n" + blocks + "\n";
    }

    /** Members of a container. */
    private static final List<String> MEMBERS = List.of(
            "environment = [{ name = \"A\", value = \"hunter2\" }]",
            "environment = [for k, v in { A = \"hunter2\" } : { name = k, value = v }]",
            "environment = concat([{ name = \"A\", value = \"hunter2\" }], [])",
            "environment = [{ name = \"A\", value = join(\"\", [\"a\", \"hunter2\"]) }]",
            "environment = [{ name = \"A\", value = \"x${upper(\"hunter2\")}\" }]",
            "environment = [{ name = \"JAVA_TOOL_OPTIONS\", value = \"-Xlog:gc:file=/data/gc.log -Da=hunter2\" }]",
            "environment = [{ name = \"LOGGING_FILE_NAME\", value = \"/data/x.log hunter2\" }]",
            "environment = <<EOT\nhunter2\nEOT",
            "environment = { A = \"hunter2\" }",
            "environment = null // hunter2",
            "environment = \"hunter2\"",
            "secrets = [{ name = \"A\", valueFrom = \"arn:hunter2\" }]",
            "secrets = [{ name = \"A\", valueFrom = \"${aws_secretsmanager_secret.hunter2x.arn}:hunter2\" }]",
            "command = [\"run\", \"--password\", \"hunter2\"]",
            "command = [\"sh\", \"-c\", \"TOKEN=hunter2 run > /data/x\"]",
            "command = [\"sh\", \"-c\", <<-EOT\n  export A=hunter2\n  curl -u me:hunter2 x\n  EOT\n]",
            "command = split(\" \", \"run --token hunter2\")",
            "command = [format(\"--password=%s\", \"hunter2\")]",
            "command = [\"hunter2\"]",
            "command = \"hunter2\"",
            "entryPoint = [\"/run.sh\", \"hunter2\"]",
            "healthCheck = { command = [\"CMD-SHELL\", \"curl -u me:hunter2 http://localhost\"] }",
            "user = \"x=hunter2\"",
            "user = \"${true ? \"me@hunter2\" : 1}\"",
            "workingDirectory = \"/data?hunter2\"",
            "dockerLabels = { team = \"hunter2\" }",
            "dockerLabels = { \"io.github.readonly-rootfs.writable-paths\" = \"/data/x=hunter2 relative-hunter2\" }",
            "logConfiguration = { logDriver = \"splunk\", options = { splunk-token = \"hunter2\" } }",
            "logConfiguration = { logDriver = \"x=hunter2\" }",
            "mountPoints = [{ sourceVolume = \"x@hunter2\", containerPath = \"/data?hunter2\" }]",
            "mountPoints = \"hunter2\"",
            "linuxParameters = { tmpfs = [{ containerPath = \"/data\", size = 1, mountOptions = [\"x://hunter2\"] }] }",
            "readonlyRootFilesystem = \"hunter2\"",
            "readonlyRootFilesystem = local.x == \"hunter2\" ? true : false",
            "readonlyRootFilesystem = var.missing[\"hunter2\"]",
            "readonlyRootFilesystem = nosuchfunction(\"hunter2\")",
            "readonlyRootFilesystem = tobool(\"hunter2\")",
            "readonlyRootFilesystem = data.aws_ssm_parameter.x[\"hunter2\"].value",
            "readonlyRootFilesystem = regex(\"hunter2\", \"x\")",
            "readonlyRootFilesystem = sha256(\"hunter2\")",
            "readonlyRootFilesystem = hunter2",
            "workingDirectory = hunter2",
            "readonlyRootFilesystem = file(\"x=hunter2\")",
            "readonlyRootFilesystem = jsondecode(\"hunter2\")",
            "readonlyRootFilesystem = \"a\" + \"hunter2\"",
            "readonlyRootFilesystem = lookup({ a = \"hunter2\" }, \"b\")",
            "readonlyRootFilesystem = tonumber(\"hunter2\") > 1",
            "readonlyRootFilesystem = element([\"hunter2\"], 0)",
            "readonlyRootFilesystem = coalesce(\"hunter2\", true)",
            "readonlyRootFilesystem = true # hunter2",
            "readonlyRootFilesystem = /* hunter2 */ false",
            "cpu = \"hunter2\"",
            "essential = [\"hunter2\"]",
            "image = \"https://me:hunter2@shop.example/x\"",
            "enviroment = [{ name = \"A\", value = \"hunter2\" }]",
            "\"x-note\" = \"hunter2\"",
            "(\"hunter2@x\") = true",
            "repositoryCredentials = { credentialsParameter = \"arn:hunter2\" }");

    /** Arguments of the resource. */
    private static final List<String> ARGUMENTS = List.of(
            "execution_role_arn = \"arn:hunter2\"",
            "tags = { a = \"hunter2\" }",
            "volume {\n  name = \"v\"\n  docker_volume_configuration {\n    driver_opts = { o = \"password=hunter2\" }\n"
                    + "    labels = { a = \"hunter2\" }\n  }\n}",
            "volume {\n  name = \"v@hunter2\"\n}",
            "volume {\n  name = \"v\"\n  host_path = \"/x?hunter2\"\n}",
            "dynamic \"volume\" {\n  for_each = { a = \"hunter2\" }\n  content {\n    name = \"x=${volume.value}\"\n  }\n}",
            "count = \"hunter2\"",
            "for_each = toset([\"x=hunter2\"])",
            "network_mode = \"x=hunter2\"",
            "requires_compatibilities = [\"x=hunter2\"]",
            "cpu = \"hunter2\"",
            "lifecycle {\n  ignore_changes = [\"hunter2\"]\n}",
            "memory = \"${\"hunter2\"}\"");

    /** Blocks beside the resource, and what the container has of them. */
    private static final List<String> BLOCKS = List.of(
            "locals {\n  a = \"hunter2\"\n}",
            "locals {\n  a = [{ name = \"A\", value = \"hunter2\" }]\n}",
            "locals {\n  a = \"/data/${local.b}\"\n  b = \"hunter2\"\n}",
            "locals {\n  a = <<EOT\nhunter2\nEOT\n}",
            "variable \"a\" {\n  default = \"hunter2\"\n}\nlocals {\n  a = var.a\n}",
            "variable \"a\" {\n  default   = \"hunter2\"\n  sensitive = true\n}\nlocals {\n  a = \"${var.a}x\"\n}",
            "variable \"a\" {\n  type    = bool\n  default = \"hunter2\"\n}\nlocals {\n  a = var.a\n}",
            "variable \"a\" {\n  description = \"hunter2\"\n  validation {\n    condition     = var.a == \"hunter2\"\n"
                    + "    error_message = \"not hunter2\"\n  }\n}\nlocals {\n  a = var.a\n}",
            "data \"aws_ssm_parameter\" \"a\" {\n  name = \"hunter2\"\n}\nlocals {\n  a = data.aws_ssm_parameter.a.value\n}",
            "resource \"aws_db_instance\" \"a\" {\n  password = \"hunter2\"\n}\nlocals {\n  a = aws_db_instance.a.password\n}",
            "provider \"aws\" {\n  secret_key = \"hunter2\"\n}\nlocals {\n  a = 1\n}",
            "terraform {\n  backend \"s3\" {\n    secret_key = \"hunter2\"\n  }\n}\nlocals {\n  a = 1\n}",
            "output \"a\" {\n  value = \"hunter2\"\n}\nlocals {\n  a = 1\n}",
            "module \"m\" {\n  source = \"https://me:hunter2@shop.example/m\"\n  a = \"hunter2\"\n}\nlocals {\n  a = module.m.a\n}",
            "module \"m\" {\n  source = \"./hunter2\"\n}\nlocals {\n  a = 1\n}",
            "locals {\n  a = \"hunter2\n}",
            "locals {\n  a = [\"hunter2\"\n}",
            "locals {\n  a = \"\\qhunter2\"\n}",
            "hunter2\nlocals {\n  a = 1\n}",
            "locals {\n  a = <<EOT\nhunter2\n}",
            "locals {\n  a = hunter2\n}");

    /** Members of a container in JSON. */
    private static final List<String> JSON_MEMBERS = List.of(
            "\"environment\": [{\"name\": \"A\", \"value\": \"hunter2\"}]",
            "\"environment\": \"${[{ name = \\\"A\\\", value = \\\"hunter2\\\" }]}\"",
            "\"command\": [\"run\", \"--password\", \"hunter2\"]",
            "\"command\": [\"sh\", \"-c\", \"TOKEN=hunter2 run > /data/x\"]",
            "\"user\": \"x=hunter2\"",
            "\"user\": \"${true ? \\\"me@hunter2\\\" : 1}\"",
            "\"user\": \"${x?hunter2\"",
            "\"workingDirectory\": \"/data?hunter2\"",
            "\"dockerLabels\": {\"team\": \"hunter2\"}",
            "\"readonlyRootFilesystem\": \"hunter2\"",
            "\"readonlyRootFilesystem\": \"${local.x == \\\"hunter2\\\" ? true : false}\"",
            "\"mountPoints\": [{\"sourceVolume\": \"x@hunter2\", \"containerPath\": \"/data?hunter2\"}]",
            "\"enviroment\": [{\"name\": \"A\", \"value\": \"hunter2\"}]",
            "\"//\": \"hunter2\"",
            "\"x\": hunter2");

    /** What is beside the resource in JSON. */
    private static final List<String> JSON_BLOCKS = List.of(
            "\"locals\": {\"a\": \"hunter2\"}",
            "\"locals\": {\"a\": \"${\\\"hunter2\\\"}\"}",
            "\"locals\": {\"a\": \"${hunter2\"}",
            "\"locals\": {\"a\": \"${yamldecode(\\\"a: hunter2\\\").a}\"}",
            "\"locals\": {\"a\": \"%{ if data.x.y.z }hunter2%{ endif }\"}",
            "\"variable\": {\"a\": {\"default\": \"hunter2\", \"description\": \"hunter2\"}}, \"locals\": {\"a\": \"${var.a}\"}",
            "\"variable\": {\"a\": {\"type\": \"hunter2(\", \"default\": \"hunter2\"}}, \"locals\": {\"a\": \"${var.a}\"}",
            "\"module\": {\"m\": {\"source\": \"https://me:hunter2@shop.example/m\"}}, \"locals\": {\"a\": 1}",
            "\"provider\": {\"aws\": {\"secret_key\": \"hunter2\"}}, \"locals\": {\"a\": 1}",
            "\"locals\": {\"a\": 1}, \"x\": hunter2",
            "\"locals\": {\"a\": [\"hunter2\"]");

    private static String task(String containers) {
        return "\"resource\": {\"aws_ecs_task_definition\": {\"app\": {\"family\": \"app\",\n \"container_definitions\": \""
                + containers + "\"}}}";
    }

    private static Stream<Project> json() {
        Stream<String> inStrings = JSON_MEMBERS.stream()
                .map(it -> ("[{\"name\": \"app\", \"image\": \"shop:1\", " + it + "}]")
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\""))
                .map(it -> "{" + task(it) + "}\n");
        Stream<String> inLocals = JSON_MEMBERS.stream()
                .map(it -> "{\"locals\": {\"c\": {\"name\": \"app\", \"image\": \"shop:1\",\n " + it + "}},\n"
                        + task("${jsonencode([local.c])}") + "}\n");
        Stream<String> beside = JSON_BLOCKS.stream()
                .map(it -> "{" + it + ",\n"
                        + task(
                                "${jsonencode([{ name = \\\"app\\\", image = \\\"shop:1\\\", user = \\\"x=${local.a}\\\","
                                        + " readonlyRootFilesystem = local.a, workingDirectory = \\\"/x?${local.a}\\\" }])}")
                        + "}\n");
        return Stream.of(inStrings, inLocals, beside)
                .flatMap(it -> it)
                .map(it -> of("Dockerfile", DOCKERFILE, "infra/main.tf.json", it));
    }

    private static Project of(String... files) {
        return Project.of(files).with("writablePaths.app", "/data /cache");
    }

    static Stream<Project> projects() {
        Stream<Project> written = Stream.of(
                        MEMBERS.stream().map(it -> module("    " + it, "", "")),
                        ARGUMENTS.stream().map(it -> module("", "  " + it, "")),
                        BLOCKS.stream()
                                .flatMap(it -> Stream.of(
                                        module("    user = \"x=${local.a}\"", "", it),
                                        module("    readonlyRootFilesystem = local.a", "", it),
                                        module(
                                                "    environment = local.a\n    workingDirectory = \"/x?${local.a}\"",
                                                "",
                                                it))))
                .flatMap(it -> it)
                .map(it -> of("Dockerfile", DOCKERFILE, "infra/main.tf", it));
        String variables = module(
                "    user = \"x=${var.a}\"\n    workingDirectory = \"/x?${var.a}\"\n    readonlyRootFilesystem = var.b.flag",
                "",
                "variable \"a\" {}\nvariable \"b\" {\n  type = object({ flag = bool, token = string })\n}");
        Stream<Project> values = Stream.of(
                        "a = \"x=hunter2\"\nb = { flag = true, token = \"hunter2\" }",
                        "a = 1\nb = { flag = \"hunter2\", token = 1 }",
                        "a = 1 # hunter2\nb = { flag = true }",
                        "a = <<EOT\nhunter2\nEOT\nb = [\"hunter2\"]",
                        "a = \"hunter2",
                        "hunter2 = 1",
                        "a = f(\"hunter2\")",
                        "hunter2 {\n}")
                .flatMap(it -> Stream.of("terraform.tfvars", "prod.auto.tfvars", "prod.tfvars", "a.auto.tfvars.json")
                        .map(name ->
                                of("Dockerfile", DOCKERFILE, "infra/main.tf", variables, "infra/" + name, it + "\n")));
        String template = module("", "", "")
                .replaceFirst(
                        "(?s)jsonencode\\(.*\\]\\)",
                        "templatefile(\"\\${path.module}/task.json\", { a = \"hunter2\", b = [\"hunter2\"] })");
        Stream<Project> templates = Stream.of(
                        "\"command\": [\"run\", \"--password\", \"hunter2\"]",
                        "\"environment\": [{\"name\": \"A\", \"value\": \"${a}\"}]",
                        "\"user\": \"x=${a}\"",
                        "\"readonlyRootFilesystem\": \"${a}\"",
                        "\"readonlyRootFilesystem\": ${a}",
                        "\"command\": ${jsonencode(b)}",
                        "\"command\": [%{ for x in b }\"${x}\"%{ endfor }]",
                        "\"command\": [%{ if a == \"hunter2\" }\"x\"%{ endif }]",
                        "\"dockerLabels\": {\"a\": \"hunter2\"}",
                        "\"user\": \"%{ if var.x }hunter2%{ endif }\"",
                        "%{ for x in b[var.x] }\"user\": \"hunter2${x}\",%{ endfor }\"cpu\": 1",
                        "\"k\": hunter2")
                .flatMap(it -> Stream.of(".json", ".json.tftpl", ".tpl")
                        .map(end -> of(
                                "Dockerfile",
                                DOCKERFILE,
                                "infra/main.tf",
                                template.replace("task.json", "task" + end),
                                "infra/task" + end,
                                "[{\"name\": \"app\", \"image\": \"shop:1\",\n " + it + "}]\n")));
        Stream<Project> stated = Stream.of(
                        "a=hunter2",
                        "a=x:hunter2@y,b=hunter2",
                        "b=hunter2.x",
                        "b={flag=hunter2}",
                        "b=f(hunter2)",
                        "aws_x.y.z=hunter2")
                .map(it ->
                        of("Dockerfile", DOCKERFILE, "infra/main.tf", variables).with("templateValues", it));
        return Stream.of(written, values, templates, stated, json()).flatMap(it -> it);
    }

    @ParameterizedTest
    @MethodSource("projects")
    void noOutputHasTheSecret(Project project) throws Exception {
        CanaryTest.assertHidden(project, directory);
    }
}
