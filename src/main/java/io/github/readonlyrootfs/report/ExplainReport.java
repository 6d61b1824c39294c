package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.rule.CheckedContainer;
import io.github.readonlyrootfs.rule.CheckedTask;
import io.github.readonlyrootfs.runtime.ContainerRuntime;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.taskdef.SchemaProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Each container's user, mounts and needs in plain text, and why a path can or cannot be written. */
public final class ExplainReport {

    private final CheckedTask task;

    public ExplainReport(CheckedTask task) {
        this.task = task;
    }

    /** Everything about every container, line by line. */
    public List<String> lines() {
        return explain((container, runtime) -> new ContainerExplanation(container, runtime).lines());
    }

    /** Whether each container's user can write one path, and what decides it, line by line. */
    public List<String> lines(ContainerPath path) {
        return explain((container, runtime) -> new PathExplanation(container, runtime, path).lines());
    }

    private List<String> explain(BiFunction<CheckedContainer, ContainerRuntime, List<String>> explanation) {
        List<String> lines = new ArrayList<>(problems());
        for (CheckedContainer container : task.containers()) {
            for (ContainerRuntime runtime : new TreeMap<>(container.runtimes()).values()) {
                if (!lines.isEmpty()) {
                    lines.add("");
                }
                lines.addAll(explanation.apply(container, runtime));
            }
        }
        return lines.stream().map(line -> Words.line(line).stripTrailing()).toList();
    }

    /** Why there may be less to see than expected. */
    private List<String> problems() {
        Stream<Problem> problems = Stream.concat(
                Stream.concat(
                        task.schemaProblems().stream()
                                .filter(problem -> problem.kind() == SchemaProblem.Kind.INVALID)
                                .map(SchemaProblem::problem),
                        task.dockerfileProblems().stream()),
                task.builds().stream().flatMap(build -> build.problems().stream()));
        Stream<String> lines = problems.distinct().map(problem -> problem.location() + ": " + problem.message());
        return Stream.concat(
                        lines,
                        task.containers().isEmpty()
                                ? Stream.of("no container of " + task.taskDefinitionFile() + " is known")
                                : Stream.empty())
                .toList();
    }
}
