// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.QuotedWords;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Calls of {@code docker build} by exec-maven-plugin and by Ant's {@code exec} in maven-antrun-plugin. */
final class DockerCommands {

    private static final Set<String> PROGRAMS = Set.of("docker", "podman", "buildah", "nerdctl", "finch");
    private static final Set<String> BUILDS = Set.of("build", "bud", "b");

    /** Options of {@code docker build} and {@code docker buildx build} without a value. */
    private static final Set<String> FLAGS = Set.of(
            "--pull",
            "--no-cache",
            "-q",
            "--quiet",
            "--rm",
            "--force-rm",
            "--squash",
            "--squash-all",
            "--compress",
            "--load",
            "--push",
            "--disable-content-trust",
            "-D",
            "--debug");

    private DockerCommands() {}

    static List<ImageSource> of(BuildPlugin plugin, PomBuild build) {
        List<ImageSource> sources = new ArrayList<>();
        List<Optional<Element>> configurations = new ArrayList<>();
        for (BuildPlugin.Execution execution : plugin.executions()) {
            configurations.add(execution.configuration());
        }
        if (configurations.isEmpty() && !plugin.off()) {
            configurations.add(plugin.configuration());
        }
        for (Optional<Element> configuration : configurations) {
            if (configuration.isPresent() && !BuildPlugin.skips(configuration, "skip")) {
                call(plugin, configuration.get(), build).ifPresent(sources::add);
                configuration.get().find("target").or(() -> configuration.get().find("tasks")).stream()
                        .flatMap(target -> target.all("exec").stream())
                        .flatMap(exec -> antCall(plugin, exec, build).stream())
                        .forEach(sources::add);
            }
        }
        return sources;
    }

    /** {@code <executable>docker</executable><arguments><argument>build</argument>…}. */
    private static Optional<ImageSource> call(BuildPlugin plugin, Element configuration, PomBuild build) {
        Optional<Element> executable = configuration.find("executable");
        if (executable.isEmpty()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>(List.of(executable.get().text()));
        configuration.find("commandlineArgs").ifPresent(line -> words.addAll(QuotedWords.of(line.text())));
        configuration.find("arguments").ifPresent(all -> all.children().forEach(word -> words.add(word.text())));
        Path directory = directory(build, configuration.find("workingDirectory").map(Element::text));
        return build(plugin, words, directory, executable.get().tag());
    }

    /** {@code <exec executable="docker" dir="…"><arg value="build"/><arg line="-f X ."/></exec>}. */
    private static Optional<ImageSource> antCall(BuildPlugin plugin, Element exec, PomBuild build) {
        List<String> words = new ArrayList<>(List.of(exec.attributes().getOrDefault("executable", "")));
        for (Element argument : exec.all("arg")) {
            Optional.ofNullable(argument.attributes().get("value"))
                    .or(() -> Optional.ofNullable(argument.attributes().get("path")))
                    .ifPresent(words::add);
            Optional.ofNullable(argument.attributes().get("line"))
                    .ifPresent(line -> words.addAll(QuotedWords.of(line)));
        }
        return build(
                plugin,
                words,
                directory(build, Optional.ofNullable(exec.attributes().get("dir"))),
                exec.tag());
    }

    private static Path directory(PomBuild build, Optional<String> written) {
        return written.filter(text -> !text.isEmpty())
                .map(build.directory()::resolve)
                .orElse(build.directory());
    }

    private static Optional<ImageSource> build(
            BuildPlugin plugin, List<String> words, Path directory, Location location) {
        String program = words.get(0).replaceFirst(".*[/\\\\]", "").replaceFirst("\\.exe$", "");
        int at = 1;
        while (at < words.size() && Set.of("buildx", "image", "builder").contains(words.get(at))) {
            at++;
        }
        if (!PROGRAMS.contains(program) || at >= words.size() || !BUILDS.contains(words.get(at))) {
            return Optional.empty();
        }
        Arguments arguments = new Arguments();
        arguments.read(words.subList(at + 1, words.size()));
        // Standard input, a repository or a property without a value: nothing here to be read.
        boolean elsewhere = arguments.context.contains("://")
                || arguments.context.equals("-")
                || arguments.file.equals("-")
                || words.stream().anyMatch(word -> word.equals(arguments.context) && word.contains("${"))
                || arguments.file.contains("${");
        if (elsewhere || arguments.context.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path context = directory.resolve(arguments.context).normalize();
            Path file = arguments.file.isEmpty()
                    ? context.resolve("Dockerfile")
                    : directory.resolve(arguments.file).normalize();
            return Optional.of(new ImageSource.FromDockerfile(
                    plugin.name(), location, file, context, arguments.target, arguments.buildArguments));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** What {@code docker build} is given. */
    private static final class Arguments {

        private String file = "";
        private String context = "";
        private Optional<String> target = Optional.empty();
        private final Map<String, String> buildArguments = new LinkedHashMap<>();

        void read(List<String> words) {
            for (int i = 0; i < words.size(); i++) {
                String word = words.get(i);
                int equals = word.indexOf('=');
                if (!word.startsWith("-") || word.equals("-")) {
                    context = word;
                } else if (word.startsWith("--") && equals > 0) {
                    option(word.substring(0, equals), word.substring(equals + 1));
                } else if (!FLAGS.contains(word) && i + 1 < words.size()) {
                    option(word, words.get(++i));
                }
            }
        }

        private void option(String name, String value) {
            switch (name) {
                case "-f", "--file" -> file = value;
                case "--target" -> target = Optional.of(value);
                case "--build-arg" -> {
                    int equals = value.indexOf('=');
                    if (equals > 0 && !value.contains("${")) {
                        buildArguments.put(value.substring(0, equals), value.substring(equals + 1));
                    }
                }
                default -> {
                    // Tags, platforms, labels: they decide nothing about files.
                }
            }
        }
    }
}
