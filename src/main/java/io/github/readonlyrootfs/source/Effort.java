// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

/**
 * A limit of the work for one input. Work is counted in steps, not in time, so that an input has the same result on
 * every machine. A step is about as much as looking up one name or reading one character.
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

    /** Whether the limit is reached: the rest is unknown. */
    public boolean isSpent() {
        return left < 0;
    }

    /** How many steps have been taken. */
    public long spent() {
        return steps - left;
    }
}
