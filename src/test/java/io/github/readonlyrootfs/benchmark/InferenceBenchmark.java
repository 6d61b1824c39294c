// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.benchmark;

import io.github.readonlyrootfs.CheckResult;
import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.image.stage.ImageBuilder.Builder;
import io.github.readonlyrootfs.need.finder.NeedFinders;
import io.github.readonlyrootfs.need.project.ProjectDirectories;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependency;
import io.github.readonlyrootfs.remedy.MountWith;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.ApplicationImage;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.CheckRequest.TaskDefinitionInput;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.Policy;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The cost for a build that checks once: the check of a project with a Spring Boot service's configuration, 200 classes of
 * its own and many dependencies, in a new JVM. Zero jars with {@code inference=false} is the cost without inference. Run it
 * with {@code -Djmh.arguments="Inference -f 10"}: other arguments may warm the JVM up.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(10)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class InferenceBenchmark {

    private static final int ENTRIES = 200;
    private static final int CLASSES = 200;

    /** The number of dependencies; a Spring Boot service with a few starters has about a hundred. */
    @Param({"0", "100", "300", "1000"})
    public int jars;

    @Param({"false", "true"})
    public boolean inference;

    private Path directory;
    private CheckRequest request;

    @Setup
    public void write() throws IOException {
        directory = Files.createTempDirectory("benchmark");
        Path dockerfile = Files.writeString(directory.resolve("Dockerfile"), """
                FROM eclipse-temurin:21-jre
                COPY target/app.jar /app.jar
                USER 1000
                ENTRYPOINT ["java", "-jar", "/app.jar"]
                """);
        Path taskDefinition = Files.writeString(directory.resolve("taskdef.json"), """
                {"family": "app", "requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512",
                 "containerDefinitions": [{"name": "app", "image": "<IMAGE>", "readonlyRootFilesystem": true}]}
                """);
        Path classes = Files.createDirectories(directory.resolve("target/classes"));
        Files.writeString(
                classes.resolve("application.yml"), "server:\n  port: 8080\nspring:\n  application:\n    name: app\n");
        writeClasses(classes);
        Path libraries = Files.createDirectory(directory.resolve("lib"));
        List<Dependency> dependencies = new ArrayList<>();
        for (int i = 0; i < jars; i++) {
            dependencies.add(dependency(i, libraries));
        }
        Dependencies resolved = new Dependencies(List.copyOf(dependencies), List.of());
        ProjectFacts project = new ProjectFacts(
                new Coordinates("com.example", "app", "1"),
                "jar",
                new ProjectDirectories(directory, directory, Optional.of(directory), classes, List.of()),
                Map.of(),
                () -> resolved,
                List.of());
        request = new CheckRequest(
                new TaskDefinitionInput(
                        new NamedFile(taskDefinition, "taskdef.json"), Optional.empty(), TemplateValues.NONE),
                new ApplicationImage(
                        Optional.of(new DockerfileBuild(
                                new NamedFile(dockerfile, "Dockerfile"),
                                Optional.of(directory),
                                Optional.empty(),
                                Map.of())),
                        List.of(),
                        Optional.empty(),
                        Builder.BUILDKIT,
                        Optional.of("app"),
                        List.of(),
                        Optional.empty(),
                        Optional.of(project)),
                List.of(),
                List.of(),
                false,
                Policy.DEFAULT,
                inference ? Set.copyOf(NeedFinders.names()) : Set.of(),
                MountWith.AUTO);
    }

    /** Classes of this project are used as the application's. */
    private static void writeClasses(Path classes) throws IOException {
        Path own = Path.of("target/classes");
        try (Stream<Path> files = Files.walk(own)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .limit(CLASSES)
                    .toList()) {
                Path copy = classes.resolve(own.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }

    private static Dependency dependency(int number, Path libraries) throws IOException {
        Coordinates coordinates = number == 0
                ? new Coordinates("org.apache.tomcat.embed", "tomcat-embed-core", "10.1.48")
                : number == 1
                        ? new Coordinates("org.springframework.boot", "spring-boot", "3.5.7")
                        : new Coordinates("com.example.lib" + number, "library-" + number, "1." + number);
        Path jar = libraries.resolve(coordinates.artifactId() + ".jar");
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (int i = 0; i < ENTRIES; i++) {
                zip.putNextEntry(
                        new ZipEntry("com/example/library" + number + "/package" + i % 10 + "/Class" + i + ".class"));
                zip.write(new byte[3_000]);
                zip.closeEntry();
            }
            if (number % 50 == 49) {
                zip.putNextEntry(new ZipEntry("native/linux-x86_64/liblibrary" + number + ".so"));
                zip.closeEntry();
            }
        }
        return new Dependency(coordinates, "compile", false, Optional.of(jar));
    }

    @TearDown
    public void remove() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public CheckResult check() throws ConfigurationException {
        return ReadOnlyRootAnalysis.check(request);
    }
}
