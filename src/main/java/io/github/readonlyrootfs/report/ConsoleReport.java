package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.rule.CheckedTask;
import io.github.readonlyrootfs.rule.Finding;
import io.github.readonlyrootfs.rule.Severity;
import java.util.List;

/** Findings as a compiler would print them. */
public final class ConsoleReport {

    private final CheckedTask task;
    private final List<Finding> findings;

    /** @param findings sorted; suppressed ones included */
    public ConsoleReport(CheckedTask task, List<Finding> findings) {
        this.task = task;
        this.findings = List.copyOf(findings);
    }

    /** A line to print. It ends with no blank and no line feed. */
    public record Line(Severity severity, String text) {}

    /** Errors and warnings with their excerpts; what is suppressed and infos are left out. */
    public List<Line> lines() {
        throw new UnsupportedOperationException(task + " " + findings);
    }

    /** What was checked, in one line, for a check that does not fail the build. */
    public String okLine() {
        throw new UnsupportedOperationException(task + " " + findings);
    }

    /** How many errors and warnings there are, and the first of the worst, in one line. */
    public String failureMessage() {
        throw new UnsupportedOperationException(task + " " + findings);
    }
}
