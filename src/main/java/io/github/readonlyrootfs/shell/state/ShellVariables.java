// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.state;

import io.github.readonlyrootfs.source.VersionedMap;

/**
 * The variables that a shell has set.
 *
 * @param open whether others may be set: an unknown script has been read
 */
record ShellVariables(VersionedMap<ShellVariable> known, boolean open) {

    static final ShellVariables NONE = new ShellVariables(VersionedMap.empty(), false);

    ShellVariables with(String name, ShellVariable value) {
        return new ShellVariables(known.with(name, value), open);
    }

    /** After an unknown script, which may have set any of them. */
    ShellVariables forgotten() {
        return new ShellVariables(
                known.map((name, variable) -> ShellVariable.either(variable, ShellVariable.UNKNOWN)), true);
    }

    /** What both have in common. */
    ShellVariables either(ShellVariables other) {
        return new ShellVariables(
                known.merge(other.known, ShellVariable.UNKNOWN, ShellVariable.UNKNOWN, ShellVariable::either),
                open || other.open);
    }

    /** Whether nothing has been set since. */
    @SuppressWarnings("ReferenceEquality") // A map that is changed is another one.
    boolean sameAs(ShellVariables other) {
        return known == other.known && open == other.open;
    }
}
