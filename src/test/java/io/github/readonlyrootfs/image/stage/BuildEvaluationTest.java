// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.Builds;
import io.github.readonlyrootfs.source.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, variables and sources that the grammar table does not cover. */
class BuildEvaluationTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    FROM scratch AS Base\\nFROM Base | 2:6 | stage names are lower case: write FROM base
                    FROM debian:$TAG                 | 1:6 | give TAG a value: an ARG above the first FROM
                    FROM My/App/X_                   | 1:6 | write it like registry.example.org/team/name:tag, all but the tag in lower case
                    """)
    void anInvalidImageNameIsAProblem(String dockerfile, String place, String help) {
        List<Problem> problems =
                Builds.of(dockerfile.replace("\\n", "\n")).diagnostics().problems();

        assertThat(problems).hasSize(1);
        assertThat(problems.get(0).location()).hasToString("Dockerfile:" + place);
        assertThat(problems.get(0).help()).isEqualTo(help);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "debian",
                "debian:13-slim",
                "localhost:5000/a/b__c.d--e:V1.0_x",
                "Registry/team/app",
                "public.ecr.aws/docker/library/node:22",
                "node@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
                "node:22@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            })
    void aValidImageNameIsNotAProblem(String name) {
        assertThat(Builds.of("FROM " + name + "\n").diagnostics().problems()).isEmpty();
    }

    @Test
    void aVeryLongNameIsReadInTime() {
        assertThat(Builds.of("FROM " + "a/".repeat(30_000) + "\n").diagnostics().problems())
                .hasSize(1);
        assertThat(Builds.of("FROM " + "a/".repeat(250) + "A\n").diagnostics().problems())
                .hasSize(1);
    }

    @Test
    void anArgWithoutAValueDoesNotChangeTheEnvironment() {
        assertThat(Builds.of("FROM scratch\nENV APP=1000\nARG APP\nUSER $APP\n")
                        .image()
                        .config()
                        .user()
                        .known())
                .contains("1000");
    }

    @Test
    void thePathThatBuildkitSetsCanBeExtended() {
        assertThat(Builds.of("FROM scratch\nENV PATH=/opt/bin:$PATH\n")
                        .image()
                        .config()
                        .environment()
                        .get("PATH")
                        .known())
                .contains("/opt/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    }
}
