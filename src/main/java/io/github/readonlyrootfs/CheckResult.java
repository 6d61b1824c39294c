package io.github.readonlyrootfs;

import io.github.readonlyrootfs.rule.CheckedTasks;
import io.github.readonlyrootfs.rule.Finding;
import io.github.readonlyrootfs.rule.Severity;
import java.util.List;

/**
 * A check's outcome.
 *
 * @param findings sorted; suppressed ones included
 */
public record CheckResult(CheckedTasks tasks, List<Finding> findings) {

    /** How many findings of a severity count. */
    public long count(Severity severity) {
        return findings.stream()
                .filter(finding -> !finding.isSuppressed() && finding.severity() == severity)
                .count();
    }
}
