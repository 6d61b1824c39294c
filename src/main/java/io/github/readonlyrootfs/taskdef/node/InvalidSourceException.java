// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import io.github.readonlyrootfs.source.Problem;

/** A file that cannot be read as a tree. */
public final class InvalidSourceException extends Exception {

    private final transient Problem problem;

    public InvalidSourceException(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
