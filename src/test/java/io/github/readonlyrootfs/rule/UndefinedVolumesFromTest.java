package io.github.readonlyrootfs.rule;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class UndefinedVolumesFromTest {

    private final UndefinedVolumesFrom rule = new UndefinedVolumesFrom();

    @Test
    void aContainerThatTheTaskDoesNotHaveIsAnError() {
        assertThat(task().container("app", app -> app.volumesFrom("seeed", 20))
                        .container("seed", seed -> {})
                        .findings(rule))
                .containsExactly(Finding.of(
                                rule,
                                at(20),
                                "container app takes the volumes of container seeed, which the task does not have: "
                                        + "ECS refuses the task definition",
                                "name one that the task has: add `\"sourceContainer\": \"seed\"` to the entry in line 20")
                        .in("app")
                        .about("seeed"));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void whereThereIsNoOtherTheEntryHasToGo() {
        assertThat(task().container("app", app -> app.volumesFrom("seed", 20)).findings(rule))
                .extracting(Finding::help)
                .containsExactly("remove this entry of `volumesFrom`: the task has no other container");
    }

    @Test
    void aContainerThatIsThereIsFine() {
        assertThat(task().container("app", app -> app.volumesFrom("seed", 20))
                        .container("seed", seed -> {})
                        .findings(rule))
                .isEmpty();
    }
}
