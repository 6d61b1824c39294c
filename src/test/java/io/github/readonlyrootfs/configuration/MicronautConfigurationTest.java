// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.configuration.ApplicationConfiguration.Conditional;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MicronautConfigurationTest {

    @TempDir
    Path directory;

    private Project project() {
        return new Project(directory).with("""
                == application.yml
                a: plain
                b: plain
                == application-prod.properties
                a=prod
                == application-ec2.json
                {"b": "ec2"}
                """);
    }

    private static ApplicationConfiguration read(Project project) {
        return MicronautConfiguration.read(project.files(), project.launch());
    }

    private static String value(Project project, String key) {
        return Project.show(read(project).value(key));
    }

    @Test
    void environments_have_their_files() {
        Project project = project();
        assertThat(value(project, "a")).startsWith("plain @");
        project.env("MICRONAUT_ENVIRONMENTS=ec2,prod");
        assertThat(value(project, "a")).startsWith("prod @ classes/application-prod.properties:1:3");
        assertThat(value(project, "b")).isEqualTo("ec2 @ classes/application-ec2.json:1:7");
        project.args("-x", "--b=argument");
        assertThat(value(project, "b")).startsWith("argument @");
    }

    @Test
    void environments_that_nothing_names_are_what_would_count() {
        assertThat(read(project()).conditional())
                .extracting(Conditional::condition)
                .containsExactly("profile ec2", "profile prod");
    }
}
