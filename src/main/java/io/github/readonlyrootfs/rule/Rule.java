package io.github.readonlyrootfs.rule;

import java.util.function.Consumer;

/** One thing that can be wrong with a task. */
public interface Rule {

    /** Kebab-case; says what is wrong. */
    String id();

    /** The severity of its findings unless the user sets another one. */
    Severity defaultSeverity();

    /**
     * Whether its findings hold only under a read-only root, as those about paths do: for a container whose root is
     * still writable they are a warning of what is to come.
     */
    default boolean judgesPaths() {
        return false;
    }

    /** Reports what is wrong with the task, in any order. */
    void check(CheckedTask task, Consumer<Finding> findings);
}
