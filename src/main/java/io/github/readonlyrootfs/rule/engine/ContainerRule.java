// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.source.Location;
import java.util.List;
import java.util.function.Consumer;

/** A rule about a container on a platform. */
public non-sealed interface ContainerRule extends Rule {

    /** Reports the problems, in any order. */
    void check(JudgedContainer on, Remedies remedies, Consumer<Finding> findings);

    /** Whether it also checks Windows containers, whose root file system cannot be read-only. */
    default boolean judgesWindows() {
        return false;
    }

    /** A finding about a container on a platform. */
    default Finding finding(JudgedContainer on, Location location, String message, Remedy remedy) {
        return finding(location, message, remedy).in(on.name()).on(List.of(on.platform()));
    }
}
