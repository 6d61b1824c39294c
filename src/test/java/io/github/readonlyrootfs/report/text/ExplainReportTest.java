// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.report.TaskFixture;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainReportTest {

    private static String text(Stream<String> lines) {
        return lines.collect(Collectors.joining("\n", "", "\n"));
    }

    private static String explained(Analysis task, String path) {
        return text(new ExplainReport(task, List.of()).lines(path));
    }

    @Test
    void whatOnlyARunShowedIsALineForAReport() throws Exception {
        Path fixture = Path.of("src/test/resources/fixtures/a-python-service-that-was-observed");
        Analysis tasks = ReadOnlyRootAnalysis.check(new RequestBuilder(fixture.resolve("taskdef.json"))
                        .dockerfile(fixture.resolve("Dockerfile"))
                        .build())
                .tasks();

        assertThat(new ExplainReport(tasks, List.of()).lines().filter(line -> line.contains("only a run")))
                .first()
                .isEqualTo(
                        "  only a run showed that python on python:3.12-slim needs /srv/app: report this line, so that"
                                + " the next version infers it");
    }

    @Test
    void aContainerIsExplainedWithItsUserItsMountsAndItsNeedsByImpact() {
        List<Finding> findings = List.of(TaskFixture.shareFinding());
        assertThat(text(new ExplainReport(TaskFixture.task(Platform.FARGATE), findings).lines()))
                .isEqualTo("""
                        container app fails with a read-only root: it cannot write /usr/local/share

                        container app on FARGATE: fails
                          image  <IMAGE1_NAME>, built from Dockerfile, based on node:15.14.0-alpine
                          root   readonlyRootFilesystem is true (taskdef.json:6)
                          user   node (uid 1000, gid 1000), from Dockerfile:6
                          mounts
                            PATH              KIND          FROM          OWNER      MODE  FLAGS  CONTENT
                            /tmp              image-volume  Dockerfile:4  root:root  1777  rw     image
                            /usr/local/share  image-volume  Dockerfile:5  root:root  0755  rw     image
                            the engine's own, writable: /dev/shm
                          needs
                            fatal
                              /usr/local/share  NOT_PERMITTED  the volume's directory is root:root 0755
                                                declared       pom.xml:41 <writablePaths>
                                                help           put `RUN chown node /usr/local/share` above line 5 of Dockerfile
                            feature
                              /usr/local/share                NOT_PERMITTED  as above
                                                              implied        Dockerfile:5 VOLUME
                              /tmp (or /var/run), executable  WRITABLE       the volume's directory is root:root 1777
                                                              inferred       org.example:tool:1.0
                            optional
                              /tmp  WRITABLE  the volume's directory is root:root 1777
                                    declared  pom.xml:41 <writablePaths>
                        """);
    }

    @Test
    void pathsBelowAListedDirectoryAreFoldedUnderIt() {
        Analysis task = TaskFixture.task(
                List.of(
                        CheckedTaskFixture.need("/data/b", Need.Impact.FEATURE),
                        CheckedTaskFixture.need("/data", Need.Impact.FATAL),
                        CheckedTaskFixture.need("/data/a", Need.Impact.FATAL)),
                Platform.FARGATE);
        String reason = "READ_ONLY  nothing is mounted there, and the root file system is read-only";

        assertThat(new ExplainReport(task, List.of()).lines().map(String::strip))
                .containsSubsequence(
                        "fatal",
                        "/data    " + reason,
                        "/data/a  READ_ONLY  as /data",
                        "feature",
                        "/data/b           READ_ONLY      as /data");
    }

    @Test
    void theFixOfADirectoryIsTheFixOfThePathsBelowItAndOnlyOnItsPlatforms() {
        Finding above = TaskFixture.shareFinding().at(ContainerPath.of("/usr"));
        assertThat(new ExplainReport(TaskFixture.task(Platform.FARGATE), List.of(above)).lines())
                .filteredOn(line -> line.contains("help"))
                .hasSize(1);
        Finding elsewhere = above.in("another");
        assertThat(new ExplainReport(TaskFixture.task(Platform.FARGATE), List.of(elsewhere)).lines())
                .noneMatch(line -> line.contains("help"));
        assertThat(new ExplainReport(TaskFixture.task(Platform.EC2), List.of(above)).lines())
                .noneMatch(line -> line.contains("help"));
    }

    @Test
    void aPathThatCannotBeWrittenIsExplainedWithItsFix() {
        ExplainReport report =
                new ExplainReport(TaskFixture.task(Platform.FARGATE), List.of(TaskFixture.shareFinding()));
        assertThat(report.lines("/usr/local/share/x"))
                .endsWith("  to make it writable  put `RUN chown node /usr/local/share` above line 5 of Dockerfile");
        assertThat(report.lines("/tmp")).noneMatch(line -> line.contains("help"));
    }

    @Test
    void aPathCanStartAtTheHomeOrWorkingDirectoryLikeADeclaredOne() {
        ExplainReport report = new ExplainReport(TaskFixture.task(Platform.FARGATE), List.of());

        assertThat(report.lines("./x").findFirst()).contains("/x in container app on FARGATE: READ_ONLY");
        assertThat(new ExplainReport(TaskFixture.strangeTask(), List.of()).lines("~/.cache"))
                .anyMatch(line ->
                        line.startsWith("~/.cache in container ") && line.contains(": cannot determine where it is: "));
    }

    @Test
    void unknownPathsAndContainersThatDoNotStartAreMarked() {
        assertThat(text(new ExplainReport(TaskFixture.strangeTask(), List.of()).lines()))
                .isEqualTo("""
                        container sidecar cannot start

                        container sidecar on EC2: fails
                          image           <IMAGE1_NAME>, based on example.com/sidecar, whose configuration is unknown
                          root            readonlyRootFilesystem is true (taskdef.json:6)
                          user            unknown: nothing is known of example.com/sidecar
                          does not start  a mount at / hides the image itself, so the container does not start (taskdef.json:6)
                          mounts
                            the engine's own, writable: /dev/shm
                          needs
                            fatal
                              /data  CANNOT_START  a mount at / hides the image itself, so the container does not start
                                     declared      pom.xml:41 <writablePaths>
                        """);
    }

    @Test
    void eachPlatformIsExplained() {
        assertThat(new ExplainReport(TaskFixture.task(Platform.EC2, Platform.FARGATE), List.of()).lines())
                .contains("container app on EC2: fails", "", "container app on FARGATE: fails");
    }

    @Test
    void anUnreadableTaskIsShownWithTheReason() {
        String expected = """
                taskdef.json:3:1: this is not JSON
                Dockerfile:1:1: there is no such file
                no container of taskdef.json is known
                """;
        assertThat(text(new ExplainReport(TaskFixture.unreadableTask(), List.of()).lines()))
                .isEqualTo(expected);
        assertThat(explained(TaskFixture.unreadableTask(), "/tmp")).isEqualTo(expected);
    }

    @Test
    void aRefusedPathNamesTheDirectoryThatDecidedAndTheLineThatMadeIt() {
        assertThat(explained(TaskFixture.task(Platform.FARGATE), "/usr/local/share"))
                .isEqualTo("""
                        /usr/local/share in container app on FARGATE: NOT_PERMITTED
                          reason      the volume's directory is root:root 0755
                          user        node (uid 1000, gid 1000), from Dockerfile:6
                          mount       /usr/local/share, image-volume, rw, from Dockerfile:5
                          decided at  /usr/local/share, root:root 0755: base image node:15.14.0-alpine (Dockerfile:1)
                          needed by   pom.xml:41 <writablePaths> (declared, fatal)
                          needed by   Dockerfile:5 VOLUME (implied, feature)
                        """);
    }

    @Test
    void aPathOnTheRootFileSystemHasNoMount() {
        assertThat(explained(TaskFixture.task(Platform.FARGATE), "/opt")).isEqualTo("""
                        /opt in container app on FARGATE: READ_ONLY
                          reason  nothing is mounted there, and the root file system is read-only
                          user    node (uid 1000, gid 1000), from Dockerfile:6
                          mount   none: it is on the root file system
                        """);
    }

    @Test
    void theEditForAnOptionalPathTakesThePlaceOfTheOneForTheFatalPath(@TempDir Path directory) throws Exception {
        Path dockerfile = Files.writeString(directory.resolve("Dockerfile"), "FROM debian:12\nCMD [\"/app\"]\n");
        Path file = Files.writeString(
                directory.resolve("taskdef.json"),
                "{\"containerDefinitions\": [{\"name\": \"app\", \"image\": \"<IMAGE>\"}]}");
        CheckResult result = new RequestBuilder(file)
                .dockerfile(dockerfile)
                .writablePaths("/data", "/cache?", "/var/run/x?")
                .check();

        assertThat(new ExplainReport(result.tasks(), result.findings()).lines())
                .anyMatch(line -> line.endsWith("help       put `VOLUME /data` above line 2 of Dockerfile"))
                .anyMatch(line -> line.contains("/var/run/x (/var/run is a link to /run)  READ_ONLY"))
                .anyMatch(
                        line -> line.endsWith(
                                "help       instead of the edit above for /data: put `VOLUME /data /cache /run/x` above line 2 of Dockerfile"));
    }

    @Test
    void whatIsKnownOfAnImageIsTheImagesAndAnAdviceIsGivenOnce(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("taskdef.json"), """
                {"requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512",
                 "containerDefinitions": [{"name": "p", "image": "prom/prometheus",
                   "mountPoints": [{"sourceVolume": "d", "containerPath": "/prometheus"}]}],
                 "volumes": [{"name": "d", "efsVolumeConfiguration": {"fileSystemId": "fs-1"}}]}""");
        CheckResult result = new RequestBuilder(file).check();
        ExplainReport report = new ExplainReport(result.tasks(), result.findings());

        assertThat(report.lines())
                .contains(
                        "  image  prom/prometheus, whose configuration is known in part",
                        "  user   nobody (uid 65534, gid 65534), the image's")
                .contains("      /prometheus  UNKNOWN  as above")
                .filteredOn(line -> line.contains("help"))
                .hasSize(1);
        assertThat(new ExplainReport(result.tasks(), result.findings()).lines("/prometheus"))
                .noneMatch(line -> line.contains("to make it writable"));
    }

    @Test
    void aPathBelowASymbolicLinkSaysWhereItIs(@TempDir Path directory) throws Exception {
        Path dockerfile = Files.writeString(directory.resolve("Dockerfile"), "FROM debian:12\n");
        Path file = Files.writeString(
                directory.resolve("taskdef.json"),
                "{\"containerDefinitions\": [{\"name\": \"app\", \"image\": \"<IMAGE>\"}]}");

        assertThat(explained(
                        new RequestBuilder(file).dockerfile(dockerfile).check().tasks(), "/var/run/x"))
                .startsWith("/var/run/x (/var/run is a link to /run) in container app on EC2: READ_ONLY\n");
    }

    @Test
    void aDifferentVerdictForAWriterThatCreatesNoDirectoriesIsShown() {
        assertThat(explained(TaskFixture.task(Platform.FARGATE), "/usr/local/share/a/b"))
                .contains("""
                          otherwise   NOT_PERMITTED to what does not make missing directories: parent directory missing:
                                      /usr/local/share/a does not exist, and the writer does not create it
                        """);
    }

    @Test
    void inAContainerThatDoesNotStartNoDirectoryDecides() {
        assertThat(explained(TaskFixture.strangeTask(), "/x")).isEqualTo("""
                        /x in container sidecar on EC2: CANNOT_START
                          reason  a mount at / hides the image itself, so the container does not start
                          user    unknown: nothing is known of example.com/sidecar
                          mount   none: it is on the root file system
                        """);
    }

    @Test
    void aContainerOfATemplateIsNamedWithItsResource() {
        assertThat(new ExplainReport(TaskFixture.webAndWorker(), List.of()).lines())
                .contains("container app of Web on FARGATE: fails", "container app of Worker on EC2: fails");
        assertThat(new ExplainReport(TaskFixture.webAndWorker(), List.of()).lines("/tmp"))
                .anySatisfy(line -> assertThat(line).startsWith("/tmp in container app of Worker on EC2: "));
    }
}
