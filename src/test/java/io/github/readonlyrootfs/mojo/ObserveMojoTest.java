// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.maven.api.plugin.testing.Basedir;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Test;

/** The parameters of the goal, before it looks for an engine. */
@MojoTest
@Basedir("src/it/demo")
final class ObserveMojoTest extends GoalFixture {

    @Test
    @InjectMojo(goal = "observe")
    @MojoParameter(name = "readyLog", value = "started (in")
    void aWrongExpressionIsAnError(ObserveMojo observe) {
        assertThatMistakeIn(observe).hasMessage("readyLog: this is not a regular expression: Unclosed group");
    }

    @Test
    @InjectMojo(goal = "observe")
    @MojoParameter(name = "maxRuns", value = "0")
    void noRunAtAllIsAnError(ObserveMojo observe) {
        assertThatMistakeIn(observe).hasMessage("maxRuns is a number from 1 on");
    }

    @Test
    @InjectMojo(goal = "observe")
    @MojoParameter(name = "observeContainers", value = "ap")
    void aContainerThatDoesNotExistIsAnError(ObserveMojo observe) {
        assertThatMistakeIn(observe).hasMessage("observeContainers: there is no container ap, but app");
    }

    @Test
    @InjectMojo(goal = "observe")
    @MojoParameter(name = "taskDefinition", value = "../../test/resources/fixtures/a-windows-task/taskdef.json")
    void aWindowsTaskIsNotObserved(ObserveMojo observe) {
        assertThatThrownBy(observe::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("observed nothing: a Windows container cannot have a read-only root file system");
    }

    @Test
    @InjectMojo(goal = "observe")
    @MojoParameter(name = "environmentProperty", value = "TOKEN=x,hunter2")
    void aValueThatIsNoPairIsNotQuoted(ObserveMojo observe) {
        assertThatMistakeIn(observe)
                .hasMessage("-Dreadonly-rootfs.environment: entry 2 is not NAME=VALUE; write NAME=VALUE,NAME=VALUE,"
                        + " without commas in values");
    }
}
