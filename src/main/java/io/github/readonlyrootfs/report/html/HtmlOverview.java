// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.html;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.ContainerVerdict;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.report.text.Markup;
import io.github.readonlyrootfs.report.text.VerdictText;
import io.github.readonlyrootfs.report.text.Wording;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All containers at a glance, for a browser. */
final class HtmlOverview {

    static final String ID = "overview";

    private final Markup html;
    private final HtmlParts parts;
    private final HtmlFindings findings;

    /** How many containers have been written. */
    private int done;

    HtmlOverview(Markup html, HtmlFindings findings) {
        this.html = html;
        this.parts = new HtmlParts(html);
        this.findings = findings;
    }

    void write(Analysis tasks) throws IOException {
        parts.section(ID, "Overview");
        List<Row> rows = new ArrayList<>();
        for (TaskAnalysis task : tasks.all()) {
            for (ContainerAnalysis container : task.containers()) {
                rows.add(Row.of(task, container));
            }
        }
        // A column for each platform, but one for those on which all containers fare the same.
        Map<List<List<Chip>>, List<Platform>> columns = new LinkedHashMap<>();
        for (Platform platform : Platform.values()) {
            if (rows.stream().anyMatch(row -> row.chips().containsKey(platform))) {
                List<List<Chip>> column =
                        rows.stream().map(row -> row.on(platform)).toList();
                columns.computeIfAbsent(column, key -> new ArrayList<>()).add(platform);
            }
        }
        List<String> titles = new ArrayList<>(List.of("Container", "Root file system", "Findings"));
        columns.values().forEach(platforms -> titles.add(title(platforms)));
        parts.table("overview", "Containers, and whether they can write what they need", titles);
        for (Row row : rows) {
            row(row, columns.values());
        }
        html.close().close().line();
        if (tasks.containers().isEmpty()) {
            html.element("p", "No container is known: the findings say why.").line();
        }
        html.close().line();
    }

    /** A word or two about a container on a platform. */
    private record Chip(String tone, String text) {}

    /** A container, and how it fares on the platforms on which it is judged. */
    private record Row(TaskAnalysis task, ContainerAnalysis container, Map<Platform, List<Chip>> chips) {

        static Row of(TaskAnalysis task, ContainerAnalysis container) {
            Map<Platform, List<Chip>> chips = new EnumMap<>(Platform.class);
            for (JudgedContainer on : JudgedContainer.all(task, container)) {
                List<Chip> there = new ArrayList<>();
                on.verdict().ifPresent(verdict -> there.add(new Chip(tone(verdict), VerdictText.of(on, verdict))));
                addNeeds(there, on.verdicts(), container.gaps().size());
                chips.put(on.platform(), there);
            }
            return new Row(task, container, chips);
        }

        List<Chip> on(Platform platform) {
            return chips.getOrDefault(platform, List.of(new Chip("none", "not judged")));
        }
    }

    private static String title(List<Platform> platforms) {
        return "On " + Wording.and(platforms.stream().map(Platform::name).toList());
    }

    private void row(Row row, Collection<List<Platform>> columns) throws IOException {
        TaskAnalysis task = row.task();
        ContainerAnalysis container = row.container();
        html.open("tr", "role", "row").open("th", "scope", "row", "role", "rowheader");
        html.open("a", "href", "#" + HtmlContainer.id(++done));
        parts.name(HtmlContainer.name(task, container));
        html.close().close();
        Value<Boolean> flag = container.definition().fileSystem().readonlyRootFilesystem();
        boolean readOnly = flag.known().orElse(false);
        parts.cell("Root file system");
        if (task.isWindows()) {
            parts.chip("none", "unsupported on Windows");
        } else if (flag.isUnknown()) {
            parts.chip("unsure", "unknown");
        } else {
            parts.chip(readOnly ? "good" : "bad", readOnly ? "read-only" : "not read-only");
        }
        html.close();
        List<Finding> about = findings.of(task, container);
        parts.cell("Findings");
        boolean none = true;
        for (Severity severity : Severity.values()) {
            Optional<String> counts = Wording.count(about, severity);
            if (counts.isPresent()) {
                parts.chip(HtmlParts.tone(severity), counts.get());
                none = false;
            }
        }
        if (none) {
            parts.chip("good", "none");
        }
        html.close();
        for (List<Platform> platforms : columns) {
            parts.cell(title(platforms));
            for (Chip chip : row.on(platforms.get(0))) {
                parts.chip(chip.tone(), chip.text());
            }
            html.close();
        }
        html.close().line();
    }

    private static String tone(ContainerVerdict verdict) {
        return switch (verdict) {
            case FAILS -> "bad";
            case UNPROVEN -> "unsure";
            case PROVEN -> "good";
        };
    }

    private static void addNeeds(List<Chip> chips, List<Verdict> verdicts, int unresolved) {
        long refused = verdicts.stream()
                .filter(verdict -> isRefused(verdict) && verdict.need().impact() != Need.Impact.TOLERATED)
                .count();
        long optional = verdicts.stream().filter(HtmlOverview::isRefused).count() - refused;
        add(chips, "bad", refused, "not writable");
        add(chips, "unsure", unresolved + count(verdicts, WriteAccess.UNKNOWN), "unknown");
        add(chips, "doubt", optional, "optional, not writable");
        add(chips, "good", count(verdicts, WriteAccess.WRITABLE), "writable");
        if (verdicts.isEmpty() && unresolved == 0) {
            chips.add(new Chip("none", "none known"));
        }
    }

    private static void add(List<Chip> chips, String tone, long number, String what) {
        if (number > 0) {
            chips.add(new Chip(tone, number + " " + what));
        }
    }

    private static long count(List<Verdict> verdicts, WriteAccess access) {
        return verdicts.stream()
                .filter(verdict -> verdict.access().verdict() == access)
                .count();
    }

    private static boolean isRefused(Verdict verdict) {
        return switch (verdict.access().verdict()) {
            case READ_ONLY, NOT_PERMITTED, CANNOT_START -> true;
            case WRITABLE, UNKNOWN -> false;
        };
    }
}
