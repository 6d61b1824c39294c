// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;

/** Reports as texts. */
public final class ReportTexts {

    private ReportTexts() {}

    private interface Report {
        void writeTo(Writer text) throws IOException;
    }

    public static String json(Analysis tasks, List<Finding> findings, ReportSettings settings) {
        return text(text -> JsonReport.write(tasks, findings, settings, text));
    }

    public static String sarif(Analysis tasks, List<Finding> findings, ReportSettings settings) {
        return text(text -> SarifReport.write(tasks, findings, settings, text));
    }

    public static String annotations(Analysis tasks, List<Finding> findings, ReportSettings settings) {
        return String.join("\n", GitHubAnnotations.of(tasks, findings, settings));
    }

    public static String html(Analysis tasks, List<Finding> findings, ReportSettings settings) {
        return text(text -> HtmlReport.write(tasks, findings, settings, text));
    }

    public static String junit(Analysis tasks, List<Finding> findings, ReportSettings settings) {
        return text(text -> JUnitReport.write(tasks, findings, settings, text));
    }

    public static String gitlab(Analysis tasks, List<Finding> findings, ReportSettings settings) {
        return text(text -> GitLabReport.write(tasks, findings, settings, text));
    }

    private static String text(Report report) {
        StringWriter text = new StringWriter();
        try {
            report.writeTo(text);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }
}
