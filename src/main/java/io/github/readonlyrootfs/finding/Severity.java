// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.finding;

import java.util.Locale;

/** How bad a finding is, worst first. */
public enum Severity {
    ERROR,
    WARNING,
    INFO;

    /** As reports and configurations spell it, in lower case. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
