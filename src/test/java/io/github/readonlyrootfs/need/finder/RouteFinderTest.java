// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.Situation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFinderTest {

    private static final String CAMEL = "org.apache.camel:camel-file:4.14.0";
    private static final String INTEGRATION = "org.springframework.integration:spring-integration-file:6.5.0";

    @TempDir
    Path directory;

    private List<String> found(String library, String file, String text) throws IOException {
        Situation.resource(directory, file, text);
        Situation situation = new Situation().in(directory).library("org.springframework.boot:spring-boot:3.5.7");
        return Contexts.found("routes", (library.isEmpty() ? situation : situation.library(library)).context());
    }

    @Test
    void endpointsInXmlAreFound() throws IOException {
        assertThat(found(CAMEL, "camel/routes.xml", """
                        <routes xmlns="http://camel.apache.org/schema/spring">
                          <route>
                            <from uri="file:inbox"/>
                            <log message="file:no"/>
                            <to uri="file:///data/out?fileName=a.txt"/>
                          </route>
                          <route><from uri="file:read?noop=true"/><to uri="direct:x"/></route>
                        </routes>
                        """))
                .containsExactly("/app/inbox feature parents", "/data/out feature parents");
    }

    @Test
    void endpointsInSpringsXmlAreFound() throws IOException {
        assertThat(found(CAMEL, "META-INF/spring/camel-context.xml", """
                        <beans xmlns="http://www.springframework.org/schema/beans">
                          <camelContext xmlns="http://camel.apache.org/schema/spring"><route>
                            <from uri="timer:x"/><choice><when><toD uri="file:/x/${header.y}"/></when></choice>
                          </route></camelContext>
                        </beans>
                        """))
                .containsExactly("? the directory of <toD>: the code computes it");
    }

    @Test
    void endpointsInYamlAreFound() throws IOException {
        Files.createDirectories(directory.resolve("target/classes"));
        Files.writeString(directory.resolve("target/classes/application.properties"), "out.dir=/configured\n");

        assertThat(found(CAMEL, "camel/my.camel.yaml", """
                        - route:
                            from:
                              uri: file:in
                              parameters:
                                noop: true
                              steps:
                                - to:
                                    uri: file
                                    parameters:
                                      directoryName: "{{out.dir}}"
                                - to: file:other/{{missing:deep}}
                        - from:
                            uri: "file:moved"
                            steps:
                              - log: x
                        """))
                .containsExactly(
                        "/configured feature parents", "/app/other/deep feature parents", "/app/moved feature parents");
    }

    @Test
    void functionsInCamelPlaceholdersAreEvaluatedInValuesToo() throws IOException {
        Files.createDirectories(directory.resolve("target/classes"));
        Files.writeString(
                directory.resolve("target/classes/application.properties"),
                "books={{sys:java.io.tmpdir}}/books\nround={{round}}\n");

        assertThat(found(CAMEL, "camel/my.camel.yaml", """
                        - route:
                            from:
                              uri: timer:x
                              steps:
                                - to: file:{{books}}
                                - to: file:{{env:OUT_DIR:/data}}/out
                                - to: file:{{sys:out.dir:/more}}
                                - to: file:{{env:UNSET}}
                                - to: file:{{aws:secret}}
                                - to: file:{{round}}
                        """))
                .containsExactly(
                        "/tmp/books feature parents",
                        "/data/out feature parents",
                        "/more feature parents",
                        "? the directory of `to`: nothing sets UNSET",
                        "? the directory of `to`: the code computes it",
                        "? the directory of `to`: the code computes it");
    }

    @Test
    void adaptersOfSpringIntegrationThatWriteAreFound() throws IOException {
        assertThat(found(INTEGRATION, "spring/flow.xml", """
                        <beans xmlns:int-file="http://www.springframework.org/schema/integration/file">
                          <int-file:inbound-channel-adapter id="in" directory="file:/in"/>
                          <int-file:outbound-channel-adapter id="out" directory="file:/out"/>
                          <int-file:outbound-gateway id="gate" directory="${gate.dir:gate}"/>
                        </beans>
                        """))
                .containsExactly("/out feature parents", "/app/gate feature parents");
    }

    private static final String BATCH = "org.springframework.batch:spring-batch-core:5.2.2";

    private static final String JOB = """
            <beans xmlns="http://www.springframework.org/schema/beans" xmlns:p="http://www.springframework.org/schema/p">
              <bean id="reader" class="org.springframework.batch.item.file.FlatFileItemReader">
                <property name="resource" value="file:in/people.csv"/>
              </bean>
              <bean id="xml" class="org.springframework.batch.item.xml.StaxEventItemWriter">
                <property name="rootTagName" value="people"/>
                <property name="resource" value="file:out/people.xml"/>
              </bean>
              <bean id="csv" class="org.springframework.batch.item.file.FlatFileItemWriter" p:resource="file:/data/people.csv"/>
              <bean id="text" class="org.springframework.batch.infrastructure.item.file.FlatFileItemWriter">
                <property name="resource"><value>file:#{jobParameters['file']}</value></property>
              </bean>
              <bean id="packed" class="org.springframework.batch.item.file.FlatFileItemWriter" p:resource="classpath:x.csv"/>
            </beans>
            """;

    @Test
    void withoutAServerTheFilesOfItemWritersInSpringsXmlAreFatal() throws IOException {
        assertThat(found(BATCH, "spring-batch-context.xml", JOB))
                .containsExactly(
                        "/app/out/people.xml fatal parents",
                        "/data/people.csv fatal parents",
                        "? the file of <bean>: the code computes it");
    }

    @Test
    void withAServerTheFilesOfItemWritersAreNeedsOfAFeature() throws IOException {
        Files.createDirectories(directory.resolve("target/classes"));
        Files.writeString(directory.resolve("target/classes/spring-batch-context.xml"), JOB);
        Situation situation = new Situation()
                .in(directory)
                .library("org.springframework.boot:spring-boot:3.5.7")
                .library("org.springframework:spring-webmvc:6.2.12")
                .library(BATCH);

        assertThat(Contexts.found("routes", situation.context()))
                .contains("/app/out/people.xml feature parents", "/data/people.csv feature parents");
    }

    @Test
    void routesAreReadOnlyIfTheLibraryIsPresent() throws IOException {
        assertThat(found("", "camel/routes.xml", "<routes><route><from uri=\"file:inbox\"/></route></routes>"))
                .isEmpty();
    }

    @Test
    void anUnreadableFileOfRoutesIsReported() throws IOException {
        assertThat(found(CAMEL, "camel/routes.xml", "<routes>"))
                .singleElement()
                .asString()
                .startsWith("? the routes in target/classes/camel/routes.xml: ");
    }
}
