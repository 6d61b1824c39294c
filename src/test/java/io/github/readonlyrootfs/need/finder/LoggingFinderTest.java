// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.bytecode.Compiled;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.Situation;
import io.github.readonlyrootfs.source.Effort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggingFinderTest {

    private static final String LOGBACK = "ch.qos.logback:logback-classic:1.5.18";

    @TempDir
    Path project;

    private void write(String resource, String text) throws IOException {
        Situation.resource(project, resource, text);
    }

    private void logback(String name, String file) throws IOException {
        write(
                name,
                "<configuration><appender name='FILE' class='ch.qos.logback.core.rolling.RollingFileAppender'>" + file
                        + "</appender><root><appender-ref ref='FILE'/></root></configuration>");
    }

    private Situation plain() {
        return new Situation().in(project);
    }

    private Situation spring() {
        return plain().library("org.springframework.boot:spring-boot:3.5.7").library(LOGBACK);
    }

    private static List<String> found(Situation situation) {
        return situation.found("logging");
    }

    @Test
    void logFilesOfLogbackAreFatalUnderSpringBoot() throws IOException {
        logback(
                "logback-spring.xml",
                "<file>/var/log/shop/app.log</file>"
                        + "<rollingPolicy><fileNamePattern>/archive/%d.gz</fileNamePattern></rollingPolicy>");
        assertThat(found(spring())).containsExactly("/var/log/shop fatal parents", "/archive tolerated parents");
        assertThat(found(plain().library(LOGBACK))).isEmpty();
        Files.move(project.resolve("target/classes/logback-spring.xml"), project.resolve("target/classes/logback.xml"));
        assertThat(found(plain().library(LOGBACK)))
                .containsExactly("/var/log/shop tolerated parents", "/archive tolerated parents");
        assertThat(found(spring().unresolved("x:y:1"))).hasSize(2);
    }

    @Test
    void theLogFileOfSpringBootsBaseConfigurationIsFatal() throws IOException {
        write(
                "logback.xml",
                "<configuration>"
                        + "<include resource=\"org/springframework/boot/logging/logback/base.xml\"/></configuration>");
        assertThat(found(spring())).containsExactly("/tmp fatal parents");
    }

    @Test
    void filesThatLogbackOpensEarlyMayBeFatal() throws IOException {
        logback("early.xml", "<file>/early/a.log</file>");
        logback("logback.xml", "<file>/data/a.log</file>");
        Situation early = spring().option("-Dlogback.configurationFile=early.xml");
        assertThat(found(early)).containsExactly("/data fatal parents", "/early tolerated parents");
        write("application.properties", "logging.file.path=/data");
        assertThat(found(early)).containsExactly("/data fatal parents", "/early fatal parents");
    }

    @Test
    void onlyConfigurationsOfPresentLibrariesCount() throws IOException {
        logback("logback.xml", "<file>a/a.log</file>");
        write("log4j2.properties", "appender.x.type=File\nappender.x.name=X\nappender.x.fileName=b/b.log\n");
        assertThat(found(spring())).containsExactly("/app/a fatal parents");
        assertThat(found(plain().library("org.springframework.boot:spring-boot:3.5.7")
                        .library("org.apache.logging.log4j:log4j-core:2.24.3")))
                .containsExactly("/app/b tolerated parents");
        assertThat(found(plain())).isEmpty();
        assertThat(found(plain().unresolved("com.acme:x:1")))
                .containsExactly("/app/a tolerated parents", "/app/b tolerated parents");
    }

    @Test
    void theJdksLoggingHasTheFileThatCodeReads() throws IOException {
        write(
                "logging.properties",
                "handlers=java.util.logging.FileHandler\njava.util.logging.FileHandler.pattern=shop.log");
        assertThat(found(plain())).isEmpty();
        Compiled.compile(
                project.resolve("target/classes"),
                List.of("--release", "17"),
                "class Main { static { try { java.util.logging.LogManager.getLogManager().readConfiguration("
                        + "Main.class.getResourceAsStream(\"/logging.properties\")); } catch (Exception e) { } } }");
        assertThat(found(plain())).containsExactly("/app/shop.log tolerated");
        write("logging-test.properties", "handlers=java.util.logging.ConsoleHandler");
        assertThat(found(plain()))
                .containsExactly(
                        "? the configuration of java.util.logging: which configuration java.util.logging reads is not known: the code reads it");
        assertThat(found(plain().option("-Djava.util.logging.config.file=logging.properties")))
                .containsExactly("/app/shop.log tolerated");
    }

    @Test
    void micronautSetsTheConfigurationOfLogback() throws IOException {
        logback("logback.xml", "<file>a/a.log</file>");
        logback("logback-ecs.xml", "<file>b/b.log</file>");
        write("application.yml", "logger.config: logback-ecs.xml\n");
        assertThat(found(plain().library("io.micronaut:micronaut-context:4.7.0").library(LOGBACK)))
                .containsExactly("/app/b tolerated parents");
    }

    @Test
    void logFilesUnderAnUndecidedConditionAreTolerated() throws IOException {
        write(
                "logback-spring.xml",
                "<configuration><springProfile name='prod'>"
                        + "<appender name='F' class='FileAppender'><file>/logs/a.log</file></appender>"
                        + "<root><appender-ref ref='F'/></root></springProfile></configuration>");
        assertThat(found(spring())).containsExactly("/logs tolerated parents");
        assertThat(found(spring().variable("SPRING_PROFILES_ACTIVE", "prod"))).containsExactly("/logs fatal parents");
        assertThat(found(spring().variable("SPRING_PROFILES_ACTIVE", "eu"))).isEmpty();
    }

    @Test
    void anUndecidedConditionOfTheConfigurationLeavesTheImpact() throws IOException {
        String appender = "<appender name='F' class='FileAppender'><file>/logs/a.log</file></appender>"
                + "<root><appender-ref ref='F'/></root>";
        String condition = "<configuration><if condition='%s'><then>%s</then><else>%s</else></if></configuration>";
        Situation scripted = spring().library("org.codehaus.janino:janino:3.1.12");
        String undecided = "new java.io.File(\"/etc/prod\").exists()";

        write("logback-spring.xml", condition.formatted(undecided, appender, ""));
        assertThat(found(scripted)).containsExactly("/logs fatal parents");
        assertThat(ContainerNeeds.of(scripted.context(), List.of(), Set.of("logging"))
                        .needs()
                        .get(0)
                        .evidence()
                        .get(0)
                        .words())
                .contains("; only if the condition in line 1 holds");
        write("logback-spring.xml", condition.formatted(undecided, "", appender));
        assertThat(found(scripted)).containsExactly("/logs fatal parents");
        assertThat(found(spring())).isEmpty();
        write("logback-spring.xml", condition.formatted("isDefined(\"X\")", appender, ""));
        assertThat(found(scripted)).isEmpty();
        assertThat(found(scripted.variable("X", "1"))).containsExactly("/logs fatal parents");
        write(
                "logback-spring.xml",
                condition.formatted(undecided, "<springProfile name='prod'>" + appender + "</springProfile>", ""));
        assertThat(found(scripted)).containsExactly("/logs tolerated parents");
    }

    @Test
    void unknownConfigurationsAreReported() throws IOException {
        logback("logback.xml", "<file>${LOG_DIR}/a.log</file>");
        assertThat(found(spring().member("\"secrets\": [{\"name\": \"LOG_DIR\", \"valueFrom\": \"arn\"}]")))
                .containsExactly("? the file of appender FILE: it is a secret");
        assertThat(found(spring())).containsExactly("/app/LOG_DIR_IS_UNDEFINED fatal parents");
        write("logback.xml", "<configuration>");
        assertThat(found(spring())).containsExactly("? the configuration of Logback: this is not well-formed XML");
        assertThat(found(spring().variable("LOGGING_CONFIG", "/etc/logback.xml")))
                .containsExactly(
                        "? the configuration of Logback: this names a configuration of Logback that is not in the project: the"
                                + " files that it writes are unknown",
                        "? the configuration of Logback: this is not well-formed XML");
    }

    @Test
    void theFileHandlerOfTheJdkCreatesNoDirectories() throws IOException {
        Files.writeString(project.resolve("l.properties"), """
                handlers=java.util.logging.FileHandler
                java.util.logging.FileHandler.pattern=/logs/a.log
                """);
        ContainerContext plain = Contexts.built(project, """
                FROM eclipse-temurin:21-jre
                COPY l.properties /l.properties
                CMD ["java", "-Djava.util.logging.config.file=/l.properties", "-jar", "a.jar"]
                """, "");
        ContainerContext container = ContainerContext.of(
                plain.definition(),
                plain.image(),
                plain().context().application().project(),
                new Effort(1_000_000));
        assertThat(Contexts.found("logging", container)).containsExactly("/logs/a.log tolerated");
    }
}
