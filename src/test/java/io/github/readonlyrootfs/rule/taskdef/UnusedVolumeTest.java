// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import org.junit.jupiter.api.Test;

class UnusedVolumeTest {

    private final UnusedVolume rule = new UnusedVolume();

    @Test
    void aVolumeWithoutAMountPointIsAWarning() {
        assertThat(task().volume("tmp", new Storage.Empty(), 30)
                        .volume("data", new Storage.Empty(), 31)
                        .container("app", app -> app.mountPoint("data", "/data", 20))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(30),
                                "no container mounts volume tmp: it makes no path writable",
                                "add it to the `mountPoints` of the container that needs it, or remove volume tmp")
                        .about("tmp"));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void oneContainerThatMountsItIsEnough() {
        assertThat(task().volume("tmp", new Storage.Empty(), 30)
                        .container("app", app -> {})
                        .container("log", log -> log.mountPoint("tmp", "/tmp", 20))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void aPlaceholderMayNameAnyVolume() {
        assertThat(task().volume("tmp", new Storage.Empty(), 30)
                        .container("app", app -> app.mountPoint(unknown("${V} is a placeholder", 20), "/tmp", 20))
                        .findings(rule))
                .isEmpty();
        assertThat(task().volume(unknown("${V} is a placeholder", 30), new Storage.Empty())
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void anUnusedVolumeThatIsConfiguredAtLaunchIsAnError() {
        assertThat(task().volume("data", new Storage.Ebs(at(31)), 30)
                        .container("app", app -> {})
                        .findings(rule))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message())
                            .isEqualTo("no container mounts volume data: it is configured at launch, and ECS refuses"
                                    + " the task definition");
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                });
    }
}
