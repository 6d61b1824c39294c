// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.TestFiles;
import io.github.readonlyrootfs.dockerfile.DockerfileParser;
import io.github.readonlyrootfs.image.facts.ImageFacts;
import io.github.readonlyrootfs.image.stage.ImageBuild;
import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearbyProjectTest {

    @TempDir
    Path directory;

    @BeforeEach
    void projects() throws Exception {
        TestFiles.write(directory.resolve("services/app/pom.xml"), "<project><artifactId>app</artifactId></project>");
        TestFiles.write(directory.resolve("backend/pom.xml"), "<project><artifactId>backend</artifactId></project>");
        TestFiles.write(directory.resolve("shop/build.gradle"), "plugins { id 'java' }");
    }

    private Optional<String> project(String dockerfile, Optional<String> context, String text) {
        DockerfileBuild wanted = new DockerfileBuild(
                new NamedFile(directory.resolve(dockerfile), dockerfile),
                context.map(directory::resolve),
                Optional.empty(),
                Map.of());
        ImageBuild build = ImageBuilder.build(new ImageBuilder.Request(
                DockerfileParser.parse(SourceFile.of(dockerfile, "FROM debian:13\n" + text)),
                Optional.empty(),
                Map.of(),
                ImageBuilder.Builder.BUILDKIT,
                Optional.empty(),
                "",
                ImageFacts.builtIn(),
                List::of));
        return NearbyProject.of(wanted, build).map(found -> found.coordinates().artifactId());
    }

    @Test
    void theJarThatIsCopiedLeadsToItsProject() {
        assertThat(project("Dockerfile", Optional.of(""), "COPY services/app/target/*.jar /app.jar"))
                .contains("app");
        assertThat(project("Dockerfile", Optional.of(""), "ADD [\"./services/app/target/a.jar\", \"/app.jar\"]"))
                .contains("app");
        assertThat(project("Dockerfile", Optional.of(""), "COPY shop/build/libs/shop.jar /app.jar"))
                .contains("shop");
        assertThat(project("Dockerfile", Optional.of(""), "COPY other/target/*.jar /app.jar"))
                .isEmpty();
    }

    @Test
    void ofSeveralProjectsInAnImageTheOneThatUsesTheOthersIsMeant() throws Exception {
        String copies = "COPY backend/target/a.jar /lib/\nCOPY services/app/target/app.jar /app.jar";
        assertThat(project("Dockerfile", Optional.of(""), copies)).isEmpty();

        TestFiles.write(
                directory.resolve("services/app/pom.xml"),
                "<project><artifactId>app</artifactId><dependencies><dependency><groupId></groupId>"
                        + "<artifactId>backend</artifactId><version>1</version></dependency></dependencies></project>");
        assertThat(project("Dockerfile", Optional.of(""), copies)).contains("app");
    }

    @Test
    void aBuildArgumentForTheJarLeadsToItsProject() {
        assertThat(project(
                        "shop/Dockerfile", Optional.empty(), "ARG JAR_FILE=build/libs/*.jar\nCOPY ${JAR_FILE} app.jar"))
                .contains("shop");
        assertThat(project("Dockerfile", Optional.of(""), "ARG JAR=\"./backend/target/a.jar\"\nADD $JAR /"))
                .contains("backend");
    }

    @Test
    void whatABuildStageBuildsIsTheProject() {
        assertThat(project("backend/Dockerfile", Optional.empty(), "COPY pom.xml .\nCOPY src src\nRUN mvn package"))
                .contains("backend");
        assertThat(project("backend/Dockerfile", Optional.of("backend"), "COPY --chown=1 target/a.jar /"))
                .contains("backend");
        assertThat(project("shop/Dockerfile", Optional.of("shop"), "COPY . .\nRUN ./gradlew bootJar"))
                .contains("shop");
        assertThat(project("Dockerfile", Optional.of(""), "COPY --from=build /src/shop/build/libs/a.jar /"))
                .describedAs("a stage's own directory above it")
                .contains("shop");
    }

    @Test
    void aDirectoryOutsideTheContextIsNotRead() {
        assertThat(project("services/Dockerfile", Optional.empty(), "COPY ../backend/target/a.jar /a.jar"))
                .isEmpty();
    }
}
