// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.DOCKERFILE;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.declared;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnneededVolumeTest {

    private static final Mount DATA = mount("/data", Mount.Kind.IMAGE_VOLUME, Ownership.ROOT_0755, word("/data", 2));

    private final UnneededVolume rule = new UnneededVolume();

    @Test
    void aVolumeThatNoDeclaredPathNeedsIsAWarning() {
        assertThat(task().source(DOCKERFILE, "FROM alpine\nVOLUME /data\n")
                        .container(
                                "app",
                                app -> app.step("FROM", 1, 0, Value.absent())
                                        .step("VOLUME", 2, 0, Value.absent())
                                        .need(declared("/tmp"))
                                        .mount(DATA))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                word("/data", 2),
                                "no declared path needs the writable mount at /data",
                                "declare /data as needed, or remove line 2")
                        .in("app")
                        .at(ContainerPath.of("/data"))
                        .on(List.of(Platform.FARGATE)));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void aMountPointCanBeReadOnlyInstead() {
        Mount mount = mount("/data", Mount.Kind.TASK_VOLUME, Ownership.ROOT_0755, at(20));

        assertThat(task().container(
                                "app",
                                app -> app.need(declared("/tmp"))
                                        .mountPoint("data", "/data", 20)
                                        .mount(mount))
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("declare /data as needed, or add `\"readOnly\": true` to the mount point at /data");
    }

    @Test
    void withoutDeclaredPathsNothingIsReported() {
        assertThat(task().container("app", app -> app.mount(DATA)).findings(rule))
                .isEmpty();
    }

    @Test
    void aNeedAtBelowOrAboveTheMountCounts() {
        assertThat(List.of("/data", "/data/deep/er", "/"))
                .allSatisfy(path -> assertThat(task().container(
                                        "app", app -> app.need(declared(path)).mount(DATA))
                                .findings(rule))
                        .isEmpty());
    }

    @Test
    void ecsExecNeedsItsPaths() {
        Mount agents = mount("/managed-agents", Mount.Kind.TASK_VOLUME, Ownership.ROOT_0755, at(20));

        assertThat(task().executeCommand()
                        .container("app", app -> app.need(declared("/tmp")).mount(agents))
                        .findings(rule))
                .isEmpty();
    }
}
