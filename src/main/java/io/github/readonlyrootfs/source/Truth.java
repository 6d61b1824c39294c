// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * Whether something is true, as far as the files show. {@link #and}, {@link #or} and {@link #not} are those of Kleene's
 * strong three-valued logic: a result is known as soon as it is the same for both values of what is unknown.
 */
public enum Truth {
    TRUE,
    FALSE,
    UNKNOWN;

    public static Truth of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** Whether a thing passes a test; unknown of a thing that is unknown, and therefore empty. */
    public static <T> Truth of(Optional<T> thing, Predicate<? super T> test) {
        return thing.isPresent() ? of(test.test(thing.get())) : UNKNOWN;
    }

    public Truth not() {
        return switch (this) {
            case TRUE -> FALSE;
            case FALSE -> TRUE;
            case UNKNOWN -> UNKNOWN;
        };
    }

    public Truth and(Truth other) {
        if (isFalse() || other.isFalse()) {
            return FALSE;
        }
        return isTrue() ? other : this;
    }

    public Truth or(Truth other) {
        return not().and(other.not()).not();
    }

    public boolean isTrue() {
        return this == TRUE;
    }

    public boolean isFalse() {
        return this == FALSE;
    }

    public boolean isUnknown() {
        return this == UNKNOWN;
    }
}
