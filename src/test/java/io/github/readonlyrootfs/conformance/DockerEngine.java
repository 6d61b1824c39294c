// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The engine that {@code src/test/conformance/engine up} starts, through its command line. */
public final class DockerEngine {
    private final Path directory;

    DockerEngine(Path directory) {
        this.directory = directory;
    }

    public static DockerEngine standard() {
        String directory =
                System.getenv().getOrDefault("CONFORMANCE_ENGINE_DIR", "/var/tmp/readonly-rootfs-conformance");
        return new DockerEngine(Path.of(directory));
    }

    /** This engine, if it answers. */
    public DockerEngine orThrowIfDown() {
        docker(List.of("version")).orThrow("no engine: run src/test/conformance/engine up");
        return this;
    }

    public Path directory() {
        return directory;
    }

    Path probe() {
        return directory.resolve("probe");
    }

    public record Result(int exit, String out, String err) {
        boolean ok() {
            return exit == 0;
        }

        public Result orThrow(String what) {
            if (!ok()) {
                throw new IllegalStateException(what + ": " + err.strip());
            }
            return this;
        }
    }

    public Result docker(List<String> arguments) {
        return docker(arguments, Map.of());
    }

    Result docker(List<String> arguments, Map<String, String> environment) {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(arguments);
        try {
            Path out = Files.createTempFile("docker", ".out");
            Path err = Files.createTempFile("docker", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
            builder.environment().put("DOCKER_HOST", "unix://" + directory.resolve("docker.sock"));
            builder.environment().putAll(environment);
            Process process = builder.start();
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("no answer in three minutes: " + command);
            }
            Result result = new Result(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.UTF_8),
                    Files.readString(err, StandardCharsets.UTF_8));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
