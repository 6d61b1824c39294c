// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.configuration.ApplicationConfiguration.Conditional;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelidonConfigurationTest {

    @TempDir
    Path directory;

    private Project project() {
        return new Project(directory).with("""
                == application.yaml
                a: yaml
                c: ${a}/${none}
                == application.properties
                b=properties
                == application-prod.yaml
                a: prod
                """);
    }

    private static ApplicationConfiguration read(Project project) {
        return HelidonConfiguration.read(project.files(), project.launch(), ContainerFiles.NONE, false);
    }

    private static String value(Project project, String key) {
        return Project.show(read(project).value(key));
    }

    @Test
    void theFirstFileWins() {
        assertThat(value(project(), "a")).startsWith("yaml @");
        assertThat(value(project(), "b")).isEqualTo("-");
        assertThat(value(project(), "c")).startsWith("yaml/${none} @");
        assertThat(value(project().env("A=variable"), "a")).startsWith("variable @");
        assertThat(value(project().env("A=variable").property("a=property"), "a"))
                .startsWith("property @");
    }

    @Test
    void filesOfTheProfileAreReadAndTheEnvironmentWins() {
        Project project = project().env("HELIDON_CONFIG_PROFILE=prod");
        assertThat(value(project, "a")).startsWith("prod @");
        assertThat(value(project, "b")).isEqualTo("-");
        assertThat(value(project.env("A=variable").property("a=property", "config.profile=eu"), "a"))
                .startsWith("variable @");
        assertThat(read(project()).conditional())
                .extracting(Conditional::condition)
                .containsExactly("profile prod");
    }

    @Test
    void otherSourcesMakeUnsetKeysUnknown() {
        assertThat(read(project().with("meta-config.yaml", "sources: []\n")).incomplete())
                .contains("its meta-configuration may name other sources");
        assertThat(read(project().env("HELIDON_CONFIG_PROFILE=?")).incomplete())
                .contains("which profile is active is not known: HELIDON_CONFIG_PROFILE comes from a secret");
    }

    @Test
    void sinceVersion4AnUnderscoreInAVariableMayBeAHyphen() {
        Project project = project().env("DATA_DIR=/variable");
        assertThat(value(project, "data-dir")).isEqualTo("-");
        assertThat(Project.show(HelidonConfiguration.read(project.files(), project.launch(), ContainerFiles.NONE, true)
                        .value("data-dir")))
                .startsWith("/variable @");
    }
}
