// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import io.github.readonlyrootfs.rule.engine.SchemaProblemRule;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;

/** A key that occurs twice in one object: the last one counts. */
public final class DuplicateKey extends SchemaProblemRule {

    public DuplicateKey() {
        super(SchemaProblem.Kind.DUPLICATE_KEY);
    }
}
