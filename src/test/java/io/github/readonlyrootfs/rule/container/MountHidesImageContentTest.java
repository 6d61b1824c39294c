// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MountHidesImageContentTest {

    private final MountHidesImageContent rule = new MountHidesImageContent();

    private static Mount empty(String path, Mount.Kind kind) {
        return mount(path, kind, Ownership.ROOT_0755, at(20));
    }

    @Test
    void aTmpfsOverCopiedFilesIsAWarning() {
        assertThat(task().container(
                                "app",
                                app -> app.copied("/app/config/app.yml", 4)
                                        .mount(empty("/app/config", Mount.Kind.TMPFS)))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(20),
                                "the mount at /app/config hides /app/config/app.yml, which is part of the image",
                                "mount it at a separate directory, not at /app/config")
                        .in("app")
                        .at(ContainerPath.of("/app/config/app.yml"))
                        .on(List.of(Platform.FARGATE))
                        .with(List.of(
                                new Finding.Related("hidden", "/app/config/app.yml", Optional.of(inDockerfile(4))))));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void onFargateAVolumeOfTheSamePathKeepsTheContent() {
        assertThat(task().container(
                                "app",
                                app -> app.copied("/app/config", 2)
                                        .mount(empty("/app/config", Mount.Kind.TASK_VOLUME))
                                        .step("FROM", 1, 0, Value.absent())
                                        .step("COPY", 2, 0, Value.absent())
                                        .step("CMD", 3, 0, Value.absent()))
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("put `VOLUME /app/config` above line 3 of Dockerfile");
    }

    @Test
    void filesBesideOrAboveTheMountAreNotHidden() {
        assertThat(task().container(
                                "app",
                                app -> app.copied("/app", 2)
                                        .copied("/etc/app", 3)
                                        .mount(empty("/app/tmp", Mount.Kind.TMPFS)))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void filesCopiedToTmpAreNotReported() {
        assertThat(task().container(
                                "app", app -> app.copied("/tmp/install.sh", 2).mount(empty("/tmp", Mount.Kind.TMPFS)))
                        .findings(rule))
                .isEmpty();
    }
}
