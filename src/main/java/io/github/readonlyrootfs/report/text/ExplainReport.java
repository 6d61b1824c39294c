// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.report.text;

import io.github.readonlyrootfs.analysis.Analysis;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.message.PlainText;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.start.BaseDirectories;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Each container's user, mounts and needs in plain text, and why a path can or cannot be written. */
public final class ExplainReport {

    private final Analysis tasks;
    private final NeedFixes fixes;
    private final ShortNames names;

    /** @param findings that have the fixes of paths that cannot be written */
    public ExplainReport(Analysis tasks, List<Finding> findings) {
        this.tasks = tasks;
        this.fixes = new NeedFixes(tasks, findings);
        this.names = ShortNames.of(tasks, findings);
    }

    /** Everything about every container, line by line; made as they are read, since there may be very many. */
    public Stream<String> lines() {
        return Stream.concat(
                VerdictText.headline(tasks).stream().flatMap(verdict -> Stream.of(shown(verdict), "")),
                explain(on -> new ContainerExplanation(on, fixes).lines()));
    }

    /**
     * Whether each container's user can write one path, and what decides it, line by line.
     *
     * <p>The findings must be those of containers that need the path.
     *
     * @param path as people write the paths that they declare: absolute, or below {@code ~} or {@code .}
     */
    public Stream<String> lines(String path) {
        return explain(on -> {
            BaseDirectories directories = on.container().context().directories();
            return directories
                    .resolve(path)
                    .map(found -> new PathExplanation(on, found, fixes).lines())
                    .orElseGet(() -> List.of(path + " in container " + on.task().nameOf(on.container()) + " on "
                            + on.platform() + ": cannot determine where it is: " + directories.unknown(path)));
        });
    }

    private Stream<String> explain(Function<JudgedContainer, List<String>> explanation) {
        List<String> problems = problems();
        Stream<List<String>> containers = tasks.all().stream()
                .flatMap(JudgedContainer::all)
                .filter(on -> on.container().isBuilt())
                .map(explanation);
        return Stream.concat(problems.isEmpty() ? Stream.empty() : Stream.of(problems), containers)
                .flatMap(lines -> Stream.concat(Stream.of(""), lines.stream()))
                .skip(1)
                .map(this::shown);
    }

    private String shown(String line) {
        return PlainText.line(names.in(line)).stripTrailing();
    }

    /** Why there may be less to see than expected. */
    private List<String> problems() {
        Stream<Problem> problems = Stream.concat(
                tasks.all().stream().flatMap(ExplainReport::problems),
                tasks.builds().stream().flatMap(build -> build.diagnostics().problems().stream()));
        Stream<String> lines = problems.distinct().map(problem -> problem.location() + ": " + problem.message());
        return Stream.concat(
                        lines,
                        tasks.containers().isEmpty()
                                ? Stream.of("no container of " + tasks.taskDefinitionFile() + " is known")
                                : Stream.empty())
                .toList();
    }

    private static Stream<Problem> problems(TaskAnalysis task) {
        return Stream.concat(
                task.read().problems().stream()
                        .filter(problem -> problem.kind() == SchemaProblem.Kind.INVALID)
                        .map(SchemaProblem::problem),
                task.builds().problems().stream());
    }
}
