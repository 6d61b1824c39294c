// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.known;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Severity;
import org.junit.jupiter.api.Test;

class RootReadOnlyUnknownTest {

    private final RootReadOnlyUnknown rule = new RootReadOnlyUnknown();

    @Test
    void aPlaceholderIsAWarning() {
        assertThat(task().container("app", app -> app.readOnlyRoot(unknown("${RO} is a placeholder", 6)))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(6),
                                "it is unknown whether container app has a read-only root: ${RO} is a placeholder",
                                "add `\"readonlyRootFilesystem\": true` to container app")
                        .in("app"));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void trueAndFalseAreNotReported() {
        assertThat(task().container("app", app -> {})
                        .container("log", log -> log.readOnlyRoot(known(false, 6)))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void onWindowsNothingIsReported() {
        assertThat(task().windows()
                        .container("app", app -> app.readOnlyRoot(unknown("${RO} is a placeholder", 6)))
                        .findings(rule))
                .isEmpty();
    }
}
