// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.TerraformDirectory;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader.Result;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A directory with a Terraform configuration. */
record TerraformFixture(Path root) {

    TerraformFixture with(String name, String text) throws IOException {
        TestFiles.write(root.resolve(name), text);
        return this;
    }

    /** A task definition with these arguments. */
    static String resource(String arguments) {
        return "resource \"aws_ecs_task_definition\" \"app\" {\n  family = \"app\"\n" + arguments + "\n}\n";
    }

    Result read(String name) {
        return read(name, Optional.empty());
    }

    /** @param resource the address of the task definition that is meant; empty for all */
    Result read(String name, Optional<String> resource) {
        return read(name, resource, Map.of());
    }

    /** @param values that the user gives to variables */
    Result read(String name, Map<String, String> values) {
        return read(name, Optional.empty(), values);
    }

    private Result read(String name, Optional<String> resource, Map<String, String> values) {
        NamedFile named = new NamedFile(root.resolve(name), name);
        return TaskDefinitionReader.read(
                TerraformDirectory.at(named).orElseThrow(),
                resource,
                new TemplateValues(values, Map.of(), property -> Optional.empty()));
    }

    /** The only task definition, which has no problems. */
    TaskDefinition task() {
        return task(Map.of());
    }

    TaskDefinition task(Map<String, String> values) {
        Result result = read("", values);
        assertThat(result.tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.problems()).isEmpty());
        return result.tasks().get(0).definition().orElseThrow();
    }

    ContainerDefinition container() {
        return task().containerDefinitions().get(0);
    }

    static String reason(Value<?> value) {
        return ((Value.Unknown<?>) value).reason();
    }
}
