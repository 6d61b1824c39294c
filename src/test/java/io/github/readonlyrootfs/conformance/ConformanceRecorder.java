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
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Asks the engine for the answers to all cases that have none yet or have changed since, and writes them down.
 *
 * <pre>
 * sudo src/test/conformance/engine up
 * mvn -Pconformance-record test
 * </pre>
 *
 * {@code -Dconformance.again=topic/} asks again for the cases whose name starts so; with an empty value, for all.
 */
@Tag("engine")
class ConformanceRecorder {
    private static final Path RECORDED = Path.of("src/test/resources/conformance/recorded.json");

    private final DockerEngine engine = DockerEngine.standard();

    @Test
    void record() throws IOException {
        Map<String, RecordedCase> old =
                Files.exists(RECORDED) ? Recording.read(RECORDED).cases() : Map.of();
        String again = System.getProperty("conformance.again");
        Map<String, String> description = describeEngine();
        Map<String, RecordedCase> answers = new TreeMap<>();
        List<ConformanceCase> open = new ArrayList<>();
        List<ConformanceCase> cases = ConformanceCase.all();
        for (ConformanceCase conformanceCase : cases) {
            RecordedCase known = old.get(conformanceCase.name());
            boolean current = known != null && known.digest().equals(conformanceCase.digest());
            if (current) {
                answers.put(conformanceCase.name(), known);
            }
            if (!current || again != null && conformanceCase.name().startsWith(again)) {
                open.add(conformanceCase);
            }
        }
        List<String> failures = new ArrayList<>();
        for (ConformanceCase conformanceCase : open) {
            try {
                answers.put(conformanceCase.name(), ask(conformanceCase));
            } catch (RuntimeException e) {
                failures.add(conformanceCase.name() + ": " + e.getMessage());
            }
            // Whoever interrupts the run keeps what has been answered.
            new Recording("EC2", description, answers).write(RECORDED);
        }
        new Recording("EC2", description, answers).write(RECORDED);
        System.out.printf("%d cases, %d of them asked now%n", cases.size(), open.size());
        assertThat(failures).isEmpty();
    }

    private RecordedCase ask(ConformanceCase asked) throws IOException {
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
            Path file = Files.writeString(directory.resolve("Dockerfile"), dockerfile.getValue());
            String image = prefix + dockerfile.getKey() + ":1";
            List<String> arguments = new ArrayList<>(
                    List.of("build", "--quiet", "--network", "none", "--tag", image, "--file", file + ""));
            asked.target().ifPresent(target -> arguments.addAll(List.of("--target", target)));
            asked.buildArgs().forEach((key, value) -> arguments.addAll(List.of("--build-arg", key + "=" + value)));
            arguments.add(context.toString());
            String buildkit = builder.equals(ConformanceCase.BUILDKIT) ? "1" : "0";
            engine.docker(arguments, Map.of("DOCKER_BUILDKIT", buildkit)).orThrow(builder + " rejects the Dockerfile");
            images.put(dockerfile.getKey(), image);
            delete(directory);
        }
        return images;
    }

    private static void writeContext(ConformanceCase asked, Path context) throws IOException {
        for (Map.Entry<String, ContextFile> entry : asked.context().entrySet()) {
            Path path = context.resolve(entry.getKey());
            if (entry.getKey().endsWith("/")) {
                Files.createDirectories(path);
            } else {
                Files.createDirectories(path.getParent());
                Files.writeString(path, entry.getValue().text());
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

    private Map<String, String> describeEngine() {
        Map<String, String> description = new TreeMap<>();
        engine.docker(List.of("version", "--format", "{{range .Server.Components}}{{println .Name .Version}}{{end}}"))
                .orThrow("no engine: run src/test/conformance/engine up")
                .out()
                .lines()
                .map(line -> line.split(" "))
                .filter(words -> words.length == 2)
                .forEach(words -> description.put(words[0], words[1]));
        return description;
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
