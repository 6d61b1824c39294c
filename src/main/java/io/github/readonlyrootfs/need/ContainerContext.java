package io.github.readonlyrootfs.need;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import java.util.Optional;

/**
 * What is known of a container, for those who infer needs from it.
 *
 * @param environment the variables that its program sees
 * @param start what it runs
 * @param healthCheck what the task definition has run in it again and again; nothing where it has no such command
 * @param directories where relative paths start
 * @param java where the JVM's own directories are, in case it runs one
 * @param project the Maven project that its image is built from; empty for other containers
 */
public record ContainerContext(
        ContainerDefinition definition,
        Image image,
        Environment environment,
        StartCommand start,
        StartCommand healthCheck,
        BaseDirectories directories,
        JavaDirectories java,
        Optional<ProjectFacts> project) {

    /** A container of a task. */
    public static ContainerContext of(ContainerDefinition definition, Image image, Optional<ProjectFacts> project) {
        Environment environment = Environment.of(definition, image);
        BaseDirectories directories = BaseDirectories.of(definition, image, environment);
        StartCommand start = StartCommand.of(definition, image, environment, directories);
        return new ContainerContext(
                definition,
                image,
                environment,
                start,
                StartCommand.ofHealthCheck(definition, image, environment, directories),
                directories,
                JavaDirectories.of(image, definition, environment, start, directories),
                project);
    }
}
