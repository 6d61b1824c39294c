package io.github.readonlyrootfs.rule;

/** How bad a finding is, worst first. */
public enum Severity {
    ERROR,
    WARNING,
    INFO
}
