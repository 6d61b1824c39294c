// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.rule.taskdef.DuplicateKey;
import io.github.readonlyrootfs.rule.taskdef.UnknownField;
import io.github.readonlyrootfs.rule.taskdef.WrongType;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem;
import io.github.readonlyrootfs.taskdef.node.SchemaProblem.Kind;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaProblemRulesTest {

    private static Rule ruleFor(Kind kind) {
        return switch (kind) {
            case INVALID -> new InvalidTaskDefinition();
            case UNKNOWN_FIELD -> new UnknownField();
            case WRONG_TYPE -> new WrongType();
            case DUPLICATE_KEY -> new DuplicateKey();
        };
    }

    private static SchemaProblem problem(Kind kind) {
        return new SchemaProblem(kind, new Problem(at(9), "it is " + kind, "fix " + kind), Optional.of("app"));
    }

    @ParameterizedTest
    @EnumSource
    void aProblemOfItsKindIsReportedWithTheMessageOfTheReader(Kind kind) {
        Rule rule = ruleFor(kind);

        assertThat(task().schemaProblem(problem(kind)).findings(rule))
                .containsExactly(
                        finding(rule, at(9), "it is " + kind, "fix " + kind).in("app"));
    }

    @ParameterizedTest
    @EnumSource
    void problemsOfOtherKindsAreLeftToTheirRules(Kind kind) {
        CheckedTaskFixture task = task();
        for (Kind other : Kind.values()) {
            if (other != kind) {
                task.schemaProblem(problem(other));
            }
        }

        assertThat(task.findings(ruleFor(kind))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void valuesThatEcsRefusesOrReadsDifferentlyAreErrorsAndTheRestWarnings(Kind kind) {
        Severity severity = ruleFor(kind).defaultSeverity();

        assertThat(severity)
                .isEqualTo(kind == Kind.INVALID || kind == Kind.WRONG_TYPE ? Severity.ERROR : Severity.WARNING);
    }
}
