// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.conformance.ConformanceCase.AskedPath;
import io.github.readonlyrootfs.conformance.ConformanceCase.ContextFile;
import io.github.readonlyrootfs.image.stage.ImageBuilder.Builder;
import io.github.readonlyrootfs.message.ReasonText;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.runtime.Access;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.runtime.WriteAccess;
import io.github.readonlyrootfs.source.ContainerPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The verdicts of this project, from the façade that a build tool uses. */
final class OurVerdicts implements VerdictUnderTest {

    private final Path directory;
    private final Map<String, Integer> unknownBecause = new TreeMap<>();

    /** @param directory an empty one, for the files of the cases */
    OurVerdicts(Path directory) {
        this.directory = directory;
    }

    @Override
    public Map<String, Map<String, String>> verdicts(ConformanceCase asked, String builder) {
        try {
            Path home = Files.createTempDirectory(directory, "case");
            List<ContainerAnalysis> containers = ReadOnlyRootAnalysis.check(request(asked, builder, home))
                    .tasks()
                    .containers();
            Map<String, Map<String, String>> verdicts = new TreeMap<>();
            for (AskedPath path : asked.paths()) {
                Access access = containers.stream()
                        .filter(container -> container.definition().name().equals(path.container()))
                        .map(container -> runtime(container).access(ContainerPath.of(path.path()), true))
                        .findFirst()
                        .orElseThrow();
                verdicts.computeIfAbsent(path.container(), name -> new TreeMap<>())
                        .put(path.path(), access.verdict().name());
                if (access.verdict() == WriteAccess.UNKNOWN) {
                    unknownBecause.merge(
                            ReasonText.of(access.reason())
                                    .replaceAll("(?<![\\w.])/[\\w./~-]+", "/path")
                                    .replaceAll("\\d+", "N"),
                            1,
                            Integer::sum);
                }
            }
            return verdicts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ConfigurationException e) {
            throw new IllegalArgumentException(asked.name(), e);
        }
    }

    /** How often each reason for an unknown verdict was given, without paths and numbers. */
    Map<String, Integer> unknownBecause() {
        return unknownBecause;
    }

    private static ContainerRuntime runtime(ContainerAnalysis container) {
        return new EnumMap<>(container.runtimes()).get(Platform.EC2);
    }

    private static CheckRequest request(ConformanceCase asked, String builder, Path home) throws IOException {
        Path context = context(asked, home);
        Path taskDefinition = Files.writeString(home.resolve("taskdef.json"), asked.taskDefinition());
        RequestBuilder request = new RequestBuilder(taskDefinition)
                .builder(builder.equals(ConformanceCase.CLASSIC) ? Builder.CLASSIC : Builder.BUILDKIT)
                .container(asked.container())
                .platforms(Platform.EC2)
                .noInference();
        for (String container : asked.dockerfiles().keySet()) {
            DockerfileBuild build = build(asked, container, context, home);
            if (container.equals(asked.container())) {
                request.dockerfile(build);
            } else {
                request.containers(new ContainerSettings(
                        container, Optional.of(build), List.of(), Optional.empty(), Map.of(), Optional.empty()));
            }
        }
        return request.build();
    }

    /** Writes the Dockerfile of a container of a case. */
    static DockerfileBuild build(ConformanceCase asked, String container, Path context, Path home) throws IOException {
        String name = "Dockerfile." + container;
        Path file = Files.writeString(home.resolve(name), asked.dockerfiles().get(container));
        boolean isOwn = container.equals(asked.container());
        return new DockerfileBuild(
                new NamedFile(file, name),
                Optional.of(context),
                isOwn ? asked.target() : Optional.empty(),
                isOwn ? asked.buildArgs() : Map.of());
    }

    /** Writes the build context of a case. */
    static Path context(ConformanceCase asked, Path home) throws IOException {
        Path context = Files.createDirectory(home.resolve("context"));
        for (Map.Entry<String, ContextFile> file : new TreeMap<>(asked.context()).entrySet()) {
            write(context.resolve(file.getKey()), file.getKey().endsWith("/"), file.getValue());
        }
        return context;
    }

    private static void write(Path path, boolean isDirectory, ContextFile file) throws IOException {
        if (isDirectory) {
            Files.createDirectories(path);
        } else {
            file.write(path);
        }
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(symbolic(file.mode())));
    }

    private static String symbolic(String octal) {
        int mode = Integer.parseInt(octal, 8);
        StringBuilder text = new StringBuilder("rwxrwxrwx");
        for (int i = 0; i < 9; i++) {
            if ((mode & (1 << (8 - i))) == 0) {
                text.setCharAt(i, '-');
            }
        }
        return text.toString();
    }
}
