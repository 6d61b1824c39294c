// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.report.excerpt.PublicTexts;
import io.github.readonlyrootfs.rule.Rules;
import io.github.readonlyrootfs.rule.engine.Rule.Trait;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What findings say against needs that are refused. */
public final class NeedFixes {

    private static final Set<String> EXECUTION = Rules.ids(Trait.EXECUTION);

    private static final Set<String> ALL =
            Stream.concat(Rules.ids(Trait.REFUSAL).stream(), EXECUTION.stream()).collect(Collectors.toSet());

    private record About(Optional<String> resource, String container, ContainerPath path) {}

    private final Map<About, List<Finding>> findings = new HashMap<>();

    private final Helps helps;

    public NeedFixes(Analysis tasks, List<Finding> all) {
        this.helps = new Helps(tasks, new PublicTexts(tasks));
        for (Finding finding : all) {
            if (finding.path().isPresent() && ALL.contains(finding.rule())) {
                for (String container : finding.containers()) {
                    About about = new About(
                            finding.resource(), container, finding.path().get());
                    findings.computeIfAbsent(about, key -> new ArrayList<>()).add(finding);
                }
            }
        }
    }

    /**
     * What to do about a need, line by line; empty if there is nothing to do or the fix is unknown.
     */
    List<String> of(JudgedContainer on, Verdict verdict) {
        if (verdict.access().verdict() != WriteAccess.WRITABLE) {
            return of(on, verdict.path());
        }
        return verdict.need().executable() ? of(on, verdict.path(), EXECUTION) : List.of();
    }

    /** What to do about a path that cannot be written. */
    List<String> of(JudgedContainer on, ContainerPath path) {
        return of(on, path, ALL);
    }

    private List<String> of(JudgedContainer on, ContainerPath path, Set<String> rules) {
        return finding(on, path, rules)
                .map(finding -> helps.apart(finding).lines().toList())
                .orElse(List.of());
    }

    /** The finding about a path that cannot be written. */
    public Optional<Finding> finding(JudgedContainer on, ContainerPath path) {
        return finding(on, path, ALL);
    }

    /** A finding about a directory is about what is below it too. */
    private Optional<Finding> finding(JudgedContainer on, ContainerPath path, Set<String> rules) {
        return path.upwards()
                .flatMap(at -> findings.getOrDefault(new About(on.task().resource(), on.name(), at), List.of()).stream()
                        .filter(finding -> rules.contains(finding.rule()))
                        .sorted(Comparator.comparing(Finding::severity).thenComparing(Comparator.naturalOrder())))
                .filter(finding ->
                        finding.platforms().isEmpty() || finding.platforms().contains(on.platform()))
                .findFirst();
    }
}
