package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.List;
import java.util.Optional;

/** Reads task definitions and keeps where everything stands. */
public final class TaskDefinitionReader {

    private TaskDefinitionReader() {}

    /**
     * What was read.
     *
     * @param taskDefinition empty when the file cannot be read as one; then a problem says why
     */
    public record Result(Optional<TaskDefinition> taskDefinition, List<SchemaProblem> problems) {}

    /** Reads a task definition in JSON. */
    public static Result read(SourceFile source) {
        throw new UnsupportedOperationException(source.name());
    }
}
