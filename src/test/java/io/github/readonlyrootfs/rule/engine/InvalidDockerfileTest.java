// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.engine;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import org.junit.jupiter.api.Test;

class InvalidDockerfileTest {

    private final InvalidDockerfile rule = new InvalidDockerfile();

    @Test
    void anInstructionThatTheBuilderRejectsIsAnError() {
        assertThat(task().container(
                                "app",
                                app -> app.problem(new Problem(
                                        inDockerfile(3), "VOLUME requires at least one argument", "name a path")))
                        .findings(rule))
                .containsExactly(
                        finding(rule, inDockerfile(3), "VOLUME requires at least one argument", "name a path"));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.ERROR);
    }

    @Test
    void anUnreadableDockerfileIsAnError() {
        Location file = Location.of("Dockerfile");

        assertThat(task().dockerfileProblem(new Problem(file, "the file is encoded in UTF-16", "save it as UTF-8"))
                        .findings(rule))
                .containsExactly(finding(rule, file, "the file is encoded in UTF-16", "save it as UTF-8"));
    }

    @Test
    void aDockerfileWithoutProblemsHasNoFinding() {
        assertThat(task().container("app", app -> app.built()).findings(rule)).isEmpty();
    }
}
