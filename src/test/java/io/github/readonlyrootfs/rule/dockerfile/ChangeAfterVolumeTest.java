// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.dockerfile;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.DOCKERFILE;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Finding.Related;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.stage.ImageBuilder.Builder;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeAfterVolumeTest {

    private final ChangeAfterVolume rule = new ChangeAfterVolume();

    @Test
    void theClassicBuilderDiscardsTheChange() {
        assertThat(task().builtBy(Builder.CLASSIC)
                        .source(DOCKERFILE, "FROM alpine\n\nVOLUME /data\n\nRUN touch /data/a\n")
                        .container("app", app -> app.lateChange("/data", 5, 3))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                inDockerfile(5),
                                "what this RUN changes in /data is lost: "
                                        + "the classic builder discards changes to a VOLUME below its line",
                                "put `VOLUME /data` below line 5, and remove line 3")
                        .at(ContainerPath.of("/data"))
                        .with(List.of(new Related("declared by", "VOLUME /data", Optional.of(inDockerfile(3))))));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void buildKitKeepsIt() {
        assertThat(task().builtBy(Builder.BUILDKIT)
                        .container("app", app -> app.lateChange("/data", 5, 3))
                        .findings(rule))
                .isEmpty();
    }
}
