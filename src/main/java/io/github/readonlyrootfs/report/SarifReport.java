package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.rule.CheckedTask;
import io.github.readonlyrootfs.rule.Finding;
import java.util.List;

/** The findings as SARIF 2.1.0, in the shape that GitHub code scanning shows. */
public final class SarifReport {

    private SarifReport() {}

    /**
     * The report's text, to be written as UTF-8.
     *
     * @param findings sorted; suppressed ones included
     */
    public static String of(CheckedTask task, List<Finding> findings, ReportSettings settings) {
        throw new UnsupportedOperationException(task + " " + findings + " " + settings);
    }
}
