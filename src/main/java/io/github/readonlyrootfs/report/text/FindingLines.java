// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.message.PlainText;
import io.github.readonlyrootfs.report.excerpt.Excerpt;
import io.github.readonlyrootfs.report.excerpt.Excerpts;
import io.github.readonlyrootfs.report.excerpt.PublicTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Findings in plain text, as a compiler would print them. */
public final class FindingLines {

    private static final String HELP = "help";

    /** The rule about paths of which it is unknown whether they can be written: its infos are not all optional. */
    private static final String UNKNOWN = "path-access-unknown";

    /** Labels are padded to a common width, so that the texts of all findings begin in one column. */
    private static final int LABEL_WIDTH = Finding.NEEDED_BY.length();

    private final Analysis tasks;
    private final Excerpts excerpts;
    private final Helps helps;

    public FindingLines(Analysis tasks) {
        this.tasks = tasks;
        PublicTexts texts = new PublicTexts(tasks);
        this.excerpts = new Excerpts(tasks, texts);
        this.helps = new Helps(tasks, texts);
    }

    /** Its location, its message and its rule. */
    public static String headline(Finding finding, Analysis tasks) {
        return headline(finding, tasks, "");
    }

    private static String headline(Finding finding, Analysis tasks, String clause) {
        return PlainText.of(finding.location().toString()) + ": " + PlainText.of(finding.message())
                + Wording.scope(finding, tasks) + clause + " [" + finding.rule() + "]";
    }

    /** A finding in one line, an info with the first thing that would like to write its path. */
    static String brief(Finding finding, Analysis tasks) {
        return headline(finding, tasks, neededBy(finding));
    }

    /** What writes the path of an info; nothing of what has its evidence on lines of its own. */
    public static String neededBy(Finding finding) {
        return finding.severity() != Severity.INFO
                ? ""
                : finding.related().stream()
                        .filter(related -> related.label().endsWith(Finding.NEEDED_BY))
                        .findFirst()
                        .map(related -> " ("
                                + (finding.rule().equals(UNKNOWN)
                                        ? Finding.NEEDED_BY
                                        : related.label().equals(Finding.NEEDED_BY) ? "optional" : "perhaps needed")
                                + ": " + PlainText.of(related.text())
                                + related.location()
                                        .map(place -> ", " + Wording.place(place))
                                        .orElse("")
                                + ")")
                        .orElse("");
    }

    /** All of the next finding: headline, excerpt, evidence and help. The lines end with no blank and no line feed. */
    public List<String> next(Finding finding) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(finding, tasks));
        Optional<Excerpt> excerpt = excerpts.of(finding).filter(Excerpt::isReadable);
        if (excerpt.isPresent()) {
            lines.addAll(excerpt.get().lines());
        }
        int width = LABEL_WIDTH;
        for (Finding.Related related : finding.related()) {
            width = Math.max(width, related.label().length());
        }
        for (Finding.Related related : finding.related()) {
            String place = related.location().isPresent()
                    ? Wording.place(related.location().get()) + " "
                    : "";
            lines.add(labelled(related.label(), width, place + PlainText.of(related.text())));
        }
        String label = HELP;
        for (String line : helps.next(finding).lines().toList()) {
            lines.add(labelled(label, width, PlainText.pasted(line)));
            label = "";
        }
        return lines.stream().map(line -> PlainText.line(line).stripTrailing()).toList();
    }

    private static String labelled(String label, int width, String text) {
        return "  " + label + " ".repeat(width - label.length()) + "  " + text;
    }
}
