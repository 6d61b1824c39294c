package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.ImageBuild;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything known about the tasks of one file: what the reports show.
 *
 * @param all at least one, in the file's order; they share the Dockerfiles, the configuration and the sources
 */
public record CheckedTasks(List<CheckedTask> all) {

    public CheckedTasks {
        if (all.isEmpty()) {
            throw new IllegalArgumentException("no task, not even one that cannot be read");
        }
    }

    /** The tasks of a file that has one. */
    public static CheckedTasks of(CheckedTask only) {
        return new CheckedTasks(List.of(only));
    }

    /** The file's name for people. */
    public String taskDefinitionFile() {
        return all.get(0).taskDefinitionFile();
    }

    /** Every image built from a Dockerfile, each once. */
    public List<ImageBuild> builds() {
        return all.get(0).builds();
    }

    /** The files that locations point into, by name. */
    public Map<String, SourceFile> sources() {
        return all.get(0).sources();
    }

    /** Of all tasks. */
    public List<CheckedContainer> containers() {
        return all.stream().flatMap(task -> task.containers().stream()).toList();
    }

    /** What the file calls its task definitions, where it has names for them. */
    public List<String> resources() {
        return all.stream().flatMap(task -> task.resource().stream()).toList();
    }

    /** The task that a finding is about; empty where it is about what all of them share, such as a Dockerfile. */
    public Optional<CheckedTask> taskOf(Finding finding) {
        return all.stream()
                .filter(task -> task.resource().isPresent() && task.resource().equals(finding.resource()))
                .findFirst()
                .or(() -> all.size() == 1 ? Optional.of(all.get(0)) : Optional.empty());
    }
}
