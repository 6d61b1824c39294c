package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.bytecode.WriteSites;
import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a container, for those who infer needs from it.
 *
 * @param environment the variables that its program sees
 * @param start what it runs
 * @param healthCheck what the task definition has run in it again and again; nothing where it has no such command
 * @param directories where relative paths start
 * @param java where the JVM's own directories are, in case it runs one
 * @param project the Maven project that its image is built from; empty for other containers
 * @param code what that project's classes do; they are read once, when somebody asks
 */
public record ContainerContext(
        ContainerDefinition definition,
        Image image,
        Environment environment,
        StartCommand start,
        StartCommand healthCheck,
        BaseDirectories directories,
        JavaDirectories java,
        Optional<ProjectFacts> project,
        Supplier<WriteSites> code) {

    /** A container of a task. */
    public static ContainerContext of(ContainerDefinition definition, Image image, Optional<ProjectFacts> project) {
        Environment environment = Environment.of(definition, image);
        BaseDirectories directories = BaseDirectories.of(definition, image, environment);
        StartCommand start = StartCommand.of(definition, image, environment, directories);
        JavaDirectories java = JavaDirectories.of(image, definition, environment, start, directories);
        Supplier<WriteSites> code = new Once(
                () -> project.map(own -> own.code(mainClass(own, java))).orElse(WriteSites.NONE));
        StartCommand health = StartCommand.ofHealthCheck(definition, image, environment, directories);
        return new ContainerContext(definition, image, environment, start, health, directories, java, project, code);
    }

    /** The class that the start command names; most name a jar instead. */
    private static Optional<String> mainClass(ProjectFacts project, JavaDirectories java) {
        return java.jvms().stream()
                .flatMap(jvm -> jvm.command().arguments().stream())
                .flatMap(argument -> argument.known().stream())
                .filter(word -> word.matches("[\\w$]+(\\.[\\w$]+)*"))
                .filter(project::hasClass)
                .findFirst();
    }

    /** Asks another supplier once. */
    private static final class Once implements Supplier<WriteSites> {

        private final Supplier<WriteSites> origin;
        private @Nullable WriteSites answer;

        Once(Supplier<WriteSites> origin) {
            this.origin = origin;
        }

        @Override
        public synchronized WriteSites get() {
            if (answer == null) {
                answer = origin.get();
            }
            return answer;
        }
    }
}
