package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.readonlyrootfs.need.ProjectFacts;
import io.github.readonlyrootfs.need.ProjectFacts.Coordinates;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Resource;
import org.apache.maven.project.DependencyResolutionException;
import org.apache.maven.project.DependencyResolutionResult;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.Dependency;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MavenProjectFactsTest {

    private static final Path DIRECTORY = Path.of("/work/shop");

    private final MavenProject project = new MavenProject();
    private final ProjectDependenciesResolver resolver = mock(ProjectDependenciesResolver.class);
    private final DependencyResolutionResult result = mock(DependencyResolutionResult.class);

    @BeforeEach
    void setUp() {
        project.setGroupId("org.example");
        project.setArtifactId("shop");
        project.setVersion("1.0");
        project.setPackaging("war");
        project.getProperties().setProperty("port", "8080");
        Build build = new Build();
        build.setOutputDirectory("/work/shop/target/classes");
        Resource resource = new Resource();
        resource.setDirectory("src/main/resources");
        build.addResource(resource);
        project.getModel().setBuild(build);
        when(result.getResolvedDependencies())
                .thenReturn(List.of(
                        new Dependency(
                                new DefaultArtifact("org.h2:h2:2.3").setFile(new File("/repo/h2.jar")),
                                "runtime",
                                true),
                        new Dependency(new DefaultArtifact("org.example:api:1"), "provided")));
        when(result.getUnresolvedDependencies())
                .thenReturn(List.of(new Dependency(new DefaultArtifact("org.example:core:1"), "compile")));
    }

    private ProjectFacts facts() {
        return MavenProjectFacts.of(mock(MavenSession.class), project, resolver, DIRECTORY, Optional.of(DIRECTORY));
    }

    @Test
    void whatThePomSaysIsToldAtOnce() throws Exception {
        ProjectFacts facts = facts();
        assertThat(facts.coordinates()).isEqualTo(new Coordinates("org.example", "shop", "1.0"));
        assertThat(facts.packaging()).isEqualTo("war");
        assertThat(facts.outputDirectory()).isEqualTo(DIRECTORY.resolve("target/classes"));
        assertThat(facts.resourceDirectories()).containsExactly(DIRECTORY.resolve("src/main/resources"));
        assertThat(facts.properties()).containsEntry("port", "8080");
        verify(resolver, never()).resolve(any());
    }

    @Test
    void dependenciesAreResolvedOnceAndWhenTheyAreWanted() throws Exception {
        when(resolver.resolve(any())).thenReturn(result);
        ProjectFacts facts = facts();
        ProjectFacts.Dependencies dependencies = facts.dependencies().get();
        assertThat(facts.dependencies().get()).isSameAs(dependencies);
        verify(resolver, times(1)).resolve(any());
        assertThat(dependencies.resolved())
                .containsExactly(
                        new ProjectFacts.Dependency(
                                new Coordinates("org.h2", "h2", "2.3"),
                                "runtime",
                                true,
                                Optional.of(Path.of("/repo/h2.jar"))),
                        new ProjectFacts.Dependency(
                                new Coordinates("org.example", "api", "1"), "provided", false, Optional.empty()));
        assertThat(dependencies.resolved())
                .map(ProjectFacts.Dependency::isAtRunTime)
                .containsExactly(true, false);
        assertThat(dependencies.unresolved()).containsExactly("org.example:core:1");
    }

    @Test
    void whatCouldNotBeResolvedIsNamedAndTheRestIsThere() throws Exception {
        DependencyResolutionException failure = new DependencyResolutionException(result, "no", null);
        when(resolver.resolve(any())).thenThrow(failure);
        ProjectFacts.Dependencies dependencies = facts().dependencies().get();
        assertThat(dependencies.resolved()).hasSize(2);
        assertThat(dependencies.unresolved()).containsExactly("org.example:core:1");
    }
}
