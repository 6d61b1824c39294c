// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader.Task;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.util.List;
import java.util.Optional;

/** What {@link TaskDefinitionReader} reads from a file, as tests look at it. */
public record TaskFile(TaskDefinitionReader.Result result) {

    /** Reads {@code taskdef.json} with this text. */
    public static TaskFile read(String text) {
        return read(SourceFile.of("taskdef.json", text));
    }

    public static TaskFile read(SourceFile source) {
        return read(source, TemplateValues.NONE);
    }

    public static TaskFile read(SourceFile source, TemplateValues values) {
        return new TaskFile(TaskDefinitionReader.read(source, Optional.empty(), values));
    }

    /** Reads only the task definition with this name in the file. */
    static TaskFile read(SourceFile source, String resource) {
        return new TaskFile(TaskDefinitionReader.read(source, Optional.of(resource), TemplateValues.NONE));
    }

    public List<Task> tasks() {
        return result.tasks();
    }

    public List<SchemaProblem> problems() {
        return tasks().stream().flatMap(task -> task.problems().stream()).toList();
    }

    /** The task definition of a file with exactly one; empty if it is invalid. */
    public Optional<TaskDefinition> taskDefinition() {
        return tasks().size() == 1 ? tasks().get(0).definition() : Optional.empty();
    }

    /** The only task definition. */
    public TaskDefinition task() {
        return taskDefinition().orElseThrow();
    }

    /** The first container of the only task definition. */
    public ContainerDefinition container() {
        return task().containerDefinitions().get(0);
    }

    /** The reason why a value is unknown. */
    public static String reason(Value<?> value) {
        assertThat(value).isInstanceOf(Value.Unknown.class);
        return ((Value.Unknown<?>) value).reason();
    }

    /** A task definition without its positions, its name in the file, its notation and the tool that generated the file. */
    public static String withoutPlaces(TaskDefinition task) {
        return task.toString()
                .replaceFirst("generated=Optional(?:\\.empty|\\[Generated\\[[^]]*]])", "generated=")
                .replaceAll("taskdef\\.json:\\d+:\\d+", "@")
                .replaceFirst("resource=Optional(\\[[^]]*]|\\.empty)", "")
                .replaceAll("Notation\\[[^]]*]|Outline@\\w+", "");
    }
}
