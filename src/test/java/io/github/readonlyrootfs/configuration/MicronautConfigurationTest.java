// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.configuration.ApplicationConfiguration.Conditional;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
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
        return read(project, false);
    }

    private static ApplicationConfiguration read(Project project, boolean five) {
        return MicronautConfiguration.read(project.files(), project.launch(), ContainerFiles.NONE, five);
    }

    private static String value(Project project, String key) {
        return Project.show(read(project).value(key));
    }

    @Test
    void eachEnvironmentHasItsFile() {
        Project project = project();
        assertThat(value(project, "a")).startsWith("plain @");
        project.env("MICRONAUT_ENVIRONMENTS=ec2,prod");
        assertThat(value(project, "a")).startsWith("prod @ classes/application-prod.properties:1:3");
        assertThat(value(project, "b")).isEqualTo("ec2 @ classes/application-ec2.json:1:7");
        project.args("-x", "--b=argument");
        assertThat(value(project, "b")).startsWith("argument @");
    }

    @Test
    void filesOfInactiveEnvironmentsAreConditional() {
        assertThat(read(project()).conditional())
                .extracting(Conditional::condition)
                .containsExactly("profile ec2", "profile prod");
    }

    @Test
    void environmentsOfTheVariableAndOfThePropertyAreBothActive() {
        Project project = project().property("micronaut.environments=prod").env("MICRONAUT_ENVIRONMENTS=ec2");
        assertThat(read(project).profiles().active()).containsExactly("prod", "ec2");
        project.env("MICRONAUT_ENVIRONMENTS=?");
        assertThat(value(project, "a"))
                .isEqualTo(
                        "? classes/application-prod.properties:1:3 sets it for a profile, and the active profiles are"
                                + " unknown");
    }

    @Test
    void filesNamedInASettingWinOverAllOthers() {
        Project project = project()
                .with("more.properties", "a=more\n")
                .env("MICRONAUT_CONFIG_FILES=classpath:more.properties", "MICRONAUT_ENVIRONMENTS=prod");
        assertThat(value(project, "a")).startsWith("more @ classes/more.properties:1:3");
        assertThat(read(project).incomplete()).isEmpty();
        project.property("micronaut.config.files=/etc/shop.yml");
        assertThat(read(project).incomplete()).contains("what micronaut.config.files names may set it");
    }

    @Test
    void defaultsAreChainedAndBackticksKeepColons() {
        Project project = new Project(directory).with("application.properties", """
                b=value
                first=${none:nil:c}
                second=${none:b:c}
                third=${none:`jdbc:h2:./x`}
                fourth=${NONE:}/x
                """);
        assertThat(value(project, "first")).startsWith("c @");
        assertThat(value(project, "second")).startsWith("value @");
        assertThat(value(project, "third")).startsWith("jdbc:h2:./x @");
        assertThat(value(project, "fourth")).startsWith("/x @");
    }

    @Test
    void sinceVersion5PropertiesWinOverYamlAndFilesMayImportOthers() {
        Project project = new Project(directory)
                .with("application.properties", "a=properties\n")
                .with("application.yml", "a: yaml\n");
        assertThat(value(project, "a")).startsWith("yaml @");
        assertThat(Project.show(read(project, true).value("a"))).startsWith("properties @");
        assertThat(read(project, true).incomplete()).isEmpty();
        project.with("application.yml", "micronaut.config.import: [classpath:more.yml]\n");
        assertThat(read(project, true).incomplete()).contains("what micronaut.config.import names may set it");
        assertThat(read(project).incomplete()).isEmpty();
    }
}
