// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import static io.github.readonlyrootfs.runtime.WriteAccess.NOT_PERMITTED;
import static io.github.readonlyrootfs.runtime.WriteAccess.WRITABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The owner of an empty volume that a container named init may have changed before app starts. */
class EmptyVolumesTest {

    private static final String WAITS = ",'dependsOn':[{'containerName':'init','condition':'SUCCESS'}]";
    private static final String MOUNTED = ",'mountPoints':[{'sourceVolume':'v','containerPath':'/d'}]";

    /** The access of app, whose user is 1000, to the volume that it mounts at /d. */
    private static Access access(
            Platform platform, String app, String init, String more, TestImage appsImage, TestImage initsImage) {
        return TestTask.of("{'containerDefinitions':[{'name':'app','user':'1000'" + MOUNTED + app + "},{'name':'init'"
                        + init + "}" + more + "],'volumes':[{'name':'v'}]}")
                .run(platform, "app", appsImage, initsImage)
                .access(ContainerPath.of("/d"), true);
    }

    private static Access access(String app, String init, TestImage initsImage) {
        return access(Platform.EC2, app, init, "", new TestImage(), initsImage);
    }

    private static void isPrepared(Access access) {
        assertThat(access.reason()).isEqualTo(new OwnerReason.PreparedBy("init"));
    }

