// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a session makes on an engine that is a script, and what it removes. */
@DisabledOnOs(OS.WINDOWS)
class EngineSessionTest {

    @TempDir
    Path directory;

    private EngineSession session(String listed) throws Exception {
        Path file = Files.writeString(
                directory.resolve("docker"),
                "#!/bin/sh\necho \"$*\" >> " + directory + "/calls\ncase $1 in ps) [ \"$2\" = -q ] || printf '" + listed
                        + "' ;; images) echo '<none> 7f2f110de0f1'; echo 'debian 13ce0ebd4d82' ;; esac\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return EngineSession.open(Engine.find(directory.toString()));
    }

    private List<String> removed() throws IOException {
        return Files.readString(directory.resolve("calls"))
                .lines()
                .filter(line -> line.startsWith("rm") || line.startsWith("volume rm"))
                .toList();
    }

    /** The name that another process of this machine gave to its first container. */
    private static String nameBy(EngineSession session, long pid) {
        return session.container().replaceFirst("-" + ProcessHandle.current().pid() + "-", "-" + pid + "-");
    }

    @Test
    void whatAKilledProcessLeftIsRemovedAndNothingElse() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        assertThat(ended.waitFor(10, TimeUnit.SECONDS)).isTrue();
        String dead;
        String own;
        try (EngineSession first = session("")) {
            dead = nameBy(first, ended.pid());
            own = first.container();
        }
        Files.delete(directory.resolve("calls"));
        String elsewhere = dead.replaceFirst("run-[0-9a-f]{8}", "run-00000001");

        try (EngineSession second = session(dead + "\\n" + own + "\\n" + elsewhere + "\\nanother\\n")) {
            assertThat(removed()).containsExactly("rm -f -v " + dead, "rmi 7f2f110de0f1");
            assertThat(second.container()).isNotEqualTo(own);
        }
    }

    @Test
    void aProcessIdThatAnotherProcessHasNowIsOfADeadOne() throws Exception {
        try (EngineSession session = session("")) {
            String own = session.container();
            assertThat(EngineSession.isOfDead(own)).isFalse();
            assertThat(EngineSession.isOfDead("localhost/" + own.replaceFirst("-\\d+-(?=\\d+-\\d+$)", "-1-")))
                    .isTrue();
            assertThat(EngineSession.isOfDead("readonly-rootfs-run-x")).isFalse();
        }
    }

    /** Linux corrects its clock while a process runs. */
    @Test
    void aProcessThatBeganASecondLaterIsTheSame() throws Exception {
        try (EngineSession session = session("")) {
            Matcher own = Pattern.compile("(.*-)(\\d+)(-\\d+-\\d+)").matcher(session.container());
            assertThat(own.matches()).isTrue();
            long began = Long.parseLong(own.group(2));
            assertThat(EngineSession.isOfDead(own.group(1) + (began + 1) + own.group(3)))
                    .isFalse();
            assertThat(EngineSession.isOfDead(own.group(1) + (began - 9) + own.group(3)))
                    .isTrue();
        }
    }

    @Test
    void atTheEndContainersVolumesAndImagesAreGone() throws Exception {
        String container;
        String volume;
        String image;
        try (EngineSession session = session("")) {
            container = session.container();
            volume = session.volume();
            image = session.image();
        }

        assertThat(removed())
                .containsExactly("rmi 7f2f110de0f1", "rm -f -v " + container, "volume rm -f " + volume, "rmi " + image);
    }
}
