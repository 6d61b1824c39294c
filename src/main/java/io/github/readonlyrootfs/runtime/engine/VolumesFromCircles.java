// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import io.github.readonlyrootfs.runtime.StartProblem;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Value;
import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Containers that take each other's volumes: each would have to be created before the other. */
final class VolumesFromCircles {

    private final TaskDefinition task;

    /** By name, the containers that it takes volumes from, directly or through others. */
    private final Map<String, Set<String>> sources = new HashMap<>();

    VolumesFromCircles(TaskDefinition task) {
        this.task = task;
    }

    /** Whether an entry leads from a container to one that takes volumes from it in the end. */
    boolean isInCircle(String container, String source) {
        return container.equals(source) || sources(source).contains(container);
    }

    private Set<String> sources(String container) {
        Set<String> known = sources.get(container);
        if (known != null) {
            return known;
        }
        Set<String> found = new HashSet<>();
        Deque<String> pending = new ArrayDeque<>(List.of(container));
        while (!pending.isEmpty()) {
            Optional<ContainerDefinition> taking = task.container(pending.remove());
            List<VolumesFrom> entries =
                    taking.isPresent() ? taking.get().fileSystem().volumesFrom() : List.of();
            for (VolumesFrom from : entries) {
                if (from.sourceContainer() instanceof Value.Known<String> name && found.add(name.value())) {
                    pending.add(name.value());
                }
            }
        }
        sources.put(container, found);
        return found;
    }

    /** Why none of the containers in a circle starts: the same for each of them. Empty for a container in none. */
    Optional<StartFailure> failure(String container) {
        if (!sources(container).contains(container)) {
            return Optional.empty();
        }
        List<ContainerDefinition> circle = task.containerDefinitions().stream()
                .filter(other -> sources(container).contains(other.name())
                        && sources(other.name()).contains(container))
                .toList();
        return circle.stream()
                .flatMap(member -> member.fileSystem().volumesFrom().stream()
                        .filter(from -> leadsTo(from, circle))
                        .flatMap(from -> from.sourceContainer().where().stream()))
                .findFirst()
                .map(where -> failure(circle, where));
    }

    private static boolean leadsTo(VolumesFrom from, List<ContainerDefinition> circle) {
        return circle.stream().anyMatch(member -> from.isFrom(member.name()));
    }

    private StartFailure failure(List<ContainerDefinition> circle, Location where) {
        List<String> names = circle.stream().map(ContainerDefinition::name).toList();
        return new StartFailure(
                new StartProblem.VolumesFromCircle(task.key("containerDefinitions.volumesFrom"), names),
                where,
                Optional.empty());
    }
}
