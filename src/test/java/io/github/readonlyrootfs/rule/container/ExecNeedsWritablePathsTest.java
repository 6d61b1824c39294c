// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.refused;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.runtime.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecNeedsWritablePathsTest {

    private final ExecNeedsWritablePaths rule = new ExecNeedsWritablePaths();

    private static CheckedTaskFixture.Container mounted(CheckedTaskFixture.Container app, String path) {
        Mount mount = mount(path, Mount.Kind.TASK_VOLUME, Ownership.ROOT_0755, at(20));
        return app.mount(mount)
                .access(path, refused(WriteAccess.NOT_PERMITTED, Access.Cause.OWNER, "it is root's", mount));
    }

    @Test
    void unmountedPathsOfTheAgentAreAWarning() {
        assertThat(task().executeCommand()
                        .container(
                                "app",
                                app -> app.step("FROM", 1, 0, Value.absent()).step("CMD", 2, 0, Value.absent()))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(4),
                                "ECS Exec opens no session in container app: its agent cannot write"
                                        + " /managed-agents, /var/lib/amazon/ssm, /var/log/amazon/ssm",
                                "put `VOLUME /managed-agents /var/lib/amazon/ssm /var/log/amazon/ssm`"
                                        + " above line 2 of Dockerfile:"
                                        + " ECS Exec works then, though AWS does not support it with a read-only root")
                        .in("app")
                        .at(ContainerPath.of("/managed-agents"))
                        .on(List.of(Platform.FARGATE)));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.WARNING);
    }

    /** Docker rejects a second mount at the path. */
    @Test
    void directoriesThatTheEcsAgentMountsAreNotRequired() {
        for (Platform platform : List.of(Platform.EC2, Platform.EXTERNAL)) {
            assertThat(task().executeCommand()
                            .on(platform)
                            .container("app", app -> {})
                            .findings(rule))
                    .extracting(Finding::message)
                    .containsExactly(
                            "ECS Exec opens no session in container app: its agent cannot write /managed-agents,"
                                    + " /var/lib/amazon/ssm");
        }
    }

    @Test
    void aMountThatOnlyRootCanWriteIsEnough() {
        assertThat(task().executeCommand()
                        .container(
                                "app",
                                app -> mounted(mounted(app, "/managed-agents"), "/var/lib/amazon/ssm")
                                        .runsAs(user("node", 1000)))
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("add `\"linuxParameters\": {\"tmpfs\": [{\"containerPath\": \"/var/log/amazon/ssm\","
                        + " \"size\": 64}]}` to container app; the size is in MiB, and ECS Exec works then, though AWS"
                        + " does not support it with a read-only root");
    }

    @Test
    void withoutEcsExecThePathsAreNotNeeded() {
        assertThat(task().container("app", app -> {}).findings(rule)).isEmpty();
    }
}
