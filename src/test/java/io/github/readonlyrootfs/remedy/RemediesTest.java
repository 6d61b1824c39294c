// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.message.HelpText;
import io.github.readonlyrootfs.report.excerpt.PublicTexts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The fixes for a project's files, as their owner reads them. */
class RemediesTest {

    private static final String DEBIAN = "FROM debian:13\n";
    private static final String AS_1000 = "USER 1000\n";
    private static final String OWN_DATA = "RUN mkdir /data && chown 1000 /data\n";

    private static final String DATA = "{\"name\": \"data\"}";
    private static final String EFS =
            "{\"name\": \"data\", \"efsVolumeConfiguration\": {\"fileSystemId\": \"fs-12345678\"}}";

    private static final String VOLUME_AND_POINT = "set `\"volumes\": [{\"name\": \"data\"}]` in line 2, and put"
            + " `\"mountPoints\": [{\"sourceVolume\": \"data\", \"containerPath\": \"/data\"}],` before"
            + " `\"name\"` in line 3";

    @TempDir
    Path directory;

    private MountWith mountWith = MountWith.AUTO;
    private String platform = "EC2";
    private String image = "app";
    private String volumes = "";
    private String container = "";
    private String others = "";
    private boolean exec;
    private boolean inference;

    /** The findings about paths, each as its path and its help. */
    private List<String> helps(String dockerfile, String... paths) throws Exception {
        Path task = Files.writeString(
                directory.resolve("taskdef.json"), """
                {"requiresCompatibilities": ["%s"], "networkMode": "awsvpc", "cpu": "256", "memory": "512",
                 "volumes": [%s], "containerDefinitions": [
                  {"name": "app", "image": "%s", "readonlyRootFilesystem": true%s}%s]}
                """.formatted(platform, volumes, image, container, others));
        RequestBuilder request = new RequestBuilder(task).mountWith(mountWith);
        if (dockerfile.isEmpty()) {
            request.containers("app", paths);
        } else {
            request.dockerfile(Files.writeString(directory.resolve("Dockerfile"), dockerfile))
                    .container("app")
                    .writablePaths(paths);
        }
        if (exec) {
            request.executeCommand();
        }
        if (!inference) {
            request.noInference();
        }
        CheckResult result = request.check();
        HelpText texts = new HelpText(result.tasks().sources(), new PublicTexts(result.tasks())::of);
        return result.findings().stream()
                .filter(finding -> finding.path().isPresent())
                .map(finding -> finding.path().get() + ": " + texts.of(finding.remedy(), finding.location()))
                .toList();
    }

    private static String mountPoint(String path, String... more) {
        return ", \"mountPoints\": [{\"sourceVolume\": \"data\", \"containerPath\": \"" + path + "\""
                + String.join("", more) + "}]";
    }

    private static String tmpfs(String path, String options) {
        return ", \"linuxParameters\": {\"tmpfs\": [{\"containerPath\": \"" + path
                + "\", \"size\": 5, \"mountOptions\": [" + options + "]}]}";
    }

    /** Another container of the task. */
    private static String other(String image, String user, String needs, String more) {
        return ", {\"name\": \"b\", \"image\": \"" + image + "\", \"user\": \"" + user
                + "\", \"readonlyRootFilesystem\": true, \"dockerLabels\": {\"io.github.readonly-rootfs.writable-paths\":"
                + " \"" + needs + "\"}" + more + "}";
    }

    private static final String VOLUMES_FROM = ", \"volumesFrom\": [{\"sourceContainer\": \"app\"}]";

    // Near misses

    @Test
    void aMountWithATypingErrorStaysWhereItIsAndTheUsualEditIsMade() throws Exception {
        assertThat(helps(DEBIAN + "VOLUME /srv/dataa\n", "/srv/data"))
                .containsExactly("/srv/data: put `VOLUME /srv/data` below line 2");
        container = tmpfs("/srv/dataa", "");
        assertThat(helps(DEBIAN, "/srv/data"))
                .containsExactly("/srv/data: put `VOLUME /srv/data` below line 1 of Dockerfile");
    }

