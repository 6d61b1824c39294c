// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import static io.github.readonlyrootfs.runtime.Platform.EC2;
import static io.github.readonlyrootfs.runtime.Platform.EXTERNAL;
import static io.github.readonlyrootfs.runtime.Platform.FARGATE;
import static io.github.readonlyrootfs.runtime.Platform.MANAGED_INSTANCES;
import static io.github.readonlyrootfs.runtime.WriteAccess.CANNOT_START;
import static io.github.readonlyrootfs.runtime.WriteAccess.NOT_PERMITTED;
import static io.github.readonlyrootfs.runtime.WriteAccess.READ_ONLY;
import static io.github.readonlyrootfs.runtime.WriteAccess.UNKNOWN;
import static io.github.readonlyrootfs.runtime.WriteAccess.WRITABLE;
import static io.github.readonlyrootfs.runtime.engine.TestTask.mounting;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.message.StartText;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.Mount;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.Volume;
import io.github.readonlyrootfs.taskdef.schema.AccessPoint;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Volumes of a task, by kind of storage. */
class TaskVolumesTest {

    private static TestImage node() {
        return new TestImage().user("node").directory("/data", 1000, 1000, 0755);
    }

    private static TestImage root() {
        return new TestImage();
    }

    @Nested
    class DockerVolumes {

        private static TestTask docker(String members) {
            return mounting(",'dockerVolumeConfiguration':{" + members + "}");
        }

        private static TestTask options(String members) {
            return docker("'scope':'task','driver':'local','driverOpts':{" + members + "}");
        }

        @Test
        void aDockerVolumeWithoutOptionsIsLikeAnEmptyVolume() {
            assertThat(docker("'scope':'task'").write(EC2, "/data", node())).isEqualTo(WRITABLE);
            assertThat(docker("'driver':'local'").write(EC2, "/data", new TestImage().user("node")))
                    .isEqualTo(NOT_PERMITTED);
        }

        @ParameterizedTest
        @ValueSource(strings = {"'scope':'shared','autoprovision':true", "'scope':'shared'", "'scope':'${SCOPE}'"})
        void aVolumeThatOutlivesTheTaskKeepsItsFormerOwner(String members) {
            assertThat(docker(members).write(EC2, "/data", node())).isEqualTo(UNKNOWN);
            assertThat(docker(members).write(EC2, "/data", root())).isEqualTo(WRITABLE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"rexray/ebs", "cloudstor:aws", "${DRIVER}"})
        void withAnotherDriverTheAccessIsUnknownEvenForRoot(String driver) {
            TestTask task = docker("'driver':'" + driver + "'");
            assertThat(task.write(EC2, "/data", node())).isEqualTo(UNKNOWN);
            assertThat(task.write(EC2, "/data", root())).isEqualTo(UNKNOWN);
        }

        @Test
        void theReasonNamesTheDriver() {
            assertThat(ReasonText.of(docker("'driver':'rexray/ebs'")
                            .access(EC2, "/data", node())
                            .reason()))
                    .isEqualTo("the volume driver rexray/ebs decides who owns the directory");
        }

        @ParameterizedTest
        @CsvSource({
            "''                         , WRITABLE",
            "'mode=0755'                , NOT_PERMITTED",
            "'uid=1000,mode=0700'       , WRITABLE",
            "'gid=1000,mode=0770'       , WRITABLE",
            "'mode=0700,mode=1777'      , WRITABLE",
            "'size=64m,nosuid,nodev'    , WRITABLE",
            "'ro,rw'                    , WRITABLE",
            "'uid=node,mode=0700'       , UNKNOWN",
            "'context=x'                , UNKNOWN",
        })
        void aTmpfsHasTheOwnerAndModeOfItsOptions(String o, WriteAccess expected) {
            assertThat(options("'type':'tmpfs','device':'tmpfs','o':'" + o + "'")
                            .write(EC2, "/data", node()))
                    .isEqualTo(expected);
        }

