// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicroProfileConfigurationTest {

    @TempDir
    Path directory;

    private Project project(String files) {
        return new Project(directory).with(files);
    }

    private static String quarkus(Project project, String key) {
        return Project.show(MicroProfileConfiguration.quarkus(project.files(), project.launch(), ContainerFiles.NONE)
                .value(key));
    }

    private static String helidon(Project project, String key) {
        return Project.show(MicroProfileConfiguration.microProfile(project.files(), project.launch())
                .value(key));
    }

    @Test
    void yaml_wins_over_properties_and_the_profile_prod_over_both() {
        Project project = project("""
                == META-INF/microprofile-config.properties
                a=mp
                b=mp
                c=mp
                == application.properties
                b=properties
                c=properties
                %prod.d=prod
                d=plain
                %dev.d=dev
                %prod,staging.e=both
                == application.yaml
                c: yaml
                "%prod":
                  f: yaml
                == application-prod.properties
                g=file
                """);
        assertThat(quarkus(project, "a")).isEqualTo("mp @ classes/META-INF/microprofile-config.properties:1:3");
        assertThat(quarkus(project, "b")).startsWith("properties @");
        assertThat(quarkus(project, "c")).startsWith("yaml @");
        assertThat(quarkus(project, "d")).isEqualTo("prod @ classes/application.properties:3:9");
        assertThat(quarkus(project, "e")).startsWith("both @");
        assertThat(quarkus(project, "f")).isEqualTo("yaml @ classes/application.yaml:3:6");
        assertThat(quarkus(project, "g")).startsWith("file @");
    }

    @Test
    void the_profile_can_be_another_one() {
        Project project = project("""
                == application.properties
                a=plain
                %prod.a=prod
                %staging.a=staging
                %eu.a=eu
                """);
        assertThat(quarkus(project, "a")).startsWith("prod @");
        assertThat(helidon(project, "a")).startsWith("plain @");
        project.env("QUARKUS_PROFILE=staging");
        assertThat(quarkus(project, "a")).startsWith("staging @");
        project.property("quarkus.profile=staging,eu");
        assertThat(quarkus(project, "a")).startsWith("eu @");
        project.env("MP_CONFIG_PROFILE=prod");
        assertThat(helidon(project, "a")).startsWith("prod @");
    }

    @Test
    void a_profile_from_a_secret_leaves_it_open() {
        Project project = project("""
                == application.properties
                a=plain
                %staging.a=staging
                b=plain
                %test.b=test
                """).env("QUARKUS_PROFILE=?");
        assertThat(quarkus(project, "a")).startsWith("? classes/application.properties:2:12 sets it for a profile");
        assertThat(quarkus(project, "b")).startsWith("plain @");
    }

    @Test
    void quoted_parts_of_keys_are_names_like_others() {
        Project project = project("""
                == application.properties
                quarkus.log.handler.file."own.log".path=a.log
                """).env("QUARKUS_LOG_HANDLER_FILE__OTHER__PATH=b.log");
        ApplicationConfiguration configuration =
                MicroProfileConfiguration.quarkus(project.files(), project.launch(), ContainerFiles.NONE);
        assertThat(configuration.keys("quarkus.log.handler.file.*.path"))
                .containsExactly("quarkus.log.handler.file..other..path", "quarkus.log.handler.file.\"own.log\".path");
        assertThat(configuration.value("quarkus.log.handler.file..other..path").known())
                .contains("b.log");
    }
}
