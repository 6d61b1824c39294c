package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.taskdef.SchemaProblem;

/** The file cannot be read as a task definition. */
final class InvalidTaskDefinition extends SchemaProblemRule {

    InvalidTaskDefinition() {
        super(SchemaProblem.Kind.INVALID);
    }

    @Override
    public String id() {
        return "invalid-task-definition";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.ERROR;
    }
}
