// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import java.util.Set;

/** A check for one problem. Its kind decides how often it runs. */
public sealed interface Rule permits DockerfileRule, TaskRule, ContainerRule, UnusedIgnore, OutdatedBaseline {

    /** Names the problem: the class's name in kebab-case. */
    default String id() {
        String name = getClass().getSimpleName();
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char letter = name.charAt(i);
            if (Character.isUpperCase(letter) && i > 0) {
                id.append('-');
            }
            id.append(Character.toLowerCase(letter));
        }
        return id.toString();
    }

    /** The severity of its findings unless the user sets another one. */
    default Severity defaultSeverity() {
        return RulePage.of(id()).severity();
    }

    /**
     * Whether its findings hold only under a read-only root, as those about paths do: for a container whose root is
     * still writable they are a warning.
     */
    default boolean judgesPaths() {
        return false;
    }

    /**
     * Whether its findings say what is not known, which a read-only root does not change: only their severity waits for
     * it.
     */
    default boolean saysWhatIsUnknown() {
        return false;
    }

    /** Whether it judges containers, not the task or its files. */
    default boolean judgesContainers() {
        return this instanceof ContainerRule;
    }

    /** What its findings mean for the trial of an edit. */
    enum Trait {
        /** They may only become visible with an edit, which does not cause them. */
        CONSEQUENCE,
        /** The same, and they are about a path that cannot, or perhaps cannot, be written. */
        REFUSAL,
        /** They are about code that cannot be loaded from a path. */
        EXECUTION,
        /** A new mount fixes them. */
        MOUNTED,
        /** Their edit makes the root read-only, with which every refused write fails. */
        READ_ONLY_ROOT,
        /** They are about what most projects do without: a baseline, ignores, the record of a run. */
        OPTIONAL_INPUT
    }

    default Set<Trait> traits() {
        return Set.of();
    }

    /** A problem that was found while reading a file. */
    default Finding finding(Problem problem) {
        return finding(problem.location(), problem.message(), Remedy.advice(problem.help()));
    }

    /** A finding of this rule that is about no particular container, path or platform. */
    default Finding finding(Location location, String message, Remedy remedy) {
        return Finding.of(id(), defaultSeverity(), location, message, remedy);
    }
}
