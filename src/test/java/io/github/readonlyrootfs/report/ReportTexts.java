// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.RuleDescription;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;

/** Reports as texts. */
public final class ReportTexts {

    /** Of a build that problems fail. */
    public static final ReportSettings SETTINGS = new ReportSettings(
            "1.2.3", "shop", "mvn readonly-rootfs:fix", "", () -> RuleDescription.allBut(Set.of()), Finding::isProblem);

    private ReportTexts() {}

    public static String text(ReportFormat format, Analysis tasks, List<Finding> findings, ReportSettings settings) {
        StringWriter text = new StringWriter();
        try {
            format.write(tasks, findings, settings, text);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
        return text.toString();
    }

    /** The reports of all formats and GitHub's annotations, for tests that look for a text in them. */
    public static String all(Analysis tasks, List<Finding> findings, ReportSettings settings) {
        StringBuilder all = new StringBuilder(String.join("\n", GitHubAnnotations.of(tasks, findings, settings)));
        for (ReportFormat format : ReportFormat.values()) {
            all.append('\n').append(text(format, tasks, findings, settings));
        }
        return all.toString();
    }
}
