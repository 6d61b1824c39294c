// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.source.Problem;
import java.util.ArrayList;
import java.util.List;

/** Collects problems and returns them in BuildKit's order. */
final class DockerfileProblems {

    private final List<Problem> syntax = new ArrayList<>();
    private final List<Problem> meaning = new ArrayList<>();

    void add(RejectedInstruction rejection) {
        (rejection.phase() == RejectedInstruction.Phase.SYNTAX ? syntax : meaning).add(rejection.problem());
    }

    /** The first is the one that BuildKit reports. */
    List<Problem> inOrder() {
        List<Problem> all = new ArrayList<>(syntax);
        all.addAll(meaning);
        return List.copyOf(all);
    }
}
