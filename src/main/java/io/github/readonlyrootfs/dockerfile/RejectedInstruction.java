// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;

/** An instruction that BuildKit rejects. */
final class RejectedInstruction extends Exception {

    /**
     * When BuildKit notices. It checks the syntax of the whole file before the meaning of any instruction, so it
     * reports a syntax error further down first.
     */
    enum Phase {
        SYNTAX,
        MEANING
    }

    private final Phase phase;
    private final transient Problem problem;

    private RejectedInstruction(Phase phase, Location location, String message, String help) {
        // No stack trace: a file may have a hundred thousand bad lines.
        super(message, null, false, false);
        this.phase = phase;
        this.problem = new Problem(location, message, help);
    }

    static RejectedInstruction syntax(Location location, String message, String help) {
        return new RejectedInstruction(Phase.SYNTAX, location, message, help);
    }

    static RejectedInstruction meaning(Location location, String message, String help) {
        return new RejectedInstruction(Phase.MEANING, location, message, help);
    }

    static RejectedInstruction mixedArray(JoinedText array) {
        return syntax(
                array.location(),
                "the JSON array contains a value that is not a string",
                "put every element in double quotes");
    }

    Phase phase() {
        return phase;
    }

    Problem problem() {
        return problem;
    }
}
