// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.analysis;

import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything known about the tasks of one file: what the reports show.
 *
 * @param all at least one, in the file's order; they share the Dockerfiles, the configuration and the sources
 */
public record Analysis(List<TaskAnalysis> all) {

    public Analysis {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no task, not even one that cannot be read");
        }
    }

    /** The file's name for people. */
    public String taskDefinitionFile() {
        return all.get(0).taskDefinitionFile();
    }

    /** Every image built from a Dockerfile, each once. */
    public List<ImageBuild> builds() {
        return all.get(0).builds().images();
    }

    /** Why a Dockerfile cannot be read at all. */
    public List<Problem> dockerfileProblems() {
        return all.get(0).builds().problems();
    }

    /** Who builds the images. */
    public ImageBuilder.Builder builder() {
        return all.get(0).builds().builder();
    }

    /** The files that locations point into, by name. */
    public Map<String, SourceFile> sources() {
        return all.get(0).sources();
    }

    /** Of all tasks. */
    public List<ContainerAnalysis> containers() {
        List<ContainerAnalysis> containers = new ArrayList<>();
        for (TaskAnalysis task : all) {
            containers.addAll(task.containers());
        }
        return containers;
    }

    /** Whether every container does its job with a read-only root, and nothing unknown could hide the opposite. */
    public boolean isProven() {
        for (TaskAnalysis task : all) {
            for (JudgedContainer on : JudgedContainer.linux(task).toList()) {
                if (!on.verdict().equals(Optional.of(ContainerVerdict.PROVEN))) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The names of its task definitions in the file, if it has any. */
    public List<String> resources() {
        List<String> resources = new ArrayList<>();
        for (TaskAnalysis task : all) {
            if (task.resource().isPresent()) {
                resources.add(task.resource().get());
            }
        }
        return resources;
    }

    /** The task that the file calls by this name; the only one where it has no names. */
    public Optional<TaskAnalysis> task(Optional<String> resource) {
        for (TaskAnalysis task : all) {
            if (task.resource().isPresent() && task.resource().equals(resource)) {
                return Optional.of(task);
            }
        }
        return all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty();
    }
}
