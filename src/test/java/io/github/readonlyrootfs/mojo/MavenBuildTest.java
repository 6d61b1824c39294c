// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.RETURNS_DEEP_STUBS;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.junit.jupiter.api.Test;

class MavenBuildTest {

    /** The environment may have secrets. */
    @Test
    void theNextCommandAndThePomHaveNothingThatOnlyARunKnows() {
        Properties said = new Properties();
        said.setProperty("readonly-rootfs.try", "true");
        said.setProperty("readonly-rootfs.environment", "TOKEN=hunter2");
        said.setProperty("readonly-rootfs.drive", "curl -f localhost");
        said.setProperty("readonly-rootfs.fixContainers", "app");
        said.setProperty("readonly-rootfs.path", "/tmp");
        said.setProperty("readonly-rootfs.buildArgs", "TOKEN=hunter2");
        said.setProperty("readonly-rootfs.dockerfile", "docker/my file");
        MavenSession session = mock(MavenSession.class);
        when(session.getUserProperties()).thenReturn(said);
        when(session.getProjects()).thenReturn(List.of());
        MojoExecution execution = mock(MojoExecution.class);
        when(execution.getExecutionId()).thenReturn("default-cli");
        when(execution.getGroupId()).thenReturn("g");
        when(execution.getArtifactId()).thenReturn("a");
        when(execution.getVersion()).thenReturn("1");

        MavenBuild build =
                new MavenBuild(session, mock(MavenProject.class), execution, mock(ProjectDependenciesResolver.class));

        assertThat(build.checkCommand())
                .isEqualTo(
                        "mvn g:a:1:check -Dreadonly-rootfs.buildArgs=... -Dreadonly-rootfs.dockerfile='docker/my file'");
        assertThat(build.settingsForPom()).containsExactly(Map.entry("dockerfile", "docker/my file"));
        assertThat(build.leftOutOfPom()).containsExactly("buildArgs");
    }

    @Test
    void aReportNamesTheReactorAndTheModule() {
        MavenSession session = mock(MavenSession.class);
        MavenProject reactor = mock(MavenProject.class);
        MavenProject module = mock(MavenProject.class);
        when(session.getTopLevelProject()).thenReturn(reactor);
        when(session.getUserProperties()).thenReturn(new Properties());
        when(reactor.getArtifactId()).thenReturn("shop");
        when(module.getArtifactId()).thenReturn("web");
        when(module.getBasedir()).thenReturn(new File("web").getAbsoluteFile());
        MojoExecution execution = mock(MojoExecution.class, RETURNS_DEEP_STUBS);
        when(execution.getExecutionId()).thenReturn("prod");

        MavenBuild build = new MavenBuild(session, module, execution, mock(ProjectDependenciesResolver.class));

        assertThat(build.reportSettings(FailOn.ERROR, Set.of()).project()).isEqualTo("shop, module web");
    }
}
