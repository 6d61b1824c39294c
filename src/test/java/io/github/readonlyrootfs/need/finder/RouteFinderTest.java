// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.bytecode.Compiled;
import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.Situation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFinderTest {

    private static final String CAMEL = "org.apache.camel:camel-file:4.14.0";
    private static final String INTEGRATION = "org.springframework.integration:spring-integration-file:6.5.0";
    private static final String BATCH = "org.springframework.batch:spring-batch-core:5.2.0";

    @TempDir
    Path directory;

    private List<String> found(String library, String file, String text) throws IOException {
        Situation.resource(directory, file, text);
        Situation situation = new Situation().in(directory).library("org.springframework.boot:spring-boot:3.5.7");
        return Contexts.found("routes", (library.isEmpty() ? situation : situation.library(library)).context());
    }

    @Test
    void routesOfCamelAreNotRead() throws IOException {
        assertThat(found(CAMEL, "camel/routes.xml", "<routes><route><from uri=\"file:inbox\"/></route></routes>"))
                .containsExactly("? the files that camel/routes.xml names: this check does not read them");
        assertThat(found(CAMEL, "camel/routes.xml", "<routes><route><from uri=\"timer:x\"/></route></routes>"))
                .isEmpty();
        assertThat(found(CAMEL, "tunnel.xml", "<config xsi:schemaLocation=\"urn:x file:x.xsd\"/>"))
                .isEmpty();
        assertThat(found(CAMEL, "camel/routes.yaml", "- from:\n    uri: file:inbox\n"))
                .containsExactly("? the files that camel/routes.yaml names: this check does not read them");
    }

    @Test
    void withoutCamelsComponentForFilesRoutesNameNone() throws IOException {
        assertThat(found("", "camel/routes.xml", "<routes><route><from uri=\"file:inbox\"/></route></routes>"))
                .isEmpty();
    }

    @Test
    void adaptersOfSpringIntegrationAreNotRead() throws IOException {
        assertThat(found(
                        INTEGRATION, "integration/flow.xml", "<int-file:outbound-channel-adapter directory=\"/out\"/>"))
                .containsExactly("? the files that integration/flow.xml names: this check does not read them");
    }

    @Test
    void itemWritersInSpringsXmlAreNotRead() throws IOException {
        assertThat(found(BATCH, "job.xml", "<bean class=\"org.springframework.batch.item.file.FlatFileItemWriter\"/>"))
                .containsExactly("? the files that job.xml names: this check does not read them");
    }

    private List<String> compiled(String library, String... sources) throws IOException {
        Compiled.compile(directory.resolve("target/classes"), List.of(), sources);
        return Contexts.found(
                "routes", new Situation().in(directory).library(library).context());
    }

    @Test
    void routesThatCodeAddsAsDataAreNotRead() throws IOException {
        assertThat(compiled(
                        CAMEL,
                        "package org.apache.camel; public interface CamelContext {"
                                + " void addRouteDefinitions(java.util.Collection<?> routes); }",
                        "package com.acme; class Routes { void add(org.apache.camel.CamelContext to, java.util.List<?> all) {"
                                + " to.addRouteDefinitions(all); } }"))
                .containsExactly(
                        "? the files of the routes that addRouteDefinition adds: this check does not read them");
    }

    @Test
    void beansInSpringsXmlAreNotRead() throws IOException {
        assertThat(compiled(
                        BATCH,
                        "package org.springframework.context.annotation; public @interface ImportResource {"
                                + " String value(); }",
                        "package com.acme; @org.springframework.context.annotation.ImportResource(\"beans.xml\")"
                                + " class Config {}"))
                .containsExactly("? the files of beans in Spring's XML: this check does not read them");
    }
}
