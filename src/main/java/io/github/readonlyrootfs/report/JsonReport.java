package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.rule.CheckedTask;
import io.github.readonlyrootfs.rule.Finding;
import java.util.List;

/** The outcome for programs: {@code schemaVersion} 1. The same input gives the same bytes. */
public final class JsonReport {

    private JsonReport() {}

    /**
     * The report's text, to be written as UTF-8.
     *
     * @param findings sorted; suppressed ones included
     */
    public static String of(CheckedTask task, List<Finding> findings, ReportSettings settings) {
        throw new UnsupportedOperationException(task + " " + findings + " " + settings);
    }
}
