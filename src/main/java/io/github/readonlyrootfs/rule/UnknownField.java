package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.taskdef.SchemaProblem;

/** A key that ECS does not have: what it was meant to say is not said. */
final class UnknownField extends SchemaProblemRule {

    UnknownField() {
        super(SchemaProblem.Kind.UNKNOWN_FIELD);
    }
}
