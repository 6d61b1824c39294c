// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.help;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.known;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.runtime.Users.root;
import static io.github.readonlyrootfs.runtime.Users.unknownUser;
import static io.github.readonlyrootfs.runtime.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.runtime.ContainerUser;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.taskdef.Volume.Storage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadOnlyRootDefeatedTest {

    private final ReadOnlyRootDefeated rule = new ReadOnlyRootDefeated();

    @Test
    void privilegedRootIsAnError() {
        assertThat(task().on(Platform.EC2)
                        .container("app", app -> app.privileged(true))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(12),
                                "container app is privileged and runs as root: "
                                        + "it can remount its root file system writable",
                                "remove `privileged` from container app")
                        .in("app")
                        .about("privileged")
                        .on(List.of(Platform.EC2)));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void aUserWhoMayBeRootCountsAsRoot() {
        assertThat(task().on(Platform.EC2)
                        .container(
                                "app",
                                app -> app.privileged(true)
                                        .runsAs(unknownUser("nothing is known about the base image")))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(12),
                                "container app is privileged and may run as root: "
                                        + "it can remount its root file system writable",
                                "remove `privileged` from container app")
                        .in("app")
                        .about("privileged")
                        .on(List.of(Platform.EC2)));
    }

    @Test
    void privilegedNonRootIsAWarning() {
        assertThat(task().on(Platform.EC2)
                        .container("app", app -> app.privileged(true).runsAs(user("node", 1000)))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(12),
                                "container app is privileged and runs as user node (uid 1000): "
                                        + "a process that becomes root can remount its root file system writable",
                                "remove `privileged` from container app")
                        .in("app")
                        .about("privileged")
                        .on(List.of(Platform.EC2))
                        .as(Severity.WARNING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYS_ADMIN", "ALL"})
    void aCapabilityThatAllowsMountingIsReported(String capability) {
        assertThat(task().on(Platform.EC2)
                        .container("app", app -> app.capability(capability, 20))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(20),
                                "container app adds the capability " + capability
                                        + " and runs as root: it can remount its root file system writable",
                                "remove `" + capability + "` from container app")
                        .in("app")
                        .about(capability)
                        .on(List.of(Platform.EC2)));
    }

    @Test
    void otherCapabilitiesAreNotReported() {
        assertThat(task().on(Platform.EC2)
                        .container("app", app -> app.privileged(false).capability("NET_ADMIN", 20))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void onFargateNothingIsReported() {
        assertThat(task().on(Platform.FARGATE)
                        .container("app", app -> app.privileged(true).capability("SYS_ADMIN", 20))
                        .findings(rule))
                .isEmpty();
    }

    private static Mount hostMount(boolean readOnly) {
        Mount mount = CheckedTaskFixture.mount("/host", Mount.Kind.HOST_PATH, Ownership.UNKNOWN, at(20));
        return new Mount(
                mount.path(),
                mount.target(),
                new Mount.Declaration(
                        Mount.Kind.HOST_PATH, Mount.Origin.PROJECT, Optional.of("host"), Optional.of(at(20))),
                readOnly,
                false,
                mount.root());
    }

    private List<Finding> mounting(String path, boolean readOnly, ContainerUser user, Platform platform) {
        return task().on(platform)
                .volume("host", new Storage.HostPath(known(path, 31)), 30)
                .container("app", app -> app.mount(hostMount(readOnly)).runsAs(user))
                .findings(rule);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock"})
    void theSocketOfTheEngineIsAnErrorForRootEvenIfMountedReadOnly(String socket) {
        for (boolean readOnly : List.of(true, false)) {
            assertThat(mounting(socket, readOnly, root(), Platform.EC2))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.message())
                                .isEqualTo(
                                        "container app mounts " + socket + " and runs as root: it can start containers"
                                                + " that write to this one's root file system");
                        assertThat(help(finding)).isEqualTo("remove the mount at /host");
                        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                        assertThat(finding.location()).isEqualTo(at(20));
                    });
        }
        assertThat(mounting(socket, true, user("node", 1000), Platform.EC2))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
        assertThat(mounting(socket, true, unknownUser("nobody knows"), Platform.EXTERNAL))
                .extracting(Finding::severity)
                .containsExactly(Severity.ERROR);
        // Fargate has no host paths; another rule reports them there.
        assertThat(mounting(socket, true, root(), Platform.FARGATE)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/run", "/var/run/", "/"})
    void aDirectoryThatContainsTheSocketIsAnError(String directory) {
        assertThat(mounting(directory, true, root(), Platform.EC2))
                .extracting(Finding::message)
                .containsExactly(
                        "container app mounts " + directory + ", and with it the socket /run/docker.sock, and runs"
                                + " as root: it can start containers that write to this one's root file system");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc", "/usr", "/proc", "/var/lib/docker"})
    void aWritableHostDirectoryThatControlsTheInstanceIsAnError(String directory) {
        assertThat(mounting(directory, false, root(), Platform.EC2))
                .extracting(Finding::message)
                .containsExactly("container app can write to " + directory + " of the instance and runs as root:"
                        + " it can take over the instance, and with it this container's root file system");
        assertThat(mounting(directory, true, root(), Platform.EC2)).isEmpty();
        assertThat(mounting(directory, false, user("node", 1000), Platform.EC2)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/srv/data", "/etc/localtime", "/var/log", "${DIR}", "run"})
    void otherPathsOfTheInstanceAreNotReported(String path) {
        assertThat(mounting(path, false, root(), Platform.EC2)).isEmpty();
    }
}
