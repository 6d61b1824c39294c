// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.lenient;
import static org.mockito.Mockito.mock;

import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Build;
import org.apache.maven.model.Model;
import org.apache.maven.project.DependencyResolutionResult;
import org.apache.maven.project.MavenProject;
import org.eclipse.aether.artifact.Artifact;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.graph.DefaultDependencyNode;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.graph.Exclusion;
import org.eclipse.aether.resolution.ArtifactDescriptorException;
import org.eclipse.aether.resolution.ArtifactDescriptorRequest;
import org.eclipse.aether.resolution.ArtifactDescriptorResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProjectDependenciesTest {

    @TempDir
    private Path directory;

    private final List<MavenProject> reactor = new ArrayList<>();
    private final List<MavenProject> all = new ArrayList<>();
    private final Map<MavenProject, Dependencies> ofModules = new HashMap<>();
    private final List<Dependency> resolved = new ArrayList<>();
    private final List<Dependency> unresolved = new ArrayList<>();
    private final List<Exception> errors = new ArrayList<>();
    private final DefaultDependencyNode root = new DefaultDependencyNode((Dependency) null);
    private MavenProject project = new MavenProject();

    @BeforeEach
    void setUp() {
        project = project("shop");
        project.setFile(directory.resolve("pom.xml").toFile());
        Build build = new Build();
        build.setDirectory(directory.resolve("target").toString());
        build.setFinalName("shop-1.0");
        project.setBuild(build);
        reactor.add(project);
    }

    private static MavenProject project(String artifactId) {
        Model model = new Model();
        model.setGroupId("com.acme");
        model.setArtifactId(artifactId);
        model.setVersion("1.0");
        return new MavenProject(model);
    }

    private static Dependency dependency(String coordinates, String scope) {
        return new Dependency(new DefaultArtifact(coordinates), scope);
    }

    private Dependencies dependencies() {
        MavenSession session = mock(MavenSession.class);
        lenient().when(session.getProjects()).thenReturn(reactor);
        DependencyResolutionResult result = mock(DependencyResolutionResult.class);
        lenient().when(result.getResolvedDependencies()).thenReturn(resolved);
        lenient().when(result.getUnresolvedDependencies()).thenReturn(unresolved);
        lenient().when(result.getCollectionErrors()).thenReturn(errors);
        lenient().when(result.getDependencyGraph()).thenReturn(root);
        lenient().when(session.getAllProjects()).thenReturn(all.isEmpty() ? reactor : all);
        return new ProjectDependencies(session, project, ofModules::get).of(result);
    }

    private static List<String> names(Dependencies dependencies) {
        return dependencies.resolved().stream()
                .map(dependency -> dependency.coordinates() + " " + dependency.scope())
                .toList();
    }

    @Test
    void aResolvedDependencyHasItsJar() {
        Artifact artifact = new DefaultArtifact("com.acme:a:1.0")
                .setFile(directory.resolve("a.jar").toFile());
        resolved.add(new Dependency(artifact, "runtime", true));

        assertThat(dependencies().resolved()).singleElement().satisfies(dependency -> {
            assertThat(dependency.file()).contains(directory.resolve("a.jar"));
            assertThat(dependency.scope()).isEqualTo("runtime");
            assertThat(dependency.optional()).isTrue();
        });
        assertThat(dependencies().unresolved()).isEmpty();
    }

    @Test
    void aPomDependencyHasNoJar() {
        Artifact artifact = new DefaultArtifact("com.acme:a:pom:1.0")
                .setFile(directory.resolve("a.pom").toFile());
        resolved.add(new Dependency(artifact, "compile"));

        assertThat(dependencies().resolved())
                .singleElement()
                .satisfies(dependency -> assertThat(dependency.file()).isEmpty());
    }

    @Test
    void aDependencyWithoutAnAvailableJarIsListed() {
        unresolved.add(dependency("com.acme:a:1.0", "compile"));
        unresolved.add(dependency("com.acme:b:1.0", "provided"));

        Dependencies dependencies = dependencies();

        assertThat(names(dependencies)).containsExactly("com.acme:a:1.0 compile", "com.acme:b:1.0 provided");
        assertThat(dependencies.unresolved()).containsExactly("com.acme:a:1.0");
    }

    @Test
    void aModuleThatIsNotBuiltYetIsNotUnresolved() {
        reactor.add(project("library"));
        unresolved.add(dependency("com.acme:library:1.0", "compile"));
        resolved.add(dependency("io.vertx:vertx-core:4.5.11", "compile"));

        Dependencies dependencies = dependencies();

        assertThat(names(dependencies))
                .containsExactlyInAnyOrder("com.acme:library:1.0 compile", "io.vertx:vertx-core:4.5.11 compile");
        assertThat(dependencies.unresolved()).isEmpty();
    }

    @Test
    void aModuleThatTakesNoPartInTheBuildBringsItsDependencies() {
        MavenProject library = project("library");
        all.addAll(List.of(project, library));
        ofModules.put(
                library,
                new Dependencies(
                        List.of(
                                known("io.vertx", "vertx-core", "compile"),
                                known("org.postgresql", "postgresql", "runtime"),
                                known("jakarta.servlet", "jakarta.servlet-api", "provided"),
                                known("org.slf4j", "slf4j-simple", "compile")),
                        List.of("com.acme:lost:1.0")));
        unresolved.add(dependency("com.acme:library:1.0", "compile")
                .setExclusions(List.of(new Exclusion("org.slf4j", "*", "*", "*"))));

        Dependencies dependencies = dependencies();

        assertThat(names(dependencies))
                .containsExactlyInAnyOrder(
                        "com.acme:library:1.0 compile",
                        "io.vertx:vertx-core:1 compile",
                        "org.postgresql:postgresql:1 runtime");
        assertThat(dependencies.unresolved()).containsExactly("com.acme:lost:1.0");
    }

    private static ProjectFacts.Dependency known(String groupId, String artifactId, String scope) {
        return new ProjectFacts.Dependency(
                new ProjectFacts.Coordinates(groupId, artifactId, "1"), scope, false, Optional.empty());
    }

    @Test
    void jarsThatDifferInTheClassifierAreBothRead() {
        resolved.add(dependency("com.acme:fast:jar:1.0", "compile"));
        resolved.add(dependency("com.acme:fast:jar:linux-x86_64:1.0", "runtime"));

        assertThat(dependencies().resolved()).hasSize(2);
    }

    @Test
    void dependenciesCollectedBeforeAnErrorCount() {
        ArtifactDescriptorResult broken = new ArtifactDescriptorResult(new ArtifactDescriptorRequest());
        broken.setArtifact(new DefaultArtifact("com.acme:broken:1.0"));
        errors.add(new ArtifactDescriptorException(broken));
        DefaultDependencyNode web =
                new DefaultDependencyNode(dependency("org.springframework:spring-web:6.2.12", "compile"));
        web.setChildren(List.of(new DefaultDependencyNode(dependency("org.junit:junit:1", "test"))));
        root.setChildren(List.of(web));
        org.apache.maven.model.Dependency direct = new org.apache.maven.model.Dependency();
        direct.setGroupId("io.vertx");
        direct.setArtifactId("vertx-core");
        direct.setVersion("4.5.11");
        project.getModel().addDependency(direct);

        Dependencies dependencies = dependencies();

        assertThat(names(dependencies))
                .containsExactly("org.springframework:spring-web:6.2.12 compile", "io.vertx:vertx-core:4.5.11 compile");
        assertThat(dependencies.unresolved()).containsExactly("com.acme:broken:1.0");
    }
}
