// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.xml;

import io.github.readonlyrootfs.source.Problem;

/** Ends the reading of a file that is no XML, or one of unreasonable size. */
public final class InvalidXmlException extends Exception {

    private final transient Problem problem;

    InvalidXmlException(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    /** What is wrong, and where. */
    public Problem problem() {
        return problem;
    }
}
