// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.known;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Severity;
import org.junit.jupiter.api.Test;

class ReadOnlyRootUnsupportedTest {

    private final ReadOnlyRootUnsupported rule = new ReadOnlyRootUnsupported();

    @Test
    void aReadOnlyRootOnWindowsIsAnError() {
        assertThat(task().windows().container("app", app -> {}).findings(rule))
                .containsExactly(finding(
                                rule,
                                at(6),
                                "readonlyRootFilesystem of container app is true, "
                                        + "which Windows containers do not support: the task does not start",
                                "remove `readonlyRootFilesystem` from container app")
                        .in("app"));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void onLinuxNothingIsReported() {
        assertThat(task().container("app", app -> {}).findings(rule)).isEmpty();
    }

    @Test
    void falseIsNotReportedOnWindows() {
        assertThat(task().windows()
                        .container("app", app -> app.readOnlyRoot(known(false, 6)))
                        .findings(rule))
                .isEmpty();
    }
}
