package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Problem;
import java.util.Optional;

/**
 * Where a file departs from ECS's schema.
 *
 * @param container the name of the container it is in, if any
 */
public record SchemaProblem(Kind kind, Problem problem, Optional<String> container) {

    public enum Kind {
        /** It cannot be read as a task definition. */
        INVALID,
        /** A key that ECS does not have. */
        UNKNOWN_FIELD,
        /** A value of another type, judged as the value it spells. */
        WRONG_TYPE,
        /** A key that stands twice in one object: the last one counts. */
        DUPLICATE_KEY
    }
}
