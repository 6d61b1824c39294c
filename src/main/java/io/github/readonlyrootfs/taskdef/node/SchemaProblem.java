// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import io.github.readonlyrootfs.source.Problem;
import java.util.Optional;

/**
 * Where a file departs from ECS's schema.
 *
 * @param container the name of the container it is in, if any
 * @param key the key it is about, as the file has it
 */
public record SchemaProblem(Kind kind, Problem problem, Optional<String> container, Optional<String> key) {

    /** A problem of no key in particular. */
    public SchemaProblem(Kind kind, Problem problem, Optional<String> container) {
        this(kind, problem, container, Optional.empty());
    }

    public SchemaProblem(Kind kind, Problem problem, Optional<String> container, String key) {
        this(kind, problem, container, Optional.of(key));
    }

    public enum Kind {
        /** It cannot be read as a task definition. */
        INVALID,
        /** A key that ECS does not have. */
        UNKNOWN_FIELD,
        /** A value of another type, judged as the value it spells. */
        WRONG_TYPE,
        /** A key that occurs twice in one object: the last one counts. */
        DUPLICATE_KEY
    }
}
