// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.conformance.DockerEngine;
import io.github.readonlyrootfs.fix.Fix;
import io.github.readonlyrootfs.observe.ContainerTrial.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A fixed image, built and started by the engine of the conformance tests. */
@Tag("engine")
class ContainerTrialOnEngineTest {

    private final DockerEngine docker = DockerEngine.standard().orThrowIfDown();

    @TempDir
    Path directory;

    private String left() {
        // Other processes test at the same time.
        long own = ProcessHandle.current().pid();
        return docker.docker(List.of("ps", "-aq", "--filter", "name=readonly-rootfs-run-[0-9a-f]+-" + own + "-"))
                        .out()
                + docker.docker(List.of("images", "-q", "readonly-rootfs-run-*-" + own + "-*"))
                        .out();
    }

    @Test
    void theFixedImageStaysUpAndTheOneBeforeDoesNot() throws Exception {
        Path dockerfile = Files.writeString(
                directory.resolve("Dockerfile"),
                "FROM debian:13\nCMD [\"sh\", \"-c\", \"echo 1 > /srv/app.pid && exec sleep 60\"]\n");
        Path task = Files.writeString(
                directory.resolve("taskdef.json"),
                "{\"containerDefinitions\": [{\"name\": \"app\", \"image\": \"<IMAGE1_NAME>\"}]}");
        Path client = Files.writeString(
                directory.resolve("docker"),
                "#!/bin/sh\nDOCKER_HOST=unix://" + docker.directory().resolve("docker.sock") + " exec docker \"$@\"\n");
        Files.setPosixFilePermissions(client, PosixFilePermissions.fromString("rwxr-xr-x"));
        Fix fix = Fix.of(new RequestBuilder(task).dockerfile(dockerfile).build(), directory, Set.of());
        ContainerRun run = fix.runs().get(0);
        String before = left();

        assertThat(outcome(run))
                .isEqualTo(
                        new Outcome(
                                false,
                                "started read-only: exited 2 after 0 s: sh: 1: cannot create /srv/app.pid: Read-only file system"));

        fix.write();
        assertThat(outcome(run)).isEqualTo(new Outcome(true, "started read-only: still up after 3 s"));
        assertThat(left()).isEqualTo(before);
    }

    private Outcome outcome(ContainerRun run) throws Exception {
        try (EngineSession session = EngineSession.open(Engine.find(directory.toString()))) {
            return ContainerTrial.of(session, TestSettings.upFor(Duration.ofSeconds(3)), line -> {}, run);
        }
    }
}
