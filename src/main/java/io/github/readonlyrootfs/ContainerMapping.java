package io.github.readonlyrootfs;

import io.github.readonlyrootfs.image.ImageFacts;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Finds the containers of a task that are the project's own: built from its Dockerfile, described by its paths. */
final class ContainerMapping {

    private final TaskDefinition task;
    private final ImageFacts facts;

    ContainerMapping(TaskDefinition task, ImageFacts facts) {
        this.task = task;
        this.facts = facts;
    }

    /**
     * The names of the containers.
     *
     * @param configured the container that the configuration names
     * @param artifactId the project's name
     * @param taken the containers that have a Dockerfile of their own
     * @throws ConfigurationException when several are possible, or the configured one does not exist
     */
    Set<String> find(Optional<String> configured, Optional<String> artifactId, Set<String> taken)
            throws ConfigurationException {
        List<ContainerDefinition> candidates = task.containerDefinitions().stream()
                .filter(container -> !taken.contains(container.name()))
                .toList();
        if (configured.isPresent()) {
            ContainerDefinition container = task.container(configured.get())
                    .orElseThrow(() -> new ConfigurationException("<container> names '" + configured.get() + "', but "
                            + task.source().name() + " has " + names(task.containerDefinitions())));
            return withSameImage(List.of(container), candidates);
        }
        if (candidates.isEmpty()) {
            return Set.of();
        }
        if (candidates.size() == 1) {
            return Set.of(candidates.get(0).name());
        }
        List<ContainerDefinition> placeholders = filter(candidates, ContainerDefinition::imageIsPlaceholder);
        if (!placeholders.isEmpty() && haveOneImage(placeholders)) {
            return withSameImage(placeholders, candidates);
        }
        List<ContainerDefinition> named = filter(
                candidates,
                container -> artifactId.isPresent()
                        && lastRepositorySegment(container).equals(artifactId.get()));
        if (!named.isEmpty() && haveOneImage(named)) {
            return withSameImage(named, candidates);
        }
        List<ContainerDefinition> rest = filter(candidates, container -> !isPublished(container));
        if (!rest.isEmpty() && haveOneImage(rest)) {
            return withSameImage(rest, candidates);
        }
        throw new ConfigurationException(question(rest.isEmpty() ? candidates : rest));
    }

    private String question(List<ContainerDefinition> candidates) {
        StringBuilder text = new StringBuilder(task.source().name())
                .append(" has several containers that may be the project's own; say which one it is:");
        for (ContainerDefinition candidate : candidates) {
            text.append("\n  <container>").append(candidate.name()).append("</container>");
        }
        return text.toString();
    }

    /** Containers with one image reference share the image. */
    private static Set<String> withSameImage(List<ContainerDefinition> found, List<ContainerDefinition> all) {
        Set<String> names = new HashSet<>();
        for (ContainerDefinition container : found) {
            names.add(container.name());
            all.stream()
                    .filter(other -> other.image().known().isPresent()
                            && other.image().known().equals(container.image().known()))
                    .map(ContainerDefinition::name)
                    .forEach(names::add);
        }
        return names;
    }

    private static boolean haveOneImage(List<ContainerDefinition> containers) {
        return containers.stream()
                        .map(container -> container.image().known().orElse(""))
                        .distinct()
                        .count()
                == 1;
    }

    private static List<ContainerDefinition> filter(
            List<ContainerDefinition> containers, Predicate<ContainerDefinition> condition) {
        return containers.stream().filter(condition).toList();
    }

    private boolean isPublished(ContainerDefinition container) {
        return container
                .image()
                .known()
                .flatMap(reference -> facts.image(reference, container.nameLocation()))
                .isPresent();
    }

    private static String lastRepositorySegment(ContainerDefinition container) {
        String reference = container.image().known().orElse("");
        String withoutDigest = reference.split("@", -1)[0];
        String last = withoutDigest.substring(withoutDigest.lastIndexOf('/') + 1);
        return last.split(":", -1)[0];
    }

    private static String names(List<ContainerDefinition> containers) {
        return String.join(
                ", ", containers.stream().map(ContainerDefinition::name).toList());
    }
}
