// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import static io.github.readonlyrootfs.runtime.WriteAccess.NOT_PERMITTED;
import static io.github.readonlyrootfs.runtime.WriteAccess.WRITABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.OwnerReason;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The owner of an empty volume that a container named init may have changed before app starts. */
class EmptyVolumesTest {

    private static final String WAITS = ",'dependsOn':[{'containerName':'init','condition':'SUCCESS'}]";
    private static final String ENVIRONMENT = ",'environment':[{'name':'OWNER','value':'${OWNER}'}]";
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

    private static void isWritable(Access access) {
        assertThat(access.verdict()).isEqualTo(WRITABLE);
    }

    private static String running(String command) {
        return MOUNTED + ",'command':['sh','-c','" + command + "']";
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "chown 1000 /d",
                "chown -R node:node /d",
                "chmod 777 /d",
                "install -d -o 1000 /d",
                "mkdir -p /d/x; chown 1000 /d",
                "cd /d; chown 1000 .",
                "if true; then chown 1000 /d; fi",
                "chown 1000 /x || chown 1000 /d",
                "trap \\\"chown 1000 /d\\\" EXIT; true"
            })
    void rootGivesTheDirectoryAway(String command) {
        isWritable(access(WAITS, running(command), new TestImage()));
        isWritable(access(WAITS, running(command) + ",'user':'0'", new TestImage().user("node")));
        isRoots(access(WAITS, running(command) + ",'user':'2000'", new TestImage()));
        isRoots(access(WAITS, running(command), new TestImage().user("node")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "echo chowned",
                "chgrp 1000 /d",
                "install -o 1000 -d /d/x",
                "chown 2000 /d",
                "chown 1000 /d && chown 0 /d",
                "mkdir -p /d/x && chown 1000 /d/x"
            })
    void theDirectoryStaysRoots(String command) {
        isRoots(access(WAITS, running(command), new TestImage()));
    }

    @Test
    void aContainerThatMayFailMayHaveDoneNothing() {
        String complete = WAITS.replace("SUCCESS", "COMPLETE");
        isRoots(access(complete, running("false && chown 1000 /d"), new TestImage()));
        isPrepared(access(complete, running("[ -e $OWNER ] && chown 1000 /d") + ENVIRONMENT, new TestImage()));
        isWritable(access(WAITS, running("[ -e $OWNER ] && chown 1000 /d") + ENVIRONMENT, new TestImage()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "./prepare /d",
                "if [ -e $OWNER ]; then chown 1000 /d; fi",
                "chown $OWNER /d",
                "setfacl -m u:1000:w /d",
                "tar -x -f /x.tar -C /d",
                "touch /d/x; /opt/init"
            })
    void whatTheCommandDoesIsNotKnown(String command) {
        isPrepared(access(WAITS, running(command) + ENVIRONMENT, new TestImage()));
    }

    @Test
    void theOwnerOfADirectoryChangesItsMode() {
        TestImage owned = new TestImage().directory("/d", 2000, 2000, 0755);
        isWritable(access(WAITS, running("chmod 777 /d; touch /d/x") + ",'user':'2000'", owned));
        isRoots(access(WAITS, running("chown 1000 /d && chmod 777 /d; touch /d/x") + ",'user':'2000'", owned));
        isRoots(access(WAITS, running("/opt/init") + ",'user':'2000'", new TestImage()));
        isPrepared(access(WAITS, running("/opt/init") + ",'user':'2000'", owned));
    }

    @Test
    void rootWithoutItsCapabilitiesMayFail() {
        String drops = ",'linuxParameters':{'capabilities':{'drop':['ALL']}}";
        isPrepared(access(WAITS, running("chown 1000 /d") + drops, new TestImage()));
    }

    @Test
    void whatIsLeftInTheDirectoryHasItsOwnOwner() {
        TestTask task = TestTask.of("{'containerDefinitions':[{'name':'app','user':'1000'" + MOUNTED + WAITS
                + "},{'name':'init'" + running("mkdir /d/a /d/b; chown 1000 /d/a") + "}],'volumes':[{'name':'v'}]}");
        for (Platform platform : List.of(Platform.EC2, Platform.FARGATE)) {
            ContainerRuntime app = task.run(platform, "app", new TestImage());
            isRoots(app.access(ContainerPath.of("/d/x"), true));
            isWritable(app.access(ContainerPath.of("/d/a/x"), true));
            isRoots(app.access(ContainerPath.of("/d/b/x"), true));
        }
    }

    @Test
    void anOwnerIsKnownByItsNumber() {
        TestImage other = new TestImage().account("app", 1000, 1000).account("web", 2000, 2000);
        TestImage own = new TestImage().account("app", 2000, 2000).account("web", 1000, 1000);
        isWritable(access(Platform.EC2, WAITS, running("chown app /d"), "", own, other));
        isRoots(access(Platform.EC2, WAITS, running("chown web /d"), "", own, other));
        isPrepared(access(
                Platform.EC2,
                WAITS,
                running("chown app /d"),
                "",
                own,
                new TestImage().incomplete().user("0")));
    }

    @Test
    void onlyAContainerThatRunsFirstPreparesTheVolume() {
        String prepares = running("chmod 777 /d");
        isWritable(access(WAITS.replace("SUCCESS", "COMPLETE"), prepares, new TestImage()));
        isPrepared(access(WAITS.replace("SUCCESS", "START"), prepares, new TestImage()));
        isPrepared(access(WAITS.replace("SUCCESS", "HEALTHY"), prepares, new TestImage()));
        isRoots(access("", prepares, new TestImage()));
        isRoots(access("", prepares + WAITS.replace("init", "app"), new TestImage()));
    }

    @Test
    void aServerDoesNotPrepareWhatOthersUse() {
        isRoots(access(WAITS.replace("SUCCESS", "HEALTHY"), running("exec /opt/server"), new TestImage()));
        isRoots(access(WAITS.replace("SUCCESS", "START"), running("exec /opt/server"), new TestImage()));
    }

    @Test
    void theCommandOfTheImagePreparesTheVolumeUnlessTheTaskDefinitionReplacesIt() {
        TestImage byCmd = new TestImage().cmd("chmod", "777", "/d");
        isWritable(access(WAITS, MOUNTED, byCmd));
        isRoots(access(WAITS, MOUNTED + ",'command':['true']", byCmd));
        isRoots(access(WAITS, MOUNTED + ",'entryPoint':['true']", byCmd));
        TestImage byEntrypoint = new TestImage().entrypoint("chmod", "777", "/d");
        isWritable(access(WAITS, MOUNTED, byEntrypoint));
        isWritable(access(WAITS, MOUNTED + ",'command':['/d']", byEntrypoint));
        isRoots(access(WAITS, MOUNTED + ",'entryPoint':['true']", byEntrypoint));
        isWritable(access(WAITS, MOUNTED + ",'entryPoint':['chmod','777','/d']", new TestImage()));
    }

    @Test
    void onlyAContainerThatCanWriteTheVolumePreparesIt() {
        String prepares = ",'command':['sh','-c','chmod 777 /d']";
        isRoots(access(WAITS, prepares, new TestImage()));
        isRoots(access(WAITS, prepares + MOUNTED.replace("'/d'", "'/d','readOnly':true"), new TestImage()));
        String other = ",{'name':'other'" + MOUNTED + "}";
        for (String readOnly : new String[] {"", ",'readOnly':false"}) {
            String from = prepares + ",'volumesFrom':[{'sourceContainer':'other'" + readOnly + "}]";
            isWritable(access(Platform.EC2, WAITS, from, other, new TestImage(), new TestImage()));
        }
        String readOnly = prepares + ",'volumesFrom':[{'sourceContainer':'other','readOnly':true}]";
        isRoots(access(Platform.EC2, WAITS, readOnly, other, new TestImage(), new TestImage()));
        String nowhere = prepares + ",'volumesFrom':[{'sourceContainer':'other'}]";
        isRoots(access(Platform.EC2, WAITS, nowhere, ",{'name':'other'}", new TestImage(), new TestImage()));
    }

    @Test
    void aVolumeThatIsMountedTwiceIsNotFollowed() {
        String twice = MOUNTED.replace("}]", "},{'sourceVolume':'v','containerPath':'/e'}]");
        isPrepared(access(WAITS, twice + ",'command':['chown','1000','/e']", new TestImage()));
    }

    @Test
    void twoContainersThatChangeAVolumeAreNotFollowed() {
        String both = WAITS.replace("}]", "},{'containerName':'second','condition':'SUCCESS'}]");
        String second = ",{'name':'second'" + running("chown 1000 /d") + "}";
        isPrepared(access(Platform.EC2, both, running("chown 0:1000 /d"), second, new TestImage(), new TestImage()));
        isWritable(access(Platform.EC2, both, running("true"), second, new TestImage(), new TestImage()));
    }

    @Test
    void rootMayFillTheVolumeBeforeTheImagesDirectoryIsCopied() {
        TestImage brings = new TestImage().directory("/d", 1000, 1000, 0755);
        assertThat(access(Platform.EC2, WAITS, running("./fill"), "", brings, new TestImage())
                        .reason())
                .isEqualTo(new OwnerReason.WrittenFirstBy("init"));
        isWritable(access(Platform.EC2, "", running("./fill"), "", brings, new TestImage()));
        isWritable(access(Platform.EC2, WAITS, running("./fill") + ",'user':'2000'", "", brings, new TestImage()));
        isWritable(access(Platform.EC2, WAITS, running("true"), "", brings, brings));
        isRoots(access(Platform.FARGATE, WAITS, running("true"), "", brings, new TestImage()));
    }

    @Test
    void onlyAnEmptyVolumeTakesTheImagesDirectory() {
        TestImage brings = new TestImage().directory("/d", 1000, 1000, 0755);
        isRoots(access(Platform.EC2, WAITS, running("touch /d/x"), "", brings, new TestImage()));
        isRoots(access(Platform.EC2, WAITS, running("echo a > /d/x"), "", brings, new TestImage()));
        isWritable(access(Platform.EC2, WAITS, running("touch /d/x; rm /d/x"), "", brings, new TestImage()));
        isWritable(access(Platform.EC2, WAITS, running("touch /e/x"), "", brings, new TestImage()));
        isWritable(access(Platform.EC2, WAITS, running("chown 2000 /d"), "", brings, new TestImage()));
        isRoots(access(Platform.EC2, WAITS, running("chown 2000 /d; touch /d/x"), "", brings, new TestImage()));
    }

    @Test
    void theFirstContainerWithContentDecidesTheOwnerForAllThatFollow() {
        TestImage content = new TestImage().directory("/d", 1000, 1000, 0755).file("/d/x", 1000, 1000, 0644);
        TestImage other = new TestImage().directory("/d", 0, 0, 0700);
        Access after = access(Platform.EC2, WAITS, running("true"), "", other, content);
        assertThat(after.verdict()).isEqualTo(WRITABLE);
        assertThat(after.mount().map(mount -> mount.root().provenance())).contains(new OwnerReason.BroughtBy("init"));
        for (String undecided : new String[] {
            running("true").replace("'/d'", "'/d','readOnly':true"),
            running("true").replace("'/d'", "'/d','readOnly':'${RO}'")
        }) {
            assertThat(access(Platform.EC2, WAITS, undecided, "", other, content)
                            .reason())
                    .isInstanceOf(OwnerReason.BroughtByTwo.class);
        }
        assertThat(access(Platform.EC2, "", MOUNTED, "", other, content).reason())
                .isInstanceOf(OwnerReason.BroughtByTwo.class);
        TestImage empty = new TestImage().directory("/d", 1000, 1000, 0755);
        isRoots(access(Platform.EC2, WAITS, running("true"), "", other, empty));
        isWritable(access(Platform.EC2, WAITS, running("true"), "", new TestImage(), empty));
        isRoots(access(Platform.EC2, WAITS, running("chown 0 /d/x; chown 2000 /d"), "", other, content));
        assertThat(access(Platform.EC2, "", running("true"), "", other, empty).reason())
                .isInstanceOf(OwnerReason.BroughtByTwo.class);
    }

    @Test
    void aThirdContainerThatMayRunFirstMakesTheOwnerUnknown() {
        TestImage content = new TestImage().directory("/d", 1000, 1000, 0755).file("/d/x", 1000, 1000, 0644);
        String third = ",{'name':'third'" + MOUNTED + "}";
        assertThat(access(
                                Platform.EC2,
                                WAITS,
                                running("true"),
                                third,
                                new TestImage().directory("/d", 0, 0, 0700),
                                content)
                        .reason())
                .isInstanceOf(OwnerReason.BroughtByTwo.class);
        assertThat(access(
                                Platform.EC2,
                                WAITS,
                                running("true"),
                                ",{'name':'third'" + MOUNTED + WAITS + "}",
                                new TestImage().directory("/d", 0, 0, 0700),
                                content)
                        .verdict())
                .isEqualTo(WRITABLE);
    }
}
