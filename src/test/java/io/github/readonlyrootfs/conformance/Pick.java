// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Random choices that a seed repeats. */
public final class Pick {
    private final Random random;

    public Pick(long seed, int index) {
        // Similar seeds have nearly the same first number, so it is mixed.
        this.random = new Random((seed * 1_000_003L + index) * 0x9E3779B97F4A7C15L);
    }

    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** From {@code from} to {@code to}, both possible. */
    public int between(int from, int to) {
        return from + random.nextInt(to - from + 1);
    }

    @SafeVarargs
    public final <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    <T> T of(Collection<T> choices) {
        return new ArrayList<>(choices).get(random.nextInt(choices.size()));
    }

    <T> List<T> some(Collection<T> choices, int atMost) {
        List<T> shuffled = new ArrayList<>(choices);
        Collections.shuffle(shuffled, random);
        return shuffled.subList(0, Math.min(atMost, shuffled.size()));
    }
}
