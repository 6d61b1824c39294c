// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.configuration.MicroProfileConfiguration.Runtime;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MicroProfileConfigurationTest {

    @TempDir
    Path directory;

    private String value(Project project, Runtime runtime, String key) {
        return Project.show(
                MicroProfileConfiguration.read(project.files(), project.launch(), ContainerFiles.NONE, runtime)
                        .value(key));
    }

    @ParameterizedTest
    @EnumSource(Runtime.class)
    void theProfileIsNamedByTheEnvironment(Runtime runtime) {
        Project project = new Project(directory).with("""
                == META-INF/microprofile-config.properties
                a=plain
                b=plain
                %prod.a=prod
                == META-INF/microprofile-config-prod.properties
                b=file
                """);
        assertThat(value(project, runtime, "a")).startsWith("plain @");
        assertThat(value(project, runtime, "b")).startsWith("plain @");
        project.env("MP_CONFIG_PROFILE=prod");
        assertThat(value(project, runtime, "a")).startsWith("prod @");
        assertThat(value(project, runtime, "b")).startsWith("file @");
    }

    @ParameterizedTest
    @EnumSource(Runtime.class)
    void aFileForAProfileCountsOnlyBesideOneForAll(Runtime runtime) {
        Project project = new Project(directory)
                .with("META-INF/microprofile-config-prod.properties", "a=prod\n")
                .env("MP_CONFIG_PROFILE=prod");
        assertThat(value(project, runtime, "a")).isEqualTo("-");
    }

    @ParameterizedTest
    @EnumSource(Runtime.class)
    void applicationPropertiesAreNotRead(Runtime runtime) {
        Project project = new Project(directory).with("application.properties", "a=x\n");
        assertThat(value(project, runtime, "a")).isEqualTo("-");
    }

    @Test
    void onlyHelidonReadsYaml() {
        Project project = new Project(directory).with("""
                == application.yaml
                a: yaml
                == META-INF/microprofile-config.properties
                a=properties
                """);
        assertThat(value(project, Runtime.HELIDON_4, "a")).startsWith("yaml @");
        assertThat(value(project, Runtime.OTHER, "a")).startsWith("properties @");
    }

    @Test
    void aStrongerSourceWinsOverTheKeyOfAProfileFromHelidonFourOn() {
        Project project = new Project(directory)
                .with("META-INF/microprofile-config.properties", "%prod.a=file\n")
                .env("MP_CONFIG_PROFILE=prod", "A=variable");
        assertThat(value(project, Runtime.HELIDON_3, "a")).startsWith("file @");
        assertThat(value(project, Runtime.HELIDON_4, "a")).startsWith("variable @");
        assertThat(value(project, Runtime.OTHER, "a")).startsWith("variable @");
    }

    @ParameterizedTest
    @EnumSource(Runtime.class)
    void anEmptyValueUnsetsAKey(Runtime runtime) {
        Project project = new Project(directory)
                .with("META-INF/microprofile-config.properties", "a=file\nb=${a:default}\n")
                .property("a=");
        assertThat(value(project, runtime, "a")).isEqualTo("-");
        assertThat(value(project, runtime, "b")).startsWith("default @");
    }

    @ParameterizedTest
    @EnumSource(Runtime.class)
    void anOrdinalMovesAFile(Runtime runtime) {
        Project project = new Project(directory)
                .with("META-INF/microprofile-config.properties", "config_ordinal=350\na=file\nb=file\n")
                .property("b=property")
                .env("A=variable");
        assertThat(value(project, runtime, "a")).startsWith("file @");
        assertThat(value(project, runtime, "b")).startsWith("property @");
    }

    @ParameterizedTest
    @EnumSource(Runtime.class)
    void aProfileThatIsNotKnownMakesUnknownWhatItSets(Runtime runtime) {
        Project project = new Project(directory)
                .with("META-INF/microprofile-config.properties", "a=plain\n%prod.a=prod\nb=plain\n")
                .env("MP_CONFIG_PROFILE=?");
        assertThat(value(project, runtime, "a")).startsWith("? ").contains("which profiles are active is not known");
        assertThat(value(project, runtime, "b")).startsWith("plain @");
    }

    @Test
    void aMetaConfigurationOfHelidonsMayNameOtherSources() {
        Project project = new Project(directory).with("mp-meta-config.yaml", "sources: []\n");
        assertThat(incomplete(project, Runtime.HELIDON_4)).contains("its meta-configuration may name other sources");
        assertThat(incomplete(project, Runtime.OTHER)).isEmpty();
        Project named = new Project(directory.resolve("other")).env("HELIDON_MP_META_CONFIG=/etc/x.yaml");
        assertThat(incomplete(named, Runtime.HELIDON_3)).contains("its meta-configuration may name other sources");
    }

    private static Optional<String> incomplete(Project project, Runtime runtime) {
        return MicroProfileConfiguration.read(project.files(), project.launch(), ContainerFiles.NONE, runtime)
                .incomplete();
    }
}
