// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.help;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerCannotStartTest {

    private final ContainerCannotStart rule = new ContainerCannotStart();

    @Test
    void aSettingThatTheEngineRefusesIsAnError() {
        StartFailure failure = new StartFailure(
                new StartProblem.MountedTwice(ContainerPath.of("/cache"), at(20)),
                at(21),
                Optional.of(ContainerPath.of("/cache")));

        assertThat(task().on(Platform.EC2)
                        .container("app", app -> app.startFailure(failure))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(21),
                                "/cache is mounted twice, so the container does not start",
                                "remove this mount or the one at " + at(20))
                        .in("app")
                        .at(ContainerPath.of("/cache"))
                        .on(List.of(Platform.EC2)));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void windowsContainersAreCheckedToo() {
        StartFailure failure = new StartFailure(new StartProblem.VolumeOnWindows("C:/data"), at(5), Optional.empty());

        assertThat(task().windows()
                        .container("app", app -> app.startFailure(failure))
                        .findings(rule))
                .extracting(Finding::message)
                .containsExactly(
                        "the image declares VOLUME C:/data, and Fargate does not start Windows containers with a"
                                + " VOLUME");
    }

    @Test
    void aContainerThatStartsHasNoFinding() {
        assertThat(task().container("app", app -> app.mount(mount("/a", Mount.Kind.TMPFS, Ownership.ROOT_0755, at(20))))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void aMistakeThatStopsSeveralContainersIsReportedForEach() {
        StartFailure failure = new StartFailure(
                new StartProblem.VolumesFromCircle("volumesFrom", List.of("app", "web")), at(5), Optional.empty());

        assertThat(task().on(Platform.EC2, Platform.EXTERNAL)
                        .container("app", app -> app.startFailure(failure))
                        .container("web", web -> web.startFailure(failure))
                        .findings(rule))
                .extracting(Finding::containers, Finding::platforms)
                .containsExactly(
                        tuple(List.of("app"), List.of(Platform.EC2)),
                        tuple(List.of("app"), List.of(Platform.EXTERNAL)),
                        tuple(List.of("web"), List.of(Platform.EC2)),
                        tuple(List.of("web"), List.of(Platform.EXTERNAL)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUCCESS", "COMPLETE"})
    void waitingForTheEndOfAnEssentialContainerIsAnError(String condition) {
        assertThat(task().container("app", app -> app.dependsOn("init", condition))
                        .container("init", init -> {})
                        .findings(rule))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message())
                            .isEqualTo("container app waits for the end of container init, but that one is essential: "
                                    + "ECS refuses the task definition");
                    assertThat(help(finding)).isEqualTo("add `\"essential\": false` to container init");
                    assertThat(finding.container()).contains("app");
                    assertThat(finding.platforms()).isEmpty();
                });
    }

    @Test
    void otherDependenciesHaveNoFinding() {
        assertThat(task().container(
                                "app", app -> app.dependsOn("init", "SUCCESS").dependsOn("web", "HEALTHY"))
                        .container("init", CheckedTaskFixture.Container::notEssential)
                        .container("web", web -> {})
                        .findings(rule))
                .isEmpty();
    }
}
