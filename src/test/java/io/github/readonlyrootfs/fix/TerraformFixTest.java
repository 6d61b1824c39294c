// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fix;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.difflib.DiffUtils;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.remedy.MountWith;
import io.github.readonlyrootfs.request.CheckRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the fix makes of Terraform's files.
 *
 * <p>{@code oracle.txt} has the SHA-256 of each {@code .after.tf} that HashiCorp's library for Go accepts, and whose text
 * its {@code hclwrite.Format}, which is {@code terraform fmt}, leaves as it is.
 */
class TerraformFixTest {

    private static final Path CASES = Path.of("src/test/resources/hcl/edits");

    private static final boolean UPDATE = System.getProperty("fixtures.update") != null;

    private static final Set<String> ALL = Set.of("web", "sidecar");

    /** A container in lines of its own. */
    private static final String CONTAINER = """
                name  = "web"
                image = "nginx:1.27"
            """;

    private static final String READ_ONLY_CONTAINER = """
                name  = "web"
                image = "nginx:1.27"

                readonlyRootFilesystem = true
                linuxParameters = {
                  tmpfs = [
                    { containerPath = "/run", size = 64 },
                    { containerPath = "/var/cache/nginx", size = 64 }
                  ]
                }
            """;

    @TempDir
    Path directory;

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(CASES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".before.tf"))
                    .map(name -> name.replace(".before.tf", ""))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static CheckRequest request(Path file, MountWith with) {
        return new RequestBuilder(file).mountWith(with).build();
    }

    private String fixed(String before, MountWith with) throws Exception {
        Path file = write("main.tf", before);
        Fix fix = Fix.of(request(file, with), directory, ALL);
        fix.write();
        String after = Files.readString(file);
        assertThat(ReadOnlyRootAnalysis.check(request(file, with)).findings())
                .as(after)
                .noneMatch(Finding::isProblem);
        assertThat(Fix.of(request(file, with), directory, ALL).edits()).isZero();
        return after;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theFileIsWrittenAsTerraformFormatsIt(String name) throws Exception {
        String before = Files.readString(CASES.resolve(name + ".before.tf"));

        String after = fixed(before, name.contains("volume") ? MountWith.VOLUME : MountWith.TMPFS);

        Path expected = CASES.resolve(name + ".after.tf");
        if (UPDATE) {
            Files.writeString(expected, after);
        }
        assertThat(after).isEqualTo(Files.readString(expected));
        String hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(after.getBytes(StandardCharsets.UTF_8)));
        assertThat(Files.readAllLines(CASES.resolve("oracle.txt"))).contains(hash + " " + name);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void noLineIsLostAndOnlyOneWithAValueChanges(String name) throws Exception {
        List<String> before = Files.readAllLines(CASES.resolve(name + ".before.tf"));
        List<String> after = Files.readAllLines(CASES.resolve(name + ".after.tf"));

        assertThat(DiffUtils.diff(before, after).getDeltas()).allSatisfy(delta -> {
            List<String> lost = delta.getSource().getLines();
            assertThat(lost).hasSizeLessThan(2);
            assertThat(lost)
                    .allMatch(line -> line.matches("(?:.*\\bfalse\\b.*|.*\\bnull\\b.*|.*\\{ name = .*|.*\\[\\{ .*)"));
        });
    }

    private String fixedJson(String before) throws Exception {
        Path file = write("main.tf.json", before);
        Fix.of(request(file, MountWith.VOLUME), directory, ALL).write();
        String after = Files.readString(file);
        assertThat(ReadOnlyRootAnalysis.check(request(file, MountWith.VOLUME)).findings())
                .as(after)
                .noneMatch(Finding::isProblem);
        return after;
    }

    @Test
    void jsonStaysJson() throws Exception {
        assertThat(fixedJson("""
                {
                  "locals": {
                    "web": {
                      "name": "web",
                      "image": "busybox:1.36",
                      "user": "0",
                      "dockerLabels": {"io.github.readonly-rootfs.writable-paths": "/tmp"}
                    }
                  },
                  "resource": {"aws_ecs_task_definition": {"app": {
                    "family": "app",
                    "container_definitions": "${jsonencode([local.web])}"
                  }}}
                }
                """)).isEqualTo("""
                {
                  "locals": {
                    "web": {
                      "name": "web",
                      "readonlyRootFilesystem": true,
                      "mountPoints": [{"sourceVolume": "tmp", "containerPath": "/tmp"}],
                      "image": "busybox:1.36",
                      "user": "0",
                      "dockerLabels": {"io.github.readonly-rootfs.writable-paths": "/tmp"}
                    }
                  },
                  "resource": {"aws_ecs_task_definition": {"app": {
                    "family": "app",
                    "volume": [{"name": "tmp"}],
                    "container_definitions": "${jsonencode([local.web])}"
                  }}}
                }
                """);
    }

    @Test
    void aStringInJsonStaysAString() throws Exception {
        String before = """
                {"resource": {"aws_ecs_task_definition": {"app": {
                  "family": "app",
                  "container_definitions": "[{\\"name\\": \\"web\\", \\"image\\": \\"${var.x}\\", \\"readonlyRootFilesystem\\": false}]"
                }}}, "variable": {"x": {"default": "i"}}}
                """;

        assertThat(fixedJson(before)).isEqualTo(before.replace("false", "true"));
    }

    @Test
    void aValueThatTwoContainersUseIsLeftToAPerson() throws Exception {
        Path file = write("main.tf", """
                locals {
                  read_only = false
                }

                resource "aws_ecs_task_definition" "app" {
                  family                   = "app"
                  requires_compatibilities = ["FARGATE"]
                  container_definitions = jsonencode([
                    { name = "web", image = "nginx:1.27", readonlyRootFilesystem = local.read_only },
                    { name = "sidecar", image = "nginx:1.27", readonlyRootFilesystem = local.read_only }
                  ])
                }
                """);

        Fix fix = Fix.of(request(file, MountWith.TMPFS), directory, Set.of());

        assertThat(fix.refused())
                .filteredOn(refused -> refused.finding().rule().equals("root-not-read-only"))
                .hasSize(2)
                .allSatisfy(refused -> assertThat(refused.finding().remedy().lead())
                        .contains("change what gives `readonlyRootFilesystem` its value, or,"));
    }

    @Test
    void aTemplateKeepsItsOwnSyntax() throws Exception {
        write("templates/app.json.tftpl", """
                [
                  {
                    "name": "web",
                    "image": "${image}",
                    "cpu": ${cpu}
                  }
                ]
                """);
        String configuration = """
                resource "aws_ecs_task_definition" "app" {
                  family                   = "app"
                  requires_compatibilities = ["FARGATE"]
                  container_definitions = templatefile("${path.module}/templates/app.json.tftpl", {
                    image = "nginx:1.27"
                    cpu   = 256
                  })
                }
                """;

        assertThat(fixed(configuration, MountWith.TMPFS)).isEqualTo(configuration);
        assertThat(Files.readString(directory.resolve("templates/app.json.tftpl")))
                .isEqualTo("""
                [
                  {
                    "name": "web",
                    "readonlyRootFilesystem": true,
                    "linuxParameters": {
                      "tmpfs": [
                        {"containerPath": "/run", "size": 64},
                        {"containerPath": "/var/cache/nginx", "size": 64}
                      ]
                    },
                    "image": "${image}",
                    "cpu": ${cpu}
                  }
                ]
                """);
    }

    @Test
    void whatIsMergedIsChangedInTheObjectThatIsWrittenThere() throws Exception {
        String before = """
                locals {
                  common = { essential = true, mountPoints = [] }
                }

                resource "aws_ecs_task_definition" "app" {
                  family                   = "app"
                  requires_compatibilities = ["FARGATE"]
                  container_definitions = jsonencode([merge(local.common, {
                    name  = "web"
                    image = "nginx:1.27"
                  })])
                }
                """;

        assertThat(fixed(before, MountWith.TMPFS)).isEqualTo(before.replace(CONTAINER, READ_ONLY_CONTAINER));
    }

    @Test
    void aContainerThatIsComputedIsLeftToAPerson() throws Exception {
        Path file = write("main.tf", """
                locals {
                  common = { essential = true, environment = [{ name = "A", value = "b" }] }
                }

                resource "aws_ecs_task_definition" "app" {
                  family                   = "app"
                  requires_compatibilities = ["FARGATE"]
                  container_definitions    = jsonencode([merge(local.common, { name = "web", image = "nginx:1.27" })])
                }
                """);

        Fix fix = Fix.of(request(file, MountWith.TMPFS), directory, ALL);

        assertThat(fix.edits()).isZero();
        assertThat(fix.refused())
                .extracting(refused -> refused.finding().remedy().advice())
                .anySatisfy(advice -> assertThat(advice)
                        .hasValueSatisfying(text ->
                                assertThat(text).contains("add `readonlyRootFilesystem = true` to container web")));
    }

    @Test
    void aContainerIsMadeReadOnlyInItsOwnObjectWhateverTheOthersMergeWith() throws Exception {
        Path file = write("main.tf", """
                locals {
                  common = { essential = true, readonlyRootFilesystem = false }
                }

                resource "aws_ecs_task_definition" "app" {
                  family                   = "app"
                  requires_compatibilities = ["FARGATE"]
                  container_definitions = jsonencode([
                    merge(local.common, { name = "web", image = "nginx:1.27" }),
                    merge(local.common, { name = "sidecar", image = "registry.example/unknown:1" }),
                  ])
                }
                """);

        Fix fix = Fix.of(request(file, MountWith.TMPFS), directory, Set.of());
        fix.write();

        assertThat(Files.readString(file))
                .contains("readonlyRootFilesystem = true, name = \"web\"")
                .contains("merge(local.common, { name = \"sidecar\", image = \"registry.example/unknown:1\" }),");
        assertThat(fix.refused())
                .filteredOn(refused -> refused.finding().rule().equals("root-not-read-only"))
                .extracting(refused -> refused.finding().containers())
                .containsExactly(List.of("sidecar"));
    }

    @Test
    void containersInAFileOfVariablesAreChangedThere() throws Exception {
        String variables = "containers = [\n  {\n%s  }\n]\n";
        write("terraform.tfvars", variables.formatted(CONTAINER));
        String configuration = """
                variable "containers" {
                  type = any
                }

                resource "aws_ecs_task_definition" "app" {
                  family                   = "app"
                  requires_compatibilities = ["FARGATE"]
                  container_definitions    = jsonencode(var.containers)
                }
                """;

        assertThat(fixed(configuration, MountWith.TMPFS)).isEqualTo(configuration);
        assertThat(Files.readString(directory.resolve("terraform.tfvars")))
                .isEqualTo(variables.formatted(READ_ONLY_CONTAINER));
    }

    @Test
    void aKeyInFrontOfTheOnlyOneOfALineIsDividedFromIt() throws Exception {
        String before = """
                resource "aws_ecs_task_definition" "app" {
                  family                   = "app"
                  requires_compatibilities = ["FARGATE"]
                  container_definitions    = jsonencode([merge({ readonlyRootFilesystem = true }, local.web)])
                }

                locals {
                  web = { name = "web", image = "nginx:1.27" }
                }
                """;

        assertThat(fixed(before, MountWith.TMPFS))
                .isEqualTo(before.replace(
                        "{ readonly",
                        "{ linuxParameters = { tmpfs = [{ containerPath = \"/run\", size = 64 },"
                                + " { containerPath = \"/var/cache/nginx\", size = 64 }] }, readonly"));
    }

    @Test
    void aContainerThatALoopOfATemplateRepeatsIsChangedThere() throws Exception {
        String template = """
                [
                %{ for i, name in names ~}
                  {
                    "name": "${name}",
                    "image": "nginx:1.27",
                    "environment": [%{ for k, v in { A = 1 } }{"name": "${k}", "value": "${v}"}%{ endfor }],
                    "user": "0"
                  }%{ if i < length(names) - 1 },%{ endif }
                %{ endfor ~}
                ]
                """;
        write("app.tftpl", template);

        fixed("""
                resource "aws_ecs_task_definition" "app" {
                  family                   = "app"
                  requires_compatibilities = ["FARGATE"]
                  container_definitions    = templatefile("app.tftpl", { names = ["web", "sidecar"] })
                }
                """, MountWith.TMPFS);

        assertThat(Files.readString(directory.resolve("app.tftpl")))
                .isEqualTo(template.replace(
                        "    \"image\"",
                        String.join(
                                "\n",
                                List.of(
                                        "    \"readonlyRootFilesystem\": true,",
                                        "    \"linuxParameters\": {",
                                        "      \"tmpfs\": [",
                                        "        {\"containerPath\": \"/run\", \"size\": 64},",
                                        "        {\"containerPath\": \"/var/cache/nginx\", \"size\": 64}",
                                        "      ]",
                                        "    },",
                                        "    \"image\""))));
    }

    @Test
    void whereNothingOfAContainerIsKnownNoEditMakesItReadOnly() throws Exception {
        Path file = write("main.tf", """
                variable "definitions" {}

                resource "aws_ecs_task_definition" "app" {
                  family                   = "app"
                  requires_compatibilities = ["FARGATE"]
                  container_definitions    = file(var.definitions)
                }
                """);

        assertThat(ReadOnlyRootAnalysis.check(request(file, MountWith.TMPFS)).findings())
                .filteredOn(finding -> finding.rule().equals("root-read-only-unknown"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).endsWith("set definitions in templateValues"))
                .extracting(Finding::remedy)
                .isEqualTo(Remedy.NONE);
    }
}
