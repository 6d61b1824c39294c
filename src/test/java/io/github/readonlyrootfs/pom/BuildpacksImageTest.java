// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.pom;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.image.Image;
import io.github.readonlyrootfs.source.ContainerPath;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildpacksImageTest {

    @TempDir
    Path directory;

    private PomFixture boot(String rest) {
        return new PomFixture(directory).plugin("org.springframework.boot", "spring-boot-maven-plugin", rest);
    }

    private PomFixture image(String settings) {
        return boot("<configuration><image>" + settings + "</image></configuration>");
    }

    @Test
    void aPluginThatOnlyRepackagesBuildsNoImage() {
        assertThat(boot("<executions><execution><goals><goal>repackage</goal></goals></execution></executions>")
                        .sources())
                .isEmpty();
    }

    @Test
    void aBuildImageGoalOrAnImageElementBuildsOne() {
        assertThat(
                        boot("<executions><execution><goals><goal>build-image-no-fork</goal></goals></execution></executions>")
                                .sources())
                .hasSize(1);
        assertThat(image("<name>shop</name>").sources()).hasSize(1);
        assertThat(image("").packaging("pom").sources()).isEmpty();
    }

    @Test
    void aPaketoImageRunsAsCnbInTheWorkspaceWithoutVolumes() {
        Image image = image("<name>shop</name>").image();

        assertThat(image.config().user().known()).contains("cnb");
        assertThat(image.config().workdir().known()).contains(ContainerPath.of("/workspace"));
        assertThat(image.config().volumes().declared()).isEmpty();
        assertThat(image.config().volumes().complete()).isTrue();
        assertThat(image.config().complete()).isFalse();
        assertThat(PomFixture.entrypoint(image)).startsWith("java ");
    }

    @Test
    void theImageOfAnotherBuilderIsUnknown() {
        Image image = image("<builder>heroku/builder:24</builder>").image();

        assertThat(image.config().user().isUnknown()).isTrue();
        assertThat(image.config().entrypoint().isUnknown()).isTrue();
        assertThat(image.config().volumes().complete()).isFalse();
    }

    @Test
    void aConfiguredRunImageHasItsOwnUser() {
        Image image = image("<runImage>registry.example.com/run</runImage>").image();

        assertThat(image.config().user().isUnknown()).isTrue();
        assertThat(image.config().volumes().complete()).isFalse();
    }

    @Test
    void aNativeImageIsNotStartedByJava() {
        assertThat(image("<env><BP_NATIVE_IMAGE>true</BP_NATIVE_IMAGE></env>")
                        .image()
                        .config()
                        .entrypoint()
                        .isUnknown())
                .isTrue();
    }

    @Test
    void variablesOfTheBuildSetVariablesOfTheContainer() {
        Image image = image("""
                <applicationDirectory>/srv</applicationDirectory>
                <env>
                <BP_JVM_VERSION>21</BP_JVM_VERSION>
                <BPE_TZ>UTC</BPE_TZ>
                <BPE_OVERRIDE_A>a</BPE_OVERRIDE_A>
                <BPE_DEFAULT_B>b</BPE_DEFAULT_B>
                <BPE_APPEND_B>c</BPE_APPEND_B>
                <BPE_DELIM_B>:</BPE_DELIM_B>
                <BPE_PREPEND_B>z</BPE_PREPEND_B>
                <BPE_APPEND_JAVA_TOOL_OPTIONS>-Djava.io.tmpdir=/work</BPE_APPEND_JAVA_TOOL_OPTIONS>
                </env>""").image();

        assertThat(image.config().environment())
                .doesNotContainKey("BP_JVM_VERSION")
                .doesNotContainKey("BPE_TZ");
        assertThat(image.config().environment().get("TZ").known()).contains("UTC");
        assertThat(image.config().environment().get("A").known()).contains("a");
        assertThat(image.config().environment().get("B").known()).contains("z:b:c");
        assertThat(image.config().environment().get("JAVA_TOOL_OPTIONS").known())
                .contains("-Djava.io.tmpdir=/work");
        assertThat(image.config().workdir().known()).contains(ContainerPath.of("/srv"));
    }
}
