// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.edit.TextEdit;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.remedy.Remedies;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import io.github.readonlyrootfs.taskdef.schema.Generated;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reports one kind of departure from ECS's schema, in the words of the reader. */
public abstract class SchemaProblemRule implements TaskRule {

    /** Escaped ones too, in a string within a string. */
    private static final Pattern QUOTES = Pattern.compile("\\\\*[\"']");

    /** Values without quotes. */
    private static final Pattern BARE = Pattern.compile("true|false|-?\\d+");

    private final SchemaProblem.Kind kind;

    public SchemaProblemRule(SchemaProblem.Kind kind) {
        this.kind = kind;
    }

    /** Whether the finding of another rule at the same place has the help that fixes this one, too. */
    public boolean isSaidElsewhere(TaskAnalysis task, SchemaProblem departure) {
        return false;
    }

    @Override
    public final void check(TaskAnalysis task, Optional<Remedies> remedies, Consumer<Finding> findings) {
        for (SchemaProblem departure : task.read().problems()) {
            if (departure.kind() == kind && !isSaidElsewhere(task, departure)) {
                Problem problem = departure.problem();
                Finding finding = finding(problem.location(), problem.message(), remedy(task, problem));
                Finding named = departure.key().map(finding::about).orElse(finding);
                findings.accept(departure.container().map(named::in).orElse(named));
            }
        }
    }

    private static Remedy remedy(TaskAnalysis task, Problem problem) {
        return problem.replacement()
                .map(text -> replace(task, problem.location(), text))
                .orElseGet(() -> Remedy.advice(problem.help()));
    }

    /** Replaces a text, and keeps its quotes if the text is a name. */
    public static Remedy replace(TaskAnalysis task, Location place, String text) {
        SourceFile file = task.sources().get(place.file());
        boolean computed = task.definition()
                .filter(taskDefinition -> taskDefinition.document().outline().isCall(place))
                .isPresent();
        Optional<Generated> generated = task.definition()
                .flatMap(taskDefinition -> taskDefinition.document().generated());
        if (generated.isPresent()) {
            return Remedy.advice(generated.get().write(text));
        }
        boolean addsQuotes = text.startsWith("\"");
        boolean inString = file != null && file.line(place.line()).contains("\\\"");
        if (file == null || computed || (addsQuotes && inString)) {
            return Remedy.advice("write `" + text + "`");
        }
        Matcher quotes = QUOTES.matcher(file.text(place));
        String quote = quotes.lookingAt() && !BARE.matcher(text).matches() ? quotes.group() : "";
        return Remedy.of(new TextEdit(place, quote + text + quote));
    }
}
