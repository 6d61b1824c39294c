// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.configuration.ApplicationConfiguration.Conditional;
import io.github.readonlyrootfs.configuration.RankedConfiguration.Rules;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RankedConfigurationTest {

    @TempDir
    Path directory;

    private Project project(String files) {
        return new Project(directory).with(files);
    }

    private static ApplicationConfiguration read(Project project, Rules rules) {
        return RankedConfiguration.read(project.files(), project.launch(), ContainerFiles.NONE, rules, true);
    }

    private static String value(Project project, Rules rules, String key) {
        return Project.show(read(project, rules).value(key));
    }

    private static String quarkus(Project project, String key) {
        return value(project, Rules.QUARKUS, key);
    }

    private static String helidon(Project project, String key) {
        return value(project, Rules.HELIDON_MP, key);
    }

    private static String micronaut(Project project, String key) {
        return value(project, Rules.MICRONAUT, key);
    }

    @Test
    void inQuarkusYamlWinsOverPropertiesAndTheProfileProdOverBoth() {
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
        ApplicationConfiguration configuration = read(project, Rules.QUARKUS);
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
        assertThat(quarkus(project.env("B=variable"), "b")).startsWith("variable @");
    }

    @Test
    void yamlIsNotReadWithoutTheExtensionForIt() {
        Project project = project("""
                == application.properties
                a=properties
                == application.yaml
                a: yaml
                """);
        assertThat(Project.show(RankedConfiguration.read(
                                project.files(), project.launch(), ContainerFiles.NONE, Rules.QUARKUS, false)
                        .value("a")))
                .startsWith("properties @");
    }

    @Test
    void whatSeveralFilesOfOneRankSetDifferentlyIsUnknown() {
        Project project = project("""
                == application.yaml
                a: one
                b: same
                == application.yml
                a: other
                b: same
                c: alone
                """);
        for (Rules rules : new Rules[] {Rules.QUARKUS, Rules.SMALLRYE}) {
            assertThat(value(project, rules, "a")).isEqualTo("? several sources set it, and their order is not known");
            assertThat(value(project, rules, "b")).startsWith("same @");
            assertThat(value(project, rules, "c")).startsWith("alone @");
        }
    }

    @Test
    void eachValueOfATieIsACandidate() {
        ApplicationConfiguration configuration =
                read(project("== application.yaml\na: one\n== application.yml\na: other\n"), Rules.QUARKUS);

        assertThat(configuration.candidates("a").stream().flatMap(value -> value.known().stream()))
                .containsExactly("one", "other");
        assertThat(configuration.unfollowed()).isEmpty();
    }

    @Test
    void whatASettingNamesMayOverrideAllOthers() {
        Project project = project("""
                == application.properties
                a=plain
                """);
        for (String variable : new String[] {"QUARKUS_CONFIG_LOCATIONS=more", "QUARKUS_CONFIG_PROFILE_PARENT=eu"}) {
            ApplicationConfiguration configuration = read(project("").env(variable), Rules.QUARKUS);
            assertThat(configuration.incomplete().orElseThrow()).endsWith(" names may set it");
            assertThat(configuration.unfollowed()).isEqualTo(configuration.incomplete());
        }
        project.env("QUARKUS_CONFIG_LOCATIONS=more.properties");
        assertThat(quarkus(project, "a")).isEqualTo("? what quarkus.config.locations names may set it");
        Project micronaut = new Project(directory).env("MICRONAUT_CONFIG_FILES=/etc/shop.yml", "A=variable");
        assertThat(micronaut(micronaut, "a")).isEqualTo("? what micronaut.config.files names may set it");
    }

    @Test
    void parentsOfAnInactiveProfileChangeNothing() {
        Project project = project("""
                == application.properties
                a=plain
                %eu.quarkus.config.profile.parent=prod
                """);
        assertThat(quarkus(project, "a")).startsWith("plain @");
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
                        """), Rules.QUARKUS);
        assertThat(configuration.conditional())
                .extracting(Conditional::condition)
                .containsExactly("profile eu", "profile staging");
        assertThat(Project.show(
                        configuration.conditional().get(1).configuration().value("a")))
                .startsWith("staging @");
    }

    @Test
    void aFileForAProfileWithAnotherExtensionIsReadInSomeVersions() {
        Project project = project("""
                == application.yml
                b: plain
                == application-prod.yaml
                a: other
                == application-prod.yml
                b: same
                """);
        assertThat(quarkus(project, "a")).isEqualTo("? its version decides whether it reads this extension");
        assertThat(quarkus(project, "b")).startsWith("same @");
    }

    @Test
    void onlyNewVersionsOfSmallRyeReadApplicationProperties() {
        Project project = project("""
                == META-INF/microprofile-config.properties
                a=standard
                == application.properties
                a=application
                """);
        assertThat(value(project, Rules.MICROPROFILE, "a")).startsWith("standard @");
        assertThat(value(project, Rules.SMALLRYE, "a")).startsWith("application @");
        assertThat(helidon(project, "a")).startsWith("standard @");
    }

    @ParameterizedTest
    @EnumSource(names = {"MICROPROFILE", "SMALLRYE", "HELIDON_MP"})
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

    @Test
    void inHelidonMpOrdersThatDependOnTheVersionAreUnknown() {
        Project project = project("""
                == META-INF/microprofile-config.properties
                %prod.a=file
                b=properties
                c=plain
                == META-INF/microprofile-config-prod.properties
                c=profile
                d=profile
                == application.yaml
                b: yaml
                """).env("MP_CONFIG_PROFILE=prod", "A=variable");
        assertThat(helidon(project, "a")).isEqualTo("? several sources set it, and their order is not known");
        assertThat(helidon(project, "b")).isEqualTo("? several sources set it, and their order is not known");
        assertThat(helidon(project, "c")).isEqualTo("? several sources set it, and their order is not known");
        assertThat(helidon(project, "d")).startsWith("profile @");
    }

    @Test
    void inHelidonMpAnEmptyValueUnsetsAKey() {
        Project project = project("""
                == META-INF/microprofile-config.properties
                a=file
                b=${a:default}
                """).property("a=");
        assertThat(helidon(project, "a")).isEqualTo("-");
        assertThat(helidon(project, "b")).startsWith("default @");
    }

    @ParameterizedTest
    @EnumSource(names = {"MICROPROFILE", "SMALLRYE", "HELIDON_MP"})
    void anOrdinalChangesThePrecedenceOfAFile(Rules rules) {
        Project project = project("""
                == META-INF/microprofile-config.properties
                config_ordinal=350
                a=file
                b=file
                """).property("b=property").env("A=variable");
        assertThat(value(project, rules, "a")).startsWith("file @");
        assertThat(value(project, rules, "b")).startsWith("property @");
    }

    @ParameterizedTest
    @EnumSource(names = {"HELIDON_3", "HELIDON_4", "HELIDON_MP"})
    void theMetaConfigurationOfHelidonMayNameOtherSources(Rules rules) {
        String reason = "its meta-configuration, its profile or HOCON may name other sources";
        assertThat(read(project("== meta-config.yaml\nsources: []\n"), rules).incomplete())
                .contains(reason);
        Project named = new Project(directory.resolve("other")).env("HELIDON_CONFIG_PROFILE=eu", "A=variable");
        assertThat(value(named, rules, "a")).isEqualTo("? " + reason);
    }

    @Test
    void helidonReadsOneFileUnderTheEnvironmentAndProperties() {
        Project project = project("""
                == application.yaml
                a: yaml
                c: ${a}/${none}
                data-dir: file
                """);
        assertThat(value(project, Rules.HELIDON_4, "a")).startsWith("yaml @");
        assertThat(value(project, Rules.HELIDON_4, "c")).startsWith("yaml/${none} @");
        project.env("A=variable", "DATA_DIR=/variable");
        assertThat(value(project, Rules.HELIDON_4, "a")).startsWith("variable @");
        assertThat(value(project, Rules.HELIDON_4, "data-dir")).startsWith("/variable @");
        assertThat(value(project, Rules.HELIDON_3, "data-dir")).startsWith("file @");
        assertThat(value(project.property("a=property"), Rules.HELIDON_4, "a")).startsWith("property @");
        project.with("application.properties", "b=properties\n");
        assertThat(value(project, Rules.HELIDON_4, "b")).isEqualTo("? Helidon reads one of several files");
    }

    private Project micronaut() {
        return project("""
                == application.yml
                a: plain
                b: plain
                == application-prod.properties
                a=prod
                == application-ec2.json
                {"b": "ec2"}
                """);
    }

    @Test
    void inMicronautEachEnvironmentHasItsFile() {
        Project project = micronaut();
        assertThat(micronaut(project, "a")).startsWith("plain @");
        project.env("MICRONAUT_ENVIRONMENTS=ec2,prod");
        assertThat(micronaut(project, "a")).startsWith("prod @ classes/application-prod.properties:1:3");
        assertThat(micronaut(project, "b")).isEqualTo("ec2 @ classes/application-ec2.json:1:7");
        project.args("-x", "--b=argument");
        assertThat(micronaut(project, "b")).startsWith("argument @");
    }

    @Test
    void inMicronautFilesOfInactiveEnvironmentsAreConditional() {
        assertThat(read(micronaut(), Rules.MICRONAUT).conditional())
                .extracting(Conditional::condition)
                .containsExactly("profile ec2", "profile prod");
    }

    @Test
    void inMicronautEnvironmentsOfTheVariableAndOfThePropertyAreBothActive() {
        Project project = micronaut().property("micronaut.environments=prod").env("MICRONAUT_ENVIRONMENTS=ec2");
        assertThat(read(project, Rules.MICRONAUT).profiles().active()).containsExactly("prod", "ec2");
        project.env("MICRONAUT_ENVIRONMENTS=?");
        assertThat(micronaut(project, "a"))
                .isEqualTo(
                        "? classes/application-prod.properties:1:3 sets it for a profile, and the active profiles are"
                                + " unknown");
    }

    @Test
    void inMicronautDefaultsAreChainedAndBackticksKeepColons() {
        Project project = new Project(directory).with("application.properties", """
                b=value
                first=${none:nil:c}
                second=${none:b:c}
                third=${none:`jdbc:h2:./x`}
                fourth=${NONE:}/x
                """);
        assertThat(micronaut(project, "first")).startsWith("c @");
        assertThat(micronaut(project, "second")).startsWith("value @");
        assertThat(micronaut(project, "third")).startsWith("jdbc:h2:./x @");
        assertThat(micronaut(project, "fourth")).startsWith("/x @");
    }
}
