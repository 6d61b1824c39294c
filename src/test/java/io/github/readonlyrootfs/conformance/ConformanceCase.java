// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import io.github.readonlyrootfs.TestFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * One case of the conformance table: a Dockerfile, a task definition and the paths to ask about. The format is described
 * in {@code src/test/resources/conformance/README.md}.
 *
 * @param name {@code topic/case-name}, from the file's place
 * @param sentence what the case shows
 * @param builders who builds it: {@code buildkit}, {@code classic} or both
 * @param target the stage to build, empty for the last
 * @param buildArgs values of {@code --build-arg}
 * @param container the container that is built from the Dockerfile
 * @param dockerfiles the Dockerfile of {@link #container()} and of any other container that has one, by container
 * @param taskDefinition a task definition in JSON
 * @param context the files of the build context, by their path in it; a directory's path ends with a slash
 * @param paths what is asked
 */
record ConformanceCase(
        String name,
        String sentence,
        List<String> builders,
        Optional<String> target,
        Map<String, String> buildArgs,
        String container,
        Map<String, String> dockerfiles,
        String taskDefinition,
        Map<String, ContextFile> context,
        List<AskedPath> paths) {

    static final String BUILDKIT = "buildkit";
    static final String CLASSIC = "classic";

    /** The image reference that stands for "built from this case's Dockerfile". */
    static final String IMAGE_PLACEHOLDER = "<IMAGE1_NAME>";

    static final String DEFAULT_TASK_DEFINITION = """
            {
              "family": "conformance",
              "containerDefinitions": [
                { "name": "app", "image": "<IMAGE1_NAME>", "essential": true, "readonlyRootFilesystem": true }
              ]
            }
            """;

    private static final Path CASES = resource("/conformance/cases");

    /** A file of the build context. */
    record ContextFile(String text, String mode) {

        /** Writes it; what is in base 64 is no text. */
        void write(Path path) throws IOException {
            if (path.toString().matches(".*\\.(zip|tgz|tar|tar\\.gz)")) {
                Files.createDirectories(path.getParent());
                Files.write(path, Base64.getMimeDecoder().decode(text));
            } else {
                TestFiles.write(path, text);
            }
        }
    }

    /**
     * A path to ask about.
     *
     * @param unknownAccepted whether a careful reader of the files may answer that it cannot know
     */
    record AskedPath(String container, String path, boolean unknownAccepted) {}

    static List<ConformanceCase> all() {
        try (Stream<Path> files = Files.walk(CASES)) {
            return files.filter(file -> file.toString().endsWith(".case"))
                    .sorted()
                    .map(ConformanceCase::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ConformanceCase read(Path file) {
        String name = CASES.relativize(file).toString().replace('\\', '/').replaceFirst("\\.case$", "");
        try {
            return new Reader(name).read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ConformanceCase parse(String name, String text) {
        return new Reader(name).read(text);
    }

    static Path resource(String path) {
        try {
            return Path.of(ConformanceCase.class.getResource(path).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Changes whenever the engine's answer may change: all of it except for the sentence and the question marks. */
    String digest() {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            List<String> asked =
                    paths.stream().map(p -> p.container() + " " + p.path()).toList();
            for (Object part : List.of(
                    builders,
                    target,
                    new TreeMap<>(buildArgs),
                    container,
                    new TreeMap<>(dockerfiles),
                    taskDefinition,
                    new TreeMap<>(context),
                    asked)) {
                sha.update(part.toString().getBytes(StandardCharsets.UTF_8));
                sha.update((byte) 0);
            }
            return HexFormat.of().formatHex(sha.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }

    private static final class Reader {
        private final String name;
        private String sentence = "";
        private List<String> builders = List.of(BUILDKIT, CLASSIC);
        private Optional<String> target = Optional.empty();
        private final Map<String, String> buildArgs = new LinkedHashMap<>();
        private String container = "app";
        private final Map<String, String> dockerfiles = new LinkedHashMap<>();
        private String taskDefinition = DEFAULT_TASK_DEFINITION;
        private final Map<String, ContextFile> context = new LinkedHashMap<>();
        private final List<AskedPath> paths = new ArrayList<>();

        Reader(String name) {
            this.name = name;
        }

        ConformanceCase read(String text) {
            String header = "";
            List<String> body = new ArrayList<>();
            for (String line : text.split("\n", -1)) {
                if (line.startsWith("--- ")) {
                    section(header, body);
                    header = line.substring(4).strip();
                    body.clear();
                } else {
                    body.add(line);
                }
            }
            section(header, body);
            check(!sentence.isEmpty(), "a `# sentence:` line");
            check(dockerfiles.containsKey(container), "a `--- Dockerfile` section");
            check(!paths.isEmpty(), "a `--- paths` section");
            return new ConformanceCase(
                    name,
                    sentence,
                    builders,
                    target,
                    buildArgs,
                    container,
                    dockerfiles,
                    taskDefinition,
                    context,
                    List.copyOf(paths));
        }

        private void section(String header, List<String> lines) {
            String[] words = header.split(" +");
            switch (words[0]) {
                case "" -> options(lines);
                case "Dockerfile" -> dockerfiles.put(words.length > 1 ? words[1] : container, text(lines));
                case "taskdef.json" -> taskDefinition = text(lines);
                case "context" -> {
                    check(words.length == 2 || words.length == 3, "--- context PATH [MODE]");
                    boolean directory = words[1].endsWith("/");
                    String mode = words.length == 3 ? words[2] : directory ? "0755" : "0644";
                    context.put(words[1], new ContextFile(text(lines), mode));
                }
                case "paths" -> lines.stream().filter(line -> !line.isBlank()).forEach(this::path);
                default -> throw error("unknown section: " + header);
            }
        }

        private void options(List<String> lines) {
            for (String line : lines) {
                if (line.isBlank()) {
                    continue;
                }
                int colon = line.indexOf(':');
                check(colon > 0, "`key: value`, not: " + line);
                String value = line.substring(colon + 1).strip();
                switch (line.substring(0, colon)) {
                    case "# sentence" -> sentence = value;
                    case "builder" -> {
                        check(Set.of(BUILDKIT, CLASSIC).contains(value), "builder: buildkit or classic");
                        builders = List.of(value);
                    }
                    case "target" -> target = Optional.of(value);
                    case "build-arg" -> {
                        String[] pair = value.split("=", 2);
                        check(pair.length == 2, "build-arg: NAME=value");
                        buildArgs.put(pair[0], pair[1]);
                    }
                    case "container" -> container = value;
                    default -> throw error("unknown line: " + line);
                }
            }
        }

        private void path(String line) {
            List<String> words = new ArrayList<>(List.of(line.strip().split(" +")));
            boolean unknownAccepted = words.remove("?");
            String asked = container;
            if (words.size() == 2 && words.get(1).startsWith("@")) {
                asked = words.remove(1).substring(1);
            }
            check(words.size() == 1 && words.get(0).startsWith("/"), "`/path [@container] [?]`, not: " + line);
            paths.add(new AskedPath(asked, words.get(0), unknownAccepted));
        }

        private static String text(List<String> lines) {
            return String.join("\n", lines).stripTrailing() + "\n";
        }

        private void check(boolean sound, String expected) {
            if (!sound) {
                throw error("expected " + expected);
            }
        }

        private IllegalArgumentException error(String message) {
            return new IllegalArgumentException(name + ": " + message);
        }
    }
}
