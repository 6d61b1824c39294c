// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import org.junit.jupiter.api.Test;

class UndefinedVolumesFromTest {

    private final UndefinedVolumesFrom rule = new UndefinedVolumesFrom();

    @Test
    void aMissingContainerIsAnError() {
        assertThat(task().container("app", app -> app.volumesFrom("seeed", 20))
                        .container("seed", seed -> {})
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(20),
                                "container app takes the volumes of container seeed, which the task does not have: "
                                        + "ECS refuses the task definition",
                                "add `\"sourceContainer\": \"seed\"` to the entry for container seeed")
                        .in("app")
                        .about("seeed"));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void withoutAnotherContainerTheHelpRemovesTheEntry() {
        assertThat(task().container("app", app -> app.volumesFrom("seed", 20)).findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("remove this entry of `volumesFrom`; the task has no other container");
    }

    @Test
    void anExistingContainerIsNotReported() {
        assertThat(task().container("app", app -> app.volumesFrom("seed", 20))
                        .container("seed", seed -> {})
                        .findings(rule))
                .isEmpty();
    }
}
