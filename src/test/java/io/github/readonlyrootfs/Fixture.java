// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import io.github.readonlyrootfs.baseline.Baseline;
import io.github.readonlyrootfs.configuration.file.ResourceDirectory;
import io.github.readonlyrootfs.finding.Ignore;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.mojo.PomFile;
import io.github.readonlyrootfs.need.Situation;
import io.github.readonlyrootfs.need.finder.NeedFinders;
import io.github.readonlyrootfs.need.project.ProjectDirectories;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.pom.PomImages;
import io.github.readonlyrootfs.remedy.MountWith;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.ApplicationImage;
import io.github.readonlyrootfs.request.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.request.CheckRequest.DeclaredPath;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.CheckRequest.TaskDefinitionInput;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.Policy;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files of a project in a directory: {@code taskdef.json} or another of its names, mostly a {@code Dockerfile} with the
 * files it copies, and the configuration of its pom in {@code options.properties}. Each key there is a parameter; lists are
 * split at blanks, maps read {@code A=1,B=2}. A file {@code dependencies.txt} makes it a Maven project: each line is a
 * library, {@code groupId:artifactId:version}, followed by its scope or {@code unresolved}. A {@code pom.xml} makes it one
 * too, and replaces the {@code Dockerfile} if a plugin in it builds an image. These keys are elements with several values:
 *
 * <ul>
 *   <li>{@code writablePaths.NAME}, {@code dockerfile.NAME}, {@code target.NAME}, {@code imageFacts.NAME}: the elements of
 *       container NAME in {@code <containers>}
 *   <li>{@code ignore.RULE}: an ignore entry; the value is its reason
 * </ul>
 */
public record Fixture(Path directory, Properties options) {

    static final String DOCKERFILE = "Dockerfile";
    static final String EXPECTED = "expected.txt";
    static final String EXPLAINED = "explained.txt";
    static final String FIXED = "fixed";
    private static final Path NO_CLASSES = emptyDirectory();

    private static final List<String> TASK_DEFINITIONS =
            List.of("taskdef.json", "taskdef.yaml", "template.yaml", "template.json", "infra");
    private static final String OPTIONS = "options.properties";
    private static final String DEPENDENCIES = "dependencies.txt";
    private static final String PROJECT = "pom.xml";

    /** The location of a fixture's options; it is not a line of a real file. */
    public static final Location POM = new Location("pom.xml", 41, 1, 41, 1);

    /** The least severity that fails the build: {@code error} or {@code warning}. */
    private static final String FAIL_ON = "failOn";

    private static final Set<String> KEYS = Set.of(
            "taskDefinitionResource",
            "writablePaths",
            "target",
            "builder",
            "platforms",
            "container",
            "executeCommand",
            "buildArgs",
            "templateValues",
            "severities",
            "inference",
            "packaging",
            "fixWith",
            FAIL_ON);

    public static Fixture in(Path directory) throws IOException {
        Properties options = new Properties();
        Path file = directory.resolve(OPTIONS);
        if (Files.exists(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                options.load(reader);
            }
        }
        for (String key : options.stringPropertyNames()) {
            boolean known =
                    KEYS.contains(key) || key.matches("(writablePaths|dockerfile|target|imageFacts|ignore)\\..+");
            if (!known) {
                throw new AssertionError(file + ": unknown option " + key);
            }
        }
        return new Fixture(directory, options);
    }

    CheckResult check() throws ConfigurationException {
        CheckRequest request = request();
        CheckResult result = ReadOnlyRootAnalysis.check(request);
        Path baseline = directory.resolve(Baseline.FILE_NAME);
        return Files.exists(baseline) ? result.against(Baseline.read(baseline, Baseline.FILE_NAME), request) : result;
    }

