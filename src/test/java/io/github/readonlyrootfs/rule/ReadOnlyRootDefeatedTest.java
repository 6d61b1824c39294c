package io.github.readonlyrootfs.rule;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.unknownUser;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.runtime.Platform;
import java.util.List;
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
                .containsExactly(Finding.of(
                                rule,
                                at(12),
                                "container app is privileged and runs as root: "
                                        + "it can remount its root file system writable",
                                "remove `privileged` from container app")
                        .in("app")
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
                .containsExactly(Finding.of(
                                rule,
                                at(12),
                                "container app is privileged and may run as root: "
                                        + "it can remount its root file system writable",
                                "remove `privileged` from container app")
                        .in("app")
                        .on(List.of(Platform.EC2)));
    }

    @Test
    void anotherUserMakesItAWarning() {
        assertThat(task().on(Platform.EC2)
                        .container("app", app -> app.privileged(true).runsAs(user("node", 1000)))
                        .findings(rule))
                .containsExactly(Finding.of(
                                rule,
                                at(12),
                                "container app is privileged and runs as user node (uid 1000): "
                                        + "a process that becomes root can remount its root file system writable",
                                "remove `privileged` from container app")
                        .in("app")
                        .on(List.of(Platform.EC2))
                        .as(Severity.WARNING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SYS_ADMIN", "ALL"})
    void soDoesACapabilityThatAllowsMounting(String capability) {
        assertThat(task().on(Platform.EC2)
                        .container("app", app -> app.capability(capability, 20))
                        .findings(rule))
                .containsExactly(Finding.of(
                                rule,
                                at(20),
                                "container app adds the capability " + capability
                                        + " and runs as root: it can remount its root file system writable",
                                "remove `" + capability + "` from container app")
                        .in("app")
                        .on(List.of(Platform.EC2)));
    }

    @Test
    void othersAreHarmless() {
        assertThat(task().on(Platform.EC2)
                        .container("app", app -> app.privileged(false).capability("NET_ADMIN", 20))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void fargateGrantsNoneOfThem() {
        assertThat(task().on(Platform.FARGATE)
                        .container("app", app -> app.privileged(true).capability("SYS_ADMIN", 20))
                        .findings(rule))
                .isEmpty();
    }
}
