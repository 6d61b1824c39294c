// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.source.ContainerPath;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MicronautImagesTest {

    @TempDir
    private Path directory;

    private PomFixture pom(String packaging) {
        return new PomFixture(directory)
                .packaging(packaging)
                .plugin("io.micronaut.maven", "micronaut-maven-plugin", "");
    }

    /** As the parent pom of Micronaut configures it. */
    private PomFixture withJib(String java) {
        return pom("docker")
                .property("maven.compiler.release", java)
                .managedPlugin("com.google.cloud.tools", "jib-maven-plugin", """
                        <configuration><pluginExtensions><pluginExtension>
                        <implementation>io.micronaut.maven.jib.JibMicronautExtension</implementation>
                        </pluginExtension></pluginExtensions></configuration>""");
    }

    @Test
    void aDockerfileIsBuiltInTheBuildDirectory() {
        ImageSource.FromDockerfile source =
                pom("docker").file("Dockerfile", "FROM scratch").dockerfile();

        assertThat(source.dockerfile()).isEqualTo(directory.resolve("Dockerfile"));
        assertThat(source.context()).isEqualTo(directory.resolve("target"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jar", "native-image", "docker-crac", "docker"})
    void otherPackagingsAndAMissingDockerfileBuildNoImage(String packaging) {
        assertThat(pom(packaging).sources()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "21"})
    void jibBuildsTheImageOfAnApplicationWithoutADockerfile(String java) {
        Image image = withJib(java).image();

        assertThat(image.config().user().isAbsent()).isTrue();
        assertThat(image.base()).isEqualTo("eclipse-temurin:" + java + "-jre");
        assertThat(PomFixture.entrypoint(image)).startsWith("java -cp /app/resources:/app/classes");
    }

    @Test
    void aJavaVersionWithoutADefaultBaseMakesTheBaseUnknown() {
        assertThat(withJib("25").described().description().base().isUnknown()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lambda", "oracle_function", "LAMBDA"})
    void anImageOfAFunctionIsUnknown(String runtime) {
        Image image = withJib("21").property("micronaut.runtime", runtime).image();

        assertThat(image.config().entrypoint().isUnknown()).isTrue();
        assertThat(pom("docker-native").property("micronaut.runtime", runtime).sources())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', cgr.dev/chainguard/wolfi-base:latest",
        "<baseImageRun>debian:12-slim</baseImageRun>, debian:12-slim",
        "<staticNativeImage>true</staticNativeImage>, scratch"
    })
    void aNativeExecutableIsCopiedOntoTheConfiguredBase(String configuration, String base) {
        ImageSource.Described source = new PomFixture(directory)
                .packaging("docker-native")
                .plugin(
                        "io.micronaut.maven",
                        "micronaut-maven-plugin",
                        "<configuration>" + configuration + "</configuration>")
                .described();

        assertThat(source.description().base().known()).contains(base);
    }

    @Test
    void aNativeExecutableIsStartedByItself() {
        Image image = pom("docker-native")
                .property("micronaut.native-image.base-image-run", "debian:12-slim")
                .image();

        assertThat(PomFixture.entrypoint(image)).isEqualTo("/app/application");
        assertThat(image.base()).isEqualTo("debian:12-slim");
        assertThat(image.files().at(ContainerPath.of("/app/application")).isFile())
                .isTrue();
    }
}
