// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.rule.engine.SchemaProblemRule;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;

/** A value of another type than ECS takes, such as "false" for a boolean. */
public final class WrongType extends SchemaProblemRule {

    public WrongType() {
        super(SchemaProblem.Kind.WRONG_TYPE);
    }

    /** The quoted "false" of the flag must become true, not false: root-not-read-only reports it. */
    @Override
    public boolean isSaidElsewhere(TaskAnalysis task, SchemaProblem departure) {
        return task.containers().stream()
                .map(container -> container.definition().fileSystem().readonlyRootFilesystem())
                .filter(flag -> !flag.known().orElse(true))
                .flatMap(flag -> flag.where().stream())
                .anyMatch(departure.problem().location()::equals);
    }
}
