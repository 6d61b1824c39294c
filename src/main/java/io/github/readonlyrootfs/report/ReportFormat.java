// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report;

/** The reports: how a configuration names them, and the files they end up in. */
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
}
