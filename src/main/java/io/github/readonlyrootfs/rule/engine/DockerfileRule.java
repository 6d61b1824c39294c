// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.source.Location;
import java.util.Set;
import java.util.function.Consumer;

/** A rule about the builds of images, independent of tasks. */
public non-sealed interface DockerfileRule extends Rule {

    /**
     * Reports the problems, in any order.
     *
     * @param spokenOf places that a finding about a path explains better
     */
    void check(Analysis analysis, Set<Location> spokenOf, Consumer<Finding> findings);
}
