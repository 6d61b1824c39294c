package io.github.readonlyrootfs.rule;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.known;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnsupportedByPlatformTest {

    private final UnsupportedByPlatform rule = new UnsupportedByPlatform();

    @Test
    void aHostPathOnFargateIsAnError() {
        assertThat(task().volume("data", new Storage.HostPath(known("/mnt", 31), at(31)), 30)
                        .findings(rule))
                .containsExactly(Finding.of(
                                rule,
                                at(31),
                                "Fargate does not support host.sourcePath (volume data): ECS refuses the task definition",
                                """
                                write an empty volume, which lives as long as the task
                                { "name": "data" }""")
                        .on(List.of(Platform.FARGATE)));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void soAreVolumesOfDockerAndOfFsx() {
        assertThat(task().volume("a", new Storage.Docker(Value.absent(), Value.absent(), false, at(31)), 30)
                        .volume("b", new Storage.Fsx(at(33)), 32)
                        .findings(rule))
                .extracting(Finding::message)
                .containsExactly(
                        "Fargate does not support dockerVolumeConfiguration (volume a): "
                                + "ECS refuses the task definition",
                        "Fargate does not support fsxWindowsFileServerVolumeConfiguration (volume b): "
                                + "ECS refuses the task definition");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sharedMemorySize", "devices", "maxSwap", "swappiness"})
    void soAreLinuxParametersThatFargateLacks(String key) {
        assertThat(task().container("app", app -> app.linuxParameter(key, 20)).findings(rule))
                .containsExactly(Finding.of(
                                rule,
                                at(20),
                                "Fargate does not support " + key + " (container app): ECS refuses the task definition",
                                "remove `\"" + key + "\"` from container app")
                        .in("app")
                        .on(List.of(Platform.FARGATE)));
    }

    @Test
    void soIsPrivileged() {
        assertThat(task().container("app", app -> app.privileged(true)).findings(rule))
                .containsExactly(Finding.of(
                                rule,
                                at(12),
                                "Fargate does not support privileged (container app): "
                                        + "ECS refuses the task definition",
                                "remove `\"privileged\": true` from container app")
                        .in("app")
                        .on(List.of(Platform.FARGATE)));
    }

    @Test
    void ofTheCapabilitiesFargateAddsOnlySysPtrace() {
        assertThat(task().container(
                                "app",
                                app -> app.capability("SYS_PTRACE", 20)
                                        .capability("NET_ADMIN", 21)
                                        .capability("${CAP}", 22)
                                        .dropped("ALL", 23))
                        .findings(rule))
                .containsExactly(Finding.of(
                                rule,
                                at(21),
                                "Fargate does not support the capability NET_ADMIN (container app): "
                                        + "ECS refuses the task definition",
                                "remove `\"NET_ADMIN\"` from container app")
                        .in("app")
                        .on(List.of(Platform.FARGATE)));
    }

    @Test
    void whereFargateIsOnlyAssumedTheTaskIsMeantForAnotherPlatform() {
        assertThat(task().assumed(Platform.EC2, Platform.FARGATE)
                        .volume("data", new Storage.HostPath(known("/mnt", 31), at(31)), 30)
                        .container("app", app -> app.privileged(true).linuxParameter("devices", 20))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void otherPlatformsHaveAllOfThem() {
        assertThat(task().on(Platform.EC2)
                        .volume("data", new Storage.HostPath(known("/mnt", 31), at(31)), 30)
                        .container("app", app -> app.privileged(true).linuxParameter("devices", 20))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void whatFargateHasIsFine() {
        assertThat(task().volume("tmp", new Storage.Empty(), 30)
                        .volume("efs", new Storage.Efs(Value.absent(), Value.absent(), at(31)), 31)
                        .container(
                                "app",
                                app -> app.privileged(false)
                                        .tmpfs("/tmp", 20, "rw", "exec", "mode=1777", "uid=1000")
                                        .initProcess())
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void aTmpfsWithoutSizeIsAnErrorEverywhere() {
        assertThat(task().on(Platform.EC2)
                        .container("app", app -> app.tmpfs("/tmp", Value.absent(), 20))
                        .findings(rule))
                .containsExactly(Finding.of(
                                rule,
                                at(20),
                                "the tmpfs at /tmp of container app has no size: ECS refuses the task definition",
                                """
                                add its size in MiB
                                "size": 64""")
                        .in("app")
                        .at(ContainerPath.of("/tmp")));
    }

    @Test
    void windowsContainersHaveNoUserNoPrivilegesAndNoLinuxParameters() {
        assertThat(task().windows()
                        .on(Platform.EC2)
                        .container(
                                "app",
                                app -> app.user("app")
                                        .privileged(true)
                                        .linuxParameter("devices", 21)
                                        .capability("NET_ADMIN", 20))
                        .findings(rule))
                .containsExactly(onWindows("user", 7), onWindows("privileged", 12), onWindows("linuxParameters", 20));
    }

    private Finding onWindows(String key, int line) {
        return Finding.of(
                        rule,
                        at(line),
                        "Windows containers do not support " + key + " (container app): the task does not start",
                        "remove `\"" + key + "\"` from container app")
                .in("app");
    }

    @Test
    void aWindowsContainerWithoutThemIsFine() {
        assertThat(task().windows().container("app", app -> {}).findings(rule)).isEmpty();
    }
}
