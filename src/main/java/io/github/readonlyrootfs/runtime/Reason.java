// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime;

import io.github.readonlyrootfs.source.Value;
import java.util.Optional;

/**
 * Why a write gets the answer it gets, why a mounted directory has its owner, or why one of these cannot be determined. Values:
 * they are compared as they are, and the package {@code message} has the words for them.
 */
public sealed interface Reason permits AccessReason, OwnerReason, Reason.OfValue, UnknownStart, UnknownUser {

    /** The value of the files that is not known, where that is the reason. */
    default Optional<Value.Unknown<?>> unknownValue() {
        return Optional.empty();
    }

    /** A value of the files that is not known. */
    non-sealed interface OfValue extends Reason {

        Value.Unknown<?> value();

        @Override
        default Optional<Value.Unknown<?>> unknownValue() {
            return Optional.of(value());
        }
    }
}
