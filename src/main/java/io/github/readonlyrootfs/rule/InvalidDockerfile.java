package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.image.ImageBuild;
import io.github.readonlyrootfs.source.Problem;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The builder would reject the Dockerfile, or it cannot be read at all. */
final class InvalidDockerfile implements Rule {

    @Override
    public String id() {
        return "invalid-dockerfile";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.ERROR;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        Stream.concat(
                        task.dockerfileProblems().stream(),
                        task.builds().stream().map(ImageBuild::problems).flatMap(List<Problem>::stream))
                .map(problem -> Finding.of(this, problem.location(), problem.message(), problem.help()))
                .forEach(findings);
    }
}
