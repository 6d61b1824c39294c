package io.github.readonlyrootfs.logging;

import io.github.readonlyrootfs.source.Problem;

/** Ends the reading of a logging configuration that cannot be read as what it claims to be. */
final class InvalidLoggingFileException extends Exception {

    private final transient Problem problem;

    InvalidLoggingFileException(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    Problem problem() {
        return problem;
    }
}
