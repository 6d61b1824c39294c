// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import io.github.readonlyrootfs.need.Situation;
import io.github.readonlyrootfs.need.project.ProjectFacts.Coordinates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A framework in one version, and the program that asks it: the newest versions of its last two lines. Log4j 3 is left out:
 * as of 3.0.0-beta3 it has only betas.
 */
enum Framework {
    SPRING_BOOT_3(Kind.SPRING_BOOT, "org.springframework.boot:spring-boot:3.5.16", "org.yaml:snakeyaml:2.4"),
    SPRING_BOOT_4(Kind.SPRING_BOOT, "org.springframework.boot:spring-boot:4.1.2", "org.yaml:snakeyaml:2.5"),
    QUARKUS_2(Kind.QUARKUS_2, "io.quarkus:quarkus-core:2.16.12.Final", "io.quarkus:quarkus-config-yaml:2.16.12.Final"),
    QUARKUS_3(Kind.QUARKUS, "io.quarkus:quarkus-core:3.40.1.2", "io.quarkus:quarkus-config-yaml:3.38.1"),
    SMALLRYE_2(
            Kind.SMALLRYE,
            "SmallRye2",
            17,
            "io.smallrye.config:smallrye-config:2.13.3",
            "io.smallrye.config:smallrye-config-source-yaml:2.13.3",
            "javax.annotation:javax.annotation-api:1.3.2"),
    SMALLRYE_3(
            Kind.SMALLRYE,
            "io.smallrye.config:smallrye-config:3.17.2",
            "io.smallrye.config:smallrye-config-source-yaml:3.17.2"),
    MICRONAUT_4(Kind.MICRONAUT, "io.micronaut:micronaut-inject:4.10.37", "org.yaml:snakeyaml:2.5"),
    MICRONAUT_5(Kind.MICRONAUT, "Micronaut5", 25, "io.micronaut:micronaut-inject:5.2.23", "org.yaml:snakeyaml:2.5"),
    HELIDON_3(Kind.HELIDON, "io.helidon.config:helidon-config:3.2.16", "io.helidon.config:helidon-config-yaml:3.2.16"),
    HELIDON_4(
            Kind.HELIDON,
            "Helidon4",
            21,
            "io.helidon.config:helidon-config:4.5.0",
            "io.helidon.config:helidon-config-yaml:4.5.0"),
    HELIDON_MP_3(
            Kind.HELIDON_MP,
            "io.helidon.microprofile.config:helidon-microprofile-config:3.2.16",
            "io.helidon.config:helidon-config-mp:3.2.16",
            "io.helidon.config:helidon-config-yaml-mp:3.2.16"),
    HELIDON_MP_4(
            Kind.HELIDON_MP,
            "HelidonMp4",
            21,
            "io.helidon.microprofile.config:helidon-microprofile-config:4.4.0",
            "io.helidon.config:helidon-config-mp:4.4.0",
            "io.helidon.config:helidon-config-yaml-mp:4.4.0"),
    DROPWIZARD_4(Kind.DROPWIZARD, "io.dropwizard:dropwizard-configuration:4.0.17"),
    DROPWIZARD_5(Kind.DROPWIZARD, "io.dropwizard:dropwizard-configuration:5.0.2"),
    LOGBACK_1_5(Kind.LOGBACK, "ch.qos.logback:logback-classic:1.5.38"),
    LOGBACK_1_6(Kind.LOGBACK, "ch.qos.logback:logback-classic:1.6.6"),
    LOGBACK_IN_SPRING_BOOT_3(
            Kind.SPRING_BOOT_LOGGING,
            "org.springframework.boot:spring-boot:3.5.16",
            "ch.qos.logback:logback-classic:1.5.38",
            "org.slf4j:jul-to-slf4j:2.0.17"),
    LOGBACK_IN_SPRING_BOOT_4(
            Kind.SPRING_BOOT_LOGGING,
            "org.springframework.boot:spring-boot:4.1.2",
            "ch.qos.logback:logback-classic:1.5.38",
            "org.slf4j:jul-to-slf4j:2.0.17"),
    LOG4J_2_25(
            Kind.LOG4J_2,
            "org.apache.logging.log4j:log4j-core:2.25.5",
            "org.apache.logging.log4j:log4j-api:2.25.5",
            "com.fasterxml.jackson.dataformat:jackson-dataformat-yaml:2.21.0"),
    LOG4J_2_26(
            Kind.LOG4J_2,
            "org.apache.logging.log4j:log4j-core:2.26.1",
            "org.apache.logging.log4j:log4j-api:2.26.1",
            "com.fasterxml.jackson.dataformat:jackson-dataformat-yaml:2.21.0");

