// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.html;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Suppression;
import io.github.readonlyrootfs.message.PlainText;
import io.github.readonlyrootfs.report.excerpt.Excerpt;
import io.github.readonlyrootfs.report.excerpt.Excerpts;
import io.github.readonlyrootfs.report.excerpt.PublicTexts;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.Helps;
import io.github.readonlyrootfs.report.text.Markup;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.RuleDescription;
import io.github.readonlyrootfs.report.text.RuntimeWords;
import io.github.readonlyrootfs.report.text.Wording;
import io.github.readonlyrootfs.source.ContainerPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The findings for a browser by container, the worst first; those that do not count are folded away. */
final class HtmlFindings {

    static final String ID = "findings";

    private static final int MAX_FINDINGS = 500;
    private static final int MAX_RELATED = 20;
    private static final int MAX_MESSAGE = 2_000;
    private static final int MAX_HELP = 20_000;

    private record About(Optional<String> resource, String container) {}

    private final Markup html;
    private final HtmlParts parts;
    private final Analysis tasks;
    private final Excerpts excerpts;
    private final Helps helps;
    private final Map<String, RuleDescription> rules;
    private final String fixCommand;
    private final List<Finding> all;

    /** Those that count, by what they are about; the worst first, and so are the groups. */
    private final Map<String, List<Finding>> problems = new LinkedHashMap<>();

    private final List<Finding> infos;
    private final List<Finding> suppressed;

    private final IdentityHashMap<Finding, String> ids = new IdentityHashMap<>();
    private final Map<About, List<Finding>> byContainer = new HashMap<>();

    HtmlFindings(Markup html, Analysis tasks, List<Finding> findings, ReportSettings settings) {
        this.html = html;
        this.parts = new HtmlParts(html);
        this.tasks = tasks;
        PublicTexts texts = new PublicTexts(tasks);
        this.excerpts = new Excerpts(tasks, texts);
        this.helps = new Helps(tasks, texts);
        this.rules = settings.rules().get().stream().collect(Collectors.toMap(RuleDescription::id, rule -> rule));
        this.fixCommand = settings.fixCommand();
        this.all = findings;
        for (Finding finding : shown(new ConsoleReport(tasks, findings).problems().stream())) {
            problems.computeIfAbsent(about(finding), key -> new ArrayList<>()).add(finding);
        }
        this.infos = shown(findings.stream().filter(it -> !it.isProblem() && !it.isSuppressed()));
        this.suppressed = shown(findings.stream().filter(Finding::isSuppressed));
        for (Finding finding : findings) {
            for (String name : finding.containers()) {
                byContainer
                        .computeIfAbsent(new About(finding.resource(), name), key -> new ArrayList<>())
                        .add(finding);
            }
        }
    }

    /** As many of some as may be shown. */
    private List<Finding> shown(Stream<Finding> some) {
        List<Finding> shown = some.limit(MAX_FINDINGS - ids.size()).toList();
        for (Finding finding : shown) {
            ids.put(finding, "finding-" + (ids.size() + 1));
        }
        return shown;
    }

    /** What findings are grouped by. */
    private static String about(Finding finding) {
        String resource = finding.resource().map(name -> " of " + name).orElse("");
        List<String> containers = finding.containers();
        return containers.isEmpty()
                ? "The task and its files" + resource
                : (containers.size() == 1 ? "Container " : "Containers ") + Wording.and(containers) + resource;
    }

    /** The id of the element that shows a finding; empty where none does. */
    String id(Finding finding) {
        return ids.getOrDefault(finding, "");
    }

    /** Those about a container. */
    List<Finding> of(TaskAnalysis task, ContainerAnalysis container) {
        return byContainer.getOrDefault(new About(task.resource(), container.name()), List.of());
    }

    void write() throws IOException {
        parts.section(ID, "Findings");
        if (all.isEmpty()) {
            html.element("p", "Nothing found.").line();
        }
        for (Map.Entry<String, List<Finding>> group : problems.entrySet()) {
            html.element("h3", HtmlParts.cut(group.getKey())).line();
            for (Finding finding : group.getValue()) {
                finding(finding);
            }
        }
        folded("info", infos);
        folded("suppressed finding", suppressed);
        if (all.size() > ids.size()) {
            parts.more("and " + (all.size() - ids.size()) + " more in the JSON report");
        }
        html.close().line();
    }

