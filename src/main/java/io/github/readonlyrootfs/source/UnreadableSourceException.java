// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.io.IOException;

/** A file that cannot be read: as text, or as the XML or YAML that it should be. */
public final class UnreadableSourceException extends IOException {

    private final transient Problem problem;

    public UnreadableSourceException(Problem problem) {
        super(problem.message());
        this.problem = problem;
    }

    /** Why, in words for the file's owner. */
    public Problem problem() {
        return problem;
    }
}
