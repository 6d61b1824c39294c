// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import io.github.readonlyrootfs.image.facts.StatedImage;
import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.need.finder.NeedFinders;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.remedy.MountWith;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What to check, from the configuration of a build tool.
 *
 * @param containers what single containers need beyond that
 * @param platforms those to judge; empty for those that the task definition names
 * @param inference the names of the finders that infer needs, see {@link NeedFinders#names()}; none for no inference
 * @param mountWith what remedies mount where nothing is mounted
 */
public record CheckRequest(
        TaskDefinitionInput taskDefinition,
        ApplicationImage application,
        List<ContainerSettings> containers,
        List<Platform> platforms,
        boolean executeCommand,
        Policy policy,
        Set<String> inference,
        MountWith mountWith) {

    /**
     * The task definition.
     *
     * @param resource which of the file's task definitions to check; empty for all
     * @param templateValues the values of its placeholders
     */
    public record TaskDefinitionInput(NamedFile file, Optional<String> resource, TemplateValues templateValues) {

        private TaskDefinitionInput with(Map<String, String> texts) {
            return new TaskDefinitionInput(file.with(texts), resource, templateValues.forAnyFile());
        }
    }

    /**
     * The application's image, and the container that runs it.
     *
     * @param dockerfile the one that builds it; empty to judge only the task definition
     * @param candidates Dockerfiles each of which builds the containers that are named like it or its directory
     * @param described the image, where the build tool's configuration describes it and no Dockerfile builds it
     * @param container the container built from it; empty to find it
     * @param writablePaths the paths that the containers built from it need, as written
     * @param artifactId the project's name, which may be the image's too
     * @param project the project that it is built from, as its build tool knows it
     */
    public record ApplicationImage(
            Optional<DockerfileBuild> dockerfile,
            List<DockerfileBuild> candidates,
            Optional<ImageSource.Described> described,
            ImageBuilder.Builder builder,
            Optional<String> container,
            List<DeclaredPath> writablePaths,
            Optional<String> artifactId,
            Optional<ProjectFacts> project) {

        private ApplicationImage withoutWritablePaths() {
            return new ApplicationImage(
                    dockerfile, candidates, described, builder, container, List.of(), artifactId, project);
        }

        private ApplicationImage with(Map<String, String> texts) {
            return new ApplicationImage(
                    dockerfile.map(build -> build.with(texts)),
                    candidates.stream().map(build -> build.with(texts)).toList(),
                    described,
                    builder,
                    container,
                    writablePaths,
                    artifactId,
                    project);
        }
    }

    /**
     * A file to read.
     *
     * @param name as people read it: relative to where the build was started, with forward slashes
     * @param written as a parameter of the build names it: relative to the project
     * @param texts of files, by their names, that are taken instead of what these have
     */
    public record NamedFile(Path file, String name, String written, Map<String, String> texts) {

        public NamedFile(Path file, String name) {
            this(file, name, name);
        }

        public NamedFile(Path file, String name, String written) {
            this(file, name, written, Map.of());
        }

        /** How many directories its name leads up. */
        public int levelsUp() {
            int up = 0;
            Path written = Path.of(name);
            while (up < written.getNameCount() && written.getName(up).toString().equals("..")) {
                up++;
            }
            return up;
        }

        /** The directory that its name starts from, or to which the name leads up; empty if that is not known. */
        public Optional<Path> start() {
            Path written = Path.of(name);
            int up = levelsUp();
            Path below = up < written.getNameCount() ? written.subpath(up, written.getNameCount()) : written;
            Path start = file.toAbsolutePath().normalize();
            if (written.isAbsolute() || !start.endsWith(below)) {
                return Optional.empty();
            }
            for (int i = 0; i < below.getNameCount() && start != null; i++) {
                start = start.getParent();
            }
            return Optional.ofNullable(start);
        }

        /** Reads it, unless its text is already there. */
        public SourceFile read() throws UnreadableSourceException {
            return read(file, name);
        }

        /** Reads it, or another file that belongs to it. */
        SourceFile read(Path path, String shown) throws UnreadableSourceException {
            String text = texts.get(shown);
            return text == null ? SourceFile.read(path, shown) : SourceFile.of(shown, text);
        }

        private NamedFile with(Map<String, String> others) {
            Map<String, String> all = new HashMap<>(texts);
            all.putAll(others);
            return new NamedFile(file, name, written, Map.copyOf(all));
        }
    }

    /** The task definition and the Dockerfiles, by their names. */
    public Map<String, Path> files() {
        Map<String, Path> files = new HashMap<>();
        for (ContainerSettings settings : containers) {
            if (settings.dockerfile().isPresent()) {
                add(settings.dockerfile().get().file(), files);
            }
        }
        if (application.dockerfile().isPresent()) {
            add(application.dockerfile().get().file(), files);
        }
        application.candidates().forEach(build -> add(build.file(), files));
        add(taskDefinition.file(), files);
        return files;
    }

    /**
     * How the image of a container is built.
     *
     * @param dockerfile the name of the one that builds it, where one does
     */
    public Optional<DockerfileBuild> build(String container, Optional<String> dockerfile) {
        return Stream.of(
                        containers.stream()
                                .filter(settings -> settings.name().equals(container))
                                .flatMap(settings -> settings.dockerfile().stream()),
                        application.dockerfile().stream(),
                        application.candidates().stream())
                .flatMap(builds -> builds)
                .filter(build -> dockerfile.equals(Optional.of(build.file().name())))
                .findFirst();
    }

    private static void add(NamedFile file, Map<String, Path> files) {
        files.put(file.name(), file.file());
    }

    /** The same check in which Dockerfiles build containers, by the containers' names. */
    public CheckRequest building(Map<String, DockerfileBuild> builds) {
        return configuring(
                builds.keySet(), settings -> settings.with(Optional.ofNullable(builds.get(settings.name()))));
    }

    /** The same check of containers of which only one path is declared and nothing is inferred. */
    public CheckRequest needingOnly(DeclaredPath path, Set<String> names) {
        CheckRequest declared = configuring(names, settings -> settings.needingOnly(path));
        return new CheckRequest(
                taskDefinition,
                application.withoutWritablePaths(),
                declared.containers,
                platforms,
                executeCommand,
                policy,
                Set.of(),
                mountWith);
    }

    private CheckRequest configuring(Set<String> names, UnaryOperator<ContainerSettings> change) {
        List<ContainerSettings> all = new ArrayList<>();
        Set<String> others = new TreeSet<>(names);
        for (ContainerSettings settings : containers) {
            all.add(others.remove(settings.name()) ? change.apply(settings) : settings);
        }
        others.forEach(name -> all.add(change.apply(ContainerSettings.of(name))));
        return new CheckRequest(
                taskDefinition, application, all, platforms, executeCommand, policy, inference, mountWith);
    }

    /** The same check with other texts for files, by their names. They may have lost a placeholder. */
    public CheckRequest with(Map<String, String> texts) {
        return new CheckRequest(
                taskDefinition.with(texts),
                application.with(texts),
                containers.stream().map(settings -> settings.with(texts)).toList(),
                platforms,
                executeCommand,
                policy,
                inference,
                mountWith);
    }

    /**
     * A Dockerfile and how it is built.
     *
     * @param context the directory that COPY reads from
     * @param target the stage; the last one where empty
     * @param filter the change of the file's text before it is built
     */
    public record DockerfileBuild(
            NamedFile file,
            Optional<Path> context,
            Optional<String> target,
            Map<String, String> buildArgs,
            UnaryOperator<String> filter) {

        /** A build of the unchanged file. */
        public DockerfileBuild(
                NamedFile file, Optional<Path> context, Optional<String> target, Map<String, String> buildArgs) {
            this(file, context, target, buildArgs, UnaryOperator.identity());
        }

        private DockerfileBuild with(Map<String, String> texts) {
            return new DockerfileBuild(file.with(texts), context, target, buildArgs, filter);
        }
    }

    /**
     * The configuration of one container.
     *
     * @param dockerfile the one that builds its image; empty where only needs or facts are added
     * @param imageFacts a file as {@code docker image inspect} prints it, for an image nothing is known about
     * @param statedImages the facts about images in the configuration, by reference
     */
    public record ContainerSettings(
            String name,
            Optional<DockerfileBuild> dockerfile,
            List<DeclaredPath> writablePaths,
            Optional<NamedFile> imageFacts,
            Map<String, StatedImage> statedImages,
            Optional<Location> location) {

        private static ContainerSettings of(String name) {
            return new ContainerSettings(
                    name, Optional.empty(), List.of(), Optional.empty(), Map.of(), Optional.empty());
        }

        private ContainerSettings needingOnly(DeclaredPath path) {
            return new ContainerSettings(name, dockerfile, List.of(path), imageFacts, statedImages, location);
        }

        private ContainerSettings with(Optional<DockerfileBuild> build) {
            return new ContainerSettings(name, build, writablePaths, imageFacts, statedImages, location);
        }

        private ContainerSettings with(Map<String, String> texts) {
            return new ContainerSettings(
                    name,
                    dockerfile.map(build -> build.with(texts)),
                    writablePaths,
                    imageFacts,
                    statedImages,
                    location);
        }
    }

    /**
     * A path that the team declares as needed: {@code /tmp}, {@code ~/.cache}, {@code ./work}, with a trailing
     * {@code ?} for one whose loss is tolerated, and {@code |} between alternatives.
     *
     * @param label where it was declared, for display: {@code <writablePaths>}
     */
    public record DeclaredPath(String text, String label, Optional<Location> location) {}
}
