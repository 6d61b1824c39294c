// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import io.github.readonlyrootfs.configuration.BooleanWords;
import io.github.readonlyrootfs.logging.LogFile;
import io.github.readonlyrootfs.logging.LoggingConfiguration;
import io.github.readonlyrootfs.need.ApplicationSettings;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.Situation;
import io.github.readonlyrootfs.need.finder.ApplicationLogging;
import io.github.readonlyrootfs.need.project.ProjectDirectories;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Value;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The settings of an application as the plugin reads them from its files, its Dockerfile and its task definition. */
final class OurReader {

    private static final String OTHERS = "others";

    private final Framework framework;
    private final Path directory;
    private int asked;

    OurReader(Framework framework, Path directory) {
        this.framework = framework;
        this.directory = directory;
    }

    FrameworkAnswers ask(ConfigurationSet asked, List<String> keys) throws IOException {
        ConfigurationSet set = asked.in("/app");
        set.write("classes", directory.resolve("target/classes"));
        set.write("app", directory.resolve("app"));
        ContainerContext context = context(set);
        return framework.logs()
                ? new FrameworkAnswers("", opened(context, keys))
                : settings(context.application().settings(), keys);
    }

    /**
     * The files that are opened at start, and whether the application needs them to start; {@value #OTHERS} are the files
     * without a key.
     */
    private Map<String, String> opened(ContainerContext context, List<String> keys) {
        List<LoggingConfiguration> configurations = new ApplicationLogging(context).configurations();
        Map<String, String> values = new LinkedHashMap<>();
        for (LoggingConfiguration configuration : configurations) {
            configuration.files().problems().forEach(problem -> doubt(problem.message(), keys, values));
            for (LogFile file : configuration.files().files()) {
                if (file.moment() == LogFile.Moment.LATER) {
                    continue;
                }
                String path = file.path().raw().replaceFirst("^/app/", "");
                String key = keys.contains(path) ? path : OTHERS;
                if (file.path().known().isEmpty()) {
                    doubt(file.path().unknown().orElse("it varies"), keys, values);
                } else if (file.condition().isPresent()) {
                    values.putIfAbsent(
                            key,
                            FrameworkAnswers.UNKNOWN + "if " + file.condition().get());
                } else if (key.equals(OTHERS)) {
                    values.merge(key, path, OurReader::both);
                } else {
                    values.merge(key, configuration.required() ? "required" : "opened", OurReader::stronger);
                }
            }
        }
        return values;
    }

    private static String stronger(String old, String added) {
        return old.equals("required") ? old : added;
    }

    private static String both(String old, String added) {
        return old.startsWith(FrameworkAnswers.UNKNOWN)
                ? old
                : Stream.of((old + " " + added).split(" ", -1))
                        .sorted()
                        .distinct()
                        .collect(Collectors.joining(" "));
    }

    private static void doubt(String reason, List<String> keys, Map<String, String> values) {
        keys.forEach(key -> values.putIfAbsent(key, FrameworkAnswers.UNKNOWN + reason));
        // A file with an unknown name counts as one of these.
        values.put(OTHERS, FrameworkAnswers.UNKNOWN + reason);
    }

    private static FrameworkAnswers settings(ApplicationSettings settings, List<String> keys) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : keys) {
            boolean asked = key.endsWith("?");
            Value<String> value = settings.configuration().value(asked ? key.substring(0, key.length() - 1) : key);
            if (asked && value.known().filter(words(settings)::isUnset).isPresent()) {
                continue;
            }
            if (value instanceof Value.Known<String> known) {
                values.put(key, asked ? bool(settings, known.value()) : known.value());
            } else if (value instanceof Value.Unknown<String> unknown) {
                values.put(key, FrameworkAnswers.UNKNOWN + unknown.reason());
            } else {
                settings.configuration().incomplete().ifPresent(gap -> values.put(key, FrameworkAnswers.UNKNOWN + gap));
            }
        }
        return new FrameworkAnswers("", values);
    }

    private static String bool(ApplicationSettings settings, String text) {
        return words(settings).read(text).map(String::valueOf).orElse("does not start");
    }

    private static BooleanWords words(ApplicationSettings settings) {
        return settings.framework().orElseThrow().words();
    }

    /** The jar of a third-party library. */
    private Path library(ConfigurationSet set) throws IOException {
        Path jar = directory.resolve("library" + asked++ + ".jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("META-INF/"));
            for (Map.Entry<String, String> file : set.files().entrySet()) {
                if (file.getKey().startsWith("library/")) {
                    zip.putNextEntry(new ZipEntry(file.getKey().substring("library/".length())));
                    zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
                }
            }
        }
        return jar;
    }

    private ContainerContext context(ConfigurationSet set) throws IOException {
        List<String> command = new ArrayList<>(List.of("java"));
        set.properties().forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", "/app/app.jar"));
        command.addAll(set.arguments());
        String environment = set.environment().entrySet().stream()
                .map(variable -> "ENV " + variable.getKey() + "="
                        + json(variable.getValue()).replace("$", "\\$") + "\n")
                .collect(Collectors.joining());
        String copy =
                set.files().keySet().stream().anyMatch(file -> file.startsWith("app/")) ? "COPY app/ /app/\n" : "";
        ContainerContext plain = Contexts.built(
                directory,
                "FROM eclipse-temurin:21-jre\nWORKDIR /app\n" + copy + environment + "ENTRYPOINT "
                        + command.stream().map(OurReader::json).collect(Collectors.joining(", ", "[", "]")) + "\n",
                "");
        List<Dependency> libraries = new ArrayList<>();
        libraries.add(new Dependency(
                Situation.coordinates("org.other:library:1.0"), "compile", false, Optional.of(library(set))));
        framework.libraries().stream()
                .map(library -> new Dependency(Situation.coordinates(library), "compile", false, Optional.empty()))
                .forEach(libraries::add);
        Dependencies dependencies = new Dependencies(libraries, List.of());
        ProjectFacts project = new ProjectFacts(
                Situation.coordinates("com.acme:shop:1.0"),
                "jar",
                new ProjectDirectories(
                        directory, directory, Optional.empty(), directory.resolve("target/classes"), List.of()),
                Map.of(),
                () -> dependencies,
                List.of());
        return ContainerContext.of(plain.definition(), plain.image(), Optional.of(project), new Effort(1_000_000));
    }

    private static String json(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
