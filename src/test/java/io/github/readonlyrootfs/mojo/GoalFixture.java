// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doReturn;

import java.nio.file.Path;
import javax.inject.Inject;
import org.apache.maven.plugin.Mojo;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.project.MavenProject;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Goals that run from the command line, on a project whose build directory is a temporary one. */
abstract class GoalFixture {

    @TempDir
    Path target;

    @Inject
    Log log;

    @Inject
    MavenProject project;

    @Inject
    MojoExecution execution;

    @BeforeEach
    void setUp() {
        project.getBuild().setDirectory(target.toString());
        doReturn(true).when(log).isInfoEnabled();
        doReturn("default-cli").when(execution).getExecutionId();
    }

    /** The error for an invalid configuration. */
    static AbstractThrowableAssert<?, ?> assertThatMistakeIn(Mojo goal) {
        return assertThatThrownBy(goal::execute).isInstanceOf(MojoExecutionException.class);
    }
}
