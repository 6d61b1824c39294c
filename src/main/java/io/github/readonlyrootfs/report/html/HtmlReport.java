// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.html;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.ContainerVerdict;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.data.DataFiles;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.message.PlainText;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.Markup;
import io.github.readonlyrootfs.report.text.NeedFixes;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.Wording;
import io.github.readonlyrootfs.runtime.Platform;
import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known, as one page for a browser: the findings, and each container's file system. It holds no script and
 * loads nothing. However much there is to say, a browser can show it: what matters most comes first, the rest is counted.
 */
public final class HtmlReport {

    /** Containers on platforms whose file systems are shown. */
    private static final int MAX_TREES = 500;

    /** Paths that all file systems together show. */
    private static final int MAX_PATHS = 10_000;

    private static final int MIN_PATHS = 10;
    private static final int MAX_PATHS_OF_ONE = 500;
    private static final int MAX_SUMMARY = 20_000;

    private static final String CONTAINERS = "containers";

    private final Markup html;
    private final Writer out;
    private final Analysis tasks;
    private final ReportSettings settings;
    private final NeedFixes fixes;
    private final List<Finding> all;
    private final HtmlParts parts;
    private final HtmlFindings findings;

    private HtmlReport(Analysis tasks, List<Finding> all, ReportSettings settings, Writer out) {
        this.out = out;
        this.html = new Markup(out);
        this.parts = new HtmlParts(html);
        this.tasks = tasks;
        this.settings = settings;
        this.fixes = new NeedFixes(tasks, all);
        this.all = all;
        this.findings = new HtmlFindings(html, tasks, all, settings);
    }

    /**
     * Writes the report, as UTF-8.
     *
     * @param findings sorted; suppressed ones included
     */
    public static void write(Analysis tasks, List<Finding> findings, ReportSettings settings, Writer text)
            throws IOException {
        new HtmlReport(tasks, findings, settings, text).write();
    }

    private void write() throws IOException {
        out.write("<!DOCTYPE html>\n");
        html.open("html", "lang", "en").line();
        head();
        html.open("body").line();
        html.element("a", "Skip to the findings", "class", "skip", "href", "#" + HtmlFindings.ID)
                .line();
        top();
        html.open("main").line();
        new HtmlOverview(html, findings).write(tasks);
        findings.write();
        containers();
        html.close().line();
        html.open("footer").open("p");
        html.element("a", ReportSettings.PLUGIN_NAME, "href", ReportSettings.PLUGIN_URL)
                .text(" " + settings.pluginVersion())
                .close()
                .close()
                .line();
        html.close().line().close().line();
    }

    private void head() throws IOException {
        html.open("head").line();
        html.empty("meta", "charset", "utf-8").line();
        html.empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
                .line();
        // The page needs nothing else, even if a file of the project has a strange name.
        html.empty(
                        "meta",
                        "http-equiv",
                        "Content-Security-Policy",
                        "content",
                        "default-src 'none'; style-src 'unsafe-inline'")
                .line();
        html.empty("meta", "name", "referrer", "content", "no-referrer").line();
        html.element(
                        "title",
                        (settings.project().isEmpty() ? "" : settings.project() + ": ") + file()
                                + " with a read-only root file system")
                .line();
        out.write("<style>\n");
        out.write(DataFiles.text(HtmlReport.class, "report.css"));
        out.write("</style>\n");
        html.close().line();
    }

    /** One of many, where a repository has several modules. */
    private String file() {
        return HtmlParts.cut(settings.pathInRepository(tasks.taskDefinitionFile()));
    }

