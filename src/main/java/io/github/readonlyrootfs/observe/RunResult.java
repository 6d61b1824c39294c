// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import io.github.readonlyrootfs.need.Need.Impact;
import java.util.Optional;

/**
 * What became of one run of a container.
 *
 * @param code the exit code; empty if it is not known
 * @param seconds from its start to its end, or until it was ready
 * @param driven which sign it did not give, or why the command that uses it failed; empty if neither
 */
record RunResult(End end, String code, long seconds, Optional<String> driven, RunLog log) {

    enum End {
        /** Something said that it was ready. */
        READY,
        /** It was up for the time after which it counts as ready. */
        UP,
        /** It ended with exit code 0. */
        DONE,
        /** It ended with another one. */
        EXITED,
        /** It was up, but not ready in time. */
        LATE,
        /** The engine did not start it. */
        NOT_STARTED
    }

    /** The same with what it printed. */
    RunResult with(RunLog printed) {
        return new RunResult(end, code, seconds, driven, printed);
    }

    boolean isReady() {
        return end == End.READY || end == End.UP || end == End.DONE;
    }

    /** Whether it did all that was asked of it. */
    boolean works() {
        return isReady() && driven.isEmpty();
    }

    /** Whether it did as much as another run. */
    boolean worksAs(RunResult other) {
        return works() && (end == End.DONE) == (other.end == End.DONE);
    }

    /** What the container lost, compared to a run that worked. */
    Impact impact() {
        return isReady() && end != End.DONE && driven.isPresent() ? Impact.FEATURE : Impact.FATAL;
    }

    /** What happened, as a sentence without a subject. */
    String words() {
        String lived = "after " + seconds + " s";
        String line = log.lastLine();
        String said = ": " + (line.isEmpty() ? "it printed nothing" : line);
        return switch (end) {
                    case READY -> "ready " + lived;
                    case UP -> "still up " + lived;
                    case DONE -> "ended with exit code 0 " + lived;
                    case EXITED -> "exited " + (code.isEmpty() ? "for an unknown reason" : code) + " " + lived + said;
                    case LATE -> "not ready " + lived + said;
                    case NOT_STARTED -> "did not start" + said;
                }
                + driven.map(why -> "; " + why).orElse("");
    }
}