    @Test
    void aVolumeOfABaseImageIsNotATypingError() throws Exception {
        assertThat(helps("FROM postgres:17\n", "/var/lib/postgresql/dat"))
                .containsExactly(
                        "/var/lib/postgresql/dat: put `VOLUME /var/lib/postgresql/dat` below line 1 of Dockerfile");
    }

    @Test
    void anUnclosedArrayIsCorrectedIfItNamesThePath() throws Exception {
        assertThat(helps(DEBIAN + "VOLUME [\"/srv/data\", \"/b\"\n", "/srv/data/x"))
                .containsExactly("/srv/data/x: write `VOLUME [\"/srv/data\", \"/b\"]` in line 2");
    }

    @Test
    void aRelativeVolumeIsChangedToTheNeededPathUnlessItIsNeededItself() throws Exception {
        assertThat(helps(DEBIAN + "WORKDIR /app\nVOLUME cache\n", "/app/cache/x"))
                .containsExactly("/app/cache/x: write `/app/cache` instead of `cache` in line 3");
        assertThat(helps(DEBIAN + "WORKDIR /app\nVOLUME cache\n", "/app/cache/x", "/cache/y"))
                .contains("/app/cache/x: put `VOLUME /app/cache/x` below line 3 of Dockerfile");
        assertThat(helps(DEBIAN + "VOLUME cache\n", "/app/logs"))
                .contains("/app/logs: put `VOLUME /app/logs` below line 2 of Dockerfile");
    }

    @Test
    void aVolumeOfAnotherStageIsDeclaredInTheOneThatIsBuilt() throws Exception {
        assertThat(helps("FROM debian:13 AS build\nVOLUME /data\nFROM debian:13\n", "/data/x"))
                .containsExactly("/data/x: put `VOLUME /data/x` below line 3");
    }

    @Test
    void aTaskVolumeNamedAfterThePathIsMounted() throws Exception {
        volumes = DATA;
        for (String path : List.of("/data", "/srv/Da-ta", "/d/ata")) {
            assertThat(helps(DEBIAN, path))
                    .containsExactly(path
                            + ": put `\"mountPoints\": [{\"sourceVolume\": \"data\", \"containerPath\": \"" + path
                            + "\"}],` before `\"name\"` in line 3");
        }
        assertThat(helps(DEBIAN, "/other")).containsExactly("/other: put `VOLUME /other` below line 1 of Dockerfile");
        assertThat(helps(DEBIAN + AS_1000, "/data")).noneMatch(help -> help.contains("mountPoints"));
    }

    @Test
    void aTaskVolumeThatIsMountedElsewhereOrHasFilesIsNotReused() throws Exception {
        String usual = "/data: put `VOLUME /data` below line 1 of Dockerfile";
        volumes = "{\"name\": \"data\", \"host\": {\"sourcePath\": \"/d\"}}";
        assertThat(helps(DEBIAN, "/data")).containsExactly(usual);
        volumes = DATA;
        others = other("debian:13", "0", "/x", mountPoint("/x"));
        assertThat(helps(DEBIAN, "/data")).containsExactly(usual);
    }

    // Where nothing is mounted

    @Test
    void withVolumesATaskVolumeIsDefinedAndMounted() throws Exception {
        mountWith = MountWith.VOLUME;
        assertThat(helps(DEBIAN, "/data")).containsExactly("/data: " + VOLUME_AND_POINT);
        assertThat(helps(DEBIAN + AS_1000, "/data"))
                .containsExactly("/data: " + VOLUME_AND_POINT
                        + ", and put these lines above line 2 of Dockerfile:\nRUN mkdir -p /data && chown 1000 /data\n"
                        + "VOLUME /data");
        image = "debian:13";
        container = ", \"user\": \"1000\"";
        assertThat(helps("", "/data"))
                .containsExactly("/data: have the application write elsewhere: an empty volume belongs to root, and no"
                        + " Dockerfile of this project builds container app");
    }

