// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

/** A file that cannot be read: as text, or as the JSON, YAML or XML that it should be. */
public final class UnreadableSourceException extends Exception {

    private final transient Problem problem;

    public UnreadableSourceException(Problem problem) {
        super(problem.message(), null, false, false);
        this.problem = problem;
    }

    /** Why, in words for the file's owner. */
    public Problem problem() {
        return problem;
    }
}
