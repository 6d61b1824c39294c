// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.List;
import java.util.Optional;

/** The words that programs in Go take for true and false, see {@code strconv.ParseBool}. */
public final class GoBoolean {

    private static final List<String> TRUE = List.of("1", "t", "T", "TRUE", "true", "True");
    private static final List<String> FALSE = List.of("0", "f", "F", "FALSE", "false", "False");

    private GoBoolean() {}

    /** The value of a word; empty for any other word. */
    public static Optional<Boolean> parse(String word) {
        return TRUE.contains(word) ? Optional.of(true) : FALSE.contains(word) ? Optional.of(false) : Optional.empty();
    }
}
