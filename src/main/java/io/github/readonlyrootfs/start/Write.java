// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.program.Effect;
import io.github.readonlyrootfs.program.Effect.Trait;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;

/**
 * A file or directory that a command writes.
 *
 * @param effect with the word that names it
 * @param operand that word
 * @param inside whether the path is a directory, in which an unknown file is written
 * @param mayExist whether the image may have it, and nothing is written then
 */
public record Write(Effect effect, Field operand, Value<ContainerPath> path, boolean inside, boolean mayExist) {

    /** Whether its missing parents are made. */
    public boolean createsParents() {
        return effect.is(Trait.PARENTS);
    }

    /** Whether it goes to the working directory because the command names no other place. */
    public boolean goesToWorkingDirectory() {
        return effect.kind() == Effect.Kind.FILLS && operand.is(".");
    }
}
