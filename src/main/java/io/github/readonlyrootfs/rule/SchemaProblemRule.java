package io.github.readonlyrootfs.rule;

import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.taskdef.SchemaProblem;
import java.util.function.Consumer;

/** Passes on one kind of departure from ECS's schema, in the words of who read the file. */
abstract class SchemaProblemRule implements Rule {

    private final SchemaProblem.Kind kind;

    SchemaProblemRule(SchemaProblem.Kind kind) {
        this.kind = kind;
    }

    /** Whether the finding of another rule at the same place has the help that mends this one too. */
    boolean isSaidElsewhere(CheckedTask task, SchemaProblem departure) {
        return false;
    }

    @Override
    public final void check(CheckedTask task, Consumer<Finding> findings) {
        for (SchemaProblem departure : task.schemaProblems()) {
            if (departure.kind() == kind && !isSaidElsewhere(task, departure)) {
                Problem problem = departure.problem();
                Finding finding = Finding.of(this, problem.location(), problem.message(), problem.help());
                Finding named = departure.key().map(finding::about).orElse(finding);
                findings.accept(departure.container().map(named::in).orElse(named));
            }
        }
    }
}
