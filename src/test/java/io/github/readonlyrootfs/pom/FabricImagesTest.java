// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.image.tree.Ownership;
import io.github.readonlyrootfs.image.tree.UnixId;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.EntryKind;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FabricImagesTest {

    @TempDir
    Path directory;

    private PomFixture build(String settings) {
        return new PomFixture(directory)
                .plugin(
                        "io.fabric8",
                        "docker-maven-plugin",
                        "<configuration><images><image><name>shop</name><build>" + settings
                                + "</build></image></images></configuration>");
    }

    @Test
    void theConfigurationIsThatOfTheImage() {
        Image image = build("<from>eclipse-temurin:21-jre</from><user>1000</user><workdir>/srv</workdir>"
                        + "<volumes><volume>/data</volume></volumes><env><TZ>UTC</TZ><P>$PATH:/x</P></env>"
                        + "<entryPoint><exec><arg>java</arg><arg>-jar</arg><arg>a.jar</arg></exec></entryPoint>"
                        + "<cmd>serve $PORT</cmd>")
                .image();

        assertThat(image.base()).isEqualTo("eclipse-temurin:21-jre");
        assertThat(image.config().user().known()).contains("1000");
        assertThat(image.config().workdir().known()).contains(ContainerPath.of("/srv"));
        assertThat(PomFixture.volumes(image)).containsExactly("/data");
        assertThat(image.config().environment().get("TZ").known()).contains("UTC");
        assertThat(image.config().environment().get("P").isUnknown()).isTrue();
        assertThat(PomFixture.entrypoint(image)).isEqualTo("java -jar a.jar");
        assertThat(image.config().cmd().known().orElseThrow().toString()).isEqualTo("[/bin/sh, -c, serve $PORT]");
    }

    @Test
    void anAssemblyOnABaseIsCopiedForRootAndIsNotAVolume() {
        Image image =
                build("<from>debian:12</from><assembly><inline/></assembly>").image();

        assertThat(PomFixture.ownership(image, "/maven")).isEqualTo(Ownership.ROOT_0755);
        assertThat(image.files().at(ContainerPath.of("/maven/x")).kind()).isEqualTo(EntryKind.UNKNOWN);
        assertThat(image.config().volumes().declared()).isEmpty();
    }

    @Test
    void withoutABaseTheAssemblyIsAVolumeOfADataImage() {
        Image image = build("<assembly><name>app</name></assembly>").image();

        assertThat(image.base()).isEqualTo("busybox:latest");
        assertThat(PomFixture.volumes(image)).containsExactly("/app");
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void anAssemblyIsAVolumeIfItIsConfiguredAsOne(String export, int volumes) {
        Image image = build("<from>busybox</from><assembly><targetDir>/opt/app</targetDir><exportTargetDir>" + export
                        + "</exportTargetDir></assembly>")
                .image();

        assertThat(image.config().volumes().declared()).hasSize(volumes);
    }

    @Test
    void theUserOfAnAssemblyOwnsItAndRunsTheImage() {
        Image image = build("<from>busybox</from><assembly><user>jboss:root:jboss</user></assembly>")
                .image();

        assertThat(PomFixture.ownership(image, "/maven").owner()).isEqualTo(UnixId.named("jboss"));
        assertThat(PomFixture.ownership(image, "/maven").group()).isEqualTo(UnixId.ROOT);
        assertThat(image.config().user().known()).contains("jboss");
    }

    @Test
    void runCommandsMakeFilesAndAccountsUnknown() {
        Image image = build("<from>eclipse-temurin:21-jre</from><runCmds><run>adduser app</run></runCmds>")
                .image();

        assertThat(image.accounts().complete()).isFalse();
        assertThat(image.files().at(ContainerPath.of("/srv/app")).kind()).isEqualTo(EntryKind.UNKNOWN);
        assertThat(image.config().complete()).as("the configuration").isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "<dockerFile>Dockerfile.prod</dockerFile>, src/main/docker/Dockerfile.prod, src/main/docker",
        "<dockerFileDir>app</dockerFileDir>, src/main/docker/app/Dockerfile, src/main/docker/app",
        "<contextDir>app</contextDir>, src/main/docker/app/Dockerfile, src/main/docker/app",
        "<contextDir>app</contextDir><dockerFile>D</dockerFile>, src/main/docker/app/D, src/main/docker/app"
    })
    void aDockerfileIsFoundWhereThePluginLooksForIt(String settings, String file, String context) {
        ImageSource.FromDockerfile source =
                build(settings + "<args><A>1</A></args>").dockerfile();

        assertThat(source.dockerfile()).isEqualTo(directory.resolve(file));
        assertThat(source.context()).isEqualTo(directory.resolve(context));
        assertThat(source.buildArgs()).containsEntry("A", "1");
    }

    @Test
    void propertiesInADockerfileAreReplaced() {
        String text = "COPY target/${jar} @jar@ ${HOME}";

        assertThat(build("<dockerFile>D</dockerFile>")
                        .property("jar", "a$1.jar")
                        .dockerfile()
                        .filter()
                        .apply(text))
                .isEqualTo("COPY target/a$1.jar @jar@ ${HOME}");
    }

    @ParameterizedTest
    @CsvSource({"@, COPY ${jar} a.jar", "none, COPY ${jar} @jar@", "${*}, COPY a.jar @jar@"})
    void theFilterSetsTheDelimitersOfProperties(String filter, String filtered) {
        assertThat(build("<dockerFile>D</dockerFile><filter>" + filter + "</filter>")
                        .with("jar", "a.jar")
                        .dockerfile()
                        .filter()
                        .apply("COPY ${jar} @jar@"))
                .isEqualTo(filtered);
    }

    @Test
    void aDirectoryIsFoundInTheProjectIfTheDefaultOneLacksIt() {
        ImageSource.FromDockerfile source = build("<contextDir>docker</contextDir>")
                .file("docker/Dockerfile", "FROM scratch")
                .dockerfile();

        assertThat(source.dockerfile()).isEqualTo(directory.resolve("docker/Dockerfile"));
    }

    @Test
    void jkubeReadsTheSameConfiguration() {
        Image image = new PomFixture(directory)
                .plugin(
                        "org.eclipse.jkube",
                        "kubernetes-maven-plugin",
                        "<configuration><images><image><build><from>busybox</from><user>5</user></build></image></images></configuration>")
                .image();

        assertThat(image.config().user().known()).contains("5");
    }

    @Test
    void imagesThatAreOnlyRunOrSkippedAreNotBuilt() {
        assertThat(build("<skip>true</skip><from>a</from>").sources()).isEmpty();
        assertThat(build("<from>a</from>").with("docker.skip", "true").sources())
                .isEmpty();
        assertThat(new PomFixture(directory)
                        .plugin(
                                "io.fabric8",
                                "docker-maven-plugin",
                                "<configuration><images><image><name>postgres</name><run/></image></images></configuration>")
                        .sources())
                .isEmpty();
    }

    @Test
    void aVolumeIsAddedToTheBuildElement() {
        assertThat(build("<from>busybox</from>")
                        .described()
                        .volume()
                        .orElseThrow()
                        .xml(List.of("/tmp")))
                .isEqualTo("<volumes><volume>/tmp</volume></volumes>");
    }
}