    @Test
    void severalTaskVolumesAreDefinedTogetherWithUnusedNames() throws Exception {
        mountWith = MountWith.VOLUME;
        assertThat(helps(DEBIAN, "/data", "/srv/a.b"))
                .hasSize(2)
                .allSatisfy(help -> assertThat(help)
                        .contains("`\"volumes\": [{\"name\": \"data\"}, {\"name\": \"srv-a-b\"}]`")
                        .contains("[{\"sourceVolume\": \"data\", \"containerPath\": \"/data\"},"
                                + " {\"sourceVolume\": \"srv-a-b\", \"containerPath\": \"/srv/a.b\"}]"));
        volumes = DATA + ", {\"name\": \"data-2\", \"host\": {\"sourcePath\": \"/d\"}}";
        container = mountPoint("/x");
        assertThat(helps(DEBIAN, "/data", "/x"))
                .containsExactly("/data: put `{\"name\": \"data-3\"},` in line 2, column 14, and put"
                        + " `{\"sourceVolume\": \"data-3\", \"containerPath\": \"/data\"},` in line 3, column 83");
    }

    @Test
    void onlyWithoutDockerAVolumeLineKeepsTheCopiedFiles() throws Exception {
        mountWith = MountWith.VOLUME;
        assertThat(helps(DEBIAN + "COPY x /data/x\n", "/data")).containsExactly("/data: " + VOLUME_AND_POINT);
        platform = "FARGATE";
        assertThat(helps(DEBIAN + "COPY x /data/x\n", "/data"))
                .containsExactly("/data: " + VOLUME_AND_POINT + ", and put `VOLUME /data` below line 2 of Dockerfile");
        assertThat(helps(DEBIAN + "COPY x /other/x\n", "/data")).containsExactly("/data: " + VOLUME_AND_POINT);
    }

