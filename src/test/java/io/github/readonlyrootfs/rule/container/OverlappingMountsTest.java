// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.DOCKERFILE;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.word;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OverlappingMountsTest {

    private final OverlappingMounts rule = new OverlappingMounts();

    /** A mount whose path resolves to {@code /run}. */
    private static Mount onRun(String path, Mount.Kind kind, Mount.Origin origin, Location location) {
        return mount(path, "/run", kind, origin, Ownership.ROOT_0755, Mount.Content.EMPTY, location);
    }

    private static final Mount VOLUME =
            onRun("/var/run", Mount.Kind.IMAGE_VOLUME, Mount.Origin.PROJECT, word("/var/run", 2));
    private static final Mount TASK_VOLUME = onRun("/run", Mount.Kind.TASK_VOLUME, Mount.Origin.PROJECT, at(20));

    @Test
    void aCoveredTaskVolumeGetsThePathOfTheVolume() {
        assertThat(task().container(
                                "app", app -> app.mountPoint("run", "/run", 20).overlap(TASK_VOLUME, VOLUME))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(20),
                                "mount point /run has no effect: VOLUME /var/run is mounted over it at /run",
                                "add `\"containerPath\": \"/var/run\"` to the mount point at /run")
                        .in("app")
                        .at(ContainerPath.of("/run"))
                        .on(List.of(Platform.FARGATE))
                        .with(List.of(new Finding.Related(
                                "covered by", "VOLUME /var/run", Optional.of(word("/var/run", 2))))));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void aVolumeThatATaskVolumeCoversCanBeRemoved() {
        assertThat(task().source(DOCKERFILE, "FROM alpine\nVOLUME /var/run\n")
                        .container(
                                "app",
                                app -> app.step("FROM", 1, 0, Value.absent())
                                        .step("VOLUME", 2, 0, Value.absent())
                                        .overlap(VOLUME, TASK_VOLUME))
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("remove line 2");
    }

    @Test
    void aCoveredVolumeOfABaseImageIsNotReported() {
        Mount base = onRun("/var/run", Mount.Kind.IMAGE_VOLUME, Mount.Origin.BASE_IMAGE, inDockerfile(1));

        assertThat(task().container("app", app -> app.overlap(base, TASK_VOLUME))
                        .findings(rule))
                .isEmpty();
    }
}
