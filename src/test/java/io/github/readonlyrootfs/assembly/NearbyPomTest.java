// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NearbyPomTest {

    @TempDir
    Path directory;

    @BeforeEach
    void poms() throws Exception {
        for (String pom : new String[] {"services/app/pom.xml", "backend/pom.xml"}) {
            Files.createDirectories(directory.resolve(pom).getParent());
            Files.writeString(directory.resolve(pom), "<project/>");
        }
    }

    private Optional<String> pom(String dockerfile, Optional<Path> context, String text) {
        DockerfileBuild build = new DockerfileBuild(
                new NamedFile(directory.resolve(dockerfile), dockerfile), context, Optional.empty(), Map.of());
        return NearbyPom.of(build, text);
    }

    @Test
    void theJarThatIsCopiedLeadsToItsProject() {
        assertThat(pom("Dockerfile", Optional.of(directory), "COPY services/app/target/*.jar /app.jar"))
                .contains("services/app/pom.xml");
        assertThat(pom("Dockerfile", Optional.of(directory), "ADD [\"./services/app/target/a.jar\", \"/app.jar\"]"))
                .contains("services/app/pom.xml");
        assertThat(pom("Dockerfile", Optional.of(directory), "COPY other/target/*.jar /app.jar"))
                .isEmpty();
    }

    @Test
    void aPomThatABuildStageCopiesIsOfTheProject() {
        assertThat(pom("backend/Dockerfile", Optional.empty(), "COPY pom.xml .\nCOPY src src\nRUN mvn package"))
                .contains("backend/pom.xml");
        assertThat(pom(
                        "backend/Dockerfile",
                        Optional.of(directory.resolve("backend")),
                        "COPY --chown=1 target/a.jar /"))
                .contains("backend/pom.xml");
    }

    @Test
    void aDirectoryOutsideTheContextIsNotRead() {
        assertThat(pom("services/Dockerfile", Optional.empty(), "COPY ../backend/target/a.jar /a.jar"))
                .isEmpty();
    }
}
