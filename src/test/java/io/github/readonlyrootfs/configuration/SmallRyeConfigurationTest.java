// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.configuration.SmallRyeConfiguration.Rules;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SmallRyeConfigurationTest {

    @TempDir
    Path directory;

    private Project project(String files) {
        return new Project(directory).with(files);
    }

    private static ApplicationConfiguration read(Project project, Rules rules, boolean yaml) {
        return SmallRyeConfiguration.read(project.files(), project.launch(), ContainerFiles.NONE, rules, yaml);
    }

    private static String value(Project project, Rules rules, String key) {
        return Project.show(read(project, rules, true).value(key));
    }

    private static String quarkus(Project project, String key) {
        return value(project, Rules.QUARKUS_3, key);
    }

    @Test
    void yamlWinsOverPropertiesAndTheProfileProdOverBoth() {
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
    void theProfileCanBeSet() {
        Project project = project("""
                == application.properties
                a=plain
                %prod.a=prod
                %staging.a=staging
                %eu.a=eu
                """);
        assertThat(quarkus(project, "a")).startsWith("prod @");
        project.env("QUARKUS_PROFILE=staging");
        assertThat(quarkus(project, "a")).startsWith("staging @");
        project.property("quarkus.profile=staging,eu");
        assertThat(quarkus(project, "a")).startsWith("eu @");
    }

    @Test
    void aProfileFromASecretMakesTheSettingsOfProfilesUnknown() {
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
    void quotedPartsOfKeysMatchAnAsterisk() {
        Project project = project("""
                == application.properties
                quarkus.log.handler.file."own.log".path=a.log
                """).env("QUARKUS_LOG_HANDLER_FILE__OTHER__PATH=b.log");
        ApplicationConfiguration configuration = read(project, Rules.QUARKUS_3, true);
        assertThat(configuration.keys("quarkus.log.handler.file.*.path"))
                .containsExactly("quarkus.log.handler.file..other..path", "quarkus.log.handler.file.\"own.log\".path");
        assertThat(configuration.value("quarkus.log.handler.file..other..path").known())
                .contains("b.log");
    }

    @Test
    void aKeyOfAStrongerSourceWinsOverOneOfAProfile() {
        Project project = project("""
                == application.properties
                %prod.a=properties
                b=properties
                == application.yaml
                a: yaml
                "%prod":
                  b: yaml
                """);
        assertThat(quarkus(project, "a")).startsWith("yaml @");
        assertThat(quarkus(project, "b")).startsWith("yaml @");
    }

    @Test
    void yamlIsNotReadWithoutTheExtensionForIt() {
        Project project = project("""
                == application.properties
                a=properties
                == application.yaml
                a: yaml
                """);
        assertThat(Project.show(read(project, Rules.QUARKUS_3, false).value("a")))
                .startsWith("properties @");
    }

    @Test
    void anUnreadableLocationMakesUnsetKeysUnknown() {
        Project project = project("""
                == application.properties
                a=plain
                == more.properties
                b=more
                """).env("QUARKUS_CONFIG_LOCATIONS=more.properties,/etc/shop.properties");
        assertThat(quarkus(project, "a")).startsWith("plain @");
        assertThat(quarkus(project, "b")).startsWith("more @");
        assertThat(read(project, Rules.QUARKUS_3, true).incomplete())
                .contains("what quarkus.config.locations names may set it");
    }

    /** As SmallRye Config 3.17.2 and Quarkus 3.40 answer: of the same ordinal, a later file is weaker than the environment. */
    @Test
    void theEnvironmentThatNamesALocationWinsOverIt() {
        String files = """
                == one.properties
                == two.properties
                a=file
                == three.properties
                b=file
                == four.properties
                c=file
                """;
        Project project = project(files)
                .env("A=variable", "B=variable", "C=variable")
                .env("QUARKUS_CONFIG_LOCATIONS=one.properties,two.properties,three.properties,four.properties")
                .env("SMALLRYE_CONFIG_LOCATIONS=one.properties,two.properties,three.properties,four.properties");
        assertThat(quarkus(project, "a")).startsWith("file @");
        assertThat(quarkus(project, "b")).startsWith("file @");
        assertThat(quarkus(project, "c")).startsWith("variable @");
        assertThat(value(project, Rules.SMALLRYE, "a")).startsWith("file @");
        assertThat(value(project, Rules.SMALLRYE, "b")).startsWith("variable @");
    }

    @Test
    void settingsOfAnInactiveProfileAreConditional() {
        ApplicationConfiguration configuration = read(project("""
                        == application.properties
                        a=plain
                        %staging.a=staging
                        %test.a=test
                        == application-eu.properties
                        b=eu
                        """), Rules.QUARKUS_3, true);
        assertThat(configuration.conditional())
                .extracting(ApplicationConfiguration.Conditional::condition)
                .containsExactly("profile eu", "profile staging");
        assertThat(Project.show(
                        configuration.conditional().get(1).configuration().value("a")))
                .startsWith("staging @");
    }

    @Test
    void inQuarkus2AFileForAProfileHasTheExtensionOfTheMainFile() {
        Project project = project("""
                == application.yml
                b: plain
                == application-prod.yaml
                a: other
                == application-prod.yml
                b: same
                """);
        assertThat(quarkus(project, "a")).startsWith("other @");
        assertThat(quarkus(project, "b")).startsWith("same @");
        assertThat(quarkus2(project, "a")).isEqualTo("-");
        assertThat(quarkus2(project, "b")).startsWith("same @");
    }

    @Test
    void inQuarkus2TheLastPositionOfARepeatedProfileCounts() {
        Project project = project("""
                == application.properties
                %prod.quarkus.config.profile.parent=dev
                %prod.a=prod
                %dev.a=dev
                """).env("QUARKUS_PROFILE=prod,dev");
        assertThat(quarkus(project, "a")).startsWith("prod @");
        assertThat(quarkus2(project, "a")).startsWith("dev @");
    }

    private static String quarkus2(Project project, String key) {
        return value(project, Rules.QUARKUS_2, key);
    }

    @Test
    void onlySmallRyeReadsApplicationProperties() {
        Project project = project("""
                == META-INF/microprofile-config.properties
                a=standard
                == application.properties
                a=application
                """);
        assertThat(value(project, Rules.MICROPROFILE, "a")).startsWith("standard @");
        assertThat(value(project, Rules.SMALLRYE, "a")).startsWith("application @");
    }

    @ParameterizedTest
    @EnumSource(names = {"MICROPROFILE", "SMALLRYE"})
    void withoutQuarkusNoProfileIsActiveUnlessItIsNamed(Rules rules) {
        Project project = project("""
                == META-INF/microprofile-config.properties
                a=plain
                %prod.a=prod
                """);
        project.env("QUARKUS_PROFILE=prod");
        assertThat(value(project, rules, "a")).startsWith("plain @");
        project.env("MP_CONFIG_PROFILE=prod");
        assertThat(value(project, rules, "a")).startsWith("prod @");
    }
}
