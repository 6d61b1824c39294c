// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.request.ConfigurationException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What fails the build. */
enum FailOn {
    ERROR,
    WARNING,
    INFO,
    NEVER;

    static FailOn parse(@Nullable String written) throws ConfigurationException {
        return Choices.of("failOn", List.of(values()), value -> value.name().toLowerCase(Locale.ROOT))
                .parse(written);
    }

    /** The least severity that a baseline lists: findings below it fail no build. */
    Severity leastRecorded() {
        return this == INFO ? Severity.INFO : Severity.WARNING;
    }

    /** Whether a finding of at least that severity counts. */
    private static boolean counts(CheckResult result, Severity least) {
        return result.findings().stream()
                .anyMatch(
                        finding -> !finding.isSuppressed() && finding.severity().compareTo(least) <= 0);
    }

    boolean isReachedBy(CheckResult result) {
        // A file that cannot be read has not been checked: no setting turns that into "all is well".
        boolean unreadable = result.findings().stream()
                .anyMatch(finding -> !finding.isSuppressed() && Finding.isAlwaysAnError(finding.rule()));
        return unreadable
                || switch (this) {
                    case ERROR -> counts(result, Severity.ERROR);
                    case WARNING -> counts(result, Severity.WARNING);
                    case INFO -> counts(result, Severity.INFO);
                    case NEVER -> false;
                };
    }
}
