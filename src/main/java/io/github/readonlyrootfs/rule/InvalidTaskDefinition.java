package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.taskdef.SchemaProblem;

/** The file cannot be read as a task definition. */
final class InvalidTaskDefinition extends SchemaProblemRule {

    InvalidTaskDefinition() {
        super(SchemaProblem.Kind.INVALID);
    }
}
