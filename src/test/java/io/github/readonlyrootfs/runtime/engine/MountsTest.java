// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import static io.github.readonlyrootfs.runtime.WriteAccess.READ_ONLY;
import static io.github.readonlyrootfs.runtime.WriteAccess.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The resulting mounts, and mounts that prevent the start. */
class MountsTest {

    private static ContainerRuntime run(TestImage image, String path, String volume) {
        return run(Platform.EC2, image, path, volume);
    }

    private static ContainerRuntime run(Platform platform, TestImage image, String path, String volume) {
        return TestTask.of("{'containerDefinitions':[{'name':'app','mountPoints':[{'sourceVolume':'v','containerPath':'"
                        + path + "'}]}],'volumes':[{'name':'v'" + volume + "}]}")
                .run(platform, "app", image);
    }

    private static List<StartProblem> problems(ContainerRuntime container) {
        return container.startFailures().stream().map(StartFailure::problem).toList();
    }

    /** The mounts that the project and the base image declare, as origin and path. */
    private static Stream<String> declared(ContainerRuntime container) {
        return container.mounts().stream()
                .filter(mount -> !mount.is(Mount.Kind.ENGINE))
                .map(mount -> mount.declaration().origin() + " " + mount.path());
    }

    /** There may be many, on each platform. */
    @Test
    void aMountWithoutALinkHasOnePathObject() {
        Mount mount = run(new TestImage(), "/data/shop", "").mounts().stream()
                .filter(each -> !each.is(Mount.Kind.ENGINE))
                .findFirst()
                .orElseThrow();

        assertThat(mount.target()).isSameAs(mount.path());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/x", "/sys/x", "/proc", "/dev", "/etc/passwd", "/etc/passwd/x", "/"})
    void aMountThatPreventsTheStartIsNotMounted(String path) {
        ContainerRuntime container = run(new TestImage(), path, "");

        assertThat(problems(container)).hasSize(1);
        assertThat(declared(container)).isEmpty();
    }

    @Test
    void aMountWithoutADirectoryOnAReadOnlyMountIsNotMounted() {
        ContainerRuntime container = TestTask.of("{'containerDefinitions':[{'name':'app','mountPoints':["
                        + "{'sourceVolume':'v','containerPath':'/a','readOnly':true},"
                        + "{'sourceVolume':'w','containerPath':'/a/b'}]}],'volumes':[{'name':'v'},{'name':'w'}]}")
                .run(Platform.FARGATE, "app", new TestImage());

        assertThat(problems(container))
                .containsExactly(new StartProblem.NoMountPoint(ContainerPath.of("/a/b"), ContainerPath.of("/a")));
        assertThat(declared(container)).containsExactly("PROJECT /a");
    }

    @Test
    void aPathLongerThanTheKernelTakesKeepsTheContainerFromStarting() {
        assertThat(problems(run(new TestImage(), "/" + "x".repeat(256), ""))).hasSize(1);
        assertThat(problems(run(new TestImage(), "/" + "x".repeat(255), ""))).isEmpty();
    }

    @Test
    void theStartIsUnknownForAPathDeeperThanTheLimit() {
        assertThat(run(new TestImage(), "/a".repeat(ContainerPath.MAX_DEPTH), "")
                        .access(ContainerPath.of("/tmp"), true)
                        .verdict())
                .isEqualTo(READ_ONLY);
        assertThat(run(new TestImage(), "/a".repeat(ContainerPath.MAX_DEPTH + 1), "")
                        .access(ContainerPath.of("/tmp"), true)
                        .verdict())
                .isEqualTo(UNKNOWN);
    }

    @Test
    void whetherAVolumeOfADriverHidesProcIsUnknown() {
        String unknown = ",'dockerVolumeConfiguration':{'scope':'task','driver':'${DRIVER}'}";
        String options =
                ",'dockerVolumeConfiguration':{'scope':'task','driverOpts':{'type':'none','o':'bind','device':'/proc'}}";
        String plain = ",'dockerVolumeConfiguration':{'scope':'task'}";
        assertThat(problems(run(new TestImage(), "/proc", unknown))).isEmpty();
        assertThat(run(new TestImage(), "/proc", unknown)
                        .access(ContainerPath.of("/tmp"), true)
                        .verdict())
                .isEqualTo(UNKNOWN);
        assertThat(run(new TestImage(), "/proc", options)
                        .access(ContainerPath.of("/tmp"), true)
                        .verdict())
                .isEqualTo(UNKNOWN);
        assertThat(problems(run(new TestImage(), "/proc", plain))).containsExactly(new StartProblem.MountOverProc());
    }

    @Test
    void theEnginesNetworkFilesAreMountedOnEtcAndBelowMountsOnThem() {
        for (String path : List.of("/etc", "/a", "/a/b", "/etc/x")) {
            ContainerRuntime container = run(new TestImage(), path, "");
            assertThat(container
                            .access(ContainerPath.of("/etc/hosts"), true)
                            .mount()
                            .map(mount -> mount.declaration().kind()))
                    .as(path)
                    .contains(Mount.Kind.ENGINE);
        }
        assertThat(run(new TestImage().file("/etc/hosts", 0, 0, 0644), "/etc/hosts", ",'host':{'sourcePath':'/h'}")
                        .access(ContainerPath.of("/etc/hosts"), true)
                        .mount()
                        .map(mount -> mount.declaration().kind()))
                .contains(Mount.Kind.HOST_PATH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/proc/x", "/sys/x", "/dev/mqueue/x", "/dev/shm/x", "/dev/null", "/etc/hostname"})
    void theEngineMountsItsOwn(String path) {
        assertThat(run(new TestImage(), "/data", "")
                        .access(ContainerPath.of(path), true)
                        .mount()
                        .map(mount -> mount.declaration().kind()))
                .contains(Mount.Kind.ENGINE);
    }

    @Test
    void aVolumeOfABaseImageHasThatOrigin() {
        assertThat(declared(run(new TestImage().volume("/own").inheritedVolume("/base"), "/task", "")))
                .containsExactlyInAnyOrder("PROJECT /own", "BASE_IMAGE /base", "PROJECT /task");
    }

    @Test
    void aMountThatHidesTheLinkItIsMountedThroughKeepsTheContainerFromStarting() {
        TestImage image = new TestImage().directory("/data", 0, 0, 0755).link("/data/link", "/data");

        assertThat(problems(run(Platform.FARGATE, image, "/data/link", "")))
                .containsExactly(
                        new StartProblem.MountHidesLink(ContainerPath.of("/data/link"), ContainerPath.of("/data")));
        assertThat(problems(run(Platform.FARGATE, image, "/data", ""))).isEmpty();
        assertThat(problems(run(Platform.FARGATE, new TestImage().link("/link", "/data"), "/link", "")))
                .isEmpty();
    }

    @Test
    void onlyWithAnEbsVolumeTheUserIsInItsGroup() {
        assertThat(TestTask.mounting(",'configuredAtLaunch':true", ",'user':'1000'", "")
                        .run(Platform.FARGATE, "app", new TestImage())
                        .user()
                        .supplementary())
                .contains(TaskVolumes.EBS_GROUP);
        assertThat(TestTask.mounting("", ",'user':'1000'", "")
                        .run(Platform.FARGATE, "app", new TestImage())
                        .user()
                        .supplementary())
                .doesNotContain(TaskVolumes.EBS_GROUP);
    }
}
