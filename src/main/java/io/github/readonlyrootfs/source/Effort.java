// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

/**
 * How much more is done for one input. It is counted in steps and never in time, so that the same input has the same
 * answer on every machine. A step is about as much as looking up one name or reading one character.
 */
public final class Effort {

    private final long steps;
    private long left;

    public Effort(long steps) {
        this.steps = steps;
        this.left = steps;
    }

    public void spend(long steps) {
        left = Math.max(-1, left - steps);
    }

    /** Whether nothing more is to be done: what would have been is not known. */
    public boolean isSpent() {
        return left < 0;
    }

    /** How many steps have been taken. */
    public long spent() {
        return steps - left;
    }
}
