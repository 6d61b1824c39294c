// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static io.github.readonlyrootfs.taskdef.TerraformFixture.reason;
import static io.github.readonlyrootfs.taskdef.TerraformFixture.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader.Result;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates of Terraform's, and texts of YAML, that container definitions are made of. */
class TerraformTemplatesTest {

    @TempDir
    Path root;

    private static final String TEMPLATE = """
            [
              {
                "name": "app",
                "image": "${image}",
            %{ if debug }
                "user": "0",
            %{ endif ~}
            %{ if env == "prod" }
                "readonlyRootFilesystem": true,
            %{ else }
                "readonlyRootFilesystem": false,
            %{ endif }
                "mountPoints": [
                  %{ for i, m in mounts }{"sourceVolume": "${m}", "containerPath": "/${m}"}%{ if i < length(mounts) - 1 },%{ endif }
                  %{ endfor }
                ],
                "command": [%{ for a in args }"${a}",%{ endfor }"run"]
              }
            ]
            """;

    private TerraformFixture project(String values) throws IOException {
        return new TerraformFixture(root)
                .with("app.tftpl", TEMPLATE)
                .with(
                        "main.tf",
                        resource("  container_definitions = templatefile(\"app.tftpl\", " + values + ")")
                                + "variable \"unknown\" {}\n");
    }

    @Test
    void directivesOfATemplateDecideWhatIsThere() throws IOException {
        ContainerDefinition container = project(
                        "{ image = \"i\", debug = true, env = \"prod\", mounts = [\"a\", \"b\"], args = [\"x\"] }")
                .container();

        assertThat(container.process().user().known()).hasValue("0");
        assertThat(container.fileSystem().readonlyRootFilesystem().known()).hasValue(true);
        assertThat(container.fileSystem().mountPoints()).hasSize(2);
        assertThat(container.process().command().known())
                .hasValueSatisfying(command -> assertThat(command).hasSize(2));
    }

    @Test
    void whatAnUnknownDirectiveDoesNotDecideIsKnown() throws IOException {
        ContainerDefinition container = project(
                        "{ image = \"i\", debug = var.unknown, env = \"prod\", mounts = [\"a\"], args = [] }")
                .container();

        assertThat(container.process().user().isUnknown()).isTrue();
        assertThat(container.fileSystem().readonlyRootFilesystem().known()).hasValue(true);
        assertThat(container.fileSystem().mountPoints()).hasSize(1);
    }

    @Test
    void whatAnUnknownDirectiveDecidesIsUnknown() throws IOException {
        ContainerDefinition container = project(
                        "{ image = \"i\", debug = false, env = var.unknown, mounts = var.unknown, args = var.unknown }")
                .container();

        assertThat(container.process().user().isAbsent()).isTrue();
        assertThat(container.fileSystem().readonlyRootFilesystem().isUnknown()).isTrue();
        assertThat(container.fileSystem().mountPoints())
                .singleElement()
                .satisfies(
                        mount -> assertThat(mount.containerPath().isUnknown()).isTrue());
        assertThat(container.image().written().known()).hasValue("i");
    }

    @Test
    void aDirectiveInAStringMakesThatStringUnknown() throws IOException {
        ContainerDefinition container = new TerraformFixture(root)
                .with(
                        "main.tf",
                        resource("  container_definitions = <<-EOT\n  [{\"name\": \"app\", \"image\": \"i\","
                                        + " \"user\": \"%{ if var.unknown }0%{ else }1%{ endif }\"}]\n  EOT")
                                + "variable \"unknown\" {}\n")
                .container();

        assertThat(reason(container.process().user()))
                .isEqualTo("the variable `unknown` has no value; set unknown in templateValues");
    }

