// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.dockerfile.DockerfileParser;
import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.need.project.ProjectDirectories;
import io.github.readonlyrootfs.need.project.ProjectFacts;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import io.github.readonlyrootfs.need.project.ProjectFacts.Dependencies;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageProjectTest {

    private static final Path ROOT = Path.of("/build").toAbsolutePath().normalize();

    private static final List<ProjectFacts> MODULES = List.of(
            project("shop", "jar", "shop"), project("shop-api", "jar", "shop/api"), project("all", "pom", "all"));

    private static ProjectFacts project(String name, String packaging, String directory, ProjectFacts... others) {
        Path place = ROOT.resolve(directory).normalize();
        return new ProjectFacts(
                new Coordinates("com.acme", name, "1.0"),
                packaging,
                new ProjectDirectories(place, ROOT, Optional.of(ROOT), place.resolve("target/classes"), List.of()),
                Map.of(),
                () -> Dependencies.NONE,
                List.of(others));
    }

    private static ProjectFacts root(String packaging) {
        return project("root", packaging, "", MODULES.toArray(ProjectFacts[]::new));
    }

    private static DockerfileBuild dockerfile(String name) {
        return new DockerfileBuild(
                new NamedFile(ROOT.resolve(name), name), Optional.of(ROOT), Optional.empty(), Map.of());
    }

    private static String chosen(ProjectFacts goal, String dockerfile, String text) {
        ImageBuild build = ImageBuilder.build(new ImageBuilder.Request(
                DockerfileParser.parse(SourceFile.of(dockerfile, text)),
                Optional.empty(),
                Map.of(),
                ImageBuilder.Builder.BUILDKIT,
                Optional.empty(),
                "",
                ImageFacts.builtIn(),
                List::of));
        return ImageProject.of(goal, dockerfile(dockerfile), build)
                .coordinates()
                .artifactId();
    }

    @Test
    void aDockerfileAtTheRootBelongsToTheModuleItCopies() {
        assertThat(chosen(
                        root("pom"), "Dockerfile", "FROM eclipse-temurin:21-jre\nCOPY shop/target/shop.jar /app.jar\n"))
                .isEqualTo("shop");
        assertThat(chosen(
                        root("pom"),
                        "Dockerfile",
                        "FROM eclipse-temurin:21-jre\nARG JAR=shop/api/target/*.jar\nCOPY ${JAR} /app.jar\n"))
                .isEqualTo("shop-api");
    }

    @Test
    void aDockerfileThatBuildsAllModulesBelongsToTheModuleItCopies() {
        assertThat(chosen(root("pom"), "Dockerfile", """
                        FROM maven:3.9 AS build
                        COPY . /src
                        RUN cd /src && mvn package
                        FROM eclipse-temurin:21-jre
                        COPY --from=build /src/shop/target/shop.jar /app.jar
                        """)).isEqualTo("shop");
    }

    @Test
    void withoutANamedModuleTheDockerfileBelongsToTheCheckedProject() {
        ProjectFacts goal = project("shop", "jar", "shop", project("root", "pom", ""));
        assertThat(chosen(
                        goal,
                        "Dockerfile",
                        "FROM eclipse-temurin:21-jre\nARG MODULE\nCOPY ${MODULE}/target/*.jar /app.jar\n"))
                .isEqualTo("shop");
        assertThat(chosen(goal, "shop/Dockerfile", "FROM eclipse-temurin:21-jre\nCOPY target/shop.jar /app.jar\n"))
                .isEqualTo("shop");
    }

    @Test
    void aModuleThatOnlyDeploysBelongsToTheDockerfilesModule() {
        ProjectFacts deploy = project("deploy", "pom", "deploy", MODULES.toArray(ProjectFacts[]::new));

        assertThat(chosen(deploy, "shop/Dockerfile", "FROM eclipse-temurin:21-jre\nCOPY target/shop.jar /app.jar\n"))
                .isEqualTo("shop");
        assertThat(chosen(deploy, "shop/api/Dockerfile", "FROM eclipse-temurin:21-jre\nCOPY target/a.jar /app.jar\n"))
                .isEqualTo("shop-api");
        assertThat(chosen(deploy, "Dockerfile", "FROM eclipse-temurin:21-jre\n"))
                .isEqualTo("deploy");
    }

    @Test
    void aDockerfileThatCopiesTwoModulesBelongsToTheCheckedProject() {
        assertThat(chosen(
                        root("pom"),
                        "Dockerfile",
                        "FROM eclipse-temurin:21-jre\nCOPY shop/target/a.jar shop/api/target/b.jar /app/\n"))
                .isEqualTo("root");
    }

    @Test
    void ofTwoModulesInAnImageTheOneThatUsesTheOtherIsMeant() {
        ProjectFacts shop = MODULES.get(0);
        ProjectFacts web = new ProjectFacts(
                new Coordinates("com.acme", "web", "1.0"),
                "jar",
                new ProjectDirectories(
                        ROOT.resolve("web"), ROOT, Optional.of(ROOT), ROOT.resolve("web/target/classes"), List.of()),
                Map.of(),
                () -> new Dependencies(
                        List.of(new ProjectFacts.Dependency(shop.coordinates(), "compile", false, Optional.empty())),
                        List.of()),
                List.of());

        assertThat(chosen(
                        project("root", "pom", "", shop, web),
                        "Dockerfile",
                        "FROM eclipse-temurin:21-jre\nCOPY shop/target/a.jar web/target/b.jar /app/\n"))
                .isEqualTo("web");
    }

    @Test
    void aDockerfileInAModulesDirectoryBelongsToTheModule() {
        assertThat(ImageProject.ofModule(root("pom"), dockerfile("shop/api/Dockerfile"))
                        .orElseThrow()
                        .coordinates()
                        .artifactId())
                .isEqualTo("shop-api");
        assertThat(ImageProject.ofModule(root("jar"), dockerfile("docker/nginx/Dockerfile")))
                .isEmpty();
    }
}
