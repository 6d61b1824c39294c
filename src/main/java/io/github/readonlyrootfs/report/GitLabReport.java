// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.report.excerpt.PublicTexts;
import io.github.readonlyrootfs.report.text.FindingLines;
import io.github.readonlyrootfs.report.text.Helps;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.Wording;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * The findings that count as GitLab shows them in a merge request, see "Code Quality report format" in GitLab's
 * documentation. It has no word for a suppressed finding.
 */
public final class GitLabReport {

    private GitLabReport() {}

    /**
     * Writes the report, as UTF-8.
     *
     * @param findings sorted
     */
    public static void write(Analysis tasks, List<Finding> findings, ReportSettings settings, Writer text)
            throws IOException {
        PrettyJson.write(
                json -> {
                    // GitLab puts the reports of all modules together, and shows one finding of each fingerprint.
                    Fingerprints fingerprints = new Fingerprints(settings.repositoryPrefix());
                    Helps helps = new Helps(tasks, new PublicTexts(tasks));
                    json.writeStartArray();
                    for (Finding finding : findings) {
                        if (finding.isSuppressed()) {
                            continue;
                        }
                        json.writeStartObject();
                        String help = helps.bounded(finding);
                        json.writeStringField(
                                "description",
                                finding.message()
                                        + Wording.scope(finding, tasks)
                                        + FindingLines.neededBy(finding)
                                        + (help.isEmpty() ? "" : "\nhelp: " + help));
                        json.writeStringField("check_name", finding.rule());
                        json.writeStringField("fingerprint", fingerprints.next(finding));
                        json.writeStringField("severity", severity(finding.severity()));
                        json.writeObjectFieldStart("location");
                        json.writeStringField(
                                "path",
                                settings.pathInRepository(finding.location().file()));
                        json.writeObjectFieldStart("lines");
                        json.writeNumberField("begin", finding.location().line());
                        json.writeNumberField("end", finding.location().endLine());
                        json.writeEndObject();
                        json.writeEndObject();
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                },
                text);
    }

    private static String severity(Severity severity) {
        return switch (severity) {
            case ERROR -> "major";
            case WARNING -> "minor";
            case INFO -> "info";
        };
    }
}
