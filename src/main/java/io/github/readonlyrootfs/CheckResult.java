// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import java.util.List;

/**
 * A check's outcome.
 *
 * @param findings sorted; suppressed ones included
 */
public record CheckResult(Analysis tasks, List<Finding> findings) {

    /** How many findings of a severity count. */
    public long count(Severity severity) {
        return findings.stream()
                .filter(finding -> !finding.isSuppressed() && finding.severity() == severity)
                .count();
    }
}
