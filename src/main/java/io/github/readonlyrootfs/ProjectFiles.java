package io.github.readonlyrootfs;

import io.github.readonlyrootfs.CheckRequest.NamedFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The Dockerfile and the task definition of a project, as configured or where such files usually lie.
 *
 * @param dockerfile empty where the images are explained otherwise, or the user wants none
 * @param context what COPY reads from, unless the user says otherwise
 */
public record ProjectFiles(NamedFile taskDefinition, Optional<NamedFile> dockerfile, Path context) {

    /** What the user writes for "judge by the task definition alone". */
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
            "deploy/taskdef.json",
            "aws/ecs-task-definition.json");

    static final List<String> TASK_DEFINITIONS = Stream.of(".json", ".yaml", ".yml")
            .flatMap(extension -> JSON_TASK_DEFINITIONS.stream().map(name -> name.replace(".json", extension)))
            .toList();

    /**
     * Where to look.
     *
     * @param directory the project's
     * @param root the directory of the whole build, where a module's missing half may lie; the same for a build of one
     * @param modules the directories of the projects below this one
     * @param dockerfile as configured, {@link #NO_DOCKERFILE} included
     * @param taskDefinition as configured
     * @param imagesExplained whether the configuration explains images without a Dockerfile of the project
     */
    public record Search(
            Path directory,
            Path root,
            List<Path> modules,
            Optional<String> dockerfile,
            Optional<String> taskDefinition,
            boolean imagesExplained) {

        public Search {
            directory = directory.toAbsolutePath().normalize();
            root = root.toAbsolutePath().normalize();
            modules = modules.stream()
                    .map(module -> module.toAbsolutePath().normalize())
                    .toList();
        }

        /** Whether the build has this project only: "no Dockerfile" cannot be meant for others then. */
        private boolean isAlone() {
            return modules.isEmpty() && directory.equals(root);
        }

        /**
         * A file that the user names.
         *
         * @param parameter what the user set to name it
         * @throws ConfigurationException where it does not exist
         */
        public NamedFile existing(String written, String parameter) throws ConfigurationException {
            Path file = resolve(written, parameter);
            if (!Files.exists(file)) {
                throw new ConfigurationException("there is no " + file + "; set " + parameter
                        + " to a file that exists; a relative path starts at " + directory);
            }
            return named(file);
        }

        /** A path that the user writes; a relative one starts at the project's directory. */
        public Path resolve(String written, String parameter) throws ConfigurationException {
            try {
                return directory.resolve(written).normalize();
            } catch (InvalidPathException e) {
                throw new ConfigurationException(
                        parameter + ": \"" + written + "\" is not a path here: " + e.getReason());
            }
        }

        /** A file with the name a person in the project's directory would type. */
        public NamedFile named(Path file) {
            boolean near = file.startsWith(directory) || file.startsWith(root);
            Path shown = near ? directory.relativize(file) : file;
            return new NamedFile(
                    file, shown.toString().replace(file.getFileSystem().getSeparator(), "/"));
        }
    }

    /**
     * Finds both; nothing where the project has neither, or has one that only its modules have a use for.
     *
     * @throws ConfigurationException when a named file is missing, only one of the two is there, or there is a choice
     */
    public static Optional<ProjectFiles> find(Search search) throws ConfigurationException {
        boolean none = search.dockerfile().filter(NO_DOCKERFILE::equals).isPresent();
        FileKind dockerfiles = FileKind.dockerfile(none ? Optional.empty() : search.dockerfile());
        FileKind taskDefinitions = FileKind.taskDefinition(search.taskDefinition());

        Optional<NamedFile> dockerfile = none ? Optional.empty() : dockerfiles.of(search);
        Optional<NamedFile> taskDefinition = taskDefinitions.of(search);
        boolean hasOne = taskDefinition.isPresent()
                || dockerfile.isPresent()
                || search.imagesExplained()
                || (none && search.isAlone());
        if (!hasOne || isForModules(search, taskDefinition, dockerfile, none)) {
            return Optional.empty();
        }
        Path context = search.directory();
        if (dockerfile.isEmpty() && !none && !search.imagesExplained()) {
            dockerfile = Optional.of(dockerfiles.atRoot(search, taskDefinition));
            context = search.root();
        }
        if (taskDefinition.isEmpty()) {
            taskDefinition = Optional.of(taskDefinitions.atRoot(search, dockerfile));
        }
        return Optional.of(new ProjectFiles(taskDefinition.get(), dockerfile, context));
    }

    /** Whether what lies here is the half that a module looks for at the root. */
    private static boolean isForModules(
            Search search, Optional<NamedFile> taskDefinition, Optional<NamedFile> dockerfile, boolean none) {
        if (taskDefinition.isPresent() == dockerfile.isPresent() || none || search.imagesExplained()) {
            return false;
        }
        List<String> missing = taskDefinition.isPresent() ? DOCKERFILES : TASK_DEFINITIONS;
        return search.directory().equals(search.root())
                && search.modules().stream()
                        .anyMatch(
                                module -> !FileKind.candidates(module, missing).isEmpty());
    }
}
