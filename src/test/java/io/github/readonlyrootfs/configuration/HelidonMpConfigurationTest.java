// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HelidonMpConfigurationTest {

    @TempDir
    Path directory;

    private String value(Project project, boolean four, String key) {
        return Project.show(HelidonMpConfiguration.read(project.files(), project.launch(), ContainerFiles.NONE, four)
                .value(key));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theEnvironmentNamesTheProfile(boolean four) {
        Project project = new Project(directory).with("""
                == META-INF/microprofile-config.properties
                a=plain
                b=plain
                %prod.a=prod
                == META-INF/microprofile-config-prod.properties
                b=file
                """);
        assertThat(value(project, four, "a")).startsWith("plain @");
        assertThat(value(project, four, "b")).startsWith("plain @");
        project.env("MP_CONFIG_PROFILE=prod");
        assertThat(value(project, four, "a")).startsWith("prod @");
        assertThat(value(project, four, "b")).startsWith("file @");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aFileForAProfileIsReadOnlyBesideTheMainFile(boolean four) {
        Project project = new Project(directory)
                .with("META-INF/microprofile-config-prod.properties", "a=prod\n")
                .env("MP_CONFIG_PROFILE=prod");
        assertThat(value(project, four, "a")).isEqualTo("-");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void applicationPropertiesAreNotRead(boolean four) {
        Project project = new Project(directory).with("application.properties", "a=x\n");
        assertThat(value(project, four, "a")).isEqualTo("-");
    }

    @Test
    void yamlWinsOverProperties() {
        Project project = new Project(directory).with("""
                == application.yaml
                a: yaml
                == META-INF/microprofile-config.properties
                a=properties
                """);
        assertThat(value(project, true, "a")).startsWith("yaml @");
    }

    @Test
    void sinceHelidon4AStrongerSourceWinsOverTheKeyOfAProfile() {
        Project project = new Project(directory)
                .with("META-INF/microprofile-config.properties", "%prod.a=file\n")
                .env("MP_CONFIG_PROFILE=prod", "A=variable");
        assertThat(value(project, false, "a")).startsWith("file @");
        assertThat(value(project, true, "a")).startsWith("variable @");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anEmptyValueUnsetsAKey(boolean four) {
        Project project = new Project(directory)
                .with("META-INF/microprofile-config.properties", "a=file\nb=${a:default}\n")
                .property("a=");
        assertThat(value(project, four, "a")).isEqualTo("-");
        assertThat(value(project, four, "b")).startsWith("default @");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anOrdinalChangesThePrecedenceOfAFile(boolean four) {
        Project project = new Project(directory)
                .with("META-INF/microprofile-config.properties", "config_ordinal=350\na=file\nb=file\n")
                .property("b=property")
                .env("A=variable");
        assertThat(value(project, four, "a")).startsWith("file @");
        assertThat(value(project, four, "b")).startsWith("property @");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anUnknownProfileMakesItsSettingsUnknown(boolean four) {
        Project project = new Project(directory)
                .with("META-INF/microprofile-config.properties", "a=plain\n%prod.a=prod\nb=plain\n")
                .env("MP_CONFIG_PROFILE=?");
        assertThat(value(project, four, "a")).startsWith("? ").contains("the active profiles are unknown");
        assertThat(value(project, four, "b")).startsWith("plain @");
    }

    @Test
    void theMetaConfigurationMayNameOtherSources() {
        Project project = new Project(directory).with("mp-meta-config.yaml", "sources: []\n");
        assertThat(incomplete(project, true)).contains("its meta-configuration may name other sources");
        Project named = new Project(directory.resolve("other")).env("HELIDON_MP_META_CONFIG=/etc/x.yaml");
        assertThat(incomplete(named, false)).contains("its meta-configuration may name other sources");
    }

    private static Optional<String> incomplete(Project project, boolean four) {
        return HelidonMpConfiguration.read(project.files(), project.launch(), ContainerFiles.NONE, four)
                .incomplete();
    }
}
