// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.baseline.Baseline;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.rule.engine.OutdatedBaseline;
import java.util.List;
import java.util.stream.Stream;

/**
 * A check's outcome.
 *
 * @param findings sorted; suppressed ones included
 */
public record CheckResult(Analysis tasks, List<Finding> findings) {

    /**
     * The same without what a baseline lists: known findings are suppressed, and an entry that has become superfluous is a
     * finding of its own.
     *
     * @param request of this check
     */
    public CheckResult against(Baseline baseline, CheckRequest request) {
        Baseline.Comparison comparison = baseline.compare(
                request.taskDefinition().file().written(),
                request.taskDefinition().resource(),
                findings);
        if (comparison.fixed().isEmpty()) {
            return new CheckResult(tasks, comparison.findings());
        }
        OutdatedBaseline rule = new OutdatedBaseline();
        Stream<Finding> outdated = request.policy().off().contains(rule.id())
                ? Stream.empty()
                : comparison.fixed().stream()
                        .map(entry -> rule.finding(entry.words(), entry.location()))
                        .map(finding ->
                                finding.as(request.policy().severities().getOrDefault(rule.id(), finding.severity())));
        return new CheckResult(
                tasks,
                Stream.concat(comparison.findings().stream(), outdated).sorted().toList());
    }
}