    private static void isRoots(Access access) {
        assertThat(access.verdict()).isEqualTo(NOT_PERMITTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"chmod 777 /d", "setfacl -m u:1000:w /d", "cp -a /x/. /d", "rsync /x/ /d", "tar -x -C /d"})
    void theOwnerOfADirectoryMayChangeItFirst(String command) {
        String changes = MOUNTED + ",'user':'2000','command':['sh','-c','" + command + "']";
        isPrepared(access(WAITS, changes, new TestImage()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"chown 1000 /d", "chgrp 1000 /d", "install -o 1000 -d /d/x"})
    void onlyRootMayChangeTheOwnerFirst(String command) {
        String gives = MOUNTED + ",'command':['sh','-c','" + command + "']";
        isPrepared(access(WAITS, gives, new TestImage()));
        isPrepared(access(WAITS, gives + ",'user':'0'", new TestImage().user("node")));
        isRoots(access(WAITS, gives + ",'user':'2000'", new TestImage()));
        isRoots(access(WAITS, gives, new TestImage().user("node")));
        isRoots(access(WAITS, MOUNTED + ",'command':['sh','-c','echo chowned']", new TestImage()));
    }

    @Test
    void onlyAContainerThatRunsFirstPreparesTheVolume() {
        String prepares = MOUNTED + ",'command':['sh','-c','chmod 777 /d']";
        isPrepared(access(WAITS.replace("SUCCESS", "COMPLETE"), prepares, new TestImage()));
        isRoots(access("", prepares, new TestImage()));
        isRoots(access("", prepares + WAITS.replace("init", "app"), new TestImage()));
    }

    @Test
    void theCommandOfTheImagePreparesTheVolumeUnlessTheTaskDefinitionReplacesIt() {
        TestImage byCmd = new TestImage().cmd("chmod", "777", "/d");
        isPrepared(access(WAITS, MOUNTED, byCmd));
        isRoots(access(WAITS, MOUNTED + ",'command':['true']", byCmd));
        isPrepared(access(WAITS, MOUNTED + ",'entryPoint':['true']", byCmd));
        TestImage byEntrypoint = new TestImage().entrypoint("chmod", "777", "/d");
        isPrepared(access(WAITS, MOUNTED, byEntrypoint));
        isPrepared(access(WAITS, MOUNTED + ",'command':['true']", byEntrypoint));
        isRoots(access(WAITS, MOUNTED + ",'entryPoint':['true']", byEntrypoint));
        isPrepared(access(WAITS, MOUNTED + ",'entryPoint':['chmod','777','/d']", new TestImage()));
    }

    @Test
    void onlyAContainerThatCanWriteTheVolumePreparesIt() {
        String prepares = ",'command':['sh','-c','chmod 777 /d']";
        isRoots(access(WAITS, prepares, new TestImage()));
        isRoots(access(WAITS, prepares + MOUNTED.replace("'/d'", "'/d','readOnly':true"), new TestImage()));
        String other = ",{'name':'other'" + MOUNTED + "}";
        for (String readOnly : new String[] {"", ",'readOnly':false"}) {
            String from = prepares + ",'volumesFrom':[{'sourceContainer':'other'" + readOnly + "}]";
            isPrepared(access(Platform.EC2, WAITS, from, other, new TestImage(), new TestImage()));
        }
        String readOnly = prepares + ",'volumesFrom':[{'sourceContainer':'other','readOnly':true}]";
        isRoots(access(Platform.EC2, WAITS, readOnly, other, new TestImage(), new TestImage()));
        String nowhere = prepares + ",'volumesFrom':[{'sourceContainer':'other'}]";
        isRoots(access(Platform.EC2, WAITS, nowhere, ",{'name':'other'}", new TestImage(), new TestImage()));
    }

    @Test
    void rootMayFillTheVolumeBeforeTheImagesDirectoryIsCopied() {
        TestImage brings = new TestImage().directory("/d", 1000, 1000, 0755);
        assertThat(access(Platform.EC2, WAITS, MOUNTED, "", brings, new TestImage())
                        .reason())
                .isEqualTo(new OwnerReason.WrittenFirstBy("init"));
        assertThat(access(Platform.EC2, "", MOUNTED, "", brings, new TestImage())
                        .verdict())
                .isEqualTo(WRITABLE);
        assertThat(access(Platform.EC2, WAITS, MOUNTED + ",'user':'2000'", "", brings, new TestImage())
                        .verdict())
                .isEqualTo(WRITABLE);
        assertThat(access(Platform.EC2, WAITS, MOUNTED, "", brings, brings).verdict())
                .isEqualTo(WRITABLE);
        isRoots(access(Platform.FARGATE, WAITS, MOUNTED, "", brings, new TestImage()));
    }

    @Test
    void theFirstContainerWithContentDecidesTheOwnerForAllThatFollow() {
        TestImage content = new TestImage().directory("/d", 1000, 1000, 0755).file("/d/x", 1000, 1000, 0644);
        TestImage other = new TestImage().directory("/d", 0, 0, 0700);
        Access after = access(Platform.EC2, WAITS, MOUNTED, "", other, content);
        assertThat(after.verdict()).isEqualTo(WRITABLE);
        assertThat(after.mount().map(mount -> mount.root().provenance())).contains(new OwnerReason.BroughtBy("init"));
        for (String undecided : new String[] {
            MOUNTED.replace("'/d'", "'/d','readOnly':true"), MOUNTED.replace("'/d'", "'/d','readOnly':'${RO}'")
        }) {
            assertThat(access(Platform.EC2, WAITS, undecided, "", other, content)
                            .reason())
                    .isInstanceOf(OwnerReason.BroughtByTwo.class);
        }
        assertThat(access(Platform.EC2, "", MOUNTED, "", other, content).reason())
                .isInstanceOf(OwnerReason.BroughtByTwo.class);
        TestImage empty = new TestImage().directory("/d", 1000, 1000, 0755);
        assertThat(access(Platform.EC2, WAITS, MOUNTED, "", other, empty).reason())
                .isInstanceOf(OwnerReason.BroughtByTwo.class);
    }

    @Test
    void aThirdContainerThatMayRunFirstMakesTheOwnerUnknown() {
        TestImage content = new TestImage().directory("/d", 1000, 1000, 0755).file("/d/x", 1000, 1000, 0644);
        String third = ",{'name':'third'" + MOUNTED + "}";
        assertThat(access(Platform.EC2, WAITS, MOUNTED, third, new TestImage().directory("/d", 0, 0, 0700), content)
                        .reason())
                .isInstanceOf(OwnerReason.BroughtByTwo.class);
        assertThat(access(
                                Platform.EC2,
                                WAITS,
                                MOUNTED,
                                ",{'name':'third'" + MOUNTED + WAITS + "}",
                                new TestImage().directory("/d", 0, 0, 0700),
                                content)
                        .verdict())
                .isEqualTo(WRITABLE);
    }
}
