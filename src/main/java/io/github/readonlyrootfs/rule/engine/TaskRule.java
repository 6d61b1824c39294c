// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.remedy.Remedies;
import java.util.Optional;
import java.util.function.Consumer;

/** A rule about a task definition. */
public non-sealed interface TaskRule extends Rule {

    /**
     * Reports the problems, in any order.
     *
     * @param remedies empty where the task definition cannot be read
     */
    void check(TaskAnalysis task, Optional<Remedies> remedies, Consumer<Finding> findings);
}
