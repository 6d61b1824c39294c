// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether something is true, with the reason where that is unknown.
 *
 * @param doubt why it is unknown, as half a sentence; empty where it is known
 */
public record Answer(Truth truth, Optional<String> doubt) {

    public static final Answer YES = new Answer(Truth.TRUE, Optional.empty());
    public static final Answer NO = new Answer(Truth.FALSE, Optional.empty());

    public static Answer of(boolean holds) {
        return holds ? YES : NO;
    }

    public static Answer unknown(String doubt) {
        return new Answer(Truth.UNKNOWN, Optional.of(doubt));
    }

    public boolean isYes() {
        return truth.isTrue();
    }

    public boolean isNo() {
        return truth.isFalse();
    }

    public Answer not() {
        return new Answer(truth.not(), doubt);
    }

    /** Whether both are true; the other one is evaluated only if it matters. Of two reasons, the first is kept. */
    public Answer and(Supplier<Answer> other) {
        return isNo() ? this : and(other.get());
    }

    /** Whether both are true; of two reasons, the first is kept. */
    public Answer and(Answer other) {
        return isYes() || other.isNo() ? other : this;
    }

    /** Whether one of them is true; the other one is evaluated only if it matters. Of two reasons, the first is kept. */
    public Answer or(Supplier<Answer> other) {
        return isYes() ? this : or(other.get());
    }

    /** Whether one of them is true; of two reasons, the first is kept. */
    public Answer or(Answer other) {
        return not().and(other.not()).not();
    }
}
