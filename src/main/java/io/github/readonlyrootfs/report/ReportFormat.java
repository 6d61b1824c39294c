// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

/** The reports for machines: how a configuration names them, and the files they end up in. */
public enum ReportFormat {
    JSON("json", "readonly-rootfs.json"),
    SARIF("sarif", "readonly-rootfs.sarif");

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
}
