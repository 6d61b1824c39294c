// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.yaml;

import io.github.readonlyrootfs.source.Problem;

/** Ends the reading of a file that is not YAML, or one of unreasonable size. */
public final class InvalidYamlException extends Exception {

    private final transient Problem problem;

    InvalidYamlException(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
