// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.alternatives;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.declared;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.help;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.mount;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.refused;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.writable;
import static io.github.readonlyrootfs.runtime.Users.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.Provenance;
import io.github.readonlyrootfs.image.tree.TreeNode;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Keeps;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.start.Writer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class PathNotWritableTest {

    private static final String REASON = "nothing is mounted there";

    private final PathNotWritable rule = new PathNotWritable();

    private static Access nowhere(String path) {
        return refused(WriteAccess.READ_ONLY, Access.Cause.NO_MOUNT, REASON, path);
    }

    private List<Finding> findings(String path, Consumer<CheckedTaskFixture.Container> with) {
        return task().container("app", app -> {
                    app.need(declared(path)).access(path, nowhere(path));
                    with.accept(app);
                })
                .findings(rule);
    }

    @Test
    void forRootTheFixChangesNoOwnerEvenIfTheImageIsUnknown() {
        assertThat(findings(
                        "/run/postgresql",
                        app -> app.step("FROM", 1, 0, Value.absent()).files(TreeNode.unknown(Provenance.of("test")))))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("put `VOLUME /run/postgresql` above line 2 of Dockerfile");
    }

    @Test
    void withADockerfileTheFixIsAVolume() {
        assertThat(findings(
                        "/cache",
                        app -> app.runsAs(user("node", 1000))
                                .account("node", 1000, "/home/node")
                                .step("FROM", 1, 0, Value.absent())
                                .step("RUN", 2, 0, Value.absent())
                                .step("CMD", 3, 0, Value.absent())))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message()).isEqualTo("user node (uid 1000) cannot write /cache: " + REASON);
                    assertThat(help(finding)).isEqualTo("""
                                    put these lines above line 3 of Dockerfile:
                                    RUN mkdir -p /cache && chown node /cache
                                    VOLUME /cache""");
                    assertThat(finding.location()).isEqualTo(at(4));
                    assertThat(finding.path()).contains(ContainerPath.of("/cache"));
                    assertThat(finding.platforms()).containsExactly(Platform.FARGATE);
                    assertThat(finding.severity()).isEqualTo(Severity.ERROR);
                });
    }

    @Test
    void forRootTheFixIsOnlyTheVolume() {
        assertThat(findings(
                        "/cache", app -> app.step("FROM", 1, 0, Value.absent()).step("CMD", 2, 0, Value.absent())))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("put `VOLUME /cache` above line 2 of Dockerfile");
    }

    @Test
    void withoutADockerfileTheFixIsATmpfs() {
        assertThat(findings("/cache", app -> app.runsAs(user("node", 1000))))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("add `\"linuxParameters\": {\"tmpfs\": [{\"containerPath\": \"/cache\", \"size\": 64,"
                        + " \"mountOptions\": [\"uid=1000\", \"gid=1000\"]}]}` to container app; the size is in MiB");
    }

    private Finding ofPerhaps(Consumer<CheckedTaskFixture.Container> with) {
        Evidence evidence = new Evidence(Evidence.Kind.INFERRED, "touch writes it", Optional.of(inDockerfile(4)));
        Need need = new Need(
                List.of(ContainerPath.of("/data")),
                Need.Impact.TOLERATED,
                false,
                false,
                List.of(evidence.perhaps(true)));
        List<Finding> findings = task().container("app", app -> {
                    app.need(need).access("/data", nowhere("/data"));
                    with.accept(app);
                })
                .findings(rule);
        assertThat(findings).hasSize(1);
        return findings.get(0);
    }

    @Test
    void aWriteWithoutWhichTheContainerMayEndIsAWarning() {
        assertThat(ofPerhaps(app -> {})).satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.related()).extracting(Finding.Related::label).containsExactly(Finding.PERHAPS_NEEDED_BY);
        });
        Gap server = new Gap(
                Gap.Kind.PROGRAM,
                "/api",
                "this check does not know the program",
                Need.Impact.FATAL,
                new Evidence(Evidence.Kind.INFERRED, "the start command", Optional.of(inDockerfile(4))));
        assertThat(ofPerhaps(app -> app.gap(server)))
                .describedAs("of a container that has a greater gap")
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.INFO);
                    assertThat(finding.related())
                            .extracting(Finding.Related::label)
                            .containsExactly(Finding.PERHAPS_NEEDED_BY);
                });
        assertThat(ofPerhaps(app -> app.need(declared("/other"))
                        .access(
                                "/other",
                                writable(mount(
                                        "/other",
                                        Mount.Kind.IMAGE_VOLUME,
                                        Ownership.of(0, 0, 01777),
                                        inDockerfile(2))))))
                .describedAs("of a container whose needs are declared")
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.INFO);
                    assertThat(finding.related())
                            .extracting(Finding.Related::label)
                            .containsExactly(Finding.NEEDED_BY);
                });
    }

    @Test
    void aVolumeInAnotherStageIsReportedAsTheNearestMiss() {
        assertThat(findings(
                        "/cache",
                        app -> app.step("FROM", 4, 1, Value.absent())
                                .step("CMD", 5, 1, Value.absent())
                                .otherVolume("/cache", 0, Optional.of("build"), true, 2)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.location()).isEqualTo(inDockerfile(2));
                    assertThat(finding.message())
                            .isEqualTo("user root (uid 0) cannot write /cache: "
                                    + "its VOLUME is in stage build, which this image is not built from");
                    assertThat(help(finding)).isEqualTo("put `VOLUME /cache` above line 5");
                });
    }

    @Test
    void aMountBelowDoesNotHelp() {
        Mount below = mount("/cache/deep", Mount.Kind.TASK_VOLUME, Ownership.ROOT_0755, at(20));

        assertThat(findings("/cache", app -> app.mount(below)))
                .extracting(Finding::message, Finding::location)
                .containsExactly(
                        tuple("user root (uid 0) cannot write /cache: only /cache/deep below it is mounted", at(20)));
    }

    @Test
    void aReadOnlyMountIsMadeWritable() {
        Mount mount = mount("/cache", Mount.Kind.TASK_VOLUME, Ownership.ROOT_0755, at(20));

        assertThat(task().container(
                                "app",
                                app -> app.need(declared("/cache"))
                                        .readOnlyMountPoint("data", "/cache", 20)
                                        .access(
                                                "/cache",
                                                refused(
                                                        WriteAccess.READ_ONLY,
                                                        Access.Cause.READ_ONLY_MOUNT,
                                                        "the mount at /cache is read-only",
                                                        mount)))
                        .findings(rule))
                .extracting(Finding::message, CheckedTaskFixture::help)
                .containsExactly(tuple(
                        "user root (uid 0) cannot write /cache: the mount at /cache is read-only",
                        "add `\"readOnly\": false` to the mount point at /cache"));
    }

    @Test
    void nothingCanBeMountedAtTheRoot() {
        assertThat(findings("/", app -> {}))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("name the directories below / that it writes: nothing can be mounted at /");
    }

    @Test
    void theHelpForADatabaseSuggestsPersistentStorage() {
        Evidence database = new Evidence(Evidence.Kind.INFERRED, "a database", Optional.empty())
                .keeping(Optional.of(Keeps.DATABASE));
        assertThat(task().container(
                                "app",
                                app -> app.need(new Need(
                                                List.of(ContainerPath.of("/shop.db")),
                                                Need.Impact.FATAL,
                                                false,
                                                false,
                                                List.of(database)))
                                        .access("/shop.db", nowhere("/shop.db")))
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("write it to a separate directory and mount EFS or EBS there, or use a database"
                        + " service: nothing can be mounted at /");
    }

    @Test
    void oneWritableAlternativeIsEnough() {
        Mount tmp = mount("/tmp", Mount.Kind.IMAGE_VOLUME, Ownership.of(0, 0, 01777), inDockerfile(2));

        assertThat(task().container(
                                "app",
                                app -> app.need(alternatives("/cache", "/tmp")).access("/tmp", writable(tmp)))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void windowsHasNoReadOnlyRoot() {
        assertThat(task().windows()
                        .container("app", app -> app.need(declared("/cache")))
                        .findings(rule))
                .isEmpty();
    }

    private static Need inferred(String path, Need.Impact impact, Optional<String> advice) {
        return new Need(
                List.of(ContainerPath.of(path)),
                impact,
                false,
                false,
                Need.Kind.FILE,
                List.of(new Evidence(
                        Evidence.Kind.INFERRED, "an option names it", Optional.empty(), Optional.of("start-command"))),
                advice.map(text -> new Need.Advice(text, true)),
                Writer.CONTAINERS_OWN);
    }

    @Test
    void anOptionalNeedIsNotTheLocationOfAFatalOne() {
        Evidence atStart = new Evidence(Evidence.Kind.INFERRED, "a library does at start", Optional.empty());
        Evidence whenUsed = new Evidence(
                Evidence.Kind.INFERRED,
                "a class does when used",
                Optional.of(at(99)),
                Optional.of("code"),
                Optional.of(Need.Impact.FEATURE),
                Optional.empty(),
                false);
        Need need = new Need(
                List.of(ContainerPath.of("/data")), Need.Impact.FATAL, false, true, List.of(whenUsed, atStart));
        assertThat(task().container("app", app -> app.need(need).access("/data", nowhere("/data")))
                        .findings(rule))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.location()).isNotEqualTo(at(99));
                    assertThat(finding.related())
                            .extracting(Finding.Related::text)
                            .containsExactly("a library does at start", "a class does when used [code]");
                });
    }

    @Test
    void aNeedBelowAnotherOneIsFixedWithIt() {
        assertThat(findings(
                        "/run",
                        app -> app.need(inferred("/run/app.pid", Need.Impact.FATAL, Optional.empty()))
                                .access("/run/app.pid", nowhere("/run/app.pid"))))
                .extracting(Finding::path)
                .containsExactly(Optional.of(ContainerPath.of("/run")));
    }

    @Test
    void aNeedWithAWritableAlternativeIsMet() {
        assertThat(findings(
                        "/tmp",
                        app -> app.need(alternatives("/tmp", "/var/tmp")).access("/var/tmp", nowhere("/var/tmp"))))
                .hasSize(1);
    }

    @Test
    void aNeedWithAHigherSeverityThanTheOneAboveHasItsOwnFinding() {
        assertThat(task().container(
                                "app",
                                app -> app.need(inferred("/run", Need.Impact.TOLERATED, Optional.empty()))
                                        .need(inferred("/run/app.pid", Need.Impact.FATAL, Optional.empty()))
                                        .access("/run", nowhere("/run"))
                                        .access("/run/app.pid", nowhere("/run/app.pid")))
                        .findings(rule))
                .extracting(Finding::severity)
                .containsExactlyInAnyOrder(Severity.INFO, Severity.ERROR);
    }

    @Test
    void aMissingExecutePermissionIsNotASecondFinding() {
        assertThat(findings(
                        "/tmp",
                        app -> app.need(new Need(
                                List.of(ContainerPath.of("/tmp")),
                                Need.Impact.TOLERATED,
                                true,
                                true,
                                List.of(new Evidence(
                                        Evidence.Kind.INFERRED, "a library unpacks itself", Optional.empty()))))))
                .extracting(Finding::severity)
                .containsExactly(Severity.ERROR);
    }

    @Test
    void theFindingNamesTheFinder() {
        assertThat(task().container(
                                "app",
                                app -> app.need(inferred("/run", Need.Impact.FEATURE, Optional.of("set NO_PID")))
                                        .access("/run", nowhere("/run")))
                        .findings(rule))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.severity()).isEqualTo(Severity.WARNING);
                    assertThat(help(finding)).isEqualTo("set NO_PID");
                    assertThat(finding.related())
                            .extracting(Finding.Related::text)
                            .containsExactly("an option names it [start-command]");
                });
    }
}
