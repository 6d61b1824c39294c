// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.runtime.engine;

import io.github.readonlyrootfs.taskdef.ContainerDefinition;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.DependsOn;
import io.github.readonlyrootfs.taskdef.ContainerDefinition.VolumesFrom;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which of a task's containers are there before which. The ECS agent creates a container when what {@code dependsOn} asks
 * for is so, which takes the other one to have started at least, and when those that it takes volumes from are created.
 */
public final class ContainerOrder {

    private final TaskDefinition task;
    private final Map<String, Before> before = new HashMap<>();

    public ContainerOrder(TaskDefinition task) {
        this.task = task;
    }

    /**
     * What certainly happens before a container is created.
     *
     * @param created the containers that are created by then
     * @param started those of them that have started by then
     * @param ended those of them that have ended by then
     * @param succeeded those of them that have ended with success
     */
    public record Before(Set<String> created, Set<String> started, Set<String> ended, Set<String> succeeded) {}

    /** What certainly happens before a container is created; of containers that wait for each other, all of it. */
    public Before before(String container) {
        return before.computeIfAbsent(container, this::find);
    }

    private Before find(String container) {
        Set<String> created = new LinkedHashSet<>();
        Set<String> started = new LinkedHashSet<>();
        Set<String> ended = new LinkedHashSet<>();
        Set<String> succeeded = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>(List.of(container));
        Deque<String> pending = new ArrayDeque<>(seen);
        while (!pending.isEmpty()) {
            Optional<ContainerDefinition> next = task.container(pending.remove());
            if (next.isEmpty()) {
                continue;
            }
            for (DependsOn dependency : next.get().lifecycle().dependsOn()) {
                dependency.containerName().known().ifPresent(name -> {
                    started.add(name);
                    String condition = dependency.condition().known().orElse("");
                    if (condition.equals("SUCCESS")) {
                        succeeded.add(name);
                    }
                    if (condition.equals("SUCCESS") || condition.equals("COMPLETE")) {
                        ended.add(name);
                    }
                    visit(name, created, seen, pending);
                });
            }
            for (VolumesFrom from : next.get().fileSystem().volumesFrom()) {
                from.sourceContainer().known().ifPresent(name -> visit(name, created, seen, pending));
            }
        }
        return new Before(created, started, ended, succeeded);
    }

    private static void visit(String name, Set<String> created, Set<String> seen, Deque<String> pending) {
        created.add(name);
        if (seen.add(name)) {
            pending.add(name);
        }
    }
}