    @Test
    void namesThatATemplateMayBeGivenAreUnknownAndTheOthersKnown() throws IOException {
        ContainerDefinition container = project(
                        "merge(var.unknown, { image = \"i\", env = \"prod\", mounts = [], args = [] })")
                .container();

        assertThat(container.process().user().isUnknown()).isTrue();
        assertThat(container.fileSystem().readonlyRootFilesystem().known()).hasValue(true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app.json.tpl", "taskdef.json"})
    void aTemplateThatIsReadAloneHasDirectivesWhoseConditionsAreUnknown(String name) {
        Result result = TaskDefinitionReader.read(
                SourceFile.of(name, TEMPLATE),
                Optional.empty(),
                new TemplateValues(Map.of(), Map.of(), property -> Optional.empty()));
        ContainerDefinition container = result.tasks()
                .get(0)
                .definition()
                .orElseThrow()
                .containerDefinitions()
                .get(0);

        assertThat(result.tasks().get(0).problems()).isEmpty();
        assertThat(container.name()).isEqualTo("app");
        assertThat(container.process().user().isUnknown()).isTrue();
    }

    @Test
    void containersInYamlAreWhereTheYamlHasThem() throws IOException {
        ContainerDefinition container = new TerraformFixture(root)
                .with(
                        "app.yaml",
                        "containers:\n  - name: app\n    image: i\n    readonlyRootFilesystem: true\n    user: 5\n")
                .with(
                        "main.tf",
                        resource(
                                "  container_definitions = jsonencode([for c in yamldecode(file(\"app.yaml\")).containers :"
                                        + " merge(c, { user = tostring(c.user) })])"))
                .container();

        assertThat(container.fileSystem().readonlyRootFilesystem().known()).hasValue(true);
        assertThat(container.fileSystem().readonlyRootFilesystem().where())
                .hasValueSatisfying(place -> assertThat(place).hasToString("app.yaml:4:29"));
        assertThat(container.process().user().known()).hasValue("5");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"[${local.app},${local.web}]\"",
                "\"[${join(\", \", [local.app, local.web])}]\"",
                "templatefile(\"list.tftpl\", { app = local.app, web = local.web })",
                "jsonencode([for text in [local.app, local.web] : jsondecode(\"[${text}]\")[0]])",
            })
    void containersThatAreEncodedOneByOneAreWhereTheyAreWritten(String containers) throws IOException {
        TaskDefinition task = new TerraformFixture(root)
                .with("list.tftpl", "[\n  ${app},\n  ${web}\n]\n")
                .with("web.tftpl", "{\n  \"name\": \"web\", \"image\": \"${image}\",\n  \"user\": \"7\"\n}\n")
                .with("main.tf", """
                        locals {
                          app = jsonencode({
                            name        = "app"
                            image       = "${aws_ecr_repository.app.repository_url}:${var.tag}"
                            environment = [{ name = "PORT", value = aws_db_instance.main.port }]
                            user        = "9"
                          })
                          web = templatefile("web.tftpl", { image = aws_ecr_repository.web.repository_url })
                        }
                        variable "tag" {}
                        """ + resource("  container_definitions = " + containers))
                .task();

        assertThat(task.containerDefinitions())
                .extracting(container -> container.process().user().known().get() + " "
                        + container.process().user().where().orElseThrow())
                .containsExactly("9 main.tf:6:19", "7 web.tftpl:3:11");
        assertThat(task.containerDefinitions().get(0).image().isPlaceholder()).isTrue();
    }

    @Test
    void aTemplateInAnUnknownTextThatIsGivenNothingIsThatText() throws IOException {
        TaskDefinition task = new TerraformFixture(root)
                .with("main.tf", """
                        data "template_file" "containers" {
                          template = <<EOF
                        [{ "name": "app", "image": "i", "user": "7", "command": ["${aws_x.y.z}"] }]
                        EOF
                        }
                        """ + resource("  container_definitions = data.template_file.containers.rendered"))
                .task();

        assertThat(task.containerDefinitions().get(0).process().user().known()).hasValue("7");
    }
}
