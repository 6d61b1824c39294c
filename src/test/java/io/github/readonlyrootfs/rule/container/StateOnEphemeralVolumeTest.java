// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.help;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.writable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Keeps;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Need.Impact;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StateOnEphemeralVolumeTest {

    private final StateOnEphemeralVolume rule = new StateOnEphemeralVolume();

    private List<Finding> findings(Optional<Keeps> keeps, Impact impact, Mount mount) {
        Evidence evidence = new Evidence(Evidence.Kind.INFERRED, "a setting", Optional.of(at(30))).keeping(keeps);
        Need need = new Need(List.of(ContainerPath.of("/data/shop")), impact, false, true, List.of(evidence));
        return task().container("app", app -> app.need(need).mount(mount).access("/data/shop", writable(mount)))
                .findings(rule);
    }

    private static Mount data(Mount.Kind kind) {
        return mount("/data", kind, Ownership.ROOT_0755, at(20));
    }

    @Test
    void aDatabaseOnATaskVolumeIsAWarningAtItsEvidence() {
        assertThat(findings(Optional.of(Keeps.DATABASE), Impact.FATAL, data(Mount.Kind.TASK_VOLUME)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message())
                            .isEqualTo("a database is kept in /data/shop, on storage that is lost when the task ends");
                    assertThat(help(finding))
                            .isEqualTo("mount an EFS or EBS volume at /data, or use a database service");
                    assertThat(finding.location()).isEqualTo(at(30));
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                });
    }

    @ParameterizedTest
    @CsvSource({
        "FILES, files are kept, keep them in S3",
        "SESSIONS, sessions are kept, keep them in a database or a cache service",
        "QUEUE, a queue is kept, use a queue service"
    })
    void theFindingSaysWhatIsKeptAndWhereItBelongs(Keeps keeps, String message, String help) {
        assertThat(findings(Optional.of(keeps), Impact.FEATURE, data(Mount.Kind.IMAGE_VOLUME)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message()).startsWith(message);
                    assertThat(help(finding)).endsWith(help);
                });
    }

    @ParameterizedTest
    @EnumSource(
            value = Mount.Kind.class,
            names = {"EFS", "EBS", "HOST_PATH", "DOCKER_VOLUME"})
    void storageThatOutlivesTheTaskIsNotReported(Mount.Kind kind) {
        assertThat(findings(Optional.of(Keeps.DATABASE), Impact.FATAL, data(kind)))
                .isEmpty();
    }

    @Test
    void aPathWhoseLossDoesNoHarmIsNotReported() {
        assertThat(findings(Optional.empty(), Impact.FATAL, data(Mount.Kind.TMPFS)))
                .isEmpty();
    }

    @Test
    void whatAProfileThatNothingActivatesKeepsIsNotReported() {
        assertThat(findings(Optional.of(Keeps.DATABASE), Impact.TOLERATED, data(Mount.Kind.TMPFS)))
                .isEmpty();
    }
}
