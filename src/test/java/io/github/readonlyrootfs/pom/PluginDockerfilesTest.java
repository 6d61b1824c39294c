// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spotify's plugins, docker build commands, and Quarkus. */
final class PluginDockerfilesTest {

    @TempDir
    Path directory;

    private PomFixture pom() {
        return new PomFixture(directory);
    }

    private PomFixture exec(String configuration) {
        return pom().plugin(
                        "org.codehaus.mojo",
                        "exec-maven-plugin",
                        "<executions><execution><goals><goal>exec</goal></goals><configuration>" + configuration
                                + "</configuration></execution></executions>");
    }

    @Test
    void spotifysPluginBuildsTheDockerfileBesideThePom() {
        ImageSource.FromDockerfile source =
                pom().plugin("com.spotify", "dockerfile-maven-plugin", "").dockerfile();

        assertThat(source.dockerfile()).isEqualTo(directory.resolve("Dockerfile"));
        assertThat(source.context()).isEqualTo(directory);
    }

    @Test
    void spotifysPluginBuildsTheConfiguredImage() {
        ImageSource.FromDockerfile source = pom().plugin(
                        "com.spotify",
                        "dockerfile-maven-plugin",
                        "<configuration><contextDirectory>docker</contextDirectory><buildArgs><JAR>a.jar</JAR></buildArgs></configuration>")
                .dockerfile();

        assertThat(source.dockerfile()).isEqualTo(directory.resolve("docker/Dockerfile"));
        assertThat(source.buildArgs()).containsEntry("JAR", "a.jar");
    }

    @Test
    void spotifysOldPluginNamesADirectory() {
        ImageSource.FromDockerfile source = pom().plugin(
                        "com.spotify",
                        "docker-maven-plugin",
                        "<configuration><dockerDirectory>src/main/docker</dockerDirectory></configuration>")
                .dockerfile();

        assertThat(source.dockerfile()).isEqualTo(directory.resolve("src/main/docker/Dockerfile"));
        assertThat(pom().plugin(
                                "com.spotify",
                                "docker-maven-plugin",
                                "<configuration><baseImage>x</baseImage></configuration>")
                        .sources())
                .isEmpty();
    }

    @Test
    void dockerBuildNamesItsDockerfile() {
        ImageSource.FromDockerfile source =
                exec("<executable>docker</executable><workingDirectory>deploy</workingDirectory>"
                                + "<arguments><a>build</a><a>-t</a><a>shop</a><a>--build-arg</a><a>V=1</a><a>--target=run</a>"
                                + "<a>--no-cache</a><a>-f</a><a>prod.dockerfile</a><a>..</a></arguments>")
                        .dockerfile();

        assertThat(source.dockerfile()).isEqualTo(directory.resolve("deploy/prod.dockerfile"));
        assertThat(source.context()).isEqualTo(directory);
        assertThat(source.target()).contains("run");
        assertThat(source.buildArgs()).containsEntry("V", "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "build -t shop .",
                "buildx build --platform linux/arm64 --push -t shop .",
                "image build --tag \"shop\" .",
                "build . -t shop"
            })
    void otherSpellingsOfDockerBuildUseTheDockerfileOfTheContext(String line) {
        ImageSource.FromDockerfile source = exec("<executable>/usr/bin/docker</executable><commandlineArgs>" + line
                        + "</commandlineArgs>")
                .dockerfile();

        assertThat(source.dockerfile()).isEqualTo(directory.resolve("Dockerfile"));
    }

    @ParameterizedTest
    @CsvSource({
        "docker, push shop",
        "docker, build -",
        "docker, build https://example.org/shop.git",
        "docker, build -f ${file} .",
        "npm, run build"
    })
    void otherDockerCommandsBuildNoImage(String program, String line) {
        assertThat(exec("<executable>" + program + "</executable><commandlineArgs>" + line + "</commandlineArgs>")
                        .sources())
                .isEmpty();
    }

    @Test
    void aPluginWithoutAnActiveExecutionBuildsNothing() {
        String configuration =
                "<configuration><executable>docker</executable><commandlineArgs>build .</commandlineArgs>"
                        + "</configuration>";
        String off = "<execution><id>off</id><phase>none</phase><goals><goal>exec</goal></goals></execution>";

        assertThat(pom().plugin("org.codehaus.mojo", "exec-maven-plugin", configuration)
                        .sources())
                .hasSize(1);
        assertThat(pom().plugin(
                                "org.codehaus.mojo",
                                "exec-maven-plugin",
                                configuration + "<executions>" + off + "</executions>")
                        .sources())
                .isEmpty();
    }

    @Test
    void dockerBuildInAnAntTaskIsFound() {
        ImageSource.FromDockerfile source = pom().plugin(
                        "org.apache.maven.plugins",
                        "maven-antrun-plugin",
                        "<executions><execution><configuration><target><exec executable=\"docker\" dir=\"target\">"
                                + "<arg value=\"build\"/><arg line=\"-t shop ../docker\"/></exec></target></configuration></execution></executions>")
                .dockerfile();

        assertThat(source.dockerfile()).isEqualTo(directory.resolve("docker/Dockerfile"));
    }

