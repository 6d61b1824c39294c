// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.request.ProjectFiles;
import io.github.readonlyrootfs.source.NearestName;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the project's own containers: those that run the image of its Dockerfile. A web task and a worker task may run the same
 * image.
 */
final class ContainerMapping {

    private static final int MOST_LISTED = 6;

    /** What words are apart by: a sign, or a capital letter as in {@code ApiContainer}. */
    private static final Pattern SEPARATOR = Pattern.compile("[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])");

    private final List<TaskDefinition> tasks;
    private final List<ContainerDefinition> all;
    private final ImageFacts facts;
    private final Optional<String> artifactId;

    /**
     * A mapping for a file.
     *
     * @param tasks all of the file
     * @param artifactId the project's name
     */
    ContainerMapping(List<TaskDefinition> tasks, ImageFacts facts, Optional<String> artifactId) {
        this.tasks = tasks;
        this.all = new ArrayList<>();
        for (TaskDefinition task : tasks) {
            all.addAll(task.containerDefinitions());
        }
        this.facts = facts;
        this.artifactId = artifactId;
    }

    /**
     * The project's own containers in all tasks.
     *
     * @param configured the container that the configuration names
     * @param taken the names of the containers that have a Dockerfile of their own
     * @throws ConfigurationException if several are possible, or the configured one does not exist
     */
    Set<ContainerDefinition> find(Optional<String> configured, Set<String> taken) throws ConfigurationException {
        List<ContainerDefinition> candidates = filter(all, container -> !taken.contains(container.name()));
        if (configured.isPresent()) {
            List<ContainerDefinition> named =
                    filter(all, container -> container.name().equals(configured.get()));
            if (named.isEmpty()) {
                List<String> names = all.stream().map(ContainerDefinition::name).toList();
                throw new ConfigurationException(
                        "container: there is no container " + configured.get() + " in " + file()
                                + NearestName.orLonger(configured.get(), names)
                                        .map(near -> "; did you mean " + near + "?")
                                        .orElseGet(() -> ", but " + names(all)));
            }
            return withSameImage(named, candidates);
        }
        if (candidates.isEmpty()) {
            return Set.of();
        }
        if (haveOneImage(candidates)) {
            return withSameImage(candidates, List.of());
        }
        List<ContainerDefinition> placeholders =
                filter(candidates, definition -> definition.image().isPlaceholder());
        if (!placeholders.isEmpty() && haveOneImage(placeholders)) {
            return withSameImage(placeholders, candidates);
        }
        List<ContainerDefinition> named = filter(candidates, this::isNamedLikeTheProject);
        if (!named.isEmpty() && haveOneImage(named)) {
            return withSameImage(named, candidates);
        }
        List<ContainerDefinition> rest = filter(candidates, container -> !isPublished(container));
        if (!rest.isEmpty() && haveOneImage(rest)) {
            return withSameImage(rest, candidates);
        }
        throw new ConfigurationException(question(rest.isEmpty() ? candidates : rest));
    }

