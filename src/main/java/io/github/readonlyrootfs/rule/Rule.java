package io.github.readonlyrootfs.rule;

import java.util.function.Consumer;

/** One thing that can be wrong with a task. */
public interface Rule {

    /** Kebab-case; says what is wrong. */
    String id();

    /** The severity of its findings unless the user sets another one. */
    Severity defaultSeverity();

    /** Reports what is wrong with the task, in any order. */
    void check(CheckedTask task, Consumer<Finding> findings);
}
