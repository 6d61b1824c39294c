// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.report.html.HtmlReport;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.ShortNames;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;

/** The report formats: their names in the configuration, their files and their writers. */
public enum ReportFormat {
    JSON("json", "readonly-rootfs.json"),
    SARIF("sarif", "readonly-rootfs.sarif"),
    HTML("html", "readonly-rootfs.html"),
    JUNIT("junit", "TEST-readonly-rootfs.xml"),
    /** Named as GitLab's documentation names it. */
    GITLAB("gitlab", "gl-code-quality-report.json");

    private final String label;
    private final String fileName;

    ReportFormat(String label, String fileName) {
        this.label = label;
        this.fileName = fileName;
    }

    /** As a configuration spells it. */
    public String label() {
        return label;
    }

    public String fileName() {
        return fileName;
    }

    /** Writes the report; the parameters are those of {@link ReportFiles#write}. */
    void write(Analysis tasks, List<Finding> findings, ReportSettings settings, Writer text) throws IOException {
        ShortNames names = ShortNames.of(tasks, findings);
        if (names.isEmpty()) {
            writeNames(tasks, findings, settings, text);
        } else {
            StringWriter whole = new StringWriter();
            writeNames(tasks, findings, settings, whole);
            text.write(names.in(whole.toString()));
        }
    }

    private void writeNames(Analysis tasks, List<Finding> findings, ReportSettings settings, Writer text)
            throws IOException {
        switch (this) {
            case JSON -> JsonReport.write(tasks, findings, settings, text);
            case SARIF -> SarifReport.write(tasks, findings, settings, text);
            case HTML -> HtmlReport.write(tasks, findings, settings, text);
            case JUNIT -> JUnitReport.write(tasks, findings, settings, text);
            case GITLAB -> GitLabReport.write(tasks, findings, settings, text);
        }
    }
}
