// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicroProfileConfigurationTest {

    @TempDir
    Path directory;

    private static String helidon(Project project, String key) {
        return Project.show(MicroProfileConfiguration.microProfile(project.files(), project.launch())
                .value(key));
    }

    @Test
    void theProfileIsNamedByTheEnvironment() {
        Project project = new Project(directory).with("""
                == application.properties
                a=plain
                %prod.a=prod
                """);
        assertThat(helidon(project, "a")).startsWith("plain @");
        project.env("MP_CONFIG_PROFILE=prod");
        assertThat(helidon(project, "a")).startsWith("prod @");
    }
}
