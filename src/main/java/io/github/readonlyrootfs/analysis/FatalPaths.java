// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.source.ContainerPath;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The paths that containers cannot write with a read-only root, and fail without. */
public final class FatalPaths {

    private final Set<List<Object>> paths = new HashSet<>();

    public FatalPaths(Analysis tasks) {
        for (TaskAnalysis task : tasks.all()) {
            JudgedContainer.linux(task)
                    .forEach(on ->
                            on.fatal().forEach(need -> paths.add(List.of(task.resource(), on.name(), need.path()))));
        }
    }

    /**
     * Whether a path is one of them for one of some containers.
     *
     * @param resource the name of the task definition in its file
     */
    public boolean has(Optional<String> resource, Collection<String> containers, Optional<ContainerPath> path) {
        return path.isPresent()
                && containers.stream().anyMatch(name -> paths.contains(List.of(resource, name, path.get())));
    }
}
