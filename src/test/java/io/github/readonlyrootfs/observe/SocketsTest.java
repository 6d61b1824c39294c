// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocketsTest {

    private static final String CONTAINER = "e09435c44bc2bad696c5e56aa59678d0389bffa1ec119a899423b692e685d6d5";

    @TempDir
    Path proc;

    private void process(String group) throws IOException {
        Path own = Files.createDirectories(proc.resolve("17/net")).getParent();
        Files.writeString(own.resolve("cgroup"), group);
        Files.writeString(own.resolve("net/tcp"), "four ");
        Files.writeString(own.resolve("net/tcp6"), "six");
    }

    @Test
    void aProcessOfThisMachineIsInAGroupWithTheNameOfItsContainer() throws IOException {
        process("0::/system.slice/docker-" + CONTAINER + ".scope\n");

        assertThat(Sockets.ofProcess(proc, "17 " + CONTAINER + "\n")).isEqualTo("four six");
    }

    /** The engine may be on another machine, whose processes have the numbers of this one's too. */
    @Test
    void theSocketsOfAnotherProcessOfTheSameNumberAreNotTheContainers() throws IOException {
        process("0::/user.slice/user-1000.slice\n");

        assertThat(Sockets.ofProcess(proc, "17 " + CONTAINER)).isEmpty();
        assertThat(Sockets.ofProcess(proc, "18 " + CONTAINER)).isEmpty();
        assertThat(Sockets.ofProcess(proc, "0 " + CONTAINER)).isEmpty();
        assertThat(Sockets.ofProcess(proc, "17 ")).isEmpty();
        assertThat(Sockets.ofProcess(proc, "Error: no such object")).isEmpty();
    }
}
