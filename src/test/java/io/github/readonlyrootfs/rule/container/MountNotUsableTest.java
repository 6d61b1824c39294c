// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.declared;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.refused;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.writable;
import static io.github.readonlyrootfs.runtime.Users.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MountNotUsableTest {

    private static final String REASON = "the volume's directory is root:root 0755";

    private final MountNotUsable rule = new MountNotUsable();

    private static Need implied(String path) {
        return new Need(
                List.of(ContainerPath.of(path)),
                Need.Impact.FEATURE,
                false,
                true,
                List.of(new Evidence(Evidence.Kind.IMPLIED, "VOLUME", Optional.of(inDockerfile(2)))));
    }

    private static CheckedTaskFixture.Container refusing(CheckedTaskFixture.Container app, Mount mount) {
        return app.runsAs(user("node", 1000))
                .account("node", 1000, "/home/node")
                .implied(implied("/data"))
                .mount(mount)
                .access("/data", refused(WriteAccess.NOT_PERMITTED, Access.Cause.OWNER, REASON, mount))
                .step("FROM", 1, 0, Value.absent())
                .step("VOLUME", 2, 0, Value.absent());
    }

    private static final Mount VOLUME = mount("/data", Mount.Kind.IMAGE_VOLUME, Ownership.ROOT_0755, inDockerfile(2));

    @Test
    void aVolumeThatItsUserCannotWriteIsAnError() {
        assertThat(task().container("app", app -> refusing(app, VOLUME)).findings(rule))
                .containsExactly(finding(
                                rule,
                                inDockerfile(2),
                                "user node (uid 1000) cannot write the mount at /data: " + REASON,
                                "put `RUN mkdir -p /data && chown node /data` above line 2")
                        .in("app")
                        .at(ContainerPath.of("/data"))
                        .on(List.of(Platform.FARGATE)));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void aMountPointThatMayBeOnlyReadIsAWarning() {
        Mount mount = mount("/data", Mount.Kind.TASK_VOLUME, Ownership.ROOT_0755, at(20));

        assertThat(task().on(Platform.EC2)
                        .container("app", app -> refusing(app, mount).mountPoint("data", "/data", 20))
                        .findings(rule))
                .allMatch(finding -> finding.severity() == Severity.WARNING)
                .extracting(CheckedTaskFixture::help)
                .containsExactly("put `RUN mkdir -p /data && chown node /data` above line 3 of Dockerfile: "
                        + "if it is only read, set `readOnly` instead");
    }

    @Test
    void aVolumeWithFilesOfTheDockerfileMayBeOnlyRead() {
        assertThat(task().container("app", app -> refusing(app, VOLUME).copied("/data/shop.yaml", 1))
                        .findings(rule))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
    }

    @Test
    void aVolumeBelowEtcMayBeOnlyRead() {
        Mount etc = mount("/etc/shop", Mount.Kind.IMAGE_VOLUME, Ownership.ROOT_0755, inDockerfile(3));

        assertThat(task().container(
                                "app",
                                app -> refusing(app, VOLUME)
                                        .implied(implied("/etc/shop"))
                                        .mount(etc)
                                        .access(
                                                "/etc/shop",
                                                refused(WriteAccess.NOT_PERMITTED, Access.Cause.OWNER, REASON, etc)))
                        .findings(rule))
                .extracting(finding -> finding.path().orElseThrow() + " " + finding.severity())
                .containsExactlyInAnyOrder("/data ERROR", "/etc/shop WARNING");
    }

    @Test
    void aVolumeThatTheDeclaredNeedsDoNotNameMayBeUnused() {
        assertThat(task().container(
                                "app",
                                app -> refusing(app, VOLUME)
                                        .need(declared("/tmp"))
                                        .access(
                                                "/tmp",
                                                writable(mount(
                                                        "/tmp",
                                                        Mount.Kind.TMPFS,
                                                        new Ownership(UnixId.ROOT, UnixId.ROOT, 01777),
                                                        at(9)))))
                        .findings(rule))
                .extracting(Finding::severity)
                .containsExactly(Severity.WARNING);
    }

    @Test
    void aMountWithADeclaredNeedHasNoFinding() {
        assertThat(task().container("app", app -> refusing(app, VOLUME).need(declared("/data")))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void aUsableMountHasNoFinding() {
        assertThat(task().container("app", app -> app.implied(implied("/data")).access("/data", writable(VOLUME)))
                        .findings(rule))
                .isEmpty();
    }
}
