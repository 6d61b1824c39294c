// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.LegalValues;
import org.jspecify.annotations.Nullable;

/** What fails the build. */
enum FailOn {
    ERROR,
    UNPROVEN,
    WARNING,
    INFO,
    NEVER;

    static FailOn parse(@Nullable String written) throws ConfigurationException {
        return LegalValues.of("failOn", FailOn.class).parse(written);
    }

    /** The least severity that a baseline lists: findings below it fail no build. */
    Severity leastRecorded() {
        return this == INFO ? Severity.INFO : Severity.WARNING;
    }

    boolean isReachedBy(CheckResult result) {
        for (Finding finding : result.findings()) {
            if (isReachedBy(finding)) {
                return true;
            }
        }
        return this == UNPROVEN && !result.tasks().isProven();
    }

    /** Whether a finding fails the build by itself. */
    boolean isReachedBy(Finding finding) {
        // A file that cannot be read has not been checked: no setting turns that into "all is well".
        return !finding.isSuppressed()
                && (Finding.isAlwaysAnError(finding.rule())
                        || switch (this) {
                            case ERROR, UNPROVEN -> finding.severity() == Severity.ERROR;
                            case WARNING -> finding.severity() != Severity.INFO;
                            case INFO -> true;
                            case NEVER -> false;
                        });
    }
}
