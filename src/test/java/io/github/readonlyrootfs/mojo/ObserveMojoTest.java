// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doReturn;

import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.maven.api.plugin.testing.Basedir;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parameters of the goal, before it looks for an engine. */
@MojoTest
@Basedir("src/it/demo")
final class ObserveMojoTest {

    @TempDir
    private Path target;

    @Inject
    private Log log;

    @Inject
    private MavenProject project;

    @Inject
    private MojoExecution execution;

    @BeforeEach
    void setUp() {
        project.getBuild().setDirectory(target.toString());
        doReturn(true).when(log).isInfoEnabled();
        doReturn("default-cli").when(execution).getExecutionId();
    }

    private static AbstractThrowableAssert<?, ?> assertThatMistakeIn(ObserveMojo goal) {
        return assertThatThrownBy(goal::execute).isInstanceOf(MojoExecutionException.class);
    }

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
        assertThatMistakeIn(observe).hasMessage("maxRuns, readyAfter and readyTimeout are numbers from 1 on");
    }

    @Test
    @InjectMojo(goal = "observe")
    @MojoParameter(name = "observeContainers", value = "ap")
    void aContainerThatDoesNotExistIsAnError(ObserveMojo observe) {
        assertThatMistakeIn(observe).hasMessage("observeContainers: there is no container \"ap\"; there are app");
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
