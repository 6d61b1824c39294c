// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.request.ConfigurationException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What fails the build. */
enum FailOn {
    ERROR,
    WARNING,
    NEVER;

    static FailOn parse(@Nullable String written) throws ConfigurationException {
        return Choices.of("failOn", List.of(values()), value -> value.name().toLowerCase(Locale.ROOT))
                .parse(written);
    }

    boolean isReachedBy(CheckResult result) {
        // A file that cannot be read has not been checked: no setting turns that into "all is well".
        boolean unreadable = result.findings().stream()
                .anyMatch(
                        finding -> !finding.isSuppressed() && finding.rule().startsWith(PolicyFactory.ALWAYS_AN_ERROR));
        return unreadable
                || switch (this) {
                    case ERROR -> result.count(Severity.ERROR) > 0;
                    case WARNING -> result.count(Severity.ERROR) + result.count(Severity.WARNING) > 0;
                    case NEVER -> false;
                };
    }
}
