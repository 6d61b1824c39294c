// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.dockerfile;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DiscardedVolumeTest {

    private final DiscardedVolume rule = new DiscardedVolume();

    @Test
    void aVolumeInAStageThatIsOnlyCopiedFromIsAWarning() {
        assertThat(task().container(
                                "app",
                                app -> app.target("run", 1).otherVolume("/data", 0, Optional.of("build"), true, 3))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                inDockerfile(3),
                                "VOLUME /data is in stage build, but stage run only copies from there: "
                                        + "COPY copies files, not volumes",
                                "move it to stage run")
                        .at(ContainerPath.of("/data")));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void stagesWithoutNamesAreNamedByTheirNumber() {
        assertThat(task().container("app", app -> app.otherVolume("/data", 7, Optional.empty(), true, 3))
                        .findings(rule))
                .extracting(Finding::message, CheckedTaskFixture::help)
                .containsExactly(tuple(
                        "VOLUME /data is in stage 7, but the last stage only copies from there: "
                                + "COPY copies files, not volumes",
                        "move it to the last stage"));
    }

    @Test
    void aStageThatIsNotUsedIsNotReported() {
        assertThat(task().container(
                                "app",
                                app -> app.target("run", 1).otherVolume("/data", 0, Optional.of("test"), false, 3))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void aStageThatAnotherContainerRunsKeepsItsVolume() {
        assertThat(task().container(
                                "app",
                                app -> app.target("run", 1).otherVolume("/data", 0, Optional.of("build"), true, 3))
                        .container("worker", worker -> worker.target("build", 0))
                        .findings(rule))
                .isEmpty();
    }
}
