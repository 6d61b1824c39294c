// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.configuration.MicroProfileConfiguration.Server;
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

    private String value(Project project, Server server, String key) {
        return Project.show(
                MicroProfileConfiguration.read(project.files(), project.launch(), ContainerFiles.NONE, server)
                        .value(key));
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void theProfileIsNamedByTheEnvironment(Server server) {
        Project project = new Project(directory).with("""
                == META-INF/microprofile-config.properties
                a=plain
                b=plain
                %prod.a=prod
                == META-INF/microprofile-config-prod.properties
                b=file
                """);
        assertThat(value(project, server, "a")).startsWith("plain @");
        assertThat(value(project, server, "b")).startsWith("plain @");
        project.env("MP_CONFIG_PROFILE=prod");
        assertThat(value(project, server, "a")).startsWith("prod @");
        assertThat(value(project, server, "b")).startsWith("file @");
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aFileForAProfileCountsOnlyBesideOneForAll(Server server) {
        Project project = new Project(directory)
                .with("META-INF/microprofile-config-prod.properties", "a=prod\n")
                .env("MP_CONFIG_PROFILE=prod");
        assertThat(value(project, server, "a")).isEqualTo("-");
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void applicationPropertiesAreNotRead(Server server) {
        Project project = new Project(directory).with("application.properties", "a=x\n");
        assertThat(value(project, server, "a")).isEqualTo("-");
    }

    @Test
    void onlyHelidonReadsYaml() {
        Project project = new Project(directory).with("""
                == application.yaml
                a: yaml
                == META-INF/microprofile-config.properties
                a=properties
                """);
        assertThat(value(project, Server.HELIDON_4, "a")).startsWith("yaml @");
        assertThat(value(project, Server.OTHER, "a")).startsWith("properties @");
    }

    @Test
    void aStrongerSourceWinsOverTheKeyOfAProfileFromHelidonFourOn() {
        Project project = new Project(directory)
                .with("META-INF/microprofile-config.properties", "%prod.a=file\n")
                .env("MP_CONFIG_PROFILE=prod", "A=variable");
        assertThat(value(project, Server.HELIDON_3, "a")).startsWith("file @");
        assertThat(value(project, Server.HELIDON_4, "a")).startsWith("variable @");
        assertThat(value(project, Server.OTHER, "a")).startsWith("variable @");
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void anEmptyValueUnsetsAKey(Server server) {
        Project project = new Project(directory)
                .with("META-INF/microprofile-config.properties", "a=file\nb=${a:default}\n")
                .property("a=");
        assertThat(value(project, server, "a")).isEqualTo("-");
        assertThat(value(project, server, "b")).startsWith("default @");
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void anOrdinalMovesAFile(Server server) {
        Project project = new Project(directory)
                .with("META-INF/microprofile-config.properties", "config_ordinal=350\na=file\nb=file\n")
                .property("b=property")
                .env("A=variable");
        assertThat(value(project, server, "a")).startsWith("file @");
        assertThat(value(project, server, "b")).startsWith("property @");
    }

    @ParameterizedTest
    @EnumSource(Server.class)
    void aProfileThatIsNotKnownMakesUnknownWhatItSets(Server server) {
        Project project = new Project(directory)
                .with("META-INF/microprofile-config.properties", "a=plain\n%prod.a=prod\nb=plain\n")
                .env("MP_CONFIG_PROFILE=?");
        assertThat(value(project, server, "a")).startsWith("? ").contains("which profiles are active is not known");
        assertThat(value(project, server, "b")).startsWith("plain @");
    }

    @Test
    void aMetaConfigurationOfHelidonsMayNameOtherSources() {
        Project project = new Project(directory).with("mp-meta-config.yaml", "sources: []\n");
        assertThat(incomplete(project, Server.HELIDON_4)).contains("its meta-configuration may name other sources");
        assertThat(incomplete(project, Server.OTHER)).isEmpty();
        Project named = new Project(directory.resolve("other")).env("HELIDON_MP_META_CONFIG=/etc/x.yaml");
        assertThat(incomplete(named, Server.HELIDON_3)).contains("its meta-configuration may name other sources");
    }

    private static Optional<String> incomplete(Project project, Server server) {
        return MicroProfileConfiguration.read(project.files(), project.launch(), ContainerFiles.NONE, server)
                .incomplete();
    }
}