    /**
     * The Dockerfiles of containers that are named like one of some, by the containers' names: the only one in a directory that is
     * named like the image's repository, else the only one that has a word of the container's name in its path, else the only one
     * that has all words of the repository there. Containers with the same image are built from the same one.
     *
     * @param taken the names of the containers that have a Dockerfile of their own
     * @throws ConfigurationException if there is none for any container
     */
    Map<String, DockerfileBuild> likely(List<DockerfileBuild> dockerfiles, Set<String> taken)
            throws ConfigurationException {
        List<ContainerDefinition> candidates = filter(all, container -> !taken.contains(container.name()));
        Map<String, DockerfileBuild> found = new TreeMap<>();
        for (ContainerDefinition container : candidates) {
            List<String> words = words(container.name());
            // A published image that is only there until the pipeline puts another one in its place says less than the
            // name.
            boolean published = isPublished(container);
            List<DockerfileBuild> named = filter(dockerfiles, dockerfile -> isIn(dockerfile, repository(container)));
            List<DockerfileBuild> likely = !published && named.size() == 1
                    ? named
                    : filter(
                            dockerfiles,
                            dockerfile -> published
                                    ? isIn(dockerfile, container.name())
                                            && !lastRepositorySegment(container).equals(container.name())
                                    : isIn(dockerfile, container.name())
                                            || !Collections.disjoint(
                                                    words,
                                                    words(dockerfile.file().name())));
            if (!published && likely.size() > 1) {
                likely = ofDirectory(container.name(), likely);
            }
            if (!published && likely.size() != 1) {
                // CleanShop.Api/Dockerfile for clean-shop-api.
                List<String> repository = words(repository(container));
                likely = filter(
                        dockerfiles,
                        dockerfile -> !repository.isEmpty()
                                && words(dockerfile.file().name()).containsAll(repository));
            }
            if (likely.size() == 1) {
                DockerfileBuild only = likely.get(0);
                withSameImage(List.of(container), candidates).forEach(same -> found.putIfAbsent(same.name(), only));
                found.put(container.name(), only);
            }
        }
        if (found.isEmpty() && taken.isEmpty()) {
            throw new ConfigurationException(ProjectFiles.question(dockerfiles.stream()
                    .map(dockerfile -> dockerfile.file().written())
                    .toList()));
        }
        return found;
    }

    /**
     * The Dockerfiles of containers that are plainly not built from the project's main one, by the containers' names: the only
     * one in a directory that is named like the image's repository, or, of several containers, like the container.
     *
     * @param dockerfiles those beside the main one
     * @param taken the names of the containers that have a Dockerfile
     */
    Map<String, DockerfileBuild> others(List<DockerfileBuild> dockerfiles, Set<String> taken) {
        List<ContainerDefinition> candidates = filter(all, container -> !taken.contains(container.name()));
        Map<String, DockerfileBuild> found = new TreeMap<>();
        boolean alike = haveOneImage(candidates)
                && (candidates.size() == 1 || !image(candidates.get(0)).isEmpty());
        for (ContainerDefinition container : candidates) {
            if (!isPublished(container) && !isNamedLikeTheProject(container)) {
                String repository = repository(container);
                List<DockerfileBuild> named = filter(
                        dockerfiles,
                        dockerfile -> isIn(dockerfile, repository) || (!alike && isIn(dockerfile, container.name())));
                if (named.size() == 1) {
                    found.put(container.name(), named.get(0));
                }
            }
        }
        return found;
    }

    /** The only one in a directory of that name, unless others lie below that: {@code api/Dockerfile} beside that of api-gateway. */
    private static List<DockerfileBuild> ofDirectory(String name, List<DockerfileBuild> dockerfiles) {
        List<DockerfileBuild> in = filter(dockerfiles, dockerfile -> isIn(dockerfile, name));
        if (in.size() != 1) {
            return dockerfiles;
        }
        Path directory = Path.of(in.get(0).file().name()).resolveSibling("");
        List<DockerfileBuild> below = filter(
                dockerfiles, dockerfile -> Path.of(dockerfile.file().name()).startsWith(directory));
        return below.size() == 1 ? in : dockerfiles;
    }

    /** Whether a Dockerfile lies in a directory of this name, with other separators or without: {@code r-worker} for rworker. */
    private static boolean isIn(DockerfileBuild dockerfile, String directory) {
        Path parent = Path.of(dockerfile.file().name()).getParent();
        return parent != null
                && !directory.isEmpty()
                && (parent.endsWith(directory)
                        || String.join("", words(String.valueOf(parent.getFileName())))
                                .equals(String.join("", words(directory))));
    }

    private static List<String> words(String name) {
        return SEPARATOR
                .splitAsStream(name)
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }

