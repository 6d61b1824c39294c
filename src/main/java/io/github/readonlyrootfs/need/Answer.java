// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether something holds.
 *
 * @param holds false too where nobody knows
 * @param doubt why nobody knows, as half a sentence; empty where it is known
 */
public record Answer(boolean holds, Optional<String> doubt) {

    public static final Answer YES = new Answer(true, Optional.empty());
    public static final Answer NO = new Answer(false, Optional.empty());

    public static Answer of(boolean holds) {
        return holds ? YES : NO;
    }

    public static Answer unknown(String doubt) {
        return new Answer(false, Optional.of(doubt));
    }

    public boolean isNo() {
        return !holds && doubt.isEmpty();
    }

    public Answer not() {
        return doubt.isPresent() ? this : of(!holds);
    }

    /** Whether this and another hold, which is asked only where that matters. */
    public Answer and(Supplier<Answer> other) {
        if (isNo()) {
            return this;
        }
        Answer second = other.get();
        return holds || second.isNo() ? second : this;
    }

    /** Whether this or another holds, which is asked only where that matters. */
    public Answer or(Supplier<Answer> other) {
        return not().and(() -> other.get().not()).not();
    }
}
