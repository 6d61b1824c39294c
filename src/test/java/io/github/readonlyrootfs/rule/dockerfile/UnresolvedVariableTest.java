// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.dockerfile;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.stage.ImageBuild.UnresolvedVariable.Cause;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.source.Value;
import org.junit.jupiter.api.Test;

class UnresolvedVariableTest {

    private final UnresolvedVariable rule = new UnresolvedVariable();

    @Test
    void aVariableThatNothingDefinesIsAWarning() {
        assertThat(task().container("app", app -> app.unresolved("VOLUME", "DATA", Cause.UNDEFINED, 3))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                inDockerfile(3),
                                "VOLUME uses $DATA, which no ARG or ENV of this stage defines: "
                                        + "the builder replaces it with nothing",
                                """
                        give it a value above line 3
                        ARG DATA=""")
                        .about("DATA"));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void forAnArgWithoutAValueTheHelpNamesTheBuildArgument() {
        assertThat(task().container("app", app -> app.unresolved("USER", "UID", Cause.ARG_WITHOUT_VALUE, 3))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                inDockerfile(3),
                                "USER uses $UID, an ARG without a default that no build argument sets: "
                                        + "its value is unknown",
                                """
                        set the value that the build uses in buildArgs
                        <buildArgs>
                          <UID></UID>
                        </buildArgs>""")
                        .about("UID"));
    }

    @Test
    void homeIsNotSetDuringTheBuild() {
        assertThat(task().container(
                                "app",
                                app -> app.step("VOLUME", 3, 0, Value.absent())
                                        .unresolved("VOLUME", "HOME", Cause.HOME_AT_BUILD_TIME, 3)
                                        .account("node", 1000, "/home/node")
                                        .imageUser("node:node", 4))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                inDockerfile(3),
                                "VOLUME uses $HOME, which is not set while the image is built: "
                                        + "the builder replaces it with nothing",
                                "put `ENV HOME=/home/node` above line 3")
                        .about("HOME"));
    }

    @Test
    void forAnUnknownHomeTheHelpNamesNoDirectory() {
        assertThat(task().container("app", app -> app.unresolved("VOLUME", "HOME", Cause.HOME_AT_BUILD_TIME, 3))
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("write the home directory itself");
    }

    @Test
    void aBuildWithoutUnresolvedVariablesHasNoFinding() {
        assertThat(task().container("app", app -> app.built()).findings(rule)).isEmpty();
    }
}
