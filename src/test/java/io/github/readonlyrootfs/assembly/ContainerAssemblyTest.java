// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.need.project.ProjectDirectories;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.request.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.request.ConfigurationException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerAssemblyTest {

    @TempDir
    Path root;

    @BeforeEach
    void files() throws Exception {
        TestFiles.write(
                root.resolve("taskdef.json"), "{\"containerDefinitions\": [{\"name\": \"app\", \"image\": \"<A>\"}]}");
        TestFiles.write(root.resolve("app/Dockerfile"), "FROM registry.example/base:1\nCOPY out /app\n");
        TestFiles.write(root.resolve("shop/Dockerfile"), "FROM eclipse-temurin:21\nCOPY target/a.jar /a.jar\n");
        TestFiles.write(root.resolve("shop/pom.xml"), "<project><artifactId>shop</artifactId></project>");
        TestFiles.write(root.resolve("go/Dockerfile"), "FROM golang:1.23\nCOPY . /src\n");
    }

    private ProjectFacts project(String name, String packaging, ProjectFacts... others) {
        Path place = root.resolve(name);
        return new ProjectFacts(
                new Coordinates("com.acme", name, "1"),
                packaging,
                new ProjectDirectories(place, root, Optional.of(root), place.resolve("target/classes"), List.of()),
                Map.of(),
                () -> Dependencies.NONE,
                List.of(others));
    }

    /** The project of the container that a Dockerfile builds, as {@code <containers>} says. */
    private Optional<String> projectOf(String dockerfile) throws Exception {
        return projectOf(request().containers(app(dockerfile)).project(project("all", "pom", project("app", "jar"))));
    }

    private ContainerSettings app(String dockerfile) {
        return new ContainerSettings(
                "app",
                Optional.of(RequestBuilder.build(root.resolve(dockerfile))),
                List.of(),
                Optional.empty(),
                Map.of(),
                Optional.empty());
    }

    private RequestBuilder request() {
        return new RequestBuilder(root.resolve("taskdef.json"));
    }

    private static Optional<String> projectOf(RequestBuilder request) throws Exception {
        return request.check()
                .tasks()
                .containers()
                .get(0)
                .context()
                .application()
                .project()
                .map(found -> found.coordinates().artifactId());
    }

    @Test
    void whereTheGoalsProjectHasNoCodeTheOneBesideTheDockerfileIsRead() throws Exception {
        assertThat(projectOf(
                        request().dockerfile(root.resolve("shop/Dockerfile")).project(project("all", "pom"))))
                .contains("shop");
    }

    @Test
    void aDockerfileInAModuleIsTheModules() throws Exception {
        assertThat(projectOf("app/Dockerfile")).contains("app");
    }

    @Test
    void aDockerfileBesideAnotherProjectIsThatProjects() throws Exception {
        assertThat(projectOf("shop/Dockerfile")).contains("shop");
        assertThat(projectOf("go/Dockerfile")).isEmpty();
    }

    @Test
    void declaredPathsThatAreOfNoContainerAreRejected() {
        assertThatThrownBy(() -> request()
                        .containers(app("app/Dockerfile"))
                        .writablePaths("/tmp")
                        .check())
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("writablePaths are of no container: each has a Dockerfile of its own");
    }
}
