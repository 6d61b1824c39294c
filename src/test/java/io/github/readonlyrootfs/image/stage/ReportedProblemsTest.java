// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.Builds;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportedProblemsTest {

    @Test
    void twentyProblemsAreReportedAndTheOthersCounted() {
        List<Problem> problems =
                Builds.of("FROM scratch\n" + "USER\n".repeat(57)).diagnostics().problems();

        assertThat(problems).hasSize(21);
        assertThat(problems.get(19).location().line()).isEqualTo(21);
        assertThat(problems.get(20).location().line()).isEqualTo(22);
        assertThat(problems.get(20).message()).isEqualTo("there are 37 more problems");
    }

    @Test
    void twentyProblemsAreAllReported() {
        assertThat(Builds.of("FROM scratch\n" + "USER\n".repeat(20))
                        .diagnostics()
                        .problems())
                .hasSize(20)
                .extracting(Problem::message)
                .containsOnly("USER has no arguments");
    }

    @Test
    void theTwentyFirstProblemIsOneMore() {
        assertThat(Builds.of("FROM scratch\n" + "USER\n".repeat(21))
                        .diagnostics()
                        .problems())
                .last()
                .extracting(Problem::message)
                .isEqualTo("there is 1 more problem");
    }

    @Test
    void instructionsOfAnotherFrontendMakeTheConfigurationIncomplete() {
        ImageBuild build = Builds.of("""
                # syntax=example/frontend
                FROM scratch
                USER 1000
                INCLUDE other
                VOLUME ${x^^}
                """);

        assertThat(build.diagnostics().problems()).isEmpty();
        assertThat(build.image().config().complete()).isFalse();
        assertThat(build.image().config().user()).isInstanceOf(Value.Unknown.class);
        assertThat(build.image().config().entrypoint()).isInstanceOf(Value.Unknown.class);
    }

    @Test
    void theUserAfterAnUnknownInstructionIsKnown() {
        ImageBuild build = Builds.of("# syntax=example/frontend\nFROM scratch\nINCLUDE other\nUSER 1000\n");

        assertThat(build.image().config().user().known()).contains("1000");
    }

    @Test
    void aTemplateLineMakesTheConfigurationIncomplete() {
        ImageBuild build = Builds.of("FROM scratch\nUSER 1000\n{{ user }}\n");

        assertThat(build.diagnostics().problems()).isEmpty();
        assertThat(build.image().config().user()).isInstanceOf(Value.Unknown.class);
    }

    @Test
    void aTriggerThatIsNotAnInstructionIsAProblemWhenItRuns() {
        String untriggered = "FROM scratch AS base\nONBUILD VOLUMES /a\n";

        assertThat(Builds.of(untriggered).diagnostics().problems()).isEmpty();
        assertThat(Builds.of(untriggered + "FROM base\n").diagnostics().problems())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.location()).hasToString("Dockerfile:2:9");
                    assertThat(problem.help()).isEqualTo("did you mean VOLUME?");
                });
    }

    @Test
    void aPlaceholderInATriggerIsNotAProblem() {
        assertThat(Builds.of("FROM scratch AS base\nONBUILD {{ trigger }}\nFROM base\n")
                        .diagnostics()
                        .problems())
                .isEmpty();
    }
}
