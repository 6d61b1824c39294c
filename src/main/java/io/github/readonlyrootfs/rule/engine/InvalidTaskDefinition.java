// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import io.github.readonlyrootfs.taskdef.node.SchemaProblem;

/** The file cannot be read as a task definition. */
public final class InvalidTaskDefinition extends SchemaProblemRule {

    public InvalidTaskDefinition() {
        super(SchemaProblem.Kind.INVALID);
    }
}