    /** Those whose image is plainly another one: a published one that has another name than the project. */
    List<ContainerDefinition> ofOtherImages(Set<ContainerDefinition> containers) {
        return filter(
                List.copyOf(containers),
                container -> isPublished(container)
                        && !facts.isStated(image(container))
                        && !isNamedLikeTheProject(container));
    }

    private boolean isNamedLikeTheProject(ContainerDefinition container) {
        return artifactId.isPresent() && lastRepositorySegment(container).equals(artifactId.get());
    }

    private String file() {
        return tasks.get(0).document().source().name();
    }

    private String question(List<ContainerDefinition> candidates) {
        List<String> names =
                candidates.stream().map(ContainerDefinition::name).distinct().toList();
        StringBuilder text = new StringBuilder(file())
                .append(" has several containers that may run the project's image; set one"
                        + " (on the command line with -Dreadonly-rootfs.container=NAME):\n  ")
                .append(listed(names, "container"));
        List<String> resources = tasks.stream()
                .filter(task -> task.containerDefinitions().stream().anyMatch(candidates::contains))
                .flatMap(task -> task.document().resource().stream())
                .toList();
        if (resources.size() > 1) {
            text.append("\nor select the task definition (-Dreadonly-rootfs.taskDefinitionResource=NAME): ")
                    .append(listed(resources, "taskDefinitionResource"));
        }
        return text.toString();
    }

    /** Some of the values of an element, on one line. */
    private static String listed(List<String> values, String element) {
        String some = values.stream()
                .limit(MOST_LISTED)
                .map(value -> "<" + element + ">" + value + "</" + element + ">")
                .collect(Collectors.joining(", "));
        int more = values.size() - MOST_LISTED;
        return more > 0 ? some + " and " + more + " more" : some;
    }

    /** Some containers, and all others with the same image reference. */
    private static Set<ContainerDefinition> withSameImage(
            List<ContainerDefinition> found, List<ContainerDefinition> all) {
        Set<String> images = images(found);
        images.remove("");
        // Containers are compared by identity: no two are equal, and each is large.
        Set<ContainerDefinition> own = Collections.newSetFromMap(new IdentityHashMap<>());
        own.addAll(found);
        for (ContainerDefinition other : all) {
            if (images.contains(image(other))) {
                own.add(other);
            }
        }
        return own;
    }

    private static boolean haveOneImage(List<ContainerDefinition> containers) {
        return images(containers).size() == 1;
    }

    private static Set<String> images(List<ContainerDefinition> containers) {
        Set<String> images = new HashSet<>();
        for (ContainerDefinition container : containers) {
            images.add(image(container));
        }
        return images;
    }

    /** The reference of its image; empty if it is unknown. */
    private static String image(ContainerDefinition container) {
        return container.image().filled().known().orElse("");
    }

    private static <T> List<T> filter(List<T> all, Predicate<T> condition) {
        List<T> some = new ArrayList<>();
        for (T each : all) {
            if (condition.test(each)) {
                some.add(each);
            }
        }
        return some;
    }

    private boolean isPublished(ContainerDefinition container) {
        return container.image().filled() instanceof Value.Known<String> reference
                && facts.image(reference.value(), container.metadata().nameLocation())
                        .isPresent();
    }

    private static String lastRepositorySegment(ContainerDefinition container) {
        return lastRepositorySegment(image(container));
    }

    /** The last segment of its repository, even if the tag is unknown. */
    private static String repository(ContainerDefinition container) {
        return lastRepositorySegment(container.image().written().known().orElse(""));
    }

    private static String lastRepositorySegment(String reference) {
        String withoutDigest = reference.split("@", -1)[0];
        String last = withoutDigest.substring(withoutDigest.lastIndexOf('/') + 1);
        return last.split(":", -1)[0];
    }

    private static String names(List<ContainerDefinition> containers) {
        return String.join(
                ", ", containers.stream().map(ContainerDefinition::name).toList());
    }
}
