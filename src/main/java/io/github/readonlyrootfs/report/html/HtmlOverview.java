// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.html;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
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
import java.util.EnumMap;
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
        List<Platform> platforms = tasks.all().stream()
                .flatMap(task -> task.platforms().judged().stream())
                .distinct()
                .sorted()
                .toList();
        List<String> titles = new ArrayList<>(List.of("Container", "Root file system", "Findings"));
        platforms.forEach(platform -> titles.add("On " + platform));
        parts.table("overview", "Containers, and whether they can write what they need", titles);
        for (TaskAnalysis task : tasks.all()) {
            for (ContainerAnalysis container : task.containers()) {
                row(task, container, platforms);
            }
        }
        html.close().close().line();
        if (tasks.containers().isEmpty()) {
            html.element("p", "No container is known: the findings say why.").line();
        }
        html.close().line();
    }

    private void row(TaskAnalysis task, ContainerAnalysis container, List<Platform> platforms) throws IOException {
        html.open("tr", "role", "row").open("th", "scope", "row", "role", "rowheader");
        html.element("a", HtmlContainer.name(task, container), "href", "#" + HtmlContainer.id(++done))
                .close();
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
        Map<Platform, JudgedContainer> judged = new EnumMap<>(Platform.class);
        for (JudgedContainer on : JudgedContainer.all(task, container)) {
            judged.put(on.platform(), on);
        }
        for (Platform platform : platforms) {
            parts.cell("On " + platform);
            JudgedContainer on = judged.get(platform);
            if (on == null) {
                parts.chip("none", "not judged");
            } else {
                verdict(on);
                needs(on.verdicts(), container.gaps().size());
            }
            html.close();
        }
        html.close().line();
    }

    private void verdict(JudgedContainer on) throws IOException {
        if (on.verdict().isPresent()) {
            String tone = switch (on.verdict().get()) {
                case FAILS -> "bad";
                case UNPROVEN -> "unsure";
                case PROVEN -> "good";
            };
            parts.chip(tone, VerdictText.of(on, on.verdict().get()));
        }
    }

    private void needs(List<Verdict> verdicts, int unresolved) throws IOException {
        long refused = verdicts.stream()
                .filter(verdict -> isRefused(verdict) && verdict.need().impact() != Need.Impact.TOLERATED)
                .count();
        long optional = verdicts.stream().filter(HtmlOverview::isRefused).count() - refused;
        long unknown = unresolved + count(verdicts, WriteAccess.UNKNOWN);
        long writable = count(verdicts, WriteAccess.WRITABLE);
        needs("bad", refused, "not writable");
        needs("unsure", unknown, "unknown");
        needs("doubt", optional, "optional, not writable");
        needs("good", writable, "writable");
        if (verdicts.isEmpty() && unresolved == 0) {
            parts.chip("none", "none known");
        }
    }

    private void needs(String tone, long number, String what) throws IOException {
        if (number > 0) {
            parts.chip(tone, number + " " + what);
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