        @Test
        void aTmpfsVolumeHidesTheImagesFilesAndAllowsExecution() {
            Mount mount = options("'type':'tmpfs','device':'tmpfs'").run(EC2, "app", node()).mounts().stream()
                    .filter(it -> it.is(Mount.Kind.DOCKER_VOLUME))
                    .findFirst()
                    .orElseThrow();
            assertThat(mount.root().content()).isEqualTo(Mount.Content.EMPTY);
            assertThat(mount.noexec()).isFalse();
            assertThat(options("'type':'tmpfs','device':'tmpfs','o':'noexec'")
                            .run(EC2, "app", node())
                            .mounts())
                    .filteredOn(it -> it.is(Mount.Kind.DOCKER_VOLUME))
                    .allMatch(Mount::noexec);
        }

        @Test
        void aReadOnlyTmpfsVolumeStartsIfTheImageHasNoFilesThere() {
            TestTask task = options("'type':'tmpfs','device':'tmpfs','o':'ro'");
            assertThat(task.write(EC2, "/data", new TestImage())).isEqualTo(READ_ONLY);
            assertThat(task.write(EC2, "/data", node())).isEqualTo(CANNOT_START);
        }

        @Test
        void aSharedTmpfsVolumeMayGetTheOwnerOfAnotherImage() {
            TestTask task = TestTask.of("{'containerDefinitions':["
                    + "{'name':'app','mountPoints':[{'sourceVolume':'v','containerPath':'/data'}]},"
                    + "{'name':'b','mountPoints':[{'sourceVolume':'v','containerPath':'/x'}]}],'volumes':[{'name':'v',"
                    + "'dockerVolumeConfiguration':{'driverOpts':{'type':'tmpfs','device':'tmpfs'}}}]}");
            assertThat(task.write(EC2, "/data", node())).isEqualTo(UNKNOWN);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'type':'tmpfs'",
                    "'device':'tmpfs'",
                    "'o':'uid=1000'",
                    "'type':'tmpfs','device':'tmpfs','opts':'uid=1000'",
                })
        void optionsThatTheDriverRejectsStopTheContainer(String members) {
            ContainerRuntime container = options(members).run(EC2, "app", node());
            assertThat(container.startFailures()).hasSize(1);
            assertThat(StartText.of(container.startFailures().get(0).problem()))
                    .endsWith("so the container does not start");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "'type':'nfs','device':':/x','o':'addr=10.0.0.1'",
                    "'type':'nfs4','device':':/x'",
                    "'type':'cifs','device':'//server/x','o':'username=u,password=p'",
                    "'type':'${TYPE}','device':'tmpfs'",
                    "'type':'tmpfs','device':'tmpfs','o':'${O}'",
                })
        void accessThatIsDecidedElsewhereIsUnknownEvenForRoot(String members) {
            assertThat(options(members).write(EC2, "/data", node())).isEqualTo(UNKNOWN);
            assertThat(options(members).write(EC2, "/data", root())).isEqualTo(UNKNOWN);
        }

        @Test
        void aReadOnlyNfsIsReadOnlyForAll() {
            assertThat(options("'type':'nfs','device':':/x','o':'addr=10.0.0.1,ro'")
                            .write(EC2, "/data", root()))
                    .isEqualTo(READ_ONLY);
        }

        @Test
        void theOwnerOfABindMountIsDecidedOnTheInstance() {
            TestTask task = options("'type':'none','device':'/srv/x','o':'bind'");
            assertThat(ReasonText.of(task.access(EC2, "/data", node()).reason()))
                    .isEqualTo("the owner of /srv/x on the instance is not in these files");
            assertThat(task.write(EC2, "/data", root())).isEqualTo(WRITABLE);
        }

        @Test
        void aSizeNeedsAFileSystemWithQuotasOnTheInstance() {
            assertThat(ReasonText.of(
                            options("'size':'10m'").access(EC2, "/data", root()).reason()))
                    .contains(" needs a file system with quotas");
        }

        @Test
        void noReasonNamesMountOptions() {
            assertThat(ReasonText.of(
                            options("'type':'cifs','device':'//server/secret','o':'username=u,password=hunter2'")
                                    .access(EC2, "/data", node())
                                    .reason()))
                    .doesNotContain("hunter2")
                    .doesNotContain("secret");
        }
    }

    @Nested
    class HostDirectories {

        private static TestTask host(String path) {
            return mounting(",'host':{'sourcePath':'" + path + "'}");
        }

        @ParameterizedTest
        @CsvSource({
            "/tmp      , WRITABLE",
            "/var/tmp/ , WRITABLE",
            "/etc      , NOT_PERMITTED",
            "/var/run  , NOT_PERMITTED",
            "/run      , NOT_PERMITTED",
            "/usr      , NOT_PERMITTED",
            "/proc     , NOT_PERMITTED",
            "/sys      , NOT_PERMITTED",
            "/         , UNKNOWN",
            "/home     , UNKNOWN",
            "/var/log  , UNKNOWN",
            "/srv/data , UNKNOWN",
            "data      , UNKNOWN",
            "${DIR}    , UNKNOWN",
        })
        void areKnownIfAllLinuxSystemsHaveThemAlike(String path, WriteAccess expected) {
            assertThat(host(path).write(EC2, "/data", node())).isEqualTo(expected);
            assertThat(host(path).write(EXTERNAL, "/data", node())).isEqualTo(expected);
        }

        @Test
        void ofManagedInstancesAreUnknown() {
            assertThat(host("/tmp").write(MANAGED_INSTANCES, "/data", node())).isEqualTo(UNKNOWN);
        }

        @Test
        void haveUnknownContent() {
            assertThat(host("/tmp").write(EC2, "/data/x", node())).isEqualTo(UNKNOWN);
            assertThat(ReasonText.of(host("/tmp").access(EC2, "/data/x", node()).reason()))
                    .isEqualTo("the content of /tmp on the instance is not in these files");
            assertThat(host("/tmp").write(EC2, "/data/x", root())).isEqualTo(WRITABLE);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/proc", "/sys/"})
        void ofTheKernelAreNotWritableEvenForRoot(String path) {
            assertThat(host(path).write(EC2, "/data", root())).isEqualTo(NOT_PERMITTED);
            assertThat(host(path).write(EC2, "/data/x", root())).isEqualTo(UNKNOWN);
        }

        @Test
        void mayBeFilesIfTheImageHasAFileThere() {
            TestImage image = new TestImage().user("node").file("/data", 1000, 1000, 0644);
            ContainerRuntime container = host("/srv/data").run(EC2, "app", image);
            assertThat(container.startFailures()).isEmpty();
            assertThat(host("/srv/data").write(EC2, "/data", image)).isEqualTo(UNKNOWN);
            assertThat(mounting("").run(EC2, "app", image).startFailures()).hasSize(1);
        }

        @Test
        void theAccessToASocketIsDecidedOnTheInstance() {
            for (String path : new String[] {"/var/run/docker.sock", "/run/docker.sock"}) {
                assertThat(host(path).write(EC2, "/data", root())).isEqualTo(UNKNOWN);
            }
            TestTask readOnly = TestTask.of("{'containerDefinitions':[{'name':'app','mountPoints':[{'sourceVolume':'v',"
                    + "'containerPath':'/data','readOnly':true}]}],'volumes':[{'name':'v','host':"
                    + "{'sourcePath':'/var/run/docker.sock'}}]}");
            assertThat(readOnly.write(EC2, "/data", root())).isEqualTo(UNKNOWN);
        }
    }

    @Nested
    class FileSystems {

        @Test
        void rootCanWriteEfsUnlessAnAccessPointOrTheRoleDecides() {
            assertThat(mounting(",'efsVolumeConfiguration':{'fileSystemId':'fs-1'}")
                            .write(FARGATE, "/data", root()))
                    .isEqualTo(WRITABLE);
            for (String config : new String[] {"'accessPointId':'fsap-1'", "'iam':'ENABLED'", "'iam':'${IAM}'"}) {
                TestTask task = mounting(
                        ",'efsVolumeConfiguration':{'fileSystemId':'fs-1','authorizationConfig':{" + config + "}}");
                assertThat(task.write(FARGATE, "/data", root())).as(config).isEqualTo(UNKNOWN);
                assertThat(task.write(FARGATE, "/data", node())).as(config).isEqualTo(UNKNOWN);
            }
            assertThat(mounting(",'efsVolumeConfiguration':{'fileSystemId':'fs-1',"
                                    + "'authorizationConfig':{'iam':'DISABLED'}}")
                            .write(FARGATE, "/data", root()))
                    .isEqualTo(WRITABLE);
        }

        /** @param mode of the directory, which belongs to 1000:1000; empty where it is root's and its mode unknown */
        private TestTask accessPoint(Optional<Integer> actsAs, Optional<Integer> mode) {
            TaskDefinition task = mounting(",'efsVolumeConfiguration':{'fileSystemId':'fs-1',"
                            + "'authorizationConfig':{'accessPointId':'${p}','iam':'ENABLED'}}")
                    .definition();
            Volume volume = task.volumes().get(0);
            Volume.Storage.Efs efs = (Volume.Storage.Efs) volume.storage();
            int owner = mode.isPresent() ? 1000 : 0;
            AccessPoint point = new AccessPoint(
                    actsAs.map(uid -> new AccessPoint.User(uid, uid, List.of(7))),
                    new AccessPoint.Directory(owner, owner, mode));
            Volume known = new Volume(
                    volume.location(),
                    volume.name(),
                    new Volume.Storage.Efs(
                            efs.accessPointId(), efs.iam(), efs.rootDirectory(), Optional.of(point), efs.location()));
            return new TestTask(new TaskDefinition(
                    task.document(),
                    task.family(),
                    task.launch(),
                    task.containerDefinitions(),
                    List.of(known),
                    task.parameters()));
        }

        @Test
        void anAccessPointActsAsItsOwnUserWhoeverTheContainersIs() {
            for (TestImage image : new TestImage[] {root(), node(), new TestImage().user("4321")}) {
                assertThat(accessPoint(Optional.of(1000), Optional.of(0700)).write(FARGATE, "/data", image))
                        .isEqualTo(WRITABLE);
                assertThat(accessPoint(Optional.of(1001), Optional.of(0755)).write(FARGATE, "/data", image))
                        .isEqualTo(NOT_PERMITTED);
                assertThat(accessPoint(Optional.of(1001), Optional.of(0777)).write(FARGATE, "/data", image))
                        .isEqualTo(WRITABLE);
                assertThat(accessPoint(Optional.of(0), Optional.empty()).write(FARGATE, "/data/x", image))
                        .isEqualTo(WRITABLE);
                assertThat(accessPoint(Optional.of(1001), Optional.empty()).write(FARGATE, "/data", image))
                        .isEqualTo(UNKNOWN);
            }
        }

        @Test
        void whatIsInTheDirectoryOfAnAccessPointIsItsUsers() {
            TestTask task = accessPoint(Optional.of(1000), Optional.of(0700));

            assertThat(task.write(FARGATE, "/data/made/x", node())).isEqualTo(WRITABLE);
            assertThat(task.run(FARGATE, "app", node())
                            .access(ContainerPath.of("/data/there/x"), false)
                            .verdict())
                    .isEqualTo(UNKNOWN);
            assertThat(accessPoint(Optional.of(1001), Optional.of(0755)).write(FARGATE, "/data/there/x", root()))
                    .isEqualTo(UNKNOWN);
        }

        @Test
        void anAccessPointWithoutAUserTakesTheContainersAsItComes() {
            assertThat(accessPoint(Optional.empty(), Optional.of(0700)).write(FARGATE, "/data", node()))
                    .isEqualTo(WRITABLE);
            assertThat(accessPoint(Optional.empty(), Optional.of(0700))
                            .write(FARGATE, "/data", new TestImage().user("1001")))
                    .isEqualTo(NOT_PERMITTED);
            assertThat(accessPoint(Optional.empty(), Optional.of(0700)).write(FARGATE, "/data", root()))
                    .isEqualTo(WRITABLE);
        }

        @Test
        void theRefusalOfAnAccessPointNamesItsUser() {
            assertThat(ReasonText.of(accessPoint(Optional.of(1001), Optional.of(0755))
                            .access(FARGATE, "/data", root())
                            .reason()))
                    .isEqualTo("the access point acts as uid 1001, and the volume's directory is 1000:1000 0755");
        }

        @Test
        void s3FilesAndFsxAreUnknownEvenForRoot() {
            assertThat(mounting(",'s3filesVolumeConfiguration':{'fileSystemArn':'arn:1'}")
                            .write(FARGATE, "/data", root()))
                    .isEqualTo(UNKNOWN);
            assertThat(mounting(",'fsxWindowsFileServerVolumeConfiguration':{'fileSystemId':'fs-1'}")
                            .write(EC2, "/data", root()))
                    .isEqualTo(UNKNOWN);
        }

        @Test
        void aReadOnlyMountIsReadOnlyForEveryOwner() {
            TestTask task = TestTask.of("{'containerDefinitions':[{'name':'app','mountPoints':[{'sourceVolume':'v',"
                    + "'containerPath':'/data','readOnly':true}]}],'volumes':[{'name':'v','efsVolumeConfiguration':"
                    + "{'fileSystemId':'fs-1','authorizationConfig':{'accessPointId':'fsap-1'}}}]}");
            assertThat(task.write(FARGATE, "/data", root())).isEqualTo(READ_ONLY);
        }

        @Test
        void ebsIsWritableForTheUserOfTheContainerDefinitionEvenIfAPlaceholder() {
            String ebs = ",'configuredAtLaunch':true";
            assertThat(mounting(ebs, ",'user':'${APP_USER}'", "").write(EC2, "/data", node()))
                    .isEqualTo(WRITABLE);
            assertThat(mounting(ebs).write(EC2, "/data", node())).isEqualTo(UNKNOWN);
            assertThat(mounting(ebs).write(EC2, "/data", root())).isEqualTo(WRITABLE);
        }

        /**
         * AWS documents which user is in the group of the volume for the container that mounts it, and for no other.
         */
        @Test
        void anEbsVolumeOfAnotherContainerIsUnknown() {
            TestTask task = TestTask.of("{'containerDefinitions':["
                    + "{'name':'app','user':'1001','volumesFrom':[{'sourceContainer':'data'}]},"
                    + "{'name':'data','user':'1000','mountPoints':[{'sourceVolume':'v','containerPath':'/data'}]}],"
                    + "'volumes':[{'name':'v','configuredAtLaunch':true}]}");
            assertThat(task.write(EC2, "/data", node())).isEqualTo(UNKNOWN);
        }
    }

    @Nested
    class SharedMemoryOfTheEngine {

        private static TestTask task(String members) {
            return TestTask.of("{'containerDefinitions':[{'name':'app','linuxParameters':{'sharedMemorySize':256}}]"
                    + members + "}");
        }

        private static Mount shm(TestTask task, Platform platform) {
            return task.run(platform, "app", new TestImage()).mounts().stream()
                    .filter(mount -> mount.path().equals(SharedMemory.PATH))
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void isWritableForAllAndNotExecutable() {
            TestTask task = task("");
            assertThat(task.write(EC2, "/dev/shm/x", new TestImage().user("node")))
                    .isEqualTo(WRITABLE);
            assertThat(shm(task, EC2).noexec()).isTrue();
            assertThat(ReasonText.of(shm(task, EC2).root().provenance()))
                    .isEqualTo("mounted by the container engine: 256 MiB by sharedMemorySize");
            assertThat(ReasonText.of(shm(task, FARGATE).root().provenance()))
                    .isEqualTo("mounted by the container engine");
        }

        @Test
        void ofTheInstanceIsExecutable() {
            assertThat(shm(task(",'ipcMode':'host'"), EC2).noexec()).isFalse();
            assertThat(shm(task(",'ipcMode':'task'"), EC2).noexec()).isTrue();
            // Fargate has no ipcMode; another rule reports it there.
            assertThat(shm(task(",'ipcMode':'host'"), FARGATE).noexec()).isTrue();
        }

        @Test
        void isMissingWithIpcModeNone() {
            TestTask task = task(",'ipcMode':'none'");
            assertThat(ReasonText.of(task.access(EC2, "/dev/shm/x", new TestImage().user("node"))
                            .reason()))
                    .isEqualTo("with ipcMode none, nothing is mounted at /dev/shm, and the engine's directory is"
                            + " root:root 0755");
            assertThat(task.write(EC2, "/dev/shm/x", new TestImage())).isEqualTo(WRITABLE);
        }
    }
}
