package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.rule.CheckedContainer;
import io.github.readonlyrootfs.rule.CheckedContainer.Verdict;
import io.github.readonlyrootfs.rule.CheckedTask;
import io.github.readonlyrootfs.rule.Finding;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What findings say against needs that are refused. */
final class Cures {

    private static final String NOT_EXECUTABLE = "path-not-executable";

    /** The rules whose findings are about one refused path, the one that counts most first. */
    private static final List<String> RULES = List.of(
            "path-not-writable", "path-not-permitted", NOT_EXECUTABLE, "path-access-unknown", "mount-not-usable");

    private record About(Optional<String> resource, String container, ContainerPath path, String rule) {}

    private final Map<About, List<Finding>> findings = new HashMap<>();

    Cures(List<Finding> all) {
        for (Finding finding : all) {
            if (finding.container().isPresent() && finding.path().isPresent() && RULES.contains(finding.rule())) {
                About about = new About(
                        finding.resource(),
                        finding.container().get(),
                        finding.path().get(),
                        finding.rule());
                findings.computeIfAbsent(about, key -> new ArrayList<>()).add(finding);
            }
        }
    }

    /**
     * What to do about a need, line by line, with the place that it speaks from; none where nothing is to be done, or
     * nobody knows what. What is said of a directory helps what is below it too.
     */
    List<String> of(CheckedTask task, CheckedContainer container, Platform platform, Verdict verdict) {
        boolean writable = verdict.access().verdict() == WriteAccess.WRITABLE;
        if (writable && !verdict.need().executable()) {
            return List.of();
        }
        return Stream.concat(
                        Stream.iterate(verdict.path(), path -> !path.isRoot(), ContainerPath::parent),
                        Stream.of(ContainerPath.ROOT))
                .flatMap(path -> RULES.stream()
                        .filter(rule -> !writable || rule.equals(NOT_EXECUTABLE))
                        .map(rule -> new About(
                                task.resource(), container.definition().name(), path, rule)))
                .flatMap(about -> findings.getOrDefault(about, List.of()).stream())
                .filter(finding ->
                        finding.platforms().isEmpty() || finding.platforms().contains(platform))
                .findFirst()
                .map(finding -> (Words.place(finding.location()) + " " + finding.help())
                        .lines()
                        .toList())
                .orElse(List.of());
    }
}
