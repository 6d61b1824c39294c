// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.html;

import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.message.GapText;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.report.text.ContainerFacts;
import io.github.readonlyrootfs.report.text.Markup;
import io.github.readonlyrootfs.report.text.NeedFixes;
import io.github.readonlyrootfs.report.text.RuntimeWords;
import io.github.readonlyrootfs.report.text.VerdictText;
import io.github.readonlyrootfs.report.text.Wording;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** One container on one platform for a browser: what it runs, and its file system as a table that shows a tree. */
final class HtmlContainer {

    /** The most entries of evidence, findings or unknown needs that are listed; the rest is counted. */
    private static final int MAX_LISTED = 6;

    private static final int MAX_INDENT = 12;

    private final JudgedContainer container;
    private final List<Finding> findings;
    private final NeedFixes fixes;
    private final Function<Finding, String> ids;
    private final StringWriter written = new StringWriter();
    private final Markup html = new Markup(written);
    private final HtmlParts parts = new HtmlParts(html);

    /**
     * A container.
     *
     * @param findings those about its paths
     * @param ids gives the id of the element that shows a finding; empty for one that is not shown
     */
    HtmlContainer(JudgedContainer container, List<Finding> findings, NeedFixes fixes, Function<Finding, String> ids) {
        this.container = container;
        this.findings = findings;
        this.fixes = fixes;
        this.ids = ids;
    }

    /** The id of the element that shows a container, which are counted from 1. */
    static String id(int number) {
        return "container-" + number;
    }

    static String name(TaskAnalysis task, ContainerAnalysis container) {
        return HtmlParts.cut(task.nameOf(container));
    }

    /** The markup, in which nothing names the platform. */
    String text(String caption, int maxPaths) throws IOException {
        onlyObserved(container.container());
        gaps(container.container());
        html.open("dl", "class", "facts").line();
        for (ContainerFacts.Fact fact : new ContainerFacts(container).all()) {
            html.element("dt", fact.label())
                    .open("dd")
                    .prose(fact.text())
                    .close()
                    .line();
        }
        html.close().line();
        if (container.task().isWindows()) {
            html.element("p", "Windows containers have no read-only root file system: their paths are not judged.")
                    .line();
        } else {
            tree(caption, maxPaths);
        }
        return written.toString();
    }

    private void tree(String caption, int maxPaths) throws IOException {
        PathTree tree = PathTree.of(
                container.runtime().mounts(),
                container.verdicts(),
                container.container().implied(container.platform()),
                findings,
                maxPaths);
        parts.table("tree", caption, List.of("Path", "Mounted", "Needed by", "Result"));
        for (PathTree.Node node : tree.nodes()) {
            row(node);
        }
        html.close().close().line();
        if (tree.left() > 0) {
            parts.more(Wording.count(tree.left(), "more path") + " not shown");
        }
        engine(tree.engine());
    }

    private void row(PathTree.Node node) throws IOException {
        html.open("tr", "role", "row", "class", tone(node.standing()));
        html.open("th", "scope", "row", "role", "rowheader", "style", "--depth:" + Math.min(node.depth(), MAX_INDENT));
        String whole = node.path().toString();
        String name = node.name();
        html.open("code");
        if (name.length() < whole.length()) {
            html.element("span", whole.substring(0, whole.length() - name.length()), "class", "unseen");
        }
        parts.name(HtmlParts.cut(name));
        html.close().close();
        parts.cell("Mounted");
        mounted(node);
        html.close();
        parts.cell("Needed by");
        for (Verdict verdict : node.verdicts()) {
            need(verdict);
        }
        html.close();
        parts.cell("Result");
        result(node);
        html.close().close().line();
    }

    private void mounted(PathTree.Node node) throws IOException {
        for (Mount mount : node.mounts()) {
            html.open("div").text(HtmlParts.cut(RuntimeWords.kind(mount)));
            String origin = RuntimeWords.origin(mount);
            if (!origin.isEmpty()) {
                html.text(" from ").element("span", HtmlParts.cut(origin), "class", "place");
            }
            html.open("div", "class", "quiet").text(access(mount));
            if (!mount.target().equals(mount.path())) {
                html.text(", at ")
                        .element("code", HtmlParts.cut(mount.target().toString()))
                        .text(" behind a link");
            }
            html.close().close();
        }
        if (node.mounts().isEmpty()) {
            if (node.path().isRoot()) {
                html.element("div", "root file system, read-only", "class", "quiet");
            }
            List<ContainerPath> holders = node.verdicts().stream()
                    .flatMap(verdict -> verdict.access().mount().stream())
                    .map(Mount::path)
                    .distinct()
                    .toList();
            for (ContainerPath holder : holders) {
                html.open("div", "class", "quiet")
                        .text("in ")
                        .element("code", HtmlParts.cut(holder.toString()))
                        .close();
            }
        }
    }

