// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import io.github.readonlyrootfs.rule.engine.SchemaProblemRule;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;

/** A key that ECS does not have: its value has no effect. */
public final class UnknownField extends SchemaProblemRule {

    public UnknownField() {
        super(SchemaProblem.Kind.UNKNOWN_FIELD);
    }
}
