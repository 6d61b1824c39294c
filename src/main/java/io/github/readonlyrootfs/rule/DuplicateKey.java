package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.taskdef.SchemaProblem;

/** A key that stands twice in one object: the last one counts. */
final class DuplicateKey extends SchemaProblemRule {

    DuplicateKey() {
        super(SchemaProblem.Kind.DUPLICATE_KEY);
    }
}
