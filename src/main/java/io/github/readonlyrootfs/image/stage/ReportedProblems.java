// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import io.github.readonlyrootfs.dockerfile.Dockerfile;
import io.github.readonlyrootfs.source.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;

/** The problems of a Dockerfile that are reported: each of them once, and not more than people read. */
final class ReportedProblems {

    private static final int MOST = 20;

    private ReportedProblems() {}

    static List<Problem> of(Dockerfile dockerfile, Collection<Problem> found) {
        if (!dockerfile.hasKnownGrammar()) {
            return List.of();
        }
        List<Problem> distinct = List.copyOf(new LinkedHashSet<>(found));
        if (distinct.size() <= MOST) {
            return distinct;
        }
        List<Problem> told = new ArrayList<>(distinct.subList(0, MOST));
        int more = distinct.size() - MOST;
        told.add(new Problem(
                distinct.get(MOST).location(),
                more == 1 ? "there is 1 more problem" : "there are " + more + " more problems",
                "fix the ones above first: one mistake often causes others"));
        return List.copyOf(told);
    }
}
