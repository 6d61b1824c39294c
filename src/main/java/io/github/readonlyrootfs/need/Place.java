package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.Located;

/** Where the parts of a text stand. */
@FunctionalInterface
interface Place {

    /** The place of a part, from one index (inclusive) to another (exclusive). */
    Location of(int start, int end);

    /** A text that stands in one place as a whole. */
    static Place whole(Location location) {
        return (start, end) -> location;
    }

    /** A string of a task definition: its parts have places of their own where it is written in one line without escapes. */
    static Place in(Located<String> string) {
        Location all = string.location();
        int width = all.endColumn() - all.column();
        int quotes = width - string.value().length();
        if (all.line() != all.endLine() || (quotes != 0 && quotes != 2)) {
            return whole(all);
        }
        int first = all.column() + quotes / 2;
        return (start, end) -> new Location(all.file(), all.line(), first + start, all.line(), first + end);
    }
}
