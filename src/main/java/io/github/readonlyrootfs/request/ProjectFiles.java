// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import io.github.readonlyrootfs.pom.ImageSource;
import io.github.readonlyrootfs.pom.PomImages;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.source.NearestName;
import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The Dockerfile and the task definition of a project, as configured or in the usual places.
 *
 * @param dockerfile empty where the images are explained otherwise, or the user wants none
 * @param candidates Dockerfiles that are as likely, where none is found; else those of other images in directories below it
 * @param context what COPY reads from, unless the user says otherwise
 * @param source what a plugin of the pom builds the image from; empty where the user names a Dockerfile, or one was found
 * @param notes what the user should know of the choice
 */
public record ProjectFiles(
        NamedFile taskDefinition,
        Optional<NamedFile> dockerfile,
        List<NamedFile> candidates,
        Path context,
        Optional<ImageSource> source,
        List<String> notes) {

    /** Asks which Dockerfile is meant. */
    public static String question(List<String> names) {
        return FileKind.dockerfile(Optional.empty()).question(names);
    }

    /** The value for "judge only the task definition". */
    public static final String NO_DOCKERFILE = "none";

    static final List<String> DOCKERFILES = List.of(
            "Dockerfile",
            "src/main/docker/Dockerfile",
            "src/main/docker/Dockerfile.jvm",
            "docker/Dockerfile",
            "Containerfile");

    /** In JSON; each may be YAML instead. */
    static final List<String> JSON_TASK_DEFINITIONS = List.of(
            "taskdef.json",
            "task-definition.json",
            ".aws/task-definition.json",
            ".aws/taskdef.json",
            "ecs/taskdef.json",
            "ecs/task-definition.json",
            "ecs-task-definition.json",
            "ecs-task-def.json",
            "task-def.json",
            "aws/task-definition.json",
            "aws/ecs-task-definition.json",
            "deploy/taskdef.json",
            "deploy/task-definition.json",
            "infra/task-definition.json",
            ".github/workflows/task-definition.json");

    static final List<String> TASK_DEFINITIONS = taskDefinitions(".json", ".yaml", ".yml");

    private static List<String> taskDefinitions(String... extensions) {
        List<String> names = new ArrayList<>();
        for (String extension : extensions) {
            for (String name : JSON_TASK_DEFINITIONS) {
                names.add(name.replace(".json", extension));
            }
        }
        return List.copyOf(names);
    }

    /**
     * The directories of a build.
     *
     * @param project the project's own
     * @param start where the build was started: files are displayed relative to it
     * @param root the one of the whole build, where a module's missing file may be; the same if there is only one module
     * @param modules those of the projects below this one
     */
    public record Directories(Path project, Path start, Path root, List<Path> modules) {

        public Directories {
            project = project.toAbsolutePath().normalize();
            start = start.toAbsolutePath().normalize();
            root = root.toAbsolutePath().normalize();
            List<Path> absolute = new ArrayList<>();
            for (Path module : modules) {
                absolute.add(module.toAbsolutePath().normalize());
            }
            modules = List.copyOf(absolute);
        }

        /** A file as people read it: relative to where the build was started, if it is of this build or repository, or near. */
        public String shown(Path file) {
            return relative(start, file);
        }

        private String relative(Path from, Path file) {
            boolean near = file.startsWith(root)
                    || GitRepository.around(root).filter(file::startsWith).isPresent()
                    || around(file).isPresent();
            String name = SourceFile.nameOf(near ? from.relativize(file) : file);
            return name.isEmpty() ? "." : name;
        }

        /** The directory that the build's own is in, which a project without Git may span, if a file is below that. */
        private Optional<Path> around(Path file) {
            return Optional.ofNullable(root.getParent())
                    .filter(above -> above.getNameCount() > 1 && file.startsWith(above));
        }
    }

    /**
     * Where to look.
     *
     * @param dockerfile as configured, {@link #NO_DOCKERFILE} included
     * @param taskDefinition as configured
     * @param imagesExplained whether the configuration explains images without a Dockerfile of the project
     * @param pomImages the images that plugins of the pom build, the one most likely meant first
     * @param modulesBuildImages whether plugins of the projects below this one build images
     */
    public record Search(
            Directories directories,
            Optional<String> dockerfile,
            Optional<String> taskDefinition,
            boolean imagesExplained,
            List<PomImages.PomImage> pomImages,
            boolean modulesBuildImages) {

        Path directory() {
            return directories.project();
        }

        Path root() {
            return directories.root();
        }

        List<Path> modules() {
            return directories.modules();
        }

        /**
         * The image that a plugin builds. What is in {@code pluginManagement} or the pom of a parent alone counts only
         * for a project with a task definition and no Dockerfile: it may be there for another module.
         */
        private Optional<ImageSource> pomImage(boolean hasTask) {
            boolean lacksImage = hasTask
                    && FileKind.candidates(directory(), DOCKERFILES).isEmpty()
                    && FileKind.candidates(root(), DOCKERFILES).isEmpty();
            for (PomImages.PomImage found : pomImages) {
                if (!found.shared() || lacksImage) {
                    return Optional.of(found.source());
                }
            }
            return Optional.empty();
        }

        /** Where files are looked for that are in no usual place: the Git repository, or the build. */
        private Path top() {
            return GitRepository.around(directory())
                    .filter(top -> RepositoryFiles.isSearched(top.relativize(directory())))
                    .orElse(root());
        }

        /** Whether the build has this project only: "no Dockerfile" cannot be meant for others then. */
        private boolean isAlone() {
            return modules().isEmpty() && directory().equals(root());
        }

        /**
         * A search for the Dockerfile and the task definition of the nearest directory above that has one of each in the usual
         * places: up to the root of the Git repository, or in the directory above if there is no repository.
         */
        private Optional<Search> above() {
            Optional<Path> top = GitRepository.around(directory())
                    .or(() -> Optional.ofNullable(directory().getParent()));
            for (Path place = directory().getParent();
                    place != null && place.startsWith(top.orElse(directory()));
                    place = place.getParent()) {
                List<Path> dockerfiles = FileKind.candidates(place, DOCKERFILES);
                List<Path> taskDefinitions = FileKind.candidates(place, TASK_DEFINITIONS);
                if (dockerfiles.size() == 1 && taskDefinitions.size() == 1) {
                    return Optional.of(new Search(
                            new Directories(directory(), directories.start(), place, modules()),
                            Optional.of(dockerfiles.get(0).toString()),
                            Optional.of(taskDefinitions.get(0).toString()),
                            imagesExplained,
                            pomImages,
                            modulesBuildImages));
                }
            }
            return Optional.empty();
        }

        /**
         * A file that the user names.
         *
         * @param parameter the parameter that the user set
         * @throws ConfigurationException where it does not exist
         */
        public NamedFile existing(String written, String parameter) throws ConfigurationException {
            Path file = resolve(written, parameter);
            if (!Files.exists(file)) {
                String near = nearest(file)
                        .map(other -> "; did you mean " + named(other).written() + "? Set ")
                        .orElse("; set ");
                throw new ConfigurationException("there is no " + directories.shown(file) + near + parameter
                        + " to a file that exists; a relative path starts at the project's directory");
            }
            return named(file);
        }

        /** The file that was probably meant: the nearest name there, or the same name in a usual place. */
        private Optional<Path> nearest(Path file) {
            Optional<Path> usual = Stream.concat(DOCKERFILES.stream(), TASK_DEFINITIONS.stream())
                    .map(directory()::resolve)
                    .filter(place -> place.endsWith(file.getFileName()) && Files.isRegularFile(place))
                    .findFirst();
            return nearestName(file).or(() -> usual);
        }

        /** The entry of the directory with the nearest name; the directory, too, may be one with a name like that. */
        private static Optional<Path> nearestName(Path file) {
            Path parent = file.getParent();
            if (parent == null) {
                return Optional.empty();
            }
            Optional<Path> directory = Files.isDirectory(parent) ? Optional.of(parent) : nearestName(parent);
            if (directory.isEmpty()) {
                return Optional.empty();
            }
            try (Stream<Path> entries = Files.list(directory.get())) {
                List<String> names = entries.map(entry -> entry.getFileName().toString())
                        .sorted()
                        .toList();
                return NearestName.of(file.getFileName().toString(), names).map(directory.get()::resolve);
            } catch (IOException e) {
                // There is no better name to offer.
                return Optional.empty();
            }
        }

        /** What is searched for files that are in no usual place, in words. */
        String place() {
            return GitRepository.around(directory()).filter(top()::equals).isPresent()
                    ? "this repository"
                    : "this project";
        }

        /** A path that the user writes; a relative one starts at the project's directory. */
        public Path resolve(String written, String parameter) throws ConfigurationException {
            try {
                return directory().resolve(written).normalize();
            } catch (InvalidPathException e) {
                throw new ConfigurationException(
                        parameter + ": \"" + written + "\" is not a path here: " + e.getReason());
            }
        }

        /**
         * What COPY of a Dockerfile reads from by default: the project's directory, that of the whole build, the Dockerfile's
         * own, or one that has both, whichever has the files that are copied.
         */
        public Path context(Path dockerfile) {
            Path own = dockerfile.resolveSibling("").normalize();
            Set<Path> contexts = new LinkedHashSet<>();
            if (directory().startsWith(own) || ContextSearch.isProject(own)) {
                contexts.add(own);
            }
            Stream.of(directory(), root()).filter(own::startsWith).forEach(contexts::add);
            contexts.add(own);
            if (!own.startsWith(root())) {
                directories.around(own).ifPresent(contexts::add);
            }
            Stream.of(top()).filter(own::startsWith).forEach(contexts::add);
            return ContextSearch.of(dockerfile, List.copyOf(contexts));
        }

        NamedFile named(Path file) {
            return new NamedFile(file, directories.shown(file), directories.relative(directory(), file));
        }
    }

    /**
     * Finds both; nothing where the project has neither, or has one that only its modules have a use for.
     *
     * @throws ConfigurationException when a named file is missing, only one of the two is there, or there is a choice
     */
    public static Optional<ProjectFiles> find(Search search) throws ConfigurationException {
        boolean none = search.dockerfile().equals(Optional.of(NO_DOCKERFILE));
        FileKind dockerfiles = FileKind.dockerfile(none ? Optional.empty() : search.dockerfile());
        FileKind taskDefinitions = FileKind.taskDefinition(search.taskDefinition());
        RepositoryFiles repository = new RepositoryFiles(search.top());
        List<String> notes = new ArrayList<>();

        Optional<NamedFile> taskDefinition = taskDefinitions.of(search);
        Optional<ImageSource> source =
                search.dockerfile().isPresent() ? Optional.empty() : search.pomImage(taskDefinition.isPresent());
        Optional<NamedFile> dockerfile = none || source.isPresent() ? Optional.empty() : dockerfiles.of(search);
        boolean hasImage = dockerfile.isPresent() || source.isPresent();
        boolean hasOne =
                taskDefinition.isPresent() || hasImage || search.imagesExplained() || (none && search.isAlone());
        if (!hasOne && search.isAlone()) {
            Optional<Search> above = search.above();
            if (above.isPresent()) {
                return find(above.get());
            }
            if (!dockerfiles.isDeployed(search, repository) && !taskDefinitions.isDeployed(search, repository)) {
                return Optional.empty();
            }
            taskDefinition =
                    taskDefinitions.only(taskDefinitions.anywhere(search, Optional.empty(), repository, notes));
        } else if (!hasOne || isForModules(search, taskDefinition.isPresent(), hasImage, none)) {
            return Optional.empty();
        }
        Path context = dockerfile.isPresent() ? search.context(dockerfile.get().file()) : search.directory();
        if (source.isPresent() && source.get() instanceof ImageSource.FromDockerfile built) {
            dockerfile = Optional.of(existing(search, built));
            context = built.context();
        }
        List<NamedFile> candidates = dockerfile.isPresent()
                        && source.isEmpty()
                        && search.dockerfile().isEmpty()
                ? dockerfiles.below(search)
                : List.of();
        if (!hasImage && !none && !search.imagesExplained()) {
            candidates = dockerfiles.elsewhere(
                    search, taskDefinition.map(NamedFile::name), taskDefinition, repository, notes);
            if (candidates.size() == 1) {
                dockerfile = Optional.of(candidates.get(0));
                context = search.context(candidates.get(0).file());
                candidates = List.of();
            }
        }
        if (taskDefinition.isEmpty()) {
            Optional<String> half = hasImage || candidates.isEmpty()
                    ? half(dockerfile, source)
                    : Optional.of(candidates.get(0).name());
            taskDefinition =
                    taskDefinitions.only(taskDefinitions.elsewhere(search, half, dockerfile, repository, notes));
        }
        source.ifPresent(chosen -> addChoice(notes, chosen, others(search, chosen)));
        return Optional.of(
                new ProjectFiles(taskDefinition.orElseThrow(), dockerfile, candidates, context, source, notes));
    }

    private static void addChoice(List<String> notes, ImageSource chosen, List<String> others) {
        if (!others.isEmpty()) {
            notes.add("taking the image of " + chosen.plugin() + " (" + chosen.location()
                    + ") for the one that runs; there is also " + String.join(", ", others)
                    + ". Set readonly-rootfs.dockerfile to a Dockerfile to have that one checked instead");
        }
    }

    /** Those of some directories in which a Dockerfile or a task definition is where such files usually do. */
    public static List<Path> directoriesWithFiles(List<Path> directories) {
        return directories.stream()
                .filter(directory -> !FileKind.candidates(directory, DOCKERFILES)
                                .isEmpty()
                        || !FileKind.candidates(directory, TASK_DEFINITIONS).isEmpty())
                .distinct()
                .toList();
    }

    /** What there is instead of a task definition, as its finder names it. */
    private static Optional<String> half(Optional<NamedFile> dockerfile, Optional<ImageSource> source) {
        return dockerfile
                .map(NamedFile::name)
                .or(() -> source.map(described ->
                        described.plugin() + " in " + described.location().file()));
    }

    private static NamedFile existing(Search search, ImageSource.FromDockerfile built) throws ConfigurationException {
        if (!Files.exists(built.dockerfile())) {
            throw new ConfigurationException(built.location() + ": " + built.plugin() + " builds the image from "
                    + search.named(built.dockerfile()).name()
                    + ", which does not exist: if the build makes it, run a later phase, else set"
                    + " readonly-rootfs.dockerfile to the file that is built, or to " + NO_DOCKERFILE
                    + " to judge only the task definition");
        }
        return search.named(built.dockerfile());
    }

    /** What could have been meant as well. */
    private static List<String> others(Search search, ImageSource chosen) {
        List<String> others = new ArrayList<>();
        for (PomImages.PomImage found : search.pomImages()) {
            ImageSource other = found.source();
            if (!other.equals(chosen) && !found.shared() && !isSameFile(chosen, other)) {
                others.add(other.plugin() + " (" + other.location() + ")");
            }
        }
        FileKind.candidates(search.directory(), DOCKERFILES).stream()
                .filter(file -> !(chosen instanceof ImageSource.FromDockerfile built)
                        || !built.dockerfile().equals(file))
                .map(file -> search.named(file).name())
                .forEach(others::add);
        return others;
    }

    private static boolean isSameFile(ImageSource one, ImageSource other) {
        return one instanceof ImageSource.FromDockerfile built
                && other instanceof ImageSource.FromDockerfile again
                && built.dockerfile().equals(again.dockerfile());
    }

    /** Whether a module looks for this kind of file at the root. */
    private static boolean isForModules(Search search, boolean hasTask, boolean hasImage, boolean none) {
        if (hasTask == hasImage || none || search.imagesExplained()) {
            return false;
        }
        if (hasTask && search.modulesBuildImages() && search.directory().equals(search.root())) {
            return true;
        }
        List<String> missing = hasTask ? DOCKERFILES : TASK_DEFINITIONS;
        return search.directory().equals(search.root())
                && search.modules().stream()
                        .anyMatch(
                                module -> !FileKind.candidates(module, missing).isEmpty());
    }
}
