package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Problem;

/** Ends the reading of a file in which no tree can be seen. */
final class InvalidSourceException extends Exception {

    private final transient Problem problem;

    InvalidSourceException(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
