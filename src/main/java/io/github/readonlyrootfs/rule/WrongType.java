package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.taskdef.SchemaProblem;

/** A value of another type than ECS takes, such as "false" for a boolean. */
final class WrongType extends SchemaProblemRule {

    WrongType() {
        super(SchemaProblem.Kind.WRONG_TYPE);
    }

    @Override
    public String id() {
        return "wrong-type";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.ERROR;
    }
}