    private void folded(String title, List<Finding> findings) throws IOException {
        if (findings.isEmpty()) {
            return;
        }
        html.open("details")
                .element("summary", Wording.count(findings.size(), title))
                .line();
        for (Finding finding : findings) {
            finding(finding);
        }
        html.close().line();
    }

    private void finding(Finding finding) throws IOException {
        String id = id(finding);
        html.open(
                        "article",
                        "id",
                        id,
                        "class",
                        "finding " + HtmlParts.tone(finding.severity()),
                        "aria-labelledby",
                        id + "-title")
                .line();
        html.open("h4", "id", id + "-title");
        parts.chip(HtmlParts.tone(finding.severity()), finding.severity().label());
        html.text(" ");
        html.prose(PlainText.cut(finding.message() + Wording.scope(finding, tasks), MAX_MESSAGE))
                .close()
                .line();
        html.open("p", "class", "quiet");
        RuleDescription rule = rules.get(finding.rule());
        if (rule == null) {
            html.element("span", finding.rule());
        } else {
            html.element("a", finding.rule(), "href", rule.url(), "title", rule.summary());
        }
        html.text(" at ").element("span", HtmlParts.cut(finding.location().toString()), "class", "place");
        if (!finding.containers().isEmpty()) {
            html.text(" in ");
            html.text(HtmlParts.cut(Wording.and(finding.containers())));
        }
        Optional<ContainerPath> path = finding.path();
        if (path.isPresent()) {
            html.text(", path ").element("code", HtmlParts.cut(path.get().toString()));
        }
        html.close().line();
        excerpt(finding);
        related(finding);
        Optional<Suppression> suppression = finding.suppressed();
        if (suppression.isPresent()) {
            html.open("p")
                    .element("strong", RuntimeWords.lowerCase(suppression.get().kind()));
            html.text(": " + HtmlParts.cut(suppression.get().reason())).close().line();
        }
        fix(finding);
        html.close().line();
    }

    /** The edits as a diff; where an earlier finding had them, or a line may hold a secret, the help of the console. */
    private void fix(Finding finding) throws IOException {
        boolean isNew = helps.earlier(finding).isEmpty();
        String help = helps.next(finding);
        List<String> diff = isNew ? helps.diff(finding) : List.of();
        if (!diff.isEmpty()) {
            html.element("h5", "Fix").open("p", "class", "command").element("code", fixCommand);
            html.close().line();
            Optional<String> note = helps.note(finding);
            if (note.isPresent()) {
                html.open("p", "class", "quiet").prose(note.get()).close().line();
            }
            html.open("pre", "class", "fix", "tabindex", "0");
            for (String line : diff) {
                html.element(element(line), line).line();
            }
            html.close().line();
        } else if (!help.isBlank()) {
            html.element("h5", "Fix").open("pre", "class", "fix", "tabindex", "0");
            for (String line : PlainText.cut(help, MAX_HELP).lines().toList()) {
                html.text(line).line();
            }
            html.close().line();
        }
    }

    private static String element(String line) {
        boolean isName = line.startsWith("--- a/") || line.startsWith("+++ b/");
        return isName ? "span" : line.startsWith("+") ? "ins" : line.startsWith("-") ? "del" : "span";
    }

    private void excerpt(Finding finding) throws IOException {
        Optional<Excerpt> excerpt =
                excerpts.of(finding).filter(Excerpt::isReadable).map(Excerpt::cut);
        if (excerpt.isEmpty()) {
            return;
        }
        String text = excerpt.get().text();
        int from = Math.min(excerpt.get().from(), text.length());
        int to = Math.min(excerpt.get().to(), text.length());
        html.open("pre", "class", "excerpt", "tabindex", "0");
        html.element("span", excerpt.get().lineNumber() + " ", "class", "number");
        html.text(text.substring(0, from)).element("mark", text.substring(from, to));
        html.text(text.substring(to).stripTrailing()).close().line();
    }

    private void related(Finding finding) throws IOException {
        List<Finding.Related> related = finding.related();
        if (related.isEmpty()) {
            return;
        }
        html.open("dl", "class", "facts").line();
        for (Finding.Related place : related.subList(0, Math.min(MAX_RELATED, related.size()))) {
            html.element("dt", place.label()).open("dd");
            if (place.location().isPresent()) {
                html.element("span", Wording.place(place.location().get()), "class", "place")
                        .text(" ");
            }
            html.prose(HtmlParts.cut(place.text())).close().line();
        }
        html.close().line();
        if (related.size() > MAX_RELATED) {
            parts.more("and " + (related.size() - MAX_RELATED) + " more");
        }
    }
}
