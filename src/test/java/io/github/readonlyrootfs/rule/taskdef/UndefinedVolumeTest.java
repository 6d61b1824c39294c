// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.unknown;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import org.junit.jupiter.api.Test;

class UndefinedVolumeTest {

    private final UndefinedVolume rule = new UndefinedVolume();

    @Test
    void aMissingVolumeIsAnError() {
        assertThat(task().container("app", app -> app.mountPoint("tmp", "/tmp", 20))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(20),
                                "container app mounts volume tmp at /tmp, which the task does not have: "
                                        + "ECS refuses the task definition",
                                "add `\"volumes\": [{\"name\": \"tmp\"}]` to the task definition")
                        .in("app")
                        .about("tmp"));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void aMistypedNameIsCorrectedToTheUnusedVolume() {
        assertThat(task().volume("data", new Storage.Empty(), 30)
                        .volume("tmp", new Storage.Empty(), 31)
                        .container("app", app -> app.mountPoint("tpm", "/tmp", 20))
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("add `\"sourceVolume\": \"tmp\"` to the mount point at /tmp; the task calls it tmp");
    }

    @Test
    void aNameThatDiffersInCaseOnlyIsTakenForATypingError() {
        assertThat(task().volume("Tmp", new Storage.Empty(), 30)
                        .container("app", app -> app.mountPoint("tmp", "/tmp", 20))
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("add `\"sourceVolume\": \"Tmp\"` to the mount point at /tmp; the task calls it Tmp");
    }

    @Test
    void aMountPointWithoutAVolumeIsAnError() {
        assertThat(task().container("app", app -> app.mountPoint(Value.<String>absent(), "/tmp", 20))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(20),
                                "a mount point of container app at /tmp names no volume: nothing is mounted",
                                "add the `sourceVolume` that is meant")
                        .in("app")
                        .about("/tmp"));
    }

    @Test
    void anExistingVolumeIsNotReported() {
        assertThat(task().volume("tmp", new Storage.Empty(), 30)
                        .container("app", app -> app.mountPoint("tmp", "/tmp", 20))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void placeholdersAreNotReported() {
        assertThat(task().volume(unknown("${V} is a placeholder", 30), new Storage.Empty())
                        .container("app", app -> app.mountPoint("tmp", "/tmp", 20))
                        .findings(rule))
                .isEmpty();
        assertThat(task().container("app", app -> app.mountPoint(unknown("${V} is a placeholder", 20), "/tmp", 20))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void aTaskDefinitionThatCannotBeReadHasNoMountPoints() {
        assertThat(task().unreadable().findings(rule)).isEmpty();
    }
}
