// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The paths that containers cannot write with a read-only root, and fail, or perhaps fail, without. */
public final class FatalPaths {

    private final Set<List<Object>> paths = new HashSet<>();
    private final Set<List<Object>> perhaps = new HashSet<>();

    public FatalPaths(Analysis tasks) {
        for (TaskAnalysis task : tasks.all()) {
            JudgedContainer.linux(task).forEach(on -> {
                on.fatal().forEach(need -> paths.add(List.of(task.resource(), on.name(), need.path())));
                on.perhapsFatal().forEach(need -> perhaps.add(List.of(task.resource(), on.name(), need.path())));
            });
        }
    }

    /**
     * Whether one of some containers fails without a path.
     *
     * @param resource the name of the task definition in its file
     */
    public boolean has(Optional<String> resource, Collection<String> containers, Optional<ContainerPath> path) {
        return isIn(paths, resource, containers, path);
    }

    /** Whether it is unknown if one of some containers needs a path, which it may fail without. */
    public boolean mayHave(Optional<String> resource, Collection<String> containers, Optional<ContainerPath> path) {
        return isIn(perhaps, resource, containers, path);
    }

    private static boolean isIn(
            Set<List<Object>> known,
            Optional<String> resource,
            Collection<String> containers,
            Optional<ContainerPath> path) {
        return path.isPresent()
                && containers.stream().anyMatch(name -> known.contains(List.of(resource, name, path.get())));
    }
}