    /** The question to the framework and the program that asks it. */
    private enum Kind {
        SPRING_BOOT("SpringBoot", RandomSpringConfiguration.KEYS, RandomSpringConfiguration::of),
        QUARKUS("Quarkus", RandomSmallRyeConfiguration.KEYS, seed -> RandomSmallRyeConfiguration.of(seed, true)),
        QUARKUS_2("Quarkus2", RandomSmallRyeConfiguration.KEYS, seed -> RandomSmallRyeConfiguration.of(seed, true)),
        SMALLRYE("SmallRye", RandomSmallRyeConfiguration.KEYS, seed -> RandomSmallRyeConfiguration.of(seed, false)),
        MICRONAUT("Micronaut", RandomMicronautConfiguration.KEYS, RandomMicronautConfiguration::of),
        HELIDON("Helidon", RandomHelidonConfiguration.KEYS, RandomHelidonConfiguration::of),
        HELIDON_MP("HelidonMp", RandomHelidonMpConfiguration.KEYS, RandomHelidonMpConfiguration::of),
        DROPWIZARD("Dropwizard", RandomDropwizardConfiguration.KEYS, RandomDropwizardConfiguration::of),
        LOGBACK("Logback", RandomLogbackConfiguration.KEYS, seed -> RandomLogbackConfiguration.of(seed, false)),
        LOG4J_2("Log4j2", RandomLog4j2Configuration.KEYS, RandomLog4j2Configuration::of),
        SPRING_BOOT_LOGGING(
                "SpringBootLogging",
                RandomLogbackConfiguration.KEYS,
                seed -> RandomLogbackConfiguration.of(seed, true));

        private final String driver;

        @SuppressWarnings("ImmutableEnumChecker") // made by List.of
        private final List<String> keys;

        @SuppressWarnings("ImmutableEnumChecker") // has no state
        private final LongFunction<ConfigurationSet> random;

        Kind(String driver, List<String> keys, LongFunction<ConfigurationSet> random) {
            this.driver = driver;
            this.keys = keys;
            this.random = random;
        }
    }

    private static final String BOOLEAN = "shop.enabled";

    /** Words that some framework reads as a boolean, and words that none does. */
    private static final List<String> WORDS = List.of(
            "true", "TRUE", "false", "False", "on", "On", "off", "OFF", "yes", "Yes", "no", "NO", "1", "0", "y", "N",
            "t", "ja", "nein", "oui", "non", "si", "sim", "j", "maybe", "2", " true ", "", " ");

    private static final String QUARKUS_BOM = """
                      <dependency>
                        <groupId>io.quarkus</groupId>
                        <artifactId>quarkus-bom</artifactId>
                        <version>3.40.1.2</version>
                        <type>pom</type>
                        <scope>import</scope>
                      </dependency>""";

    private final Kind kind;
    private final String answers;
    private final int java;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> libraries;

    Framework(Kind kind, String... libraries) {
        this(kind, kind.driver, 17, libraries);
    }

    /**
     * A version with other answers than the rest of its kind, or that needs a newer Java.
     *
     * @param answers the name of the file with its recorded answers
     * @param java the oldest version of Java that it runs on
     */
    Framework(Kind kind, String answers, int java, String... libraries) {
        this.kind = kind;
        this.answers = answers;
        this.java = java;
        this.libraries = List.of(libraries);
    }

    /** The library and version that it is of. */
    String title() {
        Coordinates library = Situation.coordinates(libraries.get(0));
        return library.artifactId() + " " + library.version()
                + (kind == Kind.SPRING_BOOT_LOGGING ? " with Logback" : "");
    }

    String driver() {
        return kind.driver;
    }

    /** The oldest version of Java that it runs on. */
    int java() {
        return java;
    }

    /** The coordinates of the libraries in the pom of an application that uses it. */
    List<String> libraries() {
        return libraries;
    }

    /** Whether the question is which files it opens for logging, and not the values of keys. */
    boolean logs() {
        return Set.of(Kind.LOGBACK, Kind.LOG4J_2, Kind.SPRING_BOOT_LOGGING).contains(kind);
    }

    /** The keys to read; a question mark marks the one that is read as a boolean. */
    List<String> keys() {
        return hasBooleans()
                ? Stream.concat(kind.keys.stream(), Stream.of(BOOLEAN + "?")).toList()
                : kind.keys;
    }

    /** Whether it has its own words for booleans. */
    private boolean hasBooleans() {
        return !logs() && kind != Kind.DROPWIZARD;
    }

    ConfigurationSet random(long seed) {
        ConfigurationSet set = kind.random.apply(seed);
        int word = Math.floorMod(seed, WORDS.size() + 3);
        if (!hasBooleans() || word >= WORDS.size()) {
            return set;
        }
        Map<String, String> properties = new LinkedHashMap<>(set.properties());
        properties.put(BOOLEAN, WORDS.get(word));
        return new ConfigurationSet(set.files(), set.environment(), properties, set.arguments());
    }

    /** The file of the recorded answers. */
    String file() {
        return answers + ".txt";
    }

    /** The pom of a project that depends on it. */
    String pom() {
        return """
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>asked</groupId>
                  <artifactId>framework</artifactId>
                  <version>1</version>
                  <packaging>pom</packaging>
                  <dependencyManagement>
                    <dependencies>
                %s
                    </dependencies>
                  </dependencyManagement>
                  <dependencies>
                %s
                  </dependencies>
                </project>
                """.formatted(
                kind == Kind.QUARKUS ? QUARKUS_BOM : "",
                libraries.stream()
                        .map(Situation::coordinates)
                        .map(library -> """
                            <dependency>
                              <groupId>%s</groupId>
                              <artifactId>%s</artifactId>
                              <version>%s</version>
                            </dependency>""".formatted(library.groupId(), library.artifactId(), library.version()))
                        .collect(Collectors.joining("\n")));
    }
}
