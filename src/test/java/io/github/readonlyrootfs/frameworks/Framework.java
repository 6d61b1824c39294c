// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.frameworks;

import io.github.readonlyrootfs.need.Situation;
import java.util.List;
import java.util.stream.Collectors;

/** A framework of a version, and the program that asks it. */
enum Framework {
    SPRING_BOOT_3("SpringBoot", "org.springframework.boot:spring-boot:3.5.8", "org.yaml:snakeyaml:2.4"),
    SPRING_BOOT_4("SpringBoot", "org.springframework.boot:spring-boot:4.0.7", "org.yaml:snakeyaml:2.5"),
    QUARKUS_3("Quarkus", "io.quarkus:quarkus-core:3.33.2", "io.quarkus:quarkus-config-yaml:3.33.2");

    private static final String QUARKUS_BOM = """
                      <dependency>
                        <groupId>io.quarkus</groupId>
                        <artifactId>quarkus-bom</artifactId>
                        <version>3.33.2</version>
                        <type>pom</type>
                        <scope>import</scope>
                      </dependency>""";

    private final String driver;

    @SuppressWarnings("ImmutableEnumChecker") // made by List.of
    private final List<String> libraries;

    Framework(String driver, String... libraries) {
        this.driver = driver;
        this.libraries = List.of(libraries);
    }

    String driver() {
        return driver;
    }

    /** The coordinates of the libraries that an application with it names. */
    List<String> libraries() {
        return libraries;
    }

    private boolean isQuarkus() {
        return driver.equals("Quarkus");
    }

    /** The keys that are asked for. */
    List<String> keys() {
        return isQuarkus() ? RandomQuarkusConfiguration.KEYS : RandomSpringConfiguration.KEYS;
    }

    ConfigurationSet random(long seed) {
        return isQuarkus() ? RandomQuarkusConfiguration.of(seed) : RandomSpringConfiguration.of(seed);
    }

    /** The file of the recorded answers, which all versions give. */
    String file() {
        return driver + ".txt";
    }

    /** Of a project that depends on it. */
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
                isQuarkus() ? QUARKUS_BOM : "",
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