    @Test
    void mountWithDockerfileNeedsADockerfile() throws Exception {
        mountWith = MountWith.DOCKERFILE;
        assertThat(helps(DEBIAN, "/data")).containsExactly("/data: put `VOLUME /data` below line 1 of Dockerfile");
        image = "debian:13";
        assertThat(helps("", "/data"))
                .containsExactly("/data: no Dockerfile of this project that lines can be added to builds container app:"
                        + " mount a volume or a tmpfs at /data");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/etc/shop.conf", "/etc/shop.yml", "/etc/shop.properties", "/etc/tls/server.p12"})
    void aDirectoryIsNotMountedWhereTheApplicationWritesAFile(String path) throws Exception {
        assertThat(helps(DEBIAN + AS_1000, path))
                .allSatisfy(help ->
                        assertThat(help).doesNotContain("VOLUME " + path).doesNotContain("\"" + path + "\""));
    }

    @Test
    void aTmpfsHidesTheImagesFiles() throws Exception {
        mountWith = MountWith.TMPFS;
        assertThat(helps(DEBIAN + "COPY x /data/x\n", "/data"))
                .containsExactly(
                        "/data: have the application write elsewhere: a mount at /data would hide the image's files"
                                + " there");
    }

    @Test
    void whatTheBuildRemovesFromADirectoryIsNoReasonAgainstAMountThere() throws Exception {
        String copied = DEBIAN + "COPY requirements.txt build.sh /tmp/\n";
        String kept = "a mount at /tmp would make /tmp/build.sh writable as well";
        assertThat(helps(copied + AS_1000, "/tmp")).singleElement().asString().endsWith(kept);
        assertThat(helps(copied + "RUN rm -rf /tmp\n" + AS_1000, "/tmp"))
                .singleElement()
                .asString()
                .startsWith("/tmp: put ");
        assertThat(helps(DEBIAN + "COPY requirements.txt /tmp/\n" + AS_1000, "/tmp"))
                .singleElement()
                .asString()
                .startsWith("/tmp: put ");
    }

    @Test
    void noMountIsOfferedForADriveOfWindowsUnlessTheStartNeedsIt() throws Exception {
        assertThat(helps(DEBIAN, "/srv/E:/uploads?", "/srv/c:\\temp?"))
                .containsExactly(
                        "/srv/E:/uploads: have it write to a path of Linux, where E: is no drive",
                        "/srv/c:\\temp: have it write to a path of Linux, where c: is no drive");
        assertThat(helps(DEBIAN, "/c:/temp")).singleElement().asString().startsWith("/c:/temp: put ");
    }

    @Test
    void aDirectoryBelowTheTemporaryOneThatNobodyMakesIsMountedItself() throws Exception {
        assertThat(helps(DEBIAN, "/tmp/app/cache")).singleElement().asString().contains("VOLUME /tmp/app/cache`");
    }

    @Test
    void noMountMakesCodeOrTheSystemsDirectoriesWritable() throws Exception {
        container = ", \"entryPoint\": [\"/opt/app/run\"]";
        assertThat(helps(DEBIAN, "/opt", "/usr", "/x.pid"))
                .containsExactly(
                        "/opt: name the directories below /opt that it writes: a mount at /opt would make"
                                + " /opt/app/run writable as well",
                        "/usr: name the directories below /usr that it writes: a mount at /usr would make everything in"
                                + " it writable as well",
                        "/x.pid: write it to a directory that has nothing else, such as /run or /tmp, and mount that:"
                                + " nothing can be mounted at /");
        assertThat(helps(DEBIAN + "VOLUME /opt/app\n" + AS_1000, "/opt/app"))
                .containsExactly("/opt/app: mount only the directories below /opt/app that are written: its owner can"
                        + " change /opt/app/run");
    }

    @Test
    void anOptionalPathIsMountedBesideANeededOne() throws Exception {
        assertThat(helps(DEBIAN, "/data?", "/other"))
                .containsExactly(
                        "/other: put `VOLUME /other` below line 1 of Dockerfile",
                        "/data: put `VOLUME /other /data` below line 1 of Dockerfile");
        container = tmpfs("/data", "\"ro\"");
        assertThat(helps(DEBIAN, "/data?", "/other"))
                .containsExactly(
                        "/other: put `VOLUME /other` below line 1 of Dockerfile", "/data: remove `\"ro\"` from line 3");
    }

    @Test
    void theDirectoryIsGivenToTheUserThatTheStartCommandSwitchesTo() throws Exception {
        inference = true;
        assertThat(helps(DEBIAN + "RUN useradd -u 1000 app && apt-get install -y gosu\n"
                        + "CMD [\"gosu\", \"app\", \"sh\", \"-c\", \"touch /data/x.pid\"]\n"))
                .containsExactly("/data/x.pid: put these lines above line 3:\nRUN mkdir -p /data && chown app /data\n"
                        + "VOLUME /data");
    }

    // ECS Exec

    private static final String UNSUPPORTED =
            "ECS Exec works then, though AWS does not support it with a read-only root";

    @Test
    void theAgentOfEcsExecGetsItsPathsTogether() throws Exception {
        exec = true;
        assertThat(helps(DEBIAN + AS_1000))
                .containsExactly(
                        "/managed-agents: put `VOLUME /managed-agents /var/lib/amazon/ssm` below line 2 of Dockerfile: "
                                + UNSUPPORTED);
        mountWith = MountWith.TMPFS;
        assertThat(helps(DEBIAN + AS_1000))
                .containsExactly("/managed-agents: put `\"linuxParameters\": {\"tmpfs\": [{\"containerPath\":"
                        + " \"/managed-agents\", \"size\": 64}, {\"containerPath\": \"/var/lib/amazon/ssm\", \"size\":"
                        + " 64}]},` before `\"name\"` in line 3: the size is in MiB, and "
                        + UNSUPPORTED);
    }

    @Test
    void theAgentOfEcsExecCanWriteEveryWritableMount() throws Exception {
        exec = true;
        container = tmpfs("/var/lib/amazon/ssm", "\"uid=1000\", \"mode=0500\"");
        assertThat(helps(DEBIAN + AS_1000))
                .contains("/managed-agents: put `VOLUME /managed-agents` below line 2 of Dockerfile: " + UNSUPPORTED);
        container = tmpfs("/var/lib/amazon/ssm", "\"ro\"");
        assertThat(helps(DEBIAN + AS_1000))
                .containsExactly(
                        "/managed-agents: switch ECS Exec off, or make the mounts there writable; " + UNSUPPORTED);
    }

    // Where a mount is read-only

    @Test
    void aReadOnlyMountIsMadeWritableAndOwnedIfTheImageDecidesTheOwner() throws Exception {
        volumes = DATA;
        container = mountPoint("/data", ", \"readOnly\": true");
        String writable = "/data: set `\"readOnly\": false` in line 3";
        assertThat(helps(DEBIAN + AS_1000, "/data"))
                .containsExactly(
                        writable + ", and put `RUN mkdir -p /data && chown 1000 /data` above line 2 of Dockerfile");
        assertThat(helps(DEBIAN + OWN_DATA + AS_1000, "/data")).containsExactly(writable);
        assertThat(helps("FROM example/base\n" + AS_1000, "/data"))
                .singleElement()
                .asString()
                .startsWith(
                        writable + ", and put these lines below line 2 of Dockerfile:\nUSER root\nRUN mkdir -p /data");
        volumes = EFS;
        assertThat(helps(DEBIAN + AS_1000, "/data")).containsExactly(writable);
    }

    @Test
    void theLastReadOnlyOptionOfATmpfsIsRemoved() throws Exception {
        container = tmpfs("/data", "\"noexec\", \"ro\", \"nosuid\"");
        assertThat(helps(DEBIAN, "/data")).containsExactly("/data: remove `\"ro\"` from line 3");
        container = tmpfs("/data", "\"ro\", \"rw\", \"ro\"");
        assertThat(helps(DEBIAN, "/data")).containsExactly("/data: remove `\"ro\"` from line 3, column 164");
    }

    @Test
    void aReadOnlyMountOfVolumesFromIsMadeWritableInItsDeclaration() throws Exception {
        String dockerfile = DEBIAN + OWN_DATA + "VOLUME /data\n" + AS_1000;
        others = other(
                "debian:13",
                "1000",
                "/data/x",
                ", \"volumesFrom\": [{\"sourceContainer\": \"app\", \"readOnly\": true}]");
        assertThat(helps(dockerfile, "/data")).containsExactly("/data/x: set `\"readOnly\": false` in line 3");
        others = other(
                        "debian:13",
                        "1000",
                        "/data/x",
                        ", \"volumesFrom\": [{\"sourceContainer\": \"c\"}, {\"sourceContainer\": \"app\", \"readOnly\": true}]")
                + ", {\"name\": \"c\", \"image\": \"debian:13\", \"readonlyRootFilesystem\": true}";
        assertThat(helps(dockerfile, "/data")).containsExactly("/data/x: set `\"readOnly\": false` in line 3");
        volumes = DATA;
        container = mountPoint("/data", ", \"readOnly\": true");
        others = other("debian:13", "1000", "/data/x", VOLUMES_FROM);
        assertThat(helps(DEBIAN + OWN_DATA + AS_1000)).containsExactly("/data/x: set `\"readOnly\": false` in line 3");
    }

    // Where owner and mode refuse the user

    @Test
    void aDirectoryThatOthersWriteTooIsMadeWritableForAll() throws Exception {
        String dockerfile = DEBIAN + "VOLUME /data\n" + AS_1000;
        String all = "/data: put `RUN mkdir -p /data && chmod 1777 /data` above line 2";
        String own = "/data: put `RUN mkdir -p /data && chown 1000 /data` above line 2";
        others = other("app", "2000", "/data", "");
        assertThat(helps(dockerfile, "/data")).contains(all);
        others = other("debian:13", "2000", "/data", VOLUMES_FROM);
        assertThat(helps(dockerfile, "/data")).contains(all);
        others = other("debian:13", "2000", "/data/x", "");
        assertThat(helps(dockerfile, "/data")).contains(own);
        others = other("debian:13", "2000", "/elsewhere", VOLUMES_FROM);
        assertThat(helps(dockerfile, "/data")).contains(own);
        others = other("debian:13", "0", "/data/x", VOLUMES_FROM);
        assertThat(helps(dockerfile, "/data")).containsExactly(own);
    }

    @Test
    void aParentDirectoryThatTheUserCannotEnterIsOpened() throws Exception {
        assertThat(helps(
                        DEBIAN + "RUN mkdir -p /srv/x && chmod 700 /srv && chown 1000 /srv/x\nVOLUME /srv/x\n"
                                + AS_1000,
                        "/srv/x"))
                .containsExactly("/srv/x: put `RUN chmod a+x /srv` above line 3");
        assertThat(helps(DEBIAN + "RUN mkdir -p /srv/x && chmod 700 /srv\nVOLUME /srv\n" + AS_1000, "/srv/x"))
                .containsExactly("/srv/x: put `RUN chmod a+x /srv && chown 1000 /srv/x` above line 3");
        assertThat(helps(DEBIAN + "RUN mkdir -p /srv/x && chmod 700 /srv\n" + AS_1000, "/srv/x"))
                .containsExactly("/srv/x: put these lines above line 3 of Dockerfile:\n"
                        + "RUN chmod a+x /srv && chown 1000 /srv/x\nVOLUME /srv/x");
        container = tmpfs("/srv", "\"mode=700\"");
        assertThat(helps(DEBIAN + AS_1000, "/srv/x"))
                .containsExactly("/srv/x: put `, \"uid=1000\", \"gid=0\"` after `\"mode=700\"` in line 3");
    }

    @Test
    void belowDevAMountOfTheEngineIsSuggested() throws Exception {
        assertThat(helps(DEBIAN + "VOLUME /dev/shm\n" + AS_1000, "/dev/shm"))
                .containsExactly("/dev/shm: remove line 2: every user can write the engine's own /dev/shm");
        assertThat(helps(DEBIAN + "VOLUME /dev/x\n" + AS_1000, "/dev/x"))
                .containsExactly(
                        "/dev/x: have the application write elsewhere: the image's files below /dev are not copied");
        assertThat(helps(DEBIAN + AS_1000, "/dev/x"))
                .containsExactly("/dev/x: have the application write elsewhere: /dev belongs to the container engine;"
                        + " every user can write /dev/shm");
    }

    @Test
    void anImageWithoutAShellGetsNoRunLineUnlessItHasOne() throws Exception {
        assertThat(helps("FROM scratch\n" + AS_1000, "/data"))
                .singleElement()
                .asString()
                .contains("tmpfs")
                .doesNotContain("RUN");
        assertThat(helps("FROM scratch\nRUN [\"/a\"]\n" + AS_1000, "/data"))
                .containsExactly("/data: put these lines above line 3 of Dockerfile:\n"
                        + "RUN mkdir -p /data && chown 1000 /data\nVOLUME /data");
    }

    /** No half of an edit that several findings share is made alone. */
    @Test
    void findingsThatShareAnEditHaveTheEditsOfAllOfThem() throws Exception {
        mountWith = MountWith.VOLUME;
        image = "debian:13";
        others = other("debian:13", "0", "/b", "");
        String defined = "set `\"volumes\": [{\"name\": \"a\"}, {\"name\": \"b-b\"}]` in line 2";
        String first = ", and put `\"mountPoints\": [{\"sourceVolume\": \"a\", \"containerPath\": \"/a\"}],` before"
                + " `\"name\"` in line 3, column 4";
        String second = ", and put `\"mountPoints\": [{\"sourceVolume\": \"b-b\", \"containerPath\": \"/b\"}],` before"
                + " `\"name\"` in line 3, column 75";
        assertThat(helps("", "/a"))
                .containsExactly("/a: " + defined + first + second, "/b: " + defined + second + first);
    }

    @Test
    void theContainerThatLeftTheVolumeAsItIsHasToGiveIt() throws Exception {
        volumes = DATA;
        container = mountPoint("/data") + ", \"dependsOn\": [{\"containerName\": \"b\", \"condition\": \"SUCCESS\"}]";
        others = other("debian:13", "0", "/x", mountPoint("/z")).replace("\"b\"", "\"d\"")
                + other(
                        "debian:13",
                        "0",
                        "/y",
                        mountPoint("/y") + ", \"essential\": false, \"command\": [\"chown\", \"5\", \"/y\"]");
        assertThat(helps(DEBIAN + AS_1000, "/data"))
                .contains("/data: have container b give /y to uid 1000 with chown before it ends");
    }

    @Test
    void anOtherwiseUnusedVolumeIsRemovedWithItsMount() throws Exception {
        volumes = DATA;
        container = mountPoint("/dev/shm");
        String removed = "/dev/shm: remove `{…}` from line 3, column 83 (`\"sourceVolume\": \"data\"`)";
        String admits = ": every user can write the engine's own /dev/shm";
        assertThat(helps(DEBIAN + AS_1000, "/dev/shm"))
                .containsExactly(removed + ", and remove `{…}` from line 2, column 14 (`\"name\": \"data\"`)" + admits);
        others = other("debian:13", "0", "/x", mountPoint("/x"));
        assertThat(helps(DEBIAN + AS_1000, "/dev/shm")).containsExactly(removed + admits);
        volumes = DATA + ", {\"name\": \"b\"}";
        others = other(
                "debian:13", "0", "/x", ", \"mountPoints\": [{\"sourceVolume\": \"b\", \"containerPath\": \"/x\"}]");
        assertThat(helps(DEBIAN + AS_1000, "/dev/shm"))
                .containsExactly(removed + ", and remove `{…}` from line 2, column 14 (`\"name\": \"data\"`)" + admits);
    }

    @Test
    void onFargateATaskVolumeHasTheImagesOwnerWithAVolumeOfThatPathOnly() throws Exception {
        platform = "FARGATE";
        volumes = DATA;
        container = mountPoint("/data");
        assertThat(helps(DEBIAN + AS_1000, "/data"))
                .containsExactly("/data: put these lines above line 2 of Dockerfile:\n"
                        + "RUN mkdir -p /data && chown 1000 /data\nVOLUME /data");
        assertThat(helps(DEBIAN + OWN_DATA + AS_1000, "/data"))
                .containsExactly("/data: put `VOLUME /data` below line 3 of Dockerfile");
        assertThat(helps(DEBIAN + "VOLUME /data\n" + AS_1000, "/data"))
                .containsExactly("/data: put `RUN mkdir -p /data && chown 1000 /data` above line 2 of Dockerfile");
        assertThat(helps(DEBIAN + "VOLUME /other\n" + OWN_DATA + AS_1000, "/data", "/other"))
                .contains("/data: put `VOLUME /data` below line 4 of Dockerfile");
        platform = "EC2";
        assertThat(helps(DEBIAN + AS_1000, "/data"))
                .containsExactly("/data: put `RUN mkdir -p /data && chown 1000 /data` above line 2 of Dockerfile");
    }

    @Test
    void aVolumeAndAMountPointAreSpelledAlike() throws Exception {
        platform = "FARGATE";
        volumes = DATA;
        container = mountPoint("/data/");
        assertThat(helps(DEBIAN + OWN_DATA + "VOLUME /other\nVOLUME /data\n" + AS_1000, "/data"))
                .contains("/data: write `/data/` instead of `/data` in line 4 of Dockerfile");
        container = mountPoint("/var/lib/postgresql/data/");
        assertThat(helps(
                        "FROM postgres:17\nRUN chown postgres /var/lib/postgresql/data && chmod 755 /var/lib/postgresql"
                                + " /var/lib/postgresql/data\nUSER postgres\n",
                        "/var/lib/postgresql/data"))
                .containsExactly("/var/lib/postgresql/data: set `\"containerPath\": \"/var/lib/postgresql/data\"` in"
                        + " line 3: the image's VOLUME is spelled like that");
    }

    @Test
    void aVolumeBehindASymbolicLinkIsWrittenWithItsTarget() throws Exception {
        platform = "FARGATE";
        String linked = DEBIAN + OWN_DATA + "RUN ln -s /data /link\n";
        String loses = ": on FARGATE, a VOLUME through a symbolic link does not get the owner of the image's directory";
        assertThat(helps(linked + "VOLUME /link\n" + AS_1000, "/data"))
                .containsExactly("/data: write `/data` instead of `/link` in line 4" + loses);
        volumes = DATA;
        container = mountPoint("/link");
        assertThat(helps(linked + "VOLUME /link\n" + AS_1000, "/data"))
                .containsExactly("/data: set `\"containerPath\": \"/data\"` in line 3, and write `/data` instead of"
                        + " `/link` in line 4 of Dockerfile" + loses);
        assertThat(helps(linked + AS_1000, "/data"))
                .containsExactly(
                        "/data: set `\"containerPath\": \"/data\"` in line 3, and put `VOLUME /data` below line 4"
                                + " of Dockerfile" + loses);
    }

    @Test
    void theHelpForAnExternalFileSystemNamesTheUid() throws Exception {
        volumes = EFS.replace(
                "\"fs-12345678\"",
                "\"fs-12345678\", \"transitEncryption\": \"ENABLED\", \"authorizationConfig\": {\"accessPointId\": \"a\"}");
        container = mountPoint("/data");
        assertThat(helps(DEBIAN + "RUN useradd -u 1000 app\nUSER app\n", "/data"))
                .containsExactly("/data: set the POSIX user of the access point (volume data) to uid 1000");
        assertThat(helps("FROM example/base\nUSER app\n", "/data"))
                .containsExactly("/data: set the POSIX user of the access point (volume data) to user app");
        assertThat(helps(DEBIAN, "/data"))
                .containsExactly("/data: make sure that root may write there (volume data): the effect of the task role"
                        + " and the access point is not in these files");
    }

    @Test
    void theOwnerOfAHostDirectoryIsChangedOnTheHost() throws Exception {
        container = mountPoint("/data");
        volumes = "{\"name\": \"data\", \"host\": {\"sourcePath\": \"/d\"}}";
        assertThat(helps(DEBIAN + AS_1000, "/data"))
                .containsExactly("/data: give the directory on the instance (volume data) to uid 1000");
        volumes = "{\"name\": \"data\", \"host\": {\"sourcePath\": \"/proc\"}}";
        assertThat(helps(DEBIAN + AS_1000, "/data"))
                .containsExactly(
                        "/data: have the application write elsewhere: the mount is a directory of the instance");
    }

    /** The mode of what mkdir -p finds in a distribution is not known, but its owner may write it. */
    @Test
    void aDirectoryThatItsOwnerMayWriteIsNotGivenToHimAgain() throws Exception {
        assertThat(helps(
                        "FROM redhat/ubi9-minimal\nRUN microdnf install -y shadow-utils && useradd -r app"
                                + " && mkdir -p /opt/app/logs && chown app:app /opt/app/logs\nUSER app\n",
                        "/opt/app/logs"))
                .containsExactly("/opt/app/logs: put `VOLUME /opt/app/logs` below line 3 of Dockerfile");
    }
}