    private void need(Verdict verdict) throws IOException {
        Need need = verdict.need();
        html.open("div");
        html.element("strong", need.impact().word());
        html.text(need.executable() ? ", executed" : "");
        String others = String.join(
                " or ",
                need.alternatives().stream()
                        .filter(path -> !path.equals(verdict.path()))
                        .limit(MAX_LISTED)
                        .map(ContainerPath::toString)
                        .toList());
        html.text(others.isEmpty() ? "" : ", or " + HtmlParts.cut(others));
        html.open("ul");
        for (Evidence evidence :
                need.evidence().subList(0, Math.min(MAX_LISTED, need.evidence().size()))) {
            html.open("li").text(RuntimeWords.lowerCase(evidence.kind()) + ": ");
            if (evidence.location().isPresent()) {
                html.element("span", Wording.place(evidence.location().get()), "class", "place")
                        .text(" ");
            }
            html.prose(HtmlParts.cut(evidence.words())).close();
        }
        more(need.evidence().size());
        html.close().close();
    }

    private void more(int all) throws IOException {
        if (all > MAX_LISTED) {
            html.element("li", "and " + (all - MAX_LISTED) + " more");
        }
    }

    private void result(PathTree.Node node) throws IOException {
        if (node.standing() != PathTree.Standing.PLAIN) {
            parts.chip(tone(node.standing()), words(node));
        }
        for (Verdict verdict :
                Stream.concat(node.verdicts().stream(), node.implied().stream()).toList()) {
            html.open("div", "class", "quiet")
                    .prose(HtmlParts.cut(ReasonText.of(verdict.access().reason())))
                    .close();
        }
        List<Finding> about = node.findings().isEmpty() && isRefused(node)
                ? fixes.finding(container, node.path()).stream().toList()
                : node.findings();
        for (Finding finding : about.subList(0, Math.min(MAX_LISTED, about.size()))) {
            String id = ids.apply(finding);
            html.open("div");
            if (id.isEmpty()) {
                html.text(finding.rule());
            } else {
                html.element("a", finding.rule(), "href", "#" + id);
            }
            html.text(finding.isSuppressed() ? " (suppressed)" : "").close();
        }
    }

    private static boolean isRefused(PathTree.Node node) {
        return switch (node.standing()) {
            case REFUSED, UNKNOWN, OPTIONAL, UNUSABLE -> true;
            case SPARE, MET, HOLDER, READ_ONLY, ENGINE, PLAIN -> false;
        };
    }

    private static String words(PathTree.Node node) {
        return switch (node.standing()) {
            case REFUSED ->
                node.verdicts().stream().anyMatch(verdict -> verdict.access().verdict() == WriteAccess.CANNOT_START)
                        ? "container does not start"
                        : "needed, not writable";
            case UNKNOWN -> "unknown";
            case OPTIONAL -> "optional, not writable";
            case UNUSABLE -> "mounted, not writable";
            case SPARE -> "writable, no known need";
            case MET -> "needed, writable";
            case HOLDER -> "writable, needed below";
            case READ_ONLY -> "read-only";
            case ENGINE -> "engine's own";
            case PLAIN -> "";
        };
    }

    /** The style sheet's word for it. */
    private static String tone(PathTree.Standing standing) {
        return switch (standing) {
            case REFUSED -> "bad";
            case UNKNOWN -> "unsure";
            case UNUSABLE, OPTIONAL -> "doubt";
            case SPARE -> "spare";
            case MET, HOLDER -> "good";
            case READ_ONLY, ENGINE, PLAIN -> "none";
        };
    }

    private void engine(List<Mount> mounts) throws IOException {
        if (mounts.isEmpty()) {
            return;
        }
        html.open("details").element("summary", Wording.count(mounts.size(), "mount") + " of the engine's own");
        html.open("ul").line();
        for (Mount mount : mounts) {
            html.open("li").element("code", mount.path().toString()).text(" ");
            html.element("span", access(mount), "class", "quiet").close().line();
        }
        html.close().close().line();
    }

    private static String access(Mount mount) {
        Ownership ownership = mount.root().ownership();
        boolean unknown = ownership.owner() == null && ownership.group() == null && ownership.mode() == null;
        return (mount.readOnly() ? "read-only" : "read-write") + (mount.noexec() ? ", noexec" : "") + ", "
                + (unknown
                        ? "owner and mode unknown"
                        : RuntimeWords.owner(ownership) + " " + RuntimeWords.mode(ownership));
    }

    private void onlyObserved(ContainerAnalysis analysis) throws IOException {
        List<String> lines = VerdictText.onlyObserved(analysis);
        for (String line : lines.subList(0, Math.min(MAX_LISTED, lines.size()))) {
            html.open("div", "class", "quiet").text(HtmlParts.cut(line)).close().line();
        }
    }

    private void gaps(ContainerAnalysis analysis) throws IOException {
        List<Gap> gaps = analysis.gaps();
        if (gaps.isEmpty()) {
            return;
        }
        html.element("h4", "Gaps: what is not known")
                .open("ul", "class", "unresolved")
                .line();
        for (Gap gap : gaps.subList(0, Math.min(MAX_LISTED, gaps.size()))) {
            html.open("li").prose(HtmlParts.cut(GapText.withReason(gap)));
            html.open("div", "class", "quiet")
                    .prose(HtmlParts.cut(RuntimeWords.evidence(gap.evidence())))
                    .close()
                    .close()
                    .line();
        }
        more(gaps.size());
        html.close().line();
    }
}
