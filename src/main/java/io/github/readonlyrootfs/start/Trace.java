// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run of a start does, in order: the commands that are about to run, and the writes, each as a number that tells it from others. */
final class Trace {

    private final List<Integer> acts = new ArrayList<>();

    /** What the run does that this one is compared with, and how much of it this one has done or left out. */
    private final @Nullable List<Integer> expected;

    private int done;
    private boolean differs;

    /** Whether a write was refused just now: what depends on it is left out. */
    private boolean leavesOut;

    private final Set<Integer> leftOut = new HashSet<>();

    /** @param other the run that this one is compared with */
    Trace(@Nullable Trace other) {
        this.expected = other == null ? null : other.acts;
    }

    void add(int act) {
        if (expected == null) {
            acts.add(act);
        } else if (!differs) {
            leaveOut(expected, act);
            differs = done == expected.size() || expected.get(done) != act;
            leavesOut = false;
            done++;
        }
    }

    /** @param next null at the end */
    private void leaveOut(List<Integer> expected, @Nullable Integer next) {
        while (leavesOut && done < expected.size() && !expected.get(done).equals(next)) {
            leftOut.add(expected.get(done));
            done++;
        }
    }

    /** The write that was added last is refused. */
    void refuse() {
        leavesOut = true;
    }

    /** Whether the run did what the other one does not, or in another order; what follows is not compared. */
    boolean differs() {
        return differs;
    }

    /** Whether the run, which is over, did the same but for what it left out after refused writes. */
    boolean isWhole() {
        if (differs || expected == null) {
            return false;
        }
        leaveOut(expected, null);
        return done == expected.size();
    }

    boolean leftOut(int act) {
        return leftOut.contains(act);
    }
}
