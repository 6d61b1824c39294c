// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.declared;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.need;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.refused;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.writable;
import static io.github.readonlyrootfs.runtime.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.Volume;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PathNotPermittedTest {

    private static final String REASON = "the volume's directory is root:root 0755";
    private static final List<Finding.Related> BY_THE_POM = List.of(
            new Finding.Related("needed by", "<writablePaths>", Optional.of(new Location("pom.xml", 41, 13, 41, 30))));

    private final PathNotPermitted rule = new PathNotPermitted();

    private static Access refusedBy(Mount mount) {
        return refused(WriteAccess.NOT_PERMITTED, Access.Cause.OWNER, REASON, mount);
    }

    private static Mount mounted(Mount.Kind kind, Location location) {
        return mount("/data", kind, Ownership.ROOT_0755, location);
    }

    private List<Finding> findings(Mount mount, Consumer<CheckedTaskFixture.Container> with, Platform... platforms) {
        return task().on(platforms)
                .container(
                        "app",
                        app -> with.accept(app.runsAs(user("node", 1000))
                                .account("node", 1000, "/home/node")
                                .need(declared("/data"))
                                .mount(mount)
                                .access("/data", refusedBy(mount))))
                .findings(rule);
    }

    @Test
    void aVolumeOwnedByRootIsGivenToItsUser() {
        Mount volume = mounted(Mount.Kind.IMAGE_VOLUME, inDockerfile(2));

        assertThat(findings(
                        volume,
                        app -> app.step("FROM", 1, 0, Value.absent())
                                .step("VOLUME", 2, 0, Value.absent())
                                .step("USER", 3, 0, Value.absent()),
                        Platform.FARGATE))
                .containsExactly(finding(
                                rule,
                                inDockerfile(2),
                                "user node (uid 1000) cannot write /data: " + REASON,
                                "put `RUN mkdir -p /data && chown node /data` above line 2")
                        .in("app")
                        .at(ContainerPath.of("/data"))
                        .on(List.of(Platform.FARGATE))
                        .with(BY_THE_POM));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void withoutAPlaceWhereTheUserIsRootTheLinesSwitchToRootAndBack() {
        Mount volume = mounted(Mount.Kind.IMAGE_VOLUME, inDockerfile(2));
        Value<String> node = new Value.Known<>("node", inDockerfile(1));

        assertThat(findings(
                        volume,
                        app -> app.step("FROM", 1, 0, Value.absent())
                                .step("VOLUME", 2, 0, node)
                                .step("CMD", 3, 0, node)
                                .imageUser(node),
                        Platform.FARGATE))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("""
                        put these lines above line 2:
                        USER root
                        RUN mkdir -p /data && chown node /data
                        USER node""");
    }

    @Test
    void theSeverityDependsOnTheImpact() {
        Mount volume = mounted(Mount.Kind.IMAGE_VOLUME, inDockerfile(2));

        assertThat(task().container(
                                "app",
                                app -> app.need(need("/data", Need.Impact.FEATURE))
                                        .need(need("/log", Need.Impact.TOLERATED))
                                        .access("/data", refusedBy(volume))
                                        .access("/log", refusedBy(volume)))
                        .findings(rule))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING, Severity.INFO);
    }

    @Test
    void aWritableNeedHasNoFinding() {
        Mount volume = mounted(Mount.Kind.IMAGE_VOLUME, inDockerfile(2));

        assertThat(task().container("app", app -> app.need(declared("/data")).access("/data", writable(volume)))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void aTmpfsIsGivenToItsUserByItsOptions() {
        Mount tmpfs = mounted(Mount.Kind.TMPFS, at(20));

        assertThat(findings(tmpfs, app -> app.tmpfs("/data", 20, "noexec"), Platform.EC2))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("add `\"mountOptions\": [\"uid=1000\", \"gid=1000\"]` to the tmpfs at /data");
    }

    @Test
    void aSidecarsOwnVolumeBecomesATmpfs() {
        Mount volume = mounted(Mount.Kind.TASK_VOLUME, at(20));

        assertThat(findings(volume, app -> app.mountPoint("data", "/data", 20), Platform.FARGATE))
                .extracting(CheckedTaskFixture::help)
                .containsExactly(
                        "remove the mount at /data, and add `\"linuxParameters\": {\"tmpfs\": [{\"containerPath\":"
                                + " \"/data\", \"size\": 64, \"mountOptions\": [\"uid=1000\", \"gid=1000\"]}]}` to container app;"
                                + " the size is in MiB");
    }

    @Test
    void theHelpNamesAFixOutsideTheFiles() {
        Mount host = mounted(Mount.Kind.HOST_PATH, at(20));

        assertThat(findings(host, app -> {}, Platform.EC2))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("give the directory on the instance to user node (uid 1000)");
    }

    @Test
    void aVolumeOfAnotherContainerIsFixedInThatContainer() {
        Mount here = mounted(Mount.Kind.VOLUMES_FROM, at(30));
        Mount there = mounted(Mount.Kind.IMAGE_VOLUME, inDockerfile(2));

        assertThat(task().container(
                                "files",
                                files -> files.mount(there)
                                        .step("FROM", 1, 0, Value.absent())
                                        .step("VOLUME", 2, 0, Value.absent()))
                        .container(
                                "app",
                                app -> app.runsAs(user("node", 1000))
                                        .volumesFrom("files", 30)
                                        .need(declared("/data"))
                                        .mount(here)
                                        .access("/data", refusedBy(here)))
                        .volume("unused", new Volume.Storage.Empty(), 40)
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("put `RUN mkdir -p /data && chown 1000 /data` above line 2 of Dockerfile");
    }

    @Test
    void theFixCreatesAMissingParent() {
        Mount volume = mounted(Mount.Kind.IMAGE_VOLUME, inDockerfile(2));
        Access access = refused(
                WriteAccess.NOT_PERMITTED, Access.Cause.PARENT_MISSING, "parent directory missing: /data/run", volume);

        assertThat(task().container(
                                "app",
                                app -> app.runsAs(user("node", 1000))
                                        .account("node", 1000, "/home/node")
                                        .need(declared("/data/run/app.pid"))
                                        .access("/data/run/app.pid", access)
                                        .step("FROM", 1, 0, Value.absent())
                                        .step("VOLUME", 2, 0, Value.absent()))
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("put `RUN mkdir -p /data/run && chown node /data/run` above line 2");
    }
}
