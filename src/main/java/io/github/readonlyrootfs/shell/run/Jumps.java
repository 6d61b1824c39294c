// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.shell.state.Status;
import org.jspecify.annotations.Nullable;

/** The jumps of a script: {@code exit}, {@code return}, {@code break}, {@code continue}. */
final class Jumps {

    /** Each ends all that the ones before it end, and more. */
    enum Kind {
        CONTINUE,
        BREAK,
        RETURN,
        EXIT
    }

    /**
     * A jump that has not reached its end.
     *
     * @param status of what it ends
     */
    record Jump(Kind kind, Status status) {

        /** A failure that the script does not handle ends it, so if the script succeeds it has not happened. */
        boolean endsScript() {
            return kind.compareTo(Kind.RETURN) >= 0 && status == Status.FAILURE;
        }
    }

    private @Nullable Jump taken;
    /** A jump that may have been taken: the commands after it may not run. */
    private @Nullable Kind possible;

    boolean isTaken() {
        return taken != null;
    }

    Status status() {
        return taken == null ? Status.SUCCESS : taken.status();
    }

    boolean isPossible() {
        return possible != null;
    }

    Status take(Kind kind, Status status) {
        taken = new Jump(kind, status);
        return status;
    }

    /** Ends a branch: removes the jump that it has taken, and returns it. */
    @Nullable
    Jump release() {
        Jump released = taken;
        taken = null;
        return released;
    }

    /** Merges the jumps of two branches, of which one runs. */
    void either(@Nullable Jump one, @Nullable Jump two) {
        if (one != null && two != null && one.kind() == two.kind()) {
            taken = new Jump(one.kind(), one.status() == two.status() ? one.status() : Status.UNKNOWN);
            return;
        }
        perhaps(one);
        perhaps(two);
    }

    /** Adds the jump of a branch that may not run. */
    void perhaps(@Nullable Jump jump) {
        if (jump != null
                && !jump.endsScript()
                && (possible == null || jump.kind().compareTo(possible) > 0)) {
            possible = jump.kind();
        }
    }

    /** Begins a function, loop, script or subshell; returns the jump that is possible before it. */
    @Nullable
    Kind enter() {
        return possible;
    }

    /** Ends what {@link #enter} has begun, and with it all jumps up to a kind. */
    void leave(@Nullable Kind before, Kind upTo) {
        if (taken != null && taken.kind().compareTo(upTo) <= 0) {
            taken = null;
        }
        if (possible != null && possible.compareTo(upTo) <= 0) {
            possible = before;
        }
    }
}
