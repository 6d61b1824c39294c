// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static io.github.readonlyrootfs.taskdef.TerraformFixture.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.taskdef.TaskDefinitionReader.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which task definitions of a Terraform configuration are meant. */
class TerraformSelectionTest {

    private static final String TASK =
            resource("container_definitions = jsonencode([{ name = \"app\", image = \"i\", user = \"1\" }])");

    @TempDir
    Path root;

    private TerraformFixture project() throws IOException {
        return new TerraformFixture(root)
                .with("api/main.tf", TASK)
                .with("main.tf", TASK + "module \"api\" {\n  source = \"./api\"\n  for_each = { web = 1 }\n}\n")
                .with("other.tf", TASK.replace("\"app\" {", "\"other\" {"));
    }

    private static List<String> addresses(Result result) {
        return result.tasks().stream().map(task -> task.resource().orElse("-")).toList();
    }

    @Test
    void aDirectoryMeansAllAndAFileItsOwnWithTheModulesThatItCalls() throws IOException {
        assertThat(addresses(project().read("")))
                .containsExactly(
                        "aws_ecs_task_definition.app",
                        "aws_ecs_task_definition.other",
                        "module.api[\"web\"].aws_ecs_task_definition.app");
        assertThat(addresses(project().read("main.tf")))
                .containsExactly("aws_ecs_task_definition.app", "module.api[\"web\"].aws_ecs_task_definition.app");
        assertThat(addresses(project().read("other.tf"))).containsExactly("aws_ecs_task_definition.other");
    }

    @Test
    void anAddressMeansOne() throws IOException {
        String address = "module.api[\"web\"].aws_ecs_task_definition.app";

        assertThat(addresses(project().read("", Optional.of(address)))).containsExactly(address);
    }

    @Test
    void anAddressThatIsNotThereIsAMistakeThatNamesTheNearestOne() throws IOException {
        Result result = project().read("", Optional.of("aws_ecs_task_definition.othr"));

        assertThat(result.tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.problems().get(0).problem().message())
                        .isEqualTo("no task definition in this file is called `aws_ecs_task_definition.othr`;"
                                + " did you mean `aws_ecs_task_definition.other`?"));
    }
}