    /** Its files by their names in the directory, without the expected output and the files that a person fixed. */
    public Map<String, String> files() throws IOException {
        List<Path> plain;
        try (Stream<Path> all = Files.walk(directory)) {
            plain = all.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(EXPECTED) && !file.endsWith(EXPLAINED))
                    .filter(file -> !directory.relativize(file).startsWith(FIXED))
                    .toList();
        }
        Map<String, String> files = new TreeMap<>();
        for (Path file : plain) {
            files.put(directory.relativize(file).toString(), Files.readString(file));
        }
        return files;
    }

    /** The same with other files. */
    public Fixture with(Map<String, String> files, Path emptyDirectory) throws IOException {
        Files.createDirectories(emptyDirectory);
        for (Map.Entry<String, String> file : files.entrySet()) {
            TestFiles.write(emptyDirectory.resolve(file.getKey()), file.getValue());
        }
        return new Fixture(emptyDirectory, options);
    }

    boolean isFailedBy(Severity severity) {
        return severity == Severity.ERROR
                || (severity == Severity.WARNING && text(FAIL_ON).equals("warning"));
    }

    public CheckRequest request() {
        return new CheckRequest(
                new TaskDefinitionInput(
                        file(taskDefinition()),
                        optional("taskDefinitionResource"),
                        new TemplateValues(map("templateValues"), Map.of(), name -> Optional.empty())),
                new ApplicationImage(
                        dockerfile(),
                        List.of(),
                        pomImage(ImageSource.Described.class),
                        ImageBuilder.Builder.valueOf(
                                optional("builder").orElse("buildkit").toUpperCase(Locale.ROOT)),
                        optional("container"),
                        paths("writablePaths"),
                        Optional.of("shop"),
                        project()),
                containers(),
                words("platforms").map(Platform::valueOf).toList(),
                Boolean.parseBoolean(text("executeCommand")),
                new Policy(severities(), Set.of(), ignores()),
                text("inference").isEmpty()
                        ? Set.copyOf(NeedFinders.names())
                        : words("inference").collect(Collectors.toSet()),
                MountWith.valueOf(optional("fixWith").orElse("auto").toUpperCase(Locale.ROOT)));
    }

    private Optional<DockerfileBuild> dockerfile() {
        return pomImage(ImageSource.FromDockerfile.class)
                .map(built -> new DockerfileBuild(
                        file(directory
                                .toAbsolutePath()
                                .relativize(built.dockerfile())
                                .toString()),
                        Optional.of(built.context()),
                        built.target(),
                        built.buildArgs()))
                .or(() -> Files.exists(directory.resolve(DOCKERFILE))
                        ? Optional.of(build(DOCKERFILE, optional("target")))
                        : Optional.empty());
    }

    /** The source of the image that the first plugin in the pom builds, if it is of this kind. */
    private <T extends ImageSource> Optional<T> pomImage(Class<T> kind) {
        Path pom = directory.resolve(PROJECT);
        return !Files.exists(pom)
                ? Optional.empty()
                : PomFile.images(pom, Map.of()).stream()
                        .limit(1)
                        .map(PomImages.PomImage::source)
                        .filter(kind::isInstance)
                        .map(kind::cast)
                        .findFirst();
    }

    /** The Maven project, if the fixture has a pom or dependencies. */
    private Optional<ProjectFacts> project() {
        Path file = directory.resolve(DEPENDENCIES);
        if (!Files.exists(file) && pomImage(ImageSource.class).isEmpty()) {
            return Optional.empty();
        }
        List<Dependency> resolved = new ArrayList<>();
        List<String> unresolved = new ArrayList<>();
        try (Stream<String> lines = Files.exists(file) ? Files.lines(file) : Stream.empty()) {
            lines.map(line -> line.split(" ", -1)).forEach(words -> {
                if (words.length > 1 && words[1].equals("unresolved")) {
                    unresolved.add(words[0]);
                } else {
                    String scope = words.length > 1 ? words[1] : "compile";
                    resolved.add(new Dependency(Situation.coordinates(words[0]), scope, false, Optional.empty()));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Dependencies dependencies = new Dependencies(resolved, unresolved);
        return Optional.of(new ProjectFacts(
                Situation.coordinates("com.acme:shop:1.0.0"),
                optional("packaging").orElse("jar"),
                new ProjectDirectories(
                        directory,
                        directory,
                        Optional.of(directory),
                        output(),
                        List.of(new ResourceDirectory(
                                directory.resolve("src/main/resources"), false, "", List.of(), List.of()))),
                Map.of(),
                () -> dependencies,
                List.of()));
    }

    private static Path emptyDirectory() {
        try {
            Path empty = Files.createTempDirectory("no-classes");
            empty.toFile().deleteOnExit();
            return empty;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its classes; none that write, for a project of which the fixture has only the libraries. */
    private Path output() {
        Path classes = directory.resolve("target/classes");
        boolean hasSources = Files.exists(directory.resolve("src")) || Files.exists(classes);
        return hasSources || optional("packaging").equals(Optional.of("pom")) ? classes : NO_CLASSES;
    }

    private String taskDefinition() {
        return TASK_DEFINITIONS.stream()
                .filter(name -> Files.exists(directory.resolve(name)))
                .findFirst()
                .orElse(TASK_DEFINITIONS.get(0));
    }

    private List<ContainerSettings> containers() {
        Set<String> names = new TreeSet<>();
        for (String key : options.stringPropertyNames()) {
            if (key.contains(".") && !key.startsWith("ignore.")) {
                names.add(key.substring(key.indexOf('.') + 1));
            }
        }
        return names.stream()
                .map(name -> new ContainerSettings(
                        name,
                        optional("dockerfile." + name).map(file -> build(file, optional("target." + name))),
                        paths("writablePaths." + name),
                        optional("imageFacts." + name).map(this::file),
                        Map.of(),
                        Optional.of(POM)))
                .toList();
    }

    private Map<String, Severity> severities() {
        Map<String, Severity> severities = new LinkedHashMap<>();
        map("severities")
                .forEach((rule, level) -> severities.put(rule, Severity.valueOf(level.toUpperCase(Locale.ROOT))));
        return severities;
    }

    private List<Ignore> ignores() {
        return options.stringPropertyNames().stream()
                .filter(key -> key.startsWith("ignore."))
                .sorted()
                .map(key -> new Ignore(
                        key.substring("ignore.".length()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.<ContainerPath>empty(),
                        Optional.empty(),
                        text(key),
                        "<ignores>",
                        POM))
                .toList();
    }

    private DockerfileBuild build(String dockerfile, Optional<String> target) {
        return new DockerfileBuild(file(dockerfile), Optional.of(directory), target, map("buildArgs"));
    }

    private NamedFile file(String name) {
        return new NamedFile(directory.resolve(name), name);
    }

    private List<DeclaredPath> paths(String key) {
        return words(key)
                .map(path -> new DeclaredPath(path, "<writablePaths>", pomPlace()))
                .toList();
    }

    /** The location of options; none if the fixture has a pom that describes an image. */
    private Optional<Location> pomPlace() {
        return pomImage(ImageSource.class).isPresent() ? Optional.empty() : Optional.of(POM);
    }

    private Map<String, String> map(String key) {
        Map<String, String> map = new LinkedHashMap<>();
        Arrays.stream(text(key).split(",")).filter(entry -> !entry.isBlank()).forEach(entry -> {
            String[] parts = entry.strip().split("=", 2);
            map.put(parts[0], parts[1]);
        });
        return map;
    }

    private Stream<String> words(String key) {
        return Arrays.stream(text(key).split("\\s+")).filter(word -> !word.isEmpty());
    }

    private Optional<String> optional(String key) {
        return Optional.of(text(key)).filter(value -> !value.isEmpty());
    }

    private String text(String key) {
        return options.getProperty(key, "").strip();
    }
}
