// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import io.github.readonlyrootfs.shell.state.Status;
import org.jspecify.annotations.Nullable;

/** Where a script leaves the order of its commands: {@code exit}, {@code return}, {@code break}, {@code continue}. */
final class Jumps {

    /** Each leaves what the ones before it leave, and more. */
    enum Kind {
        CONTINUE,
        BREAK,
        RETURN,
        EXIT
    }

    /**
     * A jump on its way to where it ends.
     *
     * @param status of what is left
     */
    record Jump(Kind kind, Status status) {

        /** A failure that the script does not handle ends it, so if the script succeeds it has not happened. */
        boolean endsScript() {
            return kind.compareTo(Kind.RETURN) >= 0 && status == Status.FAILURE;
        }
    }

    private @Nullable Jump taken;
    /** What may have been taken: the commands behind may not run. */
    private @Nullable Kind possible;

    boolean isTaken() {
        return taken != null;
    }

    /** How what is being left ends. */
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

    /** Ends a branch: the jump that it has taken, which is no longer on its way. */
    @Nullable
    Jump release() {
        Jump released = taken;
        taken = null;
        return released;
    }

    /** Two branches have ended, of which one runs. */
    void either(@Nullable Jump one, @Nullable Jump two) {
        if (one != null && two != null && one.kind() == two.kind()) {
            taken = new Jump(one.kind(), one.status() == two.status() ? one.status() : Status.UNKNOWN);
            return;
        }
        perhaps(one);
        perhaps(two);
    }

    /** A branch has ended that may not run. */
    void perhaps(@Nullable Jump jump) {
        if (jump != null
                && !jump.endsScript()
                && (possible == null || jump.kind().compareTo(possible) > 0)) {
            possible = jump.kind();
        }
    }

    /** What was possible before something that jumps do not leave, or not all of them. */
    @Nullable
    Kind enter() {
        return possible;
    }

    /** The end of something that jumps up to this kind do not leave. */
    void leave(@Nullable Kind before, Kind upTo) {
        if (taken != null && taken.kind().compareTo(upTo) <= 0) {
            taken = null;
        }
        if (possible != null && possible.compareTo(upTo) <= 0) {
            possible = before;
        }
    }
}
