// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import static io.github.readonlyrootfs.runtime.WriteAccess.CANNOT_START;
import static io.github.readonlyrootfs.runtime.WriteAccess.NOT_PERMITTED;
import static io.github.readonlyrootfs.runtime.WriteAccess.READ_ONLY;
import static io.github.readonlyrootfs.runtime.WriteAccess.UNKNOWN;
import static io.github.readonlyrootfs.runtime.WriteAccess.WRITABLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.message.StartText;
import io.github.readonlyrootfs.message.UserText;
import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Truth;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The behaviour of the engines, one test for each observation. */
class TaskRuntimeTest {

    /** A container named app with these further keys, and these volumes. */
    private static TaskDefinition task(String container, String volumes) {
        return read("{\"family\":\"t\",\"containerDefinitions\":[{\"name\":\"app\",\"image\":\"i\"" + container
                + "}],\"volumes\":[" + volumes + "]}");
    }

    private static TaskDefinition read(String json) {
        return TaskFile.read(json.replace('\'', '"')).task();
    }

    private static ContainerRuntime run(TaskDefinition task, Platform platform, String name, TestImage... images) {
        Map<String, Image> byName = new HashMap<>();
        List<ContainerDefinition> containers = task.containerDefinitions();
        for (int i = 0; i < containers.size(); i++) {
            byName.put(containers.get(i).name(), images[Math.min(i, images.length - 1)].build());
        }
        return TaskRuntime.of(task, byName, platform).stream()
                .filter(container -> container.definition().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static ContainerRuntime onEc2(TestImage image, String container, String volumes) {
        return run(task(container, volumes), Platform.EC2, "app", image);
    }

    private static ContainerRuntime onFargate(TestImage image, String container, String volumes) {
        return run(task(container, volumes), Platform.FARGATE, "app", image);
    }

    private static WriteAccess access(ContainerRuntime container, String path) {
        return container.access(ContainerPath.of(path), true).verdict();
    }

    private static TestImage node() {
        return new TestImage().user("node");
    }

    private static String mount(String path) {
        return ",'mountPoints':[{'sourceVolume':'v','containerPath':'" + path + "'}]";
    }

    private static String tmpfs(String path, String options) {
        return ",'linuxParameters':{'tmpfs':[{'containerPath':'" + path + "','size':16,'mountOptions':[" + options
                + "]}]}";
    }

    private static final String V = "{'name':'v'}";

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
            COPY <<EOF /s.sh\\nsleep 1\\nEOF                                                   => ["/s.sh"]        => true
            WORKDIR /w\\nCOPY <<EOF /w/s.sh\\nsleep 1\\nEOF                                   => ["./s.sh"]       => true
            COPY --chmod=0700 <<EOF /s.sh\\nsleep 1\\nEOF                                      => ["/s.sh"]        => false
            COPY <<EOF /s.sh\\nsleep 1\\nEOF\\nRUN chmod +x /s.sh                              => ["/s.sh"]        => false
            COPY <<EOF /s.sh\\nsleep 1\\nEOF                                                   => ["sh", "/s.sh"]  => false
            RUN echo sleep 1 > /s.sh                                                           => ["/s.sh"]        => true
            RUN echo sleep 1 > /s.sh && chmod 755 /s.sh                                        => ["/s.sh"]        => false
            COPY s.sh /                                                                        => ["/s.sh"]        => false
            """)
    void aFileThatNobodyMayExecuteStopsTheContainer(String lines, String entrypoint, boolean stops) {
        Image image = Contexts.built(
                        "FROM debian:13\n" + lines.replace("\\n", "\n") + "\nENTRYPOINT " + entrypoint + "\n")
                .image();

        assertThat(TaskRuntime.of(task("", ""), Map.of("app", image), Platform.EC2)
                        .get(0)
                        .startFailures()
                        .isEmpty())
                .isEqualTo(!stops);
    }

    @Nested
    class WhichMountDecides {

        @Test
        void pathsWithoutAMountAreReadOnly() {
            ContainerRuntime container = onEc2(new TestImage(), "", "");
            for (String path : List.of("/", "/tmp", "/run", "/var/tmp", "/home/node", "/etc/passwd", "/data")) {
                assertThat(access(container, path)).as(path).isEqualTo(READ_ONLY);
            }
        }

        @Test
        void theDeepestMountAboveThePathDecides() {
            ContainerRuntime container = onEc2(
                    new TestImage(),
                    ",'mountPoints':[{'sourceVolume':'v','containerPath':'/a/b'},{'sourceVolume':'w','containerPath':'/a'"
                            + ",'readOnly':true}]",
                    "{'name':'v'},{'name':'w'}");
            assertThat(container.startFailures()).hasSize(1);

            container = onEc2(
                    new TestImage().directory("/a", 0, 0, 0755).directory("/a/b", 0, 0, 0755),
                    ",'mountPoints':[{'sourceVolume':'v','containerPath':'/a/b/'},{'sourceVolume':'w','containerPath':'//a'"
                            + ",'readOnly':true}]",
                    "{'name':'v'},{'name':'w'}");
            assertThat(access(container, "/a/b/c")).isEqualTo(WRITABLE);
            assertThat(access(container, "/a/c")).isEqualTo(READ_ONLY);
            assertThat(access(container, "/ab")).isEqualTo(READ_ONLY);
        }

        @Test
        void aTaskMountReplacesTheImagesVolume() {
            ContainerRuntime container =
                    onFargate(node().directory("/d", 1000, 1000, 0755).volume("/d"), tmpfs("/d", "'mode=0700'"), "");
            assertThat(container.mounts())
                    .filteredOn(m -> m.path().equals(ContainerPath.of("/d")))
                    .singleElement()
                    .extracting(mount -> mount.declaration().kind())
                    .isEqualTo(Mount.Kind.TMPFS);
            assertThat(access(container, "/d")).isEqualTo(NOT_PERMITTED);
        }

        @Test
        void onePathMountedTwiceStopsTheContainer() {
            ContainerRuntime container = onEc2(
                    new TestImage(),
                    ",'mountPoints':[{'sourceVolume':'v','containerPath':'/d'},{'sourceVolume':'v','containerPath':'/d/'}]",
                    V);
            assertThat(access(container, "/d")).isEqualTo(CANNOT_START);
            assertThat(container.startFailures())
                    .singleElement()
                    .satisfies(failure -> assertThat(StartText.of(failure.problem()))
                            .isEqualTo("/d is mounted twice, so the container does not start"));
        }

        @Test
        void aTmpfsSpelledWithASlashAndAVolumeBothMountAndTheVolumeCovers() {
            ContainerRuntime container =
                    onEc2(node().directory("/d", 1000, 1000, 0755), mount("/d") + tmpfs("/d/", "'ro'"), V);
            assertThat(container.startFailures()).isEmpty();
            assertThat(access(container, "/d")).isEqualTo(WRITABLE);
            assertThat(container.overlaps()).hasSize(1);
        }

        @Test
        void eachOfSeveralMountsOnOneDirectoryIsCoveredByTheNext() {
            ContainerRuntime container =
                    onEc2(new TestImage().volume("/var/run"), mount("/run") + tmpfs("/run/", "'rw'"), V);
            assertThat(container.overlaps())
                    .extracting(
                            overlap -> overlap.covered().declaration().kind(),
                            overlap -> overlap.covering().declaration().kind())
                    .containsExactly(
                            tuple(Mount.Kind.TMPFS, Mount.Kind.TASK_VOLUME),
                            tuple(Mount.Kind.TASK_VOLUME, Mount.Kind.IMAGE_VOLUME));
        }

        @Test
        void ofTwoMountsOnOneDirectoryTheDeeperDeclaredPathCoversTheOther() {
            ContainerRuntime container = onEc2(
                    node().directory("/run", 1000, 1000, 0755).volume("/var/run"),
                    ",'mountPoints':[{'sourceVolume':'v','containerPath':'/run','readOnly':true}]",
                    V);
            assertThat(access(container, "/run/app.pid")).isEqualTo(WRITABLE);
            assertThat(container.overlaps()).hasSize(1);
        }

        @Test
        void aVolumeThroughASymbolicLinkMakesItsTargetWritable() {
            assertThat(access(onEc2(new TestImage().volume("/var/run"), "", ""), "/run/x"))
                    .isEqualTo(WRITABLE);
            assertThat(access(onEc2(new TestImage().volume("/run"), "", ""), "/var/run/x"))
                    .isEqualTo(WRITABLE);
        }

        @Test
        void onFargateAVolumeMountedThroughASymbolicLinkBelongsToRoot() {
            TestImage image = node().directory("/run", 1000, 1000, 0755).volume("/var/run");
            assertThat(access(onFargate(image, "", ""), "/run/x")).isEqualTo(NOT_PERMITTED);
            assertThat(access(onEc2(image, "", ""), "/run/x")).isEqualTo(WRITABLE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/proc", "/dev"})
        void onlyTheSameHostDirectoryCanBeMountedOverASystemDirectory(String path) {
            assertThat(access(onEc2(new TestImage(), tmpfs(path, ""), ""), "/tmp"))
                    .isEqualTo(CANNOT_START);
            assertThat(access(onEc2(new TestImage().volume(path), "", ""), "/tmp"))
                    .isEqualTo(CANNOT_START);
            assertThat(access(onEc2(new TestImage(), mount(path), host("/data")), "/tmp"))
                    .isEqualTo(CANNOT_START);
            assertThat(access(onEc2(new TestImage(), mount(path), host(path + "/")), "/tmp"))
                    .isEqualTo(READ_ONLY);
            assertThat(access(onEc2(new TestImage(), mount(path), host("${HOST}")), "/tmp"))
                    .isEqualTo(UNKNOWN);
        }

        private static String host(String sourcePath) {
            return "{'name':'v','host':{'sourcePath':'" + sourcePath + "'}}";
        }

        @Test
        void aMountPointBelowAReadOnlyTmpfsIsCreated() {
            ContainerRuntime container = onEc2(new TestImage(), mount("/a/b") + tmpfs("/a", "'ro'"), V);
            assertThat(container.startFailures()).isEmpty();
            assertThat(access(container, "/a/b")).isEqualTo(WRITABLE);
            assertThat(access(container, "/a/c")).isEqualTo(READ_ONLY);
        }

        @Test
        void copyUpMaySupplyTheDirectoryBelowAReadOnlyVolumeOnEc2Only() {
            String mounts = ",'mountPoints':[{'sourceVolume':'v','containerPath':'/a','readOnly':true},"
                    + "{'sourceVolume':'w','containerPath':'/a/b'}]";
            TestImage image = new TestImage().directory("/a", 0, 0, 0755).directory("/a/b", 0, 0, 0755);
            assertThat(access(onEc2(image, mounts, V + ",{'name':'w'}"), "/a/b"))
                    .isEqualTo(WRITABLE);
            assertThat(access(onFargate(image, mounts, V + ",{'name':'w'}"), "/a/b"))
                    .isEqualTo(CANNOT_START);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/", "//", "/etc/passwd", "/etc/passwd/x", "/proc/x", "/sys/x", "/proc", "/dev", "relative"})
        void someMountsStopTheContainer(String path) {
            assertThat(access(onEc2(new TestImage(), mount(path), V), "/tmp")).isEqualTo(CANNOT_START);
        }

        @Test
        void aVolumeAtTheRootStopsTheContainer() {
            assertThat(access(onEc2(new TestImage().volume("/"), "", ""), "/tmp"))
                    .isEqualTo(CANNOT_START);
        }

        @Test
        void aRelativeVolumeIsMountedBelowTheRoot() {
            assertThat(access(onEc2(new TestImage().volume("cache"), "", ""), "/cache/x"))
                    .isEqualTo(WRITABLE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"'bind'", "'remount'", "'uid'", "'mode'", "'nonsense'", "'size2=3'"})
        void tmpfsOptionsThatDockerRejectsStopTheContainer(String option) {
            assertThat(access(onEc2(new TestImage(), tmpfs("/d", option), ""), "/d"))
                    .isEqualTo(CANNOT_START);
        }

        @Test
        void theEngineAddsItsOwnMounts() {
            ContainerRuntime container = onEc2(node(), "", "");
            assertThat(access(container, "/dev/shm/x")).isEqualTo(WRITABLE);
            assertThat(access(container, "/dev/mqueue")).isEqualTo(WRITABLE);
            assertThat(access(container, "/dev/x")).isEqualTo(NOT_PERMITTED);
            assertThat(access(container, "/proc/x")).isEqualTo(READ_ONLY);
            assertThat(access(container, "/sys/x")).isEqualTo(READ_ONLY);
            assertThat(access(container, "/etc/hosts")).isEqualTo(NOT_PERMITTED);
            assertThat(access(container, "/dev/null")).isEqualTo(WRITABLE);
            assertThat(access(onEc2(new TestImage(), "", ""), "/etc/hosts")).isEqualTo(READ_ONLY);
            assertThat(access(onEc2(new TestImage(), "", ""), "/dev/x")).isEqualTo(WRITABLE);
        }

        @Test
        void aMountOnEtcDoesNotFreeTheNetworkFiles() {
            ContainerRuntime container = onEc2(new TestImage(), mount("/etc"), V);
            assertThat(access(container, "/etc/x")).isEqualTo(WRITABLE);
            assertThat(access(container, "/etc/hosts")).isEqualTo(READ_ONLY);
        }

        @Test
        void aVolumeOnDevShmReplacesIt() {
            assertThat(access(onEc2(node(), mount("/dev/shm"), V), "/dev/shm/x"))
                    .isEqualTo(NOT_PERMITTED);
        }

        @Test
        void volumesFromTakesMountPointsAndVolumesButNoTmpfs() {
            TaskDefinition task = read(
                    "{'containerDefinitions':["
                            + "{'name':'a','mountPoints':[{'sourceVolume':'v','containerPath':'/m'}],"
                            + "'linuxParameters':{'tmpfs':[{'containerPath':'/t','size':1}]}},"
                            + "{'name':'b','volumesFrom':[{'sourceContainer':'a'}]},"
                            + "{'name':'c','volumesFrom':[{'sourceContainer':'b'}]},"
                            + "{'name':'d','volumesFrom':[{'sourceContainer':'c','readOnly':true}]}],'volumes':[{'name':'v'}]}");
            TestImage source = new TestImage().directory("/i", 1000, 1000, 0755).volume("/i");
            for (String name : List.of("b", "c")) {
                ContainerRuntime container = run(task, Platform.EC2, name, source, node());
                assertThat(access(container, "/i")).isEqualTo(WRITABLE);
                assertThat(access(container, "/m")).isEqualTo(NOT_PERMITTED);
                assertThat(access(container, "/t")).isEqualTo(READ_ONLY);
            }
            assertThat(access(run(task, Platform.EC2, "d", source, node()), "/i"))
                    .isEqualTo(READ_ONLY);
        }

        @Test
        void aMountOfAnotherContainerMayCreateADirectoryInASharedVolume() {
            TaskDefinition task = read(
                    "{'containerDefinitions':["
                            + "{'name':'a','mountPoints':[{'sourceVolume':'v','containerPath':'/m'}],"
                            + "'linuxParameters':{'tmpfs':[{'containerPath':'/i/cache','size':1},{'containerPath':'/m/a/b','size':1}]}},"
                            + "{'name':'b','volumesFrom':[{'sourceContainer':'a'}]},"
                            + "{'name':'c','mountPoints':[{'sourceVolume':'v','containerPath':'/c'}]}],'volumes':[{'name':'v'}]}");
            TestImage source =
                    new TestImage().directory("/i", 0, 0, 0777).volume("/i").directory("/m", 0, 0, 0777);
            ContainerRuntime taker = run(task, Platform.EC2, "b", source, node());

            assertThat(access(taker, "/i")).isEqualTo(WRITABLE);
            assertThat(access(taker, "/i/other")).isEqualTo(WRITABLE);
            assertThat(access(taker, "/i/cache")).isEqualTo(UNKNOWN);
            assertThat(access(taker, "/m/a")).isEqualTo(UNKNOWN);
            ContainerRuntime sharer = run(task, Platform.EC2, "c", source, source, node());
            assertThat(access(sharer, "/c/a/b")).isEqualTo(UNKNOWN);
            assertThat(access(run(task, Platform.EC2, "a", source), "/i/cache")).isEqualTo(WRITABLE);
        }

        @Test
        void aMountOfVolumesFromIsUnknownIfItMayBeReadOnly() {
            TaskDefinition task = read(
                    "{'containerDefinitions':["
                            + "{'name':'a','mountPoints':[{'sourceVolume':'v','containerPath':'/m'},"
                            + "{'sourceVolume':'v','containerPath':'/r','readOnly':true},"
                            + "{'sourceVolume':'v','containerPath':'/u','readOnly':'${A}'}]},"
                            + "{'name':'b','volumesFrom':[{'sourceContainer':'a','readOnly':'${B}'}]},"
                            + "{'name':'c','volumesFrom':[{'sourceContainer':'b'}]},"
                            + "{'name':'d','volumesFrom':[{'sourceContainer':'b','readOnly':true}]}],'volumes':[{'name':'v'}]}");
            for (String name : List.of("b", "c")) {
                ContainerRuntime container = run(task, Platform.EC2, name, new TestImage());
                assertThat(access(container, "/m")).isEqualTo(UNKNOWN);
                assertThat(access(container, "/u")).isEqualTo(UNKNOWN);
                assertThat(access(container, "/r")).isEqualTo(READ_ONLY);
            }
            ContainerRuntime readOnly = run(task, Platform.EC2, "d", new TestImage());
            assertThat(access(readOnly, "/m")).isEqualTo(READ_ONLY);
            assertThat(access(readOnly, "/u")).isEqualTo(READ_ONLY);
        }

        @Test
        void circularVolumesFromStopsTheContainers() {
            TaskDefinition task = read("{'containerDefinitions':[{'name':'a','volumesFrom':[{'sourceContainer':'b'}]},"
                    + "{'name':'b','volumesFrom':[{'sourceContainer':'a'}]}]}");
            assertThat(access(run(task, Platform.EC2, "a", new TestImage()), "/x"))
                    .isEqualTo(CANNOT_START);
            assertThat(access(run(task, Platform.EC2, "b", new TestImage()), "/x"))
                    .isEqualTo(CANNOT_START);
        }

        @Test
        void aLaterSourceOfVolumesReplacesAnEarlierOne() {
            TaskDefinition task = read("{'containerDefinitions':["
                    + "{'name':'a','mountPoints':[{'sourceVolume':'v','containerPath':'/m'}]},"
                    + "{'name':'b','mountPoints':[{'sourceVolume':'w','containerPath':'/m','readOnly':true}]},"
                    + "{'name':'c','volumesFrom':[{'sourceContainer':'a'},{'sourceContainer':'b'}]}],"
                    + "'volumes':[{'name':'v'},{'name':'w'}]}");
            assertThat(access(run(task, Platform.EC2, "c", new TestImage()), "/m"))
                    .isEqualTo(READ_ONLY);
        }

        @Test
        void aContainerDoesNotStartIfTheSourceOfItsVolumesDoesNot() {
            TaskDefinition task = read("{'containerDefinitions':["
                    + "{'name':'b','volumesFrom':[{'sourceContainer':'a'}]},"
                    + "{'name':'a','mountPoints':[{'sourceVolume':'v','containerPath':'/etc/passwd'}]}],"
                    + "'volumes':[{'name':'v'}]}");
            assertThat(run(task, Platform.EC2, "b", new TestImage()).startFailures())
                    .extracting(failure -> StartText.of(failure.problem()))
                    .containsExactly("container a, whose volumes this one takes, does not start");
        }

        @Test
        void aContainerStartsEvenIfTheSourceOfItsVolumesLacksItsUser() {
            TaskDefinition task = read("{'containerDefinitions':["
                    + "{'name':'b','volumesFrom':[{'sourceContainer':'a'}]},"
                    + "{'name':'a','user':'nosuch','mountPoints':[{'sourceVolume':'v','containerPath':'/m'}]}],"
                    + "'volumes':[{'name':'v'}]}");
            assertThat(run(task, Platform.EC2, "a", new TestImage()).startFailures())
                    .hasSize(1);
            assertThat(run(task, Platform.EC2, "b", new TestImage()).startFailures())
                    .isEmpty();
        }

        @Test
        void noFileCanBeCreatedThroughADanglingLink() {
            ContainerRuntime container = onFargate(
                    new TestImage()
                            .directory("/data", 0, 0, 0755)
                            .directory("/data/logs", 0, 0, 0755)
                            .link("/logs", "/data/logs"),
                    mount("/data"),
                    V);
            assertThat(access(container, "/data/logs")).isEqualTo(WRITABLE);
            assertThat(ReasonText.of(
                            container.access(ContainerPath.of("/logs"), true).reason()))
                    .isEqualTo("a symbolic link in the path leads to /data/logs, which does not exist");
        }

        @Test
        void anUncertainDirectoryIsWritableIfTheUserCanWriteItAndCouldCreateIt() {
            TestImage image = node().directory("/d", 1000, 1000, 0755)
                    .perhaps("/d/own", 1000, 1000, 0755)
                    .perhaps("/d/closed", 1000, 1000, 0555)
                    .perhaps("/d/others", 1001, 1001, 0755)
                    .unknown("/d/any")
                    .directory("/e", 0, 0, 0755)
                    .perhaps("/e/own", 1000, 1000, 0755)
                    .volume("/d")
                    .volume("/e");
            ContainerRuntime container = onEc2(image, "", "");
            assertThat(access(container, "/d/own")).isEqualTo(WRITABLE);
            for (String path : List.of("/d/closed", "/d/others", "/d/any")) {
                Access access = container.access(ContainerPath.of(path), false);
                assertThat(access.verdict()).as(path).isEqualTo(UNKNOWN);
                assertThat(access.cause()).as(path).isEqualTo(Access.Cause.UNKNOWN_FILE);
            }
            for (String path : List.of("/e/own", "/d/own/below", "/d/any/below")) {
                Access access = container.access(ContainerPath.of(path), true);
                assertThat(access.verdict()).as(path).isEqualTo(UNKNOWN);
                assertThat(access.cause()).as(path).isEqualTo(Access.Cause.UNKNOWN_OWNER);
            }
            assertThat(container.accessIn(ContainerPath.of("/d/own")).verdict()).isEqualTo(UNKNOWN);
        }

        @Test
        void aMissingWorkingDirectoryIsCreatedForRoot() {
            ContainerRuntime container = onEc2(
                    node().directory("/work", 1000, 1000, 0755), mount("/work") + ",'workingDirectory':'/work/sub'", V);
            assertThat(access(container, "/work/other")).isEqualTo(WRITABLE);
            assertThat(access(container, "/work/sub")).isEqualTo(NOT_PERMITTED);
        }

        @Test
        void aWorkingDirectoryThatTheUserCannotEnterStopsTheContainer() {
            String readOnly = ",'mountPoints':[{'sourceVolume':'v','containerPath':'/data','readOnly':true}]";
            String host = "{'name':'v','host':{'sourcePath':'/srv'}}";
            assertThat(startProblem(onEc2(node(), workdir("rel"), "")))
                    .contains(new StartProblem.RelativeWorkingDirectory("rel"));
            assertThat(startProblem(onEc2(node(), workdir("/etc/passwd"), "")))
                    .contains(new StartProblem.WorkingDirectoryIsFile(ContainerPath.of("/etc/passwd")));
            assertThat(startProblem(onEc2(node(), workdir("/etc/passwd/x"), "")))
                    .contains(new StartProblem.WorkingDirectoryIsFile(ContainerPath.of("/etc/passwd/x")));
            // Fargate copies nothing into the volume; Docker copies the directory that it has created in the image.
            TaskDefinition copied = task(readOnly + workdir("/data/work"), V);
            assertThat(startProblem(run(copied, Platform.FARGATE, "app", node())))
                    .contains(new StartProblem.NoWorkingDirectory(
                            ContainerPath.of("/data/work"), ContainerPath.of("/data")));
            assertThat(startProblem(run(copied, Platform.EC2, "app", node()))).isEmpty();
            assertThat(startProblem(onEc2(node(), readOnly + workdir("/data"), host)))
                    .isEmpty();
            assertThat(startProblem(onEc2(node(), workdir("/proc/self") + tmpfs("/t", "'ro'"), "")))
                    .isEmpty();
            Access unknown =
                    onEc2(node(), readOnly + workdir("/data/work"), host).access(ContainerPath.of("/tmp"), true);
            assertThat(unknown.verdict()).isEqualTo(UNKNOWN);
            assertThat(ReasonText.of(unknown.reason()))
                    .isEqualTo("whether the read-only mount at /data has the working directory /data/work is not known,"
                            + " and without it the container does not start");
        }

        private static String workdir(String path) {
            return ",'workingDirectory':'" + path + "'";
        }

        private static Optional<StartProblem> startProblem(ContainerRuntime container) {
            return container.startFailures().stream().map(StartFailure::problem).findFirst();
        }

        @Test
        void theImagesWorkingDirectoryIsCreatedUnlessTheTaskDefinitionReplacesIt() {
            TestImage image = node().directory("/work", 1000, 1000, 0755).workdir("/work/sub");
            assertThat(access(onEc2(image, mount("/work"), V), "/work/sub")).isEqualTo(NOT_PERMITTED);
            for (String other : List.of("/work/other", "${DIRECTORY}")) {
                ContainerRuntime container = onEc2(image, mount("/work") + ",'workingDirectory':'" + other + "'", V);
                assertThat(access(container, "/work/sub")).as(other).isEqualTo(WRITABLE);
            }
        }

        @Test
        void theOwnerOfAnExistingFileIsCheckedBeforeTheReadOnlyRoot() {
            assertThat(access(onEc2(node(), "", ""), "/etc/passwd")).isEqualTo(NOT_PERMITTED);
            assertThat(access(onEc2(new TestImage(), "", ""), "/etc/passwd")).isEqualTo(READ_ONLY);
        }

        @Test
        void theStartDependsOnWhetherAHostDirectoryHasTheMountPoint() {
            ContainerRuntime container = onEc2(
                    new TestImage(),
                    ",'mountPoints':[{'sourceVolume':'v','containerPath':'/d','readOnly':true},{'sourceVolume':'w','containerPath':'/d/e'}]",
                    "{'name':'v','host':{'sourcePath':'/srv'}},{'name':'w'}");
            assertThat(access(container, "/d/e")).isEqualTo(UNKNOWN);
            assertThat(container.startFailures()).isEmpty();
        }

        @Test
        void directoriesCreatedForADeeperMountBelongToRoot() {
            ContainerRuntime container = onEc2(
                    node().directory("/a", 1000, 1000, 0755),
                    ",'mountPoints':[{'sourceVolume':'v','containerPath':'/a'},{'sourceVolume':'w','containerPath':'/a/b/c'}]",
                    V + ",{'name':'w'}");
            assertThat(access(container, "/a/x")).isEqualTo(WRITABLE);
            assertThat(access(container, "/a/b")).isEqualTo(NOT_PERMITTED);
        }

        @Test
        void aMissingDirectoryPreventsItsFiles() {
            ContainerRuntime container = onEc2(new TestImage().directory("/app/tmp", 0, 0, 0755), mount("/app"), V);
            assertThat(container.access(ContainerPath.of("/app/tmp"), false).verdict())
                    .isEqualTo(WRITABLE);
            assertThat(container.accessIn(ContainerPath.of("/app")).verdict()).isEqualTo(WRITABLE);

            container = run(
                    task(mount("/app"), V), Platform.FARGATE, "app", new TestImage().directory("/app/tmp", 0, 0, 0755));
            Access hidden = container.accessIn(ContainerPath.of("/app/tmp"));
            assertThat(hidden.verdict()).isEqualTo(NOT_PERMITTED);
            assertThat(ReasonText.of(hidden.reason()))
                    .isEqualTo("directory missing: /app/tmp does not exist, and the writer does not create it");
        }

        @Test
        void aMountAtAnUnknownPathMakesTheRestUnknown() {
            ContainerRuntime container = onEc2(node(), mount("${DIR}"), V);
            assertThat(access(container, "/data")).isEqualTo(UNKNOWN);
            assertThat(access(container, "/dev/shm")).isEqualTo(WRITABLE);
        }

        @Test
        void aMountAtAnUnknownPathMayHideFilesBelowAnotherMount() {
            String unplaced = "{'sourceVolume':'w','containerPath':'${DIR}'}";
            for (String readOnly : List.of("", ",'readOnly':true")) {
                ContainerRuntime container = onEc2(
                        new TestImage(),
                        ",'mountPoints':[{'sourceVolume':'v','containerPath':'/data'" + readOnly + "}," + unplaced
                                + "]",
                        V + ",{'name':'w'}");
                assertThat(access(container, "/data/logs")).isEqualTo(UNKNOWN);
            }
        }

        @Test
        void aMountAtAnUnknownPathDoesNotReplaceAnotherMountOfTheTask() {
            String unplaced = "{'sourceVolume':'w','containerPath':'${DIR}'}";
            ContainerRuntime container = onEc2(
                    new TestImage(),
                    ",'mountPoints':[{'sourceVolume':'v','containerPath':'/data'}," + unplaced + "]"
                            + tmpfs("/tmp", "'mode=1777'"),
                    V + ",{'name':'w'}");
            assertThat(access(container, "/data")).isEqualTo(WRITABLE);
            assertThat(access(container, "/tmp")).isEqualTo(WRITABLE);
        }

        @Test
        void aMountAtAnUnknownPathMayReplaceTheImagesVolume() {
            ContainerRuntime container =
                    onEc2(node().directory("/d", 1000, 1000, 0755).volume("/d"), mount("${DIR}"), V);
            assertThat(access(container, "/d")).isEqualTo(UNKNOWN);
        }
    }

    @Nested
    class WhoseDirectoryItIs {

        @Test
        void anImageVolumeKeepsOwnerAndMode() {
            TestImage image = node().directory("/d", 1000, 1000, 0700)
                    .volume("/d")
                    .volume("/tmp")
                    .volume("/new");
            for (Platform platform : Platform.values()) {
                ContainerRuntime container = run(task("", ""), platform, "app", image);
                assertThat(access(container, "/d")).isEqualTo(WRITABLE);
                assertThat(access(container, "/tmp")).isEqualTo(WRITABLE);
                assertThat(access(container, "/new")).isEqualTo(NOT_PERMITTED);
            }
        }

        @Test
        void aVolumeOfARootOwnedDirectoryDoesNotHelpANonRootUser() {
            ContainerRuntime container =
                    onFargate(node().directory("/usr/local/share", 0, 0, 0755).volume("/usr/local/share/"), "", "");
            Access access = container.access(ContainerPath.of("/usr/local/share"), true);
            assertThat(access.verdict()).isEqualTo(NOT_PERMITTED);
            assertThat(ReasonText.of(access.reason())).isEqualTo("the volume's directory is root:root 0755");
        }

        @Test
        void anEmptyTaskVolumeGetsTheImagesOwnerOnDockerOnly() {
            TestImage image = node().directory("/d", 1000, 1000, 0755);
            assertThat(access(onEc2(image, mount("/d"), V), "/d")).isEqualTo(WRITABLE);
            assertThat(access(onFargate(image, mount("/d"), V), "/d")).isEqualTo(NOT_PERMITTED);
            assertThat(access(onFargate(image.volume("/d"), mount("/d"), V), "/d"))
                    .isEqualTo(WRITABLE);
        }

        @Test
        void aVolumeOnAParentDoesNotHelpOnFargate() {
            TestImage image = node().directory("/d", 1000, 1000, 0755)
                    .directory("/d/e", 1000, 1000, 0755)
                    .volume("/d");
            assertThat(access(onFargate(image, mount("/d/e"), V), "/d/e")).isEqualTo(NOT_PERMITTED);
        }

        @Test
        void belowAnEmptyFargateVolumeTheImagesDirectoriesAreHidden() {
            TestImage image = new TestImage().directory("/d", 1000, 1000, 0755).directory("/d/e", 1000, 1000, 0755);
            assertThat(onFargate(image, mount("/d"), V)
                            .access(ContainerPath.of("/d/e/f"), false)
                            .cause())
                    .isEqualTo(Access.Cause.PARENT_MISSING);
            assertThat(access(onFargate(image, mount("/d"), V), "/d/e/f")).isEqualTo(WRITABLE);
        }

        @Test
        void aHostDirectoryIsUnknownButRootMayWriteIt() {
            String volume = "{'name':'v','host':{'sourcePath':'/srv'}}";
            assertThat(access(onEc2(node(), mount("/d"), volume), "/d")).isEqualTo(UNKNOWN);
            assertThat(access(onEc2(new TestImage(), mount("/d"), volume), "/d/x"))
                    .isEqualTo(WRITABLE);
        }

        @Test
        void thatRootMayWriteIsTheReasonWhereTheOwnerIsUnknown() {
            TestImage image = new TestImage().unknown("/d").volume("/d");
            for (String path : List.of("/d", "/d/x")) {
                Access access = onEc2(image, "", "").access(ContainerPath.of(path), true);
                assertThat(access.verdict()).as(path).isEqualTo(WRITABLE);
                assertThat(ReasonText.of(access.reason()))
                        .as(path)
                        .isEqualTo("root may write anywhere in the mount at /d");
            }
        }

        @Test
        void tmpfsTakesItsModeFromOptionImageOrKernel() {
            TestImage image = node().directory("/d", 1000, 1000, 0755);
            assertThat(access(onEc2(image, tmpfs("/d", ""), ""), "/d")).isEqualTo(NOT_PERMITTED);
            assertThat(access(onEc2(image, tmpfs("/new", ""), ""), "/new")).isEqualTo(WRITABLE);
            assertThat(access(onEc2(image, tmpfs("/tmp", ""), ""), "/tmp")).isEqualTo(WRITABLE);
            assertThat(access(onEc2(image, tmpfs("/d", "'mode=1777'"), ""), "/d"))
                    .isEqualTo(WRITABLE);
            assertThat(access(onEc2(image, tmpfs("/d", "'uid=1000'"), ""), "/d"))
                    .isEqualTo(WRITABLE);
            assertThat(access(onEc2(image, tmpfs("/d", "'uid=1000','rw','ro'"), ""), "/d"))
                    .isEqualTo(READ_ONLY);
            assertThat(access(onEc2(image, tmpfs("/d", "'uid=1000','ro','rw'"), ""), "/d"))
                    .isEqualTo(WRITABLE);
        }

        @Test
        void aTmpfsWithAPlaceholderAsOptionIsUnknown() {
            for (String option : List.of("'${OPTIONS}'", "'uid=1000','<OPTION>'", "'mode=${MODE}'")) {
                ContainerRuntime container = onEc2(node(), tmpfs("/d", option), "");
                assertThat(access(container, "/d/x")).as(option).isEqualTo(UNKNOWN);
                assertThat(ReasonText.of(
                                container.access(ContainerPath.of("/d"), true).reason()))
                        .startsWith("the tmpfs option at taskdef.json:1:")
                        .endsWith(" is not known");
            }
        }

        @Test
        void aTmpfsWithSeveralOptionsInOneStringIsUnknown() {
            for (String option : List.of("'rw,uid=1000'", "'uid=1000,mode=0700'", "'uid=0','mode=0700,gid=0'")) {
                ContainerRuntime container = onEc2(node(), tmpfs("/new", option), "");
                assertThat(access(container, "/new")).as(option).isEqualTo(UNKNOWN);
                assertThat(ReasonText.of(
                                container.access(ContainerPath.of("/new"), true).reason()))
                        .startsWith("whether the tmpfs option at taskdef.json:1:")
                        .endsWith(" is one option or several is not known");
            }
        }

        @Test
        void aTmpfsWithASizeBelowZeroIsNotMounted() {
            assertThat(onEc2(node(), ",'linuxParameters':{'tmpfs':[{'containerPath':'/d','size':-5}]}", "")
                            .startFailures())
                    .singleElement()
                    .satisfies(failure -> {
                        assertThat(StartText.of(failure.problem()))
                                .isEqualTo("a tmpfs cannot have the size -5, so the container does not start");
                        assertThat(StartText.help(failure.problem())).isEqualTo("write how many MiB it may hold");
                        assertThat(failure.path()).contains(ContainerPath.of("/d"));
                    });
        }

        @Test
        void aTmpfsOfSizeZeroIsUnlimited() {
            ContainerRuntime container =
                    onEc2(node(), ",'linuxParameters':{'tmpfs':[{'containerPath':'/d','size':0}]}", "");
            assertThat(container.startFailures()).isEmpty();
            assertThat(access(container, "/d")).isEqualTo(WRITABLE);
        }

        @Test
        void tmpfsIsNoexecUnlessExecIsGiven() {
            assertThat(onEc2(node(), tmpfs("/d", "'rw'"), "").mounts())
                    .filteredOn(mount -> mount.is(Mount.Kind.TMPFS))
                    .allMatch(Mount::noexec);
            assertThat(onEc2(node(), tmpfs("/d", "'exec'"), "").mounts())
                    .filteredOn(mount -> mount.is(Mount.Kind.TMPFS))
                    .noneMatch(Mount::noexec);
        }

        @Test
        void ebsIsWritableForTheUserOfTheContainerDefinition() {
            String volume = "{'name':'v','configuredAtLaunch':true}";
            assertThat(access(onFargate(node(), mount("/d") + ",'user':'1000'", volume), "/d"))
                    .isEqualTo(WRITABLE);
            assertThat(access(onFargate(node(), mount("/d"), volume), "/d")).isEqualTo(UNKNOWN);
        }

        @Test
        void efsIsUnknown() {
            String volume = "{'name':'v','efsVolumeConfiguration':{'fileSystemId':'fs-1'}}";
            assertThat(access(onFargate(node(), mount("/d"), volume), "/d")).isEqualTo(UNKNOWN);
        }

        @Test
        void containersWithDifferentOwnersInASharedVolumeMakeItsOwnerUnknown() {
            TaskDefinition task = read(
                    "{'containerDefinitions':["
                            + "{'name':'a','mountPoints':[{'sourceVolume':'v','containerPath':'/d'}]},"
                            + "{'name':'b','mountPoints':[{'sourceVolume':'v','containerPath':'/d'}]}],'volumes':[{'name':'v'}]}");
            TestImage theirs = node().directory("/d", 1000, 1000, 0755);
            assertThat(access(run(task, Platform.EC2, "a", theirs, new TestImage().directory("/d", 0, 0, 0755)), "/d"))
                    .isEqualTo(UNKNOWN);
            assertThat(access(run(task, Platform.EC2, "a", theirs, theirs), "/d"))
                    .isEqualTo(WRITABLE);
        }

        @Test
        void eachOfTwoSharersWithDifferentOwnersNamesTheOther() {
            TaskDefinition task = sharing("/d", "/d");
            TestImage theirs = node().directory("/d", 1000, 1000, 0755);
            TestImage ours = node().directory("/d", 0, 0, 0750);
            assertThat(reason(run(task, Platform.EC2, "a", theirs, ours)))
                    .isEqualTo("it is shared with container b, whose image has root:root 0750 there, and this one"
                            + " 1000:1000 0755: the last container to mount it while it is empty decides");
            assertThat(reason(run(task, Platform.EC2, "b", theirs, ours)))
                    .isEqualTo("it is shared with container a, whose image has 1000:1000 0755 there, and this one"
                            + " root:root 0750: the last container to mount it while it is empty decides");
        }

        @Test
        void ofThreeSharersTwoNameTheOneWithADifferentOwner() {
            TaskDefinition task = sharing("/d", "/d", "/d");
            TestImage theirs = node().directory("/d", 1000, 1000, 0755);
            TestImage other = new TestImage().directory("/d", 0, 0, 0755);
            assertThat(reason(run(task, Platform.EC2, "a", theirs, theirs, other)))
                    .startsWith("it is shared with container c, whose image has root:root 0755 there");
            assertThat(reason(run(task, Platform.EC2, "b", theirs, theirs, other)))
                    .startsWith("it is shared with container c, whose image has root:root 0755 there");
        }

        @Test
        void twoSharersWithUnknownOwnersMakeTheOwnerUnknown() {
            TaskDefinition task = sharing("/d", "/e");
            TestImage image = node().unknown("/d").unknown("/e");
            assertThat(reason(run(task, Platform.EC2, "a", image)))
                    .startsWith("it is shared with container b, whose image has an unknown owner there");
            assertThat(reason(run(task, Platform.EC2, "b", image)))
                    .startsWith("it is shared with container a, whose image has an unknown owner there");
        }

        @Test
        void aSharerWithoutContentDoesNotDecideTheVolumesOwner() {
            TaskDefinition task = sharing("/d", "/nothing-there");
            TestImage image = node().directory("/d", 1000, 1000, 0755);
            assertThat(access(run(task, Platform.EC2, "a", image), "/d")).isEqualTo(WRITABLE);
            assertThat(access(run(task, Platform.EC2, "b", image), "/nothing-there"))
                    .isEqualTo(UNKNOWN);
        }

        private static TaskDefinition sharing(String... paths) {
            StringBuilder containers = new StringBuilder();
            for (int i = 0; i < paths.length; i++) {
                containers
                        .append(i == 0 ? "" : ",")
                        .append("{'name':'")
                        .append((char) ('a' + i))
                        .append("','mountPoints':[{'sourceVolume':'v','containerPath':'")
                        .append(paths[i])
                        .append("'}]}");
            }
            return read("{'containerDefinitions':[" + containers + "],'volumes':[{'name':'v'}]}");
        }

        private static String reason(ContainerRuntime container) {
            Access access = container.access(
                    ContainerPath.of(container
                            .definition()
                            .fileSystem()
                            .mountPoints()
                            .get(0)
                            .containerPath()
                            .known()
                            .orElseThrow()),
                    true);
            assertThat(access.verdict()).isEqualTo(UNKNOWN);
            return ReasonText.of(access.reason());
        }

        @Test
        void aContainerThatRunsFirstMayPrepareTheVolume() {
            TaskDefinition task = read("{'containerDefinitions':[{'name':'app','user':'1000',"
                    + "'dependsOn':[{'containerName':'init','condition':'SUCCESS'}],"
                    + "'mountPoints':[{'sourceVolume':'v','containerPath':'/d'}]},"
                    + "{'name':'init','command':['sh','-c','chown 1000 /x'],"
                    + "'mountPoints':[{'sourceVolume':'v','containerPath':'/x'}]}],'volumes':[{'name':'v'}]}");
            assertThat(access(run(task, Platform.FARGATE, "app", new TestImage()), "/d"))
                    .isEqualTo(WRITABLE);
        }
    }

    @Nested
    class WhoWrites {

        @Test
        void theTaskDefinitionsUserOverridesTheImages() {
            ContainerRuntime container =
                    onEc2(node().directory("/d", 2000, 0, 0755).volume("/d"), ",'user':'2000'", "");
            assertThat(access(container, "/d")).isEqualTo(WRITABLE);
            assertThat(UserText.of(container.user())).isEqualTo("uid 2000");
        }

        @Test
        void rootOverridesOwnersUnlessTheCapabilityIsDropped() {
            TestImage image = new TestImage().directory("/d", 1000, 1000, 0700).volume("/d");
            assertThat(access(onEc2(image, "", ""), "/d")).isEqualTo(WRITABLE);
            assertThat(access(onEc2(image, ",'linuxParameters':{'capabilities':{'drop':['ALL']}}", ""), "/d"))
                    .isEqualTo(NOT_PERMITTED);
            assertThat(access(
                            onEc2(
                                    image,
                                    ",'linuxParameters':{'capabilities':{'drop':['ALL'],'add':['DAC_OVERRIDE']}}",
                                    ""),
                            "/d"))
                    .isEqualTo(WRITABLE);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '"',
                value = {
                    "'drop':['ALL'],'add':['ALL']                   | WRITABLE",
                    "'drop':['all'],'add':['cap_dac_override']      | WRITABLE",
                    "'drop':['DAC_OVERRIDE']                        | NOT_PERMITTED",
                    "'drop':['CAP_DAC_OVERRIDE'],'add':['ALL']      | NOT_PERMITTED",
                    "'drop':['DAC_OVERRIDE'],'add':['DAC_OVERRIDE'] | WRITABLE",
                    "'drop':['ALL'],'add':['SYS_PTRACE']            | NOT_PERMITTED",
                    "'drop':['NET_RAW']                             | WRITABLE",
                })
        void anAddedCapabilityIsKeptUnlessItIsDroppedByItsName(String capabilities, WriteAccess expected) {
            TestImage image = new TestImage().directory("/d", 1000, 1000, 0700).volume("/d");
            assertThat(access(onEc2(image, ",'linuxParameters':{'capabilities':{" + capabilities + "}}", ""), "/d"))
                    .isEqualTo(expected);
        }

        @Test
        void aPrivilegedRootIgnoresOwnersEvenWithDroppedCapabilities() {
            TestImage image = new TestImage().directory("/d", 1000, 1000, 0700).volume("/d");
            String dropped = ",'linuxParameters':{'capabilities':{'drop':['ALL']}}";
            assertThat(access(onEc2(image, ",'privileged':true" + dropped, ""), "/d"))
                    .isEqualTo(WRITABLE);
        }

        @Test
        void ofTwoSharersInOrderOnlyTheSecondGetsItsOwnerFromTheOther() {
            TaskDefinition task = read("{'containerDefinitions':["
                    + "{'name':'a','mountPoints':[{'sourceVolume':'v','containerPath':'/m'}]},"
                    + "{'name':'b','mountPoints':[{'sourceVolume':'v','containerPath':'/m'}],"
                    + "'dependsOn':[{'containerName':'a','condition':'START'}]}],'volumes':[{'name':'v'}]}");
            TestImage image = node().directory("/m", 1000, 1000, 0755).file("/m/x", 1000, 1000, 0644);
            assertThat(provenance(run(task, Platform.EC2, "a", image))).isEqualTo("test");
            assertThat(provenance(run(task, Platform.EC2, "b", image)))
                    .isEqualTo(
                            "container a starts first, and the volume keeps the owner and mode of its image's directory");
        }

        private static String provenance(ContainerRuntime container) {
            return container.mounts().stream()
                    .filter(mount -> mount.is(Mount.Kind.TASK_VOLUME))
                    .map(mount -> ReasonText.of(mount.root().provenance()))
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void aUserThatTheImageLacksStopsTheContainer() {
            assertThat(access(onEc2(new TestImage().user("nobody-here"), "", ""), "/tmp"))
                    .isEqualTo(CANNOT_START);
            assertThat(access(onEc2(new TestImage().user("node:nogroup-here"), "", ""), "/tmp"))
                    .isEqualTo(CANNOT_START);
        }

        @Test
        void invalidUserNamesAndIdsStopTheContainer() {
            assertThat(failures("-1"))
                    .containsExactly(
                            "id -1 is out of range, so the container does not start",
                            "use a number from 0 to 2147483647");
            assertThat(failures("1000 "))
                    .containsExactly(
                            "the image has no user \"1000 \", so the container does not start",
                            "name a user that the image has, or use a numeric uid");
            assertThat(failures("node:a b"))
                    .containsExactly(
                            "the image has no group a b, so the container does not start",
                            "name a group that the image has, or use a numeric gid");
        }

        private static List<String> failures(String user) {
            return onEc2(new TestImage(), ",'user':'" + user + "'", "").startFailures().stream()
                    .flatMap(failure -> Stream.of(StartText.of(failure.problem()), StartText.help(failure.problem())))
                    .toList();
        }

        @Test
        void aUidWithoutAnAccountIsInGroupZero() {
            TestImage image =
                    new TestImage().directory("/d", 5, 0, 0775).volume("/d").user("4711");
            assertThat(access(onEc2(image, "", ""), "/d")).isEqualTo(WRITABLE);
            assertThat(access(onEc2(image.user("4711:4711"), "", ""), "/d")).isEqualTo(NOT_PERMITTED);
        }

        @Test
        void supplementaryGroupsCountOnlyIfNoGroupIsNamed() {
            TestImage image =
                    new TestImage().directory("/d", 0, 50, 0775).volume("/d").group("staff", 50, "node");
            for (String user : List.of("node", "1000")) {
                assertThat(access(onEc2(image.user(user), "", ""), "/d")).isEqualTo(WRITABLE);
                assertThat(access(onEc2(image.user(user + ":node"), "", ""), "/d"))
                        .isEqualTo(NOT_PERMITTED);
            }
        }

        @Test
        void aUserWithOnlyAGroupIsRoot() {
            assertThat(onEc2(new TestImage().user(":3000"), "", "").user().isRoot())
                    .isEqualTo(Truth.TRUE);
        }

        @Test
        void anUnknownUserIsNotRoot() {
            TestImage image = new TestImage()
                    .unknownUser("no ARG or ENV defines APP_UID")
                    .directory("/d", 0, 0, 0755)
                    .volume("/d")
                    .volume("/tmp");
            ContainerRuntime container = onEc2(image, "", "");
            assertThat(access(container, "/d")).isEqualTo(UNKNOWN);
            assertThat(access(container, "/tmp")).isEqualTo(WRITABLE);
        }

        @Test
        void aUserNameThatAnUnknownBaseMayDefineIsNotRoot() {
            TestImage image = new TestImage()
                    .incomplete()
                    .user("app")
                    .directory("/usr/local/share", 0, 0, 0755)
                    .volume("/usr/local/share")
                    .volume("/tmp")
                    .volume("/srv/x");
            ContainerRuntime container = onEc2(image, "", "");
            assertThat(container.startFailures()).isEmpty();
            assertThat(access(container, "/usr/local/share")).isEqualTo(NOT_PERMITTED);
            assertThat(access(container, "/tmp")).isEqualTo(WRITABLE);
            assertThat(access(container, "/srv/x")).isEqualTo(UNKNOWN);
        }

        @Test
        void aPathThatAnUnknownBaseMayDeclareAsVolumeIsNotCalledReadOnly() {
            assertThat(access(onEc2(new TestImage().incomplete(), "", ""), "/data"))
                    .isEqualTo(UNKNOWN);
        }

        @Test
        void theExecutePermissionOfParentsIsCheckedBeforeTheReadOnlyRoot() {
            TestImage image = node().directory("/home/other", 2000, 2000, 0700);
            Access access = onEc2(image, "", "").access(ContainerPath.of("/home/other/x"), true);
            assertThat(access.verdict()).isEqualTo(NOT_PERMITTED);
            assertThat(access.cause()).isEqualTo(Access.Cause.NOT_SEARCHABLE);
            assertThat(ReasonText.of(access.reason()))
                    .isEqualTo("directory /home/other is 2000:2000 0700: the user cannot enter it");
        }
    }

    @Nested
    class Windows {

        @Test
        void aVolumeStopsAWindowsContainerOnFargate() {
            TaskDefinition task = read("{'containerDefinitions':[{'name':'app'}],"
                    + "'runtimePlatform':{'operatingSystemFamily':'WINDOWS_SERVER_2022_CORE'}}");
            TestImage image = new TestImage().volume("/data");
            assertThat(run(task, Platform.FARGATE, "app", image).startFailures())
                    .hasSize(1);
            assertThat(run(task, Platform.EC2, "app", image).startFailures()).isEmpty();
            assertThat(access(run(task, Platform.EC2, "app", image), "/data")).isEqualTo(UNKNOWN);
        }
    }
}