    @Test
    void quarkusBuildsItsUsualDockerfile() {
        PomFixture pom = pom().dependency("io.quarkus", "quarkus-container-image-docker");

        assertThat(pom.dockerfile().dockerfile()).isEqualTo(directory.resolve("src/main/docker/Dockerfile.jvm"));
        assertThat(pom.dockerfile().context()).isEqualTo(directory);
        assertThat(pom.with("quarkus.native.enabled", "true").dockerfile().dockerfile())
                .isEqualTo(directory.resolve("src/main/docker/Dockerfile.native"));
    }

    @Test
    void quarkusBuildsTheDockerfileThatItsPropertiesName() {
        ImageSource.FromDockerfile source = pom().dependency("io.quarkus", "quarkus-container-image-docker")
                .file(
                        "src/main/resources/application.properties",
                        "a=b\nquarkus.docker.dockerfile-jvm-path=docker/D\nquarkus.docker.build-args.V=1\n")
                .dockerfile();

        assertThat(source.dockerfile()).isEqualTo(directory.resolve("docker/D"));
        assertThat(source.location())
                .isEqualTo(new Location("src/main/resources/application.properties", 2, 36, 2, 44));
        assertThat(source.buildArgs()).containsEntry("V", "1");
    }

    @Test
    void theJibExtensionOfQuarkusDescribesTheImage() {
        Image image = pom().dependency("io.quarkus", "quarkus-container-image-jib")
                .file("src/main/resources/application.properties", """
                        quarkus.jib.user=1000
                        quarkus.jib.base-jvm-image=eclipse-temurin:21-jre
                        quarkus.jib.jvm-additional-arguments=-Xmx1g
                        quarkus.jib.environment-variables."TZ"=UTC
                        """)
                .image();

        assertThat(image.base()).isEqualTo("eclipse-temurin:21-jre");
        assertThat(image.config().user().known()).contains("1000");
        assertThat(image.config().workdir().known()).contains(ContainerPath.of("/home/jboss"));
        assertThat(image.config().environment().get("TZ").known()).contains("UTC");
        assertThat(PomFixture.entrypoint(image))
                .matches("java -Djava.util.logging.manager=\\S+ -Xmx1g -jar quarkus-run.jar");
        assertThat(PomFixture.ownership(image, "/home/jboss")).isEqualTo(Ownership.ROOT_0755);
    }

    @Test
    void theJibExtensionOfQuarkusIsReadFromYamlToo() {
        PomFixture pom = pom().dependency("io.quarkus", "quarkus-container-image-jib")
                .file("src/main/resources/application.properties", "quarkus.jib.user=1000\n")
                .file("src/main/resources/application.yml", """
                        quarkus:
                          jib:
                            base-jvm-image: eclipse-temurin:21-jre
                            user: 2000
                            environment-variables:
                              TZ: UTC
                        """);
        assertThat(pom.image().config().user().known()).contains("1000");

        Image image = pom.dependency("io.quarkus", "quarkus-config-yaml").image();
        assertThat(image.base()).isEqualTo("eclipse-temurin:21-jre");
        assertThat(image.config().user().known()).contains("2000");
        assertThat(image.config().environment().get("TZ").known()).contains("UTC");
    }

    @Test
    void theSquashFlagOfPodmanIsRead() {
        assertThat(
                        exec("<executable>podman</executable><commandlineArgs>build --squash-all -f docker/D .</commandlineArgs>")
                                .dockerfile()
                                .dockerfile())
                .isEqualTo(directory.resolve("docker/D"));
    }

    @Test
    void theBaseImageOfQuarkusIsUnknown() {
        Image image =
                pom().dependency("io.quarkus", "quarkus-container-image-jib").image();

        assertThat(image.config().complete()).isFalse();
        assertThat(image.config().entrypoint().isUnknown()).isTrue();
    }

    @Test
    void theImageThatIsMostLikelyMeantComesFirst() {
        assertThat(pom().plugin(
                                "org.springframework.boot",
                                "spring-boot-maven-plugin",
                                "<configuration><image/></configuration>")
                        .jib("")
                        .plugin("com.spotify", "dockerfile-maven-plugin", "")
                        .managedPlugin(
                                "io.fabric8",
                                "docker-maven-plugin",
                                "<configuration><images><image><build>"
                                        + "<dockerFile>D</dockerFile></build></image></images></configuration>")
                        .sources())
                .extracting(ImageSource::plugin)
                .containsExactly(
                        "dockerfile-maven-plugin",
                        "jib-maven-plugin",
                        "spring-boot:build-image",
                        "docker-maven-plugin");
    }
}
