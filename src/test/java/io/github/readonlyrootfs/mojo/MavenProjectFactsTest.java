// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import io.github.readonlyrootfs.configuration.file.ResourceDirectory;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Resource;
import org.apache.maven.project.MavenProject;
import org.apache.maven.project.ProjectDependenciesResolver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MavenProjectFactsTest {

    private static final Path DIRECTORY = Path.of("/srv/shop");

    private final MavenProject project = new MavenProject();
    private final MavenSession session = mock(MavenSession.class);
    private final ProjectDependenciesResolver resolver = mock(ProjectDependenciesResolver.class);

    @BeforeEach
    void setUp() {
        project.setFile(DIRECTORY.resolve("pom.xml").toFile());
        when(session.getProjects()).thenReturn(List.of(project));
        project.setGroupId("org.example");
        project.setArtifactId("shop");
        project.setVersion("1.0");
        project.setPackaging("war");
        project.getProperties().setProperty("port", "8080");
        Build build = new Build();
        build.setOutputDirectory("/srv/shop/target/classes");
        Resource resource = new Resource();
        resource.setDirectory("src/main/resources");
        build.addResource(resource);
        Resource filtered = new Resource();
        filtered.setDirectory("src/main/more");
        filtered.setFiltering(true);
        filtered.setTargetPath("./META-INF");
        filtered.addInclude("**/*.yml");
        filtered.addExclude("x.yml");
        build.addResource(filtered);
        project.getModel().setBuild(build);
    }

    private ProjectFacts facts() {
        return MavenProjectFacts.of(
                session, project, resolver, DIRECTORY, Optional.of(DIRECTORY), new PomLocations(DIRECTORY, DIRECTORY));
    }

    @Test
    void theFactsAreReadFromThePom() throws Exception {
        ProjectFacts facts = facts();
        assertThat(facts.coordinates()).isEqualTo(new Coordinates("org.example", "shop", "1.0"));
        assertThat(facts.packaging()).isEqualTo("war");
        assertThat(facts.directories().output()).isEqualTo(DIRECTORY.resolve("target/classes"));
        assertThat(facts.directories().resources())
                .first()
                .isEqualTo(new ResourceDirectory(
                        DIRECTORY.resolve("src/main/resources"), false, "", List.of(), List.of()));
        assertThat(facts.directories().resources()).last().satisfies(filtered -> {
            assertThat(filtered.path()).isEqualTo(DIRECTORY.resolve("src/main/more"));
            assertThat(filtered.filtered()).isTrue();
            assertThat(filtered.target()).isEqualTo("META-INF/");
            assertThat(filtered.includes())
                    .singleElement()
                    .asString()
                    .isEqualTo(ResourceDirectory.pattern("**/*.yml").pattern());
            assertThat(filtered.excludes())
                    .singleElement()
                    .asString()
                    .isEqualTo(ResourceDirectory.pattern("x.yml").pattern());
        });
        assertThat(facts.properties()).containsEntry("port", "8080");
        verify(resolver, never()).resolve(any());
    }
}
