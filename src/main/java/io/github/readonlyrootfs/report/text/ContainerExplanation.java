// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.message.GapText;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that is known of a container on one platform. */
record ContainerExplanation(JudgedContainer on, NeedFixes fixes) {

    /** What needs attention comes first. */
    private static final List<WriteAccess> ORDER = List.of(
            WriteAccess.CANNOT_START,
            WriteAccess.READ_ONLY,
            WriteAccess.NOT_PERMITTED,
            WriteAccess.UNKNOWN,
            WriteAccess.WRITABLE);

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("container " + on.task().nameOf(on.container()) + " on " + on.platform()
                + on.verdict()
                        .map(verdict -> ": " + VerdictText.of(on, verdict))
                        .orElse(""));
        lines.addAll(facts().lines("  "));
        lines.add("  mounts" + (on.runtime().mounts().isEmpty() ? ": none" : ""));
        lines.addAll(mounts().lines("    "));
        lines.addAll(engineMounts().lines("    "));
        List<Verdict> verdicts = verdicts();
        List<Verdict> listed = new ArrayList<>();
        List<Gap> gaps = on.container().gaps();
        lines.add("  needs" + (verdicts.isEmpty() ? on.container().declaresNeeds() ? ": none" : ": none known" : ""));
        for (Need.Impact impact : Need.Impact.values()) {
            List<Verdict> group = verdicts.stream()
                    .filter(verdict -> verdict.need().impact() == impact)
                    .toList();
            if (!group.isEmpty()) {
                lines.add("    " + impact.word());
                lines.addAll(needs(group, listed).lines("      "));
            }
        }
        VerdictText.onlyObserved(on.container()).forEach(line -> lines.add("  " + line));
        if (!gaps.isEmpty()) {
            lines.add("  gaps");
            lines.addAll(gaps(gaps).lines("    "));
        }
        return lines;
    }

    private Table facts() {
        Table facts = new Table();
        new ContainerFacts(on).all().forEach(fact -> facts.row(fact.label(), fact.text()));
        return facts;
    }

    private Table mounts() {
        Table table = new Table();
        List<Mount> mounts = on.runtime().mounts().stream()
                .filter(mount -> !isEngines(mount))
                .sorted(Comparator.comparing(Mount::path))
                .toList();
        if (!mounts.isEmpty()) {
            table.row("PATH", "KIND", "FROM", "OWNER", "MODE", "FLAGS", "CONTENT");
        }
        for (Mount mount : mounts) {
            table.row(
                    RuntimeWords.path(mount),
                    RuntimeWords.kind(mount),
                    RuntimeWords.origin(mount),
                    RuntimeWords.owner(mount.root().ownership()),
                    RuntimeWords.mode(mount.root().ownership()),
                    RuntimeWords.flags(mount),
                    RuntimeWords.content(mount));
        }
        return table;
    }

    /** The mounts that every container has, in a line for each kind. */
    private Table engineMounts() {
        Map<String, List<String>> paths = new LinkedHashMap<>();
        on.runtime().mounts().stream()
                .filter(ContainerExplanation::isEngines)
                .sorted(Comparator.comparing(Mount::path))
                .forEach(mount -> paths.computeIfAbsent(
                                mount.readOnly() ? "read-only" : "writable", kind -> new ArrayList<>())
                        .add(RuntimeWords.path(mount)));
        Table table = new Table();
        paths.forEach((kind, all) -> table.row("the engine's own, " + kind + ": " + String.join(" ", all)));
        return table;
    }

    private static boolean isEngines(Mount mount) {
        return mount.is(Mount.Kind.ENGINE);
    }

    private List<Verdict> verdicts() {
        return on.allVerdicts()
                .sorted(Comparator.comparingInt((Verdict verdict) ->
                                ORDER.indexOf(verdict.access().verdict()))
                        .thenComparing(Verdict::path))
                .toList();
    }

    /**
     * The rows of some verdicts. One that is as another above it, for its path or a directory that this is in, has the same
     * reason and the same fix.
     *
     * @param listed those that have been listed in full, in this table or one before; more are added
     */
    private Table needs(List<Verdict> verdicts, List<Verdict> listed) {
        Table table = new Table();
        for (Verdict verdict : verdicts) {
            Need need = verdict.need();
            Optional<Verdict> above = listed.stream()
                    .filter(other -> isAs(verdict, other)
                            && need.executable() == other.need().executable())
                    .findFirst();
            table.row(
                    path(verdict) + (need.executable() ? ", executable" : ""),
                    String.valueOf(verdict.access().verdict()),
                    above.map(other -> other.path().equals(verdict.path()) ? "as above" : "as " + other.path())
                            .orElseGet(() -> ReasonText.of(verdict.access().reason())));
            for (Evidence evidence : need.evidence()) {
                table.row("", RuntimeWords.lowerCase(evidence.kind()), RuntimeWords.evidence(evidence));
            }
            if (above.isEmpty()) {
                listed.add(verdict);
                help(verdict, table);
            }
        }
        return table;
    }

    private static boolean isAs(Verdict verdict, Verdict other) {
        return verdict.path().isAtOrBelow(other.path())
                && verdict.access().verdict() == other.access().verdict()
                && ReasonText.of(verdict.access().reason())
                        .equals(ReasonText.of(other.access().reason()));
    }

    private void help(Verdict verdict, Table table) {
        String label = "help";
        for (String line : fixes.of(on, verdict)) {
            table.verbatim("", label, line);
            label = "";
        }
    }

    private static Table gaps(List<Gap> gaps) {
        Table table = new Table();
        for (Gap gap : gaps) {
            table.row("could hide a " + RuntimeWords.lowerCase(gap.hides()) + " need", GapText.withReason(gap));
            gap.evidence().location().ifPresent(place -> table.row("", RuntimeWords.evidence(gap.evidence())));
        }
        return table;
    }

    /** The path that decided, and the ones that would have done as well. */
    private String path(Verdict verdict) {
        List<String> others = verdict.need().alternatives().stream()
                .filter(path -> !path.equals(verdict.path()))
                .map(ContainerPath::toString)
                .toList();
        return verdict.path()
                + on.linkIn(verdict.path())
                + (others.isEmpty() ? "" : " (or " + String.join(", ", others) + ")");
    }
}
