// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.conformance.ConformanceCase.ContextFile;
import io.github.readonlyrootfs.conformance.Recording.RecordedCase;
import io.github.readonlyrootfs.conformance.Recording.RecordedContainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Builds a case's images on the engine and asks it about the paths. */
final class EngineAnswers implements Answers {
    /** Messages for a Dockerfile that cannot be built; other messages are errors of the engine. */
    private static final Pattern DOCKERFILES_FAULT = Pattern.compile("did not complete successfully: exit code"
            + "|returned a non-zero code"
            + "|unable to find user"
            + "|dockerfile parse error"
            + "|failed to calculate checksum"
            + "|invalid from flag value"
            + "|(lstat|mkdir) \\S+: not a directory"
            + "|cannot replace to directory"
            + "|cannot copy to non-directory"
            + "|cannot mount volume over existing file"
            + "|COPY failed"
            + "|ADD failed");

    private static final Pattern TOOL = Pattern.compile("\\b(rsync|setfacl|sudo)\\b");
    private static final Pattern COMMAND = Pattern.compile("\\b(git|sqlite3|zip|patch|pip|mariadbd)\\b");
    private static final Pattern FROM = Pattern.compile("(?m)^(FROM )debian:13(-slim)?(?= |$)");

    private final DockerEngine engine;

    EngineAnswers(DockerEngine engine) {
        this.engine = engine;
    }

    /** A Dockerfile cannot be built, on any engine. */
    static final class BuildFailedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        BuildFailedException(String message) {
            super(message);
        }
    }

    @Override
    public RecordedCase to(ConformanceCase asked) throws IOException {
        Map<String, Map<String, RecordedContainer>> builders = new TreeMap<>();
        for (String builder : asked.builders()) {
            String prefix = "conformance-" + asked.digest() + "-" + builder + "-";
            Map<String, String> images = build(asked, builder, prefix);
            Path scratch = Files.createDirectories(
                    engine.directory().resolve("scratch").resolve(prefix));
            try (TaskOnDocker task = new TaskOnDocker(engine, asked, images, scratch, prefix)) {
                builders.put(builder, task.ask());
            } finally {
                images.values().forEach(image -> engine.docker(List.of("image", "rm", "--force", image)));
                delete(scratch);
            }
        }
        return new RecordedCase(asked.digest(), builders);
    }

    private Map<String, String> build(ConformanceCase asked, String builder, String prefix) throws IOException {
        Map<String, String> images = new TreeMap<>();
        for (Map.Entry<String, String> dockerfile : asked.dockerfiles().entrySet()) {
            Path directory = Files.createTempDirectory("conformance");
            Path context = Files.createDirectory(directory.resolve("context"));
            writeContext(asked, context);
            Path file = Files.writeString(directory.resolve("Dockerfile"), withTools(dockerfile.getValue()));
            String image = prefix + dockerfile.getKey() + ":1";
            List<String> arguments = new ArrayList<>(
                    List.of("build", "--quiet", "--network", "none", "--tag", image, "--file", file + ""));
            asked.target().ifPresent(target -> arguments.addAll(List.of("--target", target)));
            asked.buildArgs().forEach((key, value) -> arguments.addAll(List.of("--build-arg", key + "=" + value)));
            arguments.add(context.toString());
            String buildkit = builder.equals(ConformanceCase.BUILDKIT) ? "1" : "0";
            DockerEngine.Result result = engine.docker(arguments, Map.of("DOCKER_BUILDKIT", buildkit));
            delete(directory);
            if (!result.ok()) {
                String message = builder + " cannot build the Dockerfile: "
                        + result.err().strip();
                if (DOCKERFILES_FAULT.matcher(message).find()) {
                    throw new BuildFailedException(message);
                }
                throw new IllegalStateException(message);
            }
            images.put(dockerfile.getKey(), image);
        }
        return images;
    }

    /** If a script runs a program of a package, the base image has it. */
    private static String withTools(String dockerfile) {
        Optional<String> with = COMMAND.matcher(dockerfile).find()
                ? Optional.of("commands")
                : TOOL.matcher(dockerfile).find() ? Optional.of("tools") : Optional.empty();
        return with.isPresent()
                ? FROM.matcher(dockerfile).replaceAll("$1conformance/debian-13-with-" + with.get() + ":1")
                : dockerfile;
    }

    private static void writeContext(ConformanceCase asked, Path context) throws IOException {
        for (Map.Entry<String, ContextFile> entry : asked.context().entrySet()) {
            Path path = context.resolve(entry.getKey());
            if (entry.getKey().endsWith("/")) {
                Files.createDirectories(path);
            } else {
                entry.getValue().write(path);
            }
            run("chmod", entry.getValue().mode(), path.toString());
        }
    }

    private static void run(String... command) throws IOException {
        try {
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            assertThat(exit).as(String.join(" ", command)).isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            files.sorted(Comparator.reverseOrder()).forEach(path -> {
                try {
                    Files.delete(path);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
