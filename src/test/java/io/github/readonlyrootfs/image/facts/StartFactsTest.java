// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartFactsTest {

    @ParameterizedTest(name = "{0} has Java {1}")
    @CsvSource({
        "eclipse-temurin:21-jre, 21",
        "public.ecr.aws/amazoncorretto/amazoncorretto:17-al2023, 17",
        "java:8, 8",
        "azul/zulu-openjdk:11.0.21, 11",
        "bellsoft/liberica-openjre-debian:25, 25",
        "ibm-semeru-runtimes:open-17-jre, 17",
        "sapmachine:24, 24",
    })
    void theVersionOfJavaIsReadFromTheTag(String reference, int version) {
        assertThat(StartFacts.of(reference).javaVersion()).hasValue(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maven:3.9",
                "tomcat:10",
                "node:22",
                "registry.example/eclipse-temurin:21",
                "eclipse-temurin:latest"
            })
    void otherTagsHaveNoVersionOfJava(String reference) {
        assertThat(StartFacts.of(reference).javaVersion()).isEmpty();
    }

    @Test
    void anImageInheritsTheStartScriptsOfItsBase() {
        assertThat(StartFacts.of("wordpress:6-apache").scripts())
                .extracting(StartFacts.Script::name)
                .containsExactly("docker-entrypoint.sh", "docker-php-entrypoint");
    }
}