    private void top() throws IOException {
        boolean fails = all.stream().anyMatch(settings.fails());
        html.open("header").line();
        html.open("p", "class", "kind")
                .text("Read-only root file system"
                        + (settings.project().isEmpty() ? "" : " of " + HtmlParts.cut(settings.project())))
                .close();
        html.open("h1").element("code", file()).close().line();
        String counts = String.join(", ", Wording.counts(all, Severity.values()));
        html.open("p", "class", "verdict");
        boolean errors = Wording.number(all, Severity.ERROR) > 0;
        parts.chip(
                fails ? "bad" : errors ? "unsure" : "good",
                fails ? "Build fails" : errors ? "Build passes: failOn is never" : "Build passes");
        html.text(" " + (counts.isEmpty() ? "nothing found" : counts)).close().line();
        ConsoleReport console = new ConsoleReport(tasks, all);
        Optional<String> verdict = console.headline();
        if (verdict.isPresent()) {
            html.open("p")
                    .element("strong", PlainText.cut(verdict.get(), MAX_SUMMARY))
                    .close()
                    .line();
        }
        html.element("p", PlainText.cut(console.summary(), MAX_SUMMARY), "class", "quiet")
                .line();
        html.close().line();
        html.open("nav", "aria-label", "Contents").open("ul").line();
        link(HtmlOverview.ID, "Overview");
        link(HtmlFindings.ID, "Findings");
        link(CONTAINERS, "File systems");
        html.close().close().line();
    }

    private void link(String id, String text) throws IOException {
        html.open("li").element("a", text, "href", "#" + id).close().line();
    }

    private void containers() throws IOException {
        parts.section(CONTAINERS, "File systems");
        html.element(
                        "p",
                        "What each container's user can write under a read-only root, and what it needs. All other paths"
                                + " are read-only.")
                .line();
        html.open("p", "class", "quiet").text("If a write is refused, ");
        html.element("strong", "fatal").text(": the container does not work; ");
        html.element("strong", "feature").text(": something fails when it is used; ");
        html.element("strong", "optional").text(": it goes on without.").close().line();
        int trees = tasks.containers().stream()
                .mapToInt(container -> container.runtimes().size())
                .sum();
        int paths = Math.max(MIN_PATHS, Math.min(MAX_PATHS_OF_ONE, MAX_PATHS / Math.max(1, trees)));
        int left = 0;
        int done = 0;
        int number = 0;
        for (TaskAnalysis task : tasks.all()) {
            for (ContainerAnalysis container : task.containers()) {
                number++;
                if (done >= MAX_TREES) {
                    left++;
                } else {
                    container(task, container, HtmlContainer.id(number), paths);
                }
                done += container.runtimes().size();
            }
        }
        if (left > 0) {
            parts.more("and " + Wording.count(left, "more container") + " in the JSON report");
        }
        html.close().line();
    }

    private void container(TaskAnalysis task, ContainerAnalysis container, String id, int paths) throws IOException {
        // A container about which nothing is to be said opens when a link leads to it.
        boolean folded = findings.of(task, container).stream().noneMatch(Finding::isProblem)
                && JudgedContainer.all(task, container).stream()
                        .noneMatch(on -> on.verdict().equals(Optional.of(ContainerVerdict.UNPROVEN)));
        String name = HtmlContainer.name(task, container);
        if (folded) {
            html.open("details", "class", "folded").open("summary");
            html.element("span", name, "id", id + "-title").text(" ");
            parts.chip("good", "nothing found");
            html.close().line();
        }
        html.open("section", "id", id, "class", "container", "aria-labelledby", id + "-title")
                .line();
        if (!folded) {
            html.element("h3", name, "id", id + "-title").line();
        }
        // Most containers are the same on all platforms, and are shown once.
        Map<String, List<Platform>> texts = new LinkedHashMap<>();
        for (JudgedContainer judged : JudgedContainer.all(task, container)) {
            List<Finding> there = findings.of(task, container).stream()
                    .filter(finding ->
                            finding.platforms().isEmpty() || finding.platforms().contains(judged.platform()))
                    .toList();
            String text = new HtmlContainer(judged, there, fixes, findings::id).text("Paths of " + name, paths);
            texts.computeIfAbsent(text, key -> new ArrayList<>()).add(judged.platform());
        }
        for (Map.Entry<String, List<Platform>> text : texts.entrySet()) {
            html.element(
                            "p",
                            "on "
                                    + Wording.and(text.getValue().stream()
                                            .map(Platform::name)
                                            .toList()),
                            "class",
                            "platform")
                    .line();
            out.write(text.getKey());
        }
        html.close().line();
        if (folded) {
            html.close().line();
        }
    }
}
