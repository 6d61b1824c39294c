// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.message.PlainText;
import io.github.readonlyrootfs.report.excerpt.PublicTexts;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.Helps;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.ShortNames;
import io.github.readonlyrootfs.report.text.Wording;
import io.github.readonlyrootfs.source.Location;
import java.util.List;

/**
 * Findings as GitHub Actions takes them from a step's output to show them beside the lines of a pull request, see
 * "Workflow commands for GitHub Actions" in GitHub's documentation.
 */
public final class GitHubAnnotations {

    private final Analysis tasks;
    private final ReportSettings settings;
    private final Helps helps;
    private final ShortNames names;

    private GitHubAnnotations(Analysis tasks, List<Finding> findings, ReportSettings settings) {
        this.tasks = tasks;
        this.settings = settings;
        this.helps = new Helps(tasks, new PublicTexts(tasks));
        this.names = ShortNames.of(tasks, findings);
    }

    /**
     * A command for each finding that counts.
     *
     * @param findings sorted
     */
    public static List<String> of(Analysis tasks, List<Finding> findings, ReportSettings settings) {
        GitHubAnnotations annotations = new GitHubAnnotations(tasks, findings, settings);
        return findings.stream()
                .filter(finding -> !finding.isSuppressed())
                .map(annotations::command)
                .toList();
    }

    private String command(Finding finding) {
        String level = switch (finding.severity()) {
            case ERROR -> "error";
            case WARNING -> "warning";
            case INFO -> "notice";
        };
        Location place = finding.location();
        StringBuilder message = new StringBuilder(PlainText.of(finding.message() + Wording.scope(finding, tasks)));
        String help = helps.of(finding);
        if (!help.isBlank()) {
            message.append("\nhelp: ").append(ConsoleReport.printable(help));
        }
        return "::" + level
                + " file=" + property(settings.pathInRepository(place.file()))
                + ",line=" + place.line() + ",endLine=" + place.endLine()
                // GitHub shows columns only where both are on one line.
                + (place.line() == place.endLine() ? ",col=" + place.column() + ",endColumn=" + place.endColumn() : "")
                + ",title=" + property(finding.rule())
                + "::" + data(message.toString());
    }

    private String data(String text) {
        return names.in(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private String property(String text) {
        return data(PlainText.of(text)).replace(":", "%3A").replace(",", "%2C");
    }
}
