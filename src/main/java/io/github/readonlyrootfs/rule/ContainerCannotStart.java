package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.runtime.ContainerRuntime.StartFailure;
import java.util.function.Consumer;

/** The engine refuses to start a container. */
final class ContainerCannotStart implements Rule {

    @Override
    public String id() {
        return "container-cannot-start";
    }

    @Override
    public Severity defaultSeverity() {
        return Severity.ERROR;
    }

    @Override
    public void check(CheckedTask task, Consumer<Finding> findings) {
        JudgedContainer.all(task)
                .forEach(on -> on.runtime().startFailures().stream()
                        .map(failure -> finding(on, failure))
                        .forEach(findings));
    }

    private Finding finding(JudgedContainer on, StartFailure failure) {
        Finding finding = on.finding(this, failure.location(), failure.message(), failure.help());
        return failure.path().map(finding::at).orElse(finding);
    }
}
