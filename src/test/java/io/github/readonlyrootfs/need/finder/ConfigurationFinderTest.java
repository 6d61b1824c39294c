// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Situation;
import io.github.readonlyrootfs.source.Effort;
import io.github.readonlyrootfs.source.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The command is java -jar /app/app.jar in /app. */
class ConfigurationFinderTest {

    private static final String SPRING_BOOT = "org.springframework.boot:spring-boot:3.5.7";
    private static final String TOMCAT = "org.apache.tomcat.embed:tomcat-embed-core:10.1.44";

    @TempDir
    Path project;

    private void write(String resource, String text) throws IOException {
        Situation.resource(project, resource, text);
    }

    private Situation spring() {
        return new Situation().in(project).library(SPRING_BOOT).library("org.springframework:spring-web:6.2.12");
    }

    private static List<String> found(Situation situation) {
        return situation.found("configuration");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            logging.file.name: /var/log/shop/app.log                             => /var/log/shop tolerated parents
            logging.file.name: logs/app.log                                      => /app/logs tolerated parents
            logging.file.name: app.log                                           => /app/app.log tolerated
            logging.file.name: /app.log                                          => /app.log tolerated
            logging.file.name: ${java.io.tmpdir}/app.log                         => /tmp tolerated parents
            logging.file.name: /var/log/${HOSTNAME}.log                          => /var/log tolerated parents
            logging.file.name: /dev/stdout                                       =>
            logging.file.name: ''                                                =>
            logging.file.name: ${LOG_FILE:}                                      =>
            spring.servlet.multipart.location: /${UPLOADS}                       => /${UPLOADS}/file feature
            spring.servlet.multipart.location: uploads                           => /tmp feature parents
            logging.file.path: logs                                              => /app/logs tolerated parents
            logging.file: {name: a/b.log, path: c}                               => /app/a tolerated parents
            logging.path: /var/log                                               =>
            server.tomcat.basedir: work                                          => /app/work fatal parents
            server.tomcat.accesslog.enabled: true                                => /tmp tolerated parents
            server.tomcat.accesslog.enabled: Yes                                 => /tmp tolerated parents
            server.tomcat.accesslog.enabled: 1                                   => /tmp tolerated parents
            server.tomcat.accesslog.enabled: OFF                                 =>
            server.tomcat.accesslog.directory: /var/log/shop                     =>
            server.tomcat.accesslog: {enabled: true, directory: /var/log/shop}   => /var/log/shop tolerated parents
            server.jetty.accesslog: {enabled: true, filename: /var/log/a.log}    =>
            spring.servlet.multipart.location: /uploads                          => /uploads/file feature
            server.servlet.session.persistent: true                              =>
            server.servlet.session: {persistent: true, store-dir: sessions}      => /app/sessions fatal parents
            server.servlet.session: {persistent: false, store-dir: sessions}     =>
            spring.pid.file: /run/app.pid                                        => /run tolerated parents
            spring.pid: {file: app.pid, fail-on-write-error: true}               => /app/app.pid fatal
            spring.liquibase.rollback-file: /out/rollback.sql                    =>
            management.endpoint.logfile.external-file: /var/log/x.log            =>
            spring.config.import: optional:file:/etc/x.yml                       =>
            server.ssl.key-store: /etc/x.p12                                     =>
            my.upload.directory: /uploads                                        =>
            spring.main.web-application-type: none                               =>
            """)
    void onlyKnownKeysNameNeeds(String line, String needs) throws IOException {
        write("application.yml", line.strip() + "\n");
        assertThat(String.join(", ", found(spring().library(TOMCAT)))).isEqualTo(needs == null ? "" : needs);
    }

    @Test
    void theBaseDirectoryOfTomcatMovesRelativePaths() throws IOException {
        write("application.properties", """
                server.tomcat.basedir=/work
                server.tomcat.accesslog.enabled=true
                spring.servlet.multipart.location=uploads
                """);
        assertThat(found(spring().library(TOMCAT)))
                .containsExactly("/work fatal parents", "/work/logs tolerated parents", "/work/uploads/file feature");
        assertThat(found(spring())).containsExactly("/work/uploads/file feature");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            file:///srv/config                => /srv/config/file fatal
            file:/srv/config                  => /srv/config/file fatal
            https://git.example/config        => ''
            """)
    void aConfigServerChecksOutInALocalRepository(String uri, String needs) throws IOException {
        write("application.properties", "spring.cloud.config.server.git.uri=" + uri);
        Situation server = spring().library("org.springframework.cloud:spring-cloud-config-server:4.3.0");
        assertThat(String.join(", ", found(server))).isEqualTo(needs);
    }

    @Test
    void aConfigServerNeedsTheParentOfItsRepository() throws IOException {
        write("application.properties", "spring.cloud.config.server.git.basedir=target/config");
        assertThat(found(spring().library("org.springframework.cloud:spring-cloud-config-server:4.3.0")))
                .containsExactly("/app/target fatal parents");
    }

    @Test
    void settingsOfAServerCountOnlyIfTheServerIsPresent() throws IOException {
        write("application.properties", """
                server.jetty.accesslog.enabled=true
                server.jetty.accesslog.filename=/var/log/a/access.log
                server.undertow.accesslog.enabled=true
                spring.webflux.multipart.file-storage-directory=/parts
                """);
        assertThat(found(spring().library("org.eclipse.jetty:jetty-server:12.0.16")))
                .containsExactly("/var/log/a/access.log fatal");
        assertThat(found(spring().library("io.undertow:undertow-core:2.3.18.Final")))
                .containsExactly("/app/logs fatal parents");
        assertThat(found(spring().library("org.springframework:spring-webflux:6.2.12")))
                .containsExactly("/parts fatal");
    }

    @Test
    void aLoggingConfigurationOverridesTheLoggingSettings() throws IOException {
        write("application.properties", "logging.file.name=/var/log/app.log\n");
        write("logback-spring.xml", "<configuration/>");
        Situation situation = spring().library("ch.qos.logback:logback-classic:1.5.18");
        assertThat(found(situation)).isEmpty();
        assertThat(found(spring().library("org.apache.logging.log4j:log4j-core:2.24.3")))
                .containsExactly("/var/log tolerated parents");
    }

    @Test
    void aSettingOfTheTaskWinsOverTheFileAndIsTheEvidence() throws IOException {
        write("application.properties", "logging.file.name=/var/log/a/app.log\n");
        Situation situation =
                spring().member("\"environment\": [{\"name\": \"LOGGING_FILE_NAME\", \"value\": \"/logs/app.log\"}]");
        Evidence evidence = ContainerNeeds.of(situation.context(), List.of(), Set.of("configuration"))
                .needs()
                .get(0)
                .evidence()
                .get(0);
        assertThat(found(situation)).containsExactly("/logs tolerated parents");
        assertThat(evidence.location().map(Location::file)).contains("taskdef.json");
        assertThat(evidence.words())
                .isEqualTo("`LOGGING_FILE_NAME` (Spring Boot logs there, and continues without it) [configuration]");
        assertThat(found(spring().argument("--logging.file.name=b.log"))).containsExactly("/app/b.log tolerated");
        assertThat(found(spring().option("-Dlogging.file.name=/c/c.log"))).containsExactly("/c tolerated parents");
    }

    @Test
    void unknownValuesAreNotGuessed() throws IOException {
        write("application.properties", """
                server.tomcat.basedir=${WORK_DIR:/work}/app
                spring.pid.file=${NOWHERE}
                spring.pid.fail-on-write-error=true
                logging.file.name=${NOWHERE}/one-can-do-without.log
                """);
        assertThat(found(spring().library(TOMCAT)
                        .member("\"environmentFiles\": [{\"value\": \"arn\", \"type\": \"s3\"}]")))
                .containsExactly(
                        "? the path in `server.tomcat.basedir`: nothing here sets WORK_DIR, but an environment file may set it",
                        "? the path in `spring.pid.file`: nothing here sets NOWHERE, but an environment file may set it");
        assertThat(found(spring().library(TOMCAT)
                        .member("\"secrets\": [{\"name\": \"WORK_DIR\", \"valueFrom\": \"arn\"}]")))
                .containsExactly(
                        "? the path in `server.tomcat.basedir`: it is a secret",
                        "? the path in `spring.pid.file`: nothing sets NOWHERE");
    }

    @Test
    void needsOfAnInactiveProfileAreTolerated() throws IOException {
        write("application.yml", "logging.file.name: /var/log/app.log\n");
        write("application-prod.yml", "spring.datasource.url: jdbc:h2:file:/data/shop\n");
        write("application-dev.yml", "spring.datasource.url: jdbc:h2:file:/dev-data/shop\n");
        Situation situation = spring().library("com.h2database:h2:2.3.232");
        assertThat(found(situation)).containsExactly("/var/log tolerated parents", "/data tolerated parents");
        assertThat(found(situation.variable("SPRING_PROFILES_ACTIVE", "prod")))
                .containsExactly("/var/log tolerated parents", "/data fatal parents");
        assertThat(found(situation.variable("SPRING_PROFILES_ACTIVE", "eu")))
                .containsExactly("/var/log tolerated parents");
    }

    @Test
    void aValueThatAnUnknownProfileMaySetIsUnknown() throws IOException {
        write("application.properties", "server.tomcat.basedir=/work\n");
        write("application-prod.properties", "server.tomcat.basedir=/tmp\n");
        assertThat(found(spring().library(TOMCAT)
                        .member("\"secrets\": [{\"name\": \"SPRING_PROFILES_ACTIVE\", \"valueFrom\": \"x\"}]")))
                .containsExactly(
                        "/tmp tolerated parents",
                        "? the path in `server.tomcat.basedir`: target/classes/application-prod.properties:1:23 sets it"
                                + " for a profile, and the active profiles are unknown");
    }

    static Stream<String> databaseKeys() {
        return Stream.of(
                "spring.datasource.url",
                "spring.datasource.hikari.jdbc-url",
                "spring.datasource.hikari.jdbcUrl",
                "app.orders.datasource.url",
                "spring.r2dbc.url");
    }

    @ParameterizedTest
    @MethodSource("databaseKeys")
    void aDatabaseUrlIsFoundUnderAnyKey(String key) throws IOException {
        boolean reactive = key.contains("r2dbc");
        write(
                "application.properties",
                key + "=" + (reactive ? "r2dbc:h2:file:///data/shop" : "jdbc:h2:/data/shop") + "\n");
        Situation situation = spring().library("com.h2database:h2:2.3.232");
        assertThat(found(situation)).containsExactly("/data fatal parents");
        assertThat(found(spring())).isEmpty();
        assertThat(found(spring().unresolved("com.acme:x:1"))).containsExactly("/data fatal parents");
    }

    @Test
    void aDatabaseThatOneOfTwoFilesNamesIsAGap() throws IOException {
        write("application.yml", "quarkus: {datasource: {jdbc: {url: \"jdbc:h2:file:/data/shop\"}}}\n");
        write("application.yaml", "quarkus: {datasource: {jdbc: {url: \"jdbc:postgresql://db/shop\"}}}\n");
        Situation quarkus = new Situation()
                .in(project)
                .library("io.quarkus:quarkus-core:3.20.0")
                .library("io.quarkus:quarkus-config-yaml:3.20.0");
        assertThat(found(quarkus.library("com.h2database:h2:2.3.232")))
                .containsExactly(
                        "? the database in `quarkus.datasource.jdbc.url`: several sources set it, and their order"
                                + " is not known");
    }

    @Test
    void aDatabaseUrlOfTheTaskReplacesThatOfTheFile() throws IOException {
        write("application.yml", "spring:\n  datasource:\n    url: ${DB_URL:jdbc:h2:~/shop}\n");
        Situation situation = spring().library("com.h2database:h2:2.3.232");
        assertThat(found(situation)).containsExactly("/root/shop.mv.db fatal");
        assertThat(found(situation.variable("DB_URL", "jdbc:postgresql://db/shop")))
                .isEmpty();
        write("application.yml", "spring.datasource.url: jdbc:h2:./shop\n");
        assertThat(found(situation)).containsExactly("/app/shop.mv.db fatal");
        write("application.yml", "spring.datasource.url: jdbc:derby:shop;create=true\n");
        assertThat(found(spring().library("org.apache.derby:derby:10.16.1.1")))
                .containsExactly("/app/shop fatal parents");
        write("application.yml", "spring.datasource.url: jdbc:sqlite:${DATA_DIR}/shop.db\n");
        assertThat(found(spring().library("org.xerial:sqlite-jdbc:3.47.1.0").variable("DATA_DIR", "/data")))
                .containsExactly("/data/shop.db fatal");
        assertThat(found(spring().library("org.xerial:sqlite-jdbc:3.47.1.0")))
                .containsExactly("/app/${DATA_DIR}/shop.db fatal");
    }

    @Test
    void aDatabaseOfSqliteThatIsInTheImageMayBeReadOnly() throws IOException {
        write("application.yml", "spring.datasource.url: jdbc:sqlite:/etc/passwd\n");
        Situation sqlite = spring().library("org.xerial:sqlite-jdbc:3.47.1.0");

        assertThat(found(sqlite)).containsExactly("/etc/passwd feature");
        assertThat(ContainerNeeds.of(sqlite.context(), List.of(), Set.of("configuration"))
                        .needs())
                .allMatch(Need::perhapsFatal);
    }

    @Test
    void theParametersOfADatabaseUrlMayBeUnknown() throws IOException {
        write("application.yml", "spring.datasource.url: jdbc:sqlite:/data/shop.db?password=${random.uuid}\n");
        assertThat(found(spring().library("org.xerial:sqlite-jdbc:3.47.1.0"))).containsExactly("/data/shop.db fatal");
    }

    @Test
    void quarkusReadsItsOwnKeysAndProfile() throws IOException {
        write("application.properties", """
                quarkus.log.file.enable=true
                %prod.quarkus.log.file.path=/var/log/q/q.log
                %dev.quarkus.log.file.path=/dev-log/q.log
                quarkus.log.handler.file."audit".enable=true
                quarkus.log.handler.file."audit".path=audit/audit.log
                quarkus.log.handler.file."off".path=off/off.log
                quarkus.http.access-log.enabled=true
                quarkus.http.access-log.log-to-file=true
                quarkus.http.body.uploads-directory=/uploads
                logging.file.name=not-springs.log
                """);
        Situation quarkus = new Situation().in(project).library("io.quarkus:quarkus-core:3.20.0");
        assertThat(found(quarkus))
                .containsExactly(
                        "/var/log/q tolerated parents",
                        "/app/audit tolerated parents",
                        "/app/file tolerated",
                        "/uploads feature parents");
        write("application.properties", "quarkus.log.file.enabled=true\n");
        assertThat(found(quarkus)).containsExactly("/app/quarkus.log tolerated");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            oui  => /app/quarkus.log tolerated
            on   => /app/quarkus.log tolerated
            NEIN =>
            """)
    void quarkusReadsItsOwnWordsAsBooleans(String word, String needs) throws IOException {
        write("application.properties", "quarkus.log.file.enable=" + word + "\n");
        assertThat(found(new Situation().in(project).library("io.quarkus:quarkus-core:3.20.0")))
                .containsExactlyElementsOf(Optional.ofNullable(needs).stream().toList());
    }

    @Test
    void aValueThatOnlySomeVersionsReadAsFalseIsUncertain() throws IOException {
        write(
                "application.properties",
                "spring.servlet.multipart.location=/uploads\nspring.servlet.multipart.enabled=off\n");
        assertThat(found(spring())).containsExactly("/uploads/file tolerated");
        write(
                "application.properties",
                "spring.servlet.multipart.location=/uploads\nspring.servlet.multipart.enabled=False\n");
        assertThat(found(spring())).isEmpty();
    }

    @Test
    void dropwizardReadsTheFileOnItsCommandLine() throws IOException {
        Files.writeString(project.resolve("config.yml"), """
                logging:
                  appenders:
                    - type: console
                      currentLogFilename: no
                    - type: file
                      currentLogFilename: ${LOG_DIR:-/var/log}/shop/app.log
                      archivedLogFilenamePattern: /archive/app-%d.log.gz
                server:
                  requestLog:
                    appenders:
                      - type: file
                        currentLogFilename: access/access.log
                database:
                  url: jdbc:hsqldb:file:/data/shop
                """);
        assertThat(dropwizard(""))
                .containsExactly(
                        "/var/log/shop tolerated parents",
                        "/archive tolerated parents",
                        "/app/access tolerated parents",
                        "/data fatal parents");
    }

    @Test
    void aCommandOfDropwizardInTheDockerfileOnlyReadsItsFile() throws IOException {
        Files.writeString(project.resolve("config.yml"), "database: {url: 'jdbc:hsqldb:file:/data/shop'}\n");
        assertThat(dropwizard("RUN java -jar a.jar check config.yml && java -jar a.jar db migrate config.yml"))
                .containsExactly("/data fatal parents");
        assertThat(dropwizard("RUN python set.py config.yml"))
                .containsExactly("? the configuration in Dockerfile: the content of config.yml is unknown");
        assertThat(dropwizard("RUN java -jar a.jar db migrate config.yml && echo >> config.yml"))
                .containsExactly("? the configuration in Dockerfile: the content of config.yml is unknown");
    }

    private List<String> dropwizard(String line) {
        ContainerContext plain = Contexts.built(project, """
                FROM eclipse-temurin:21-jre
                WORKDIR /app
                COPY config.yml .
                %s
                CMD ["java", "-jar", "a.jar", "server", "config.yml"]
                """.formatted(line), "");
        ContainerContext container = ContainerContext.of(
                plain.definition(),
                plain.image(),
                new Situation()
                        .in(project)
                        .library("io.dropwizard:dropwizard-core:4.0.11")
                        .library("org.hsqldb:hsqldb:2.7.4")
                        .context()
                        .application()
                        .project(),
                new Effort(1_000_000));
        return Contexts.found("configuration", container);
    }

    @Test
    void theFileOfDropwizardMayBeOnTheClassPathOrFollowACommand() throws IOException {
        write(
                "shop.yml",
                "logging: {appenders: [{type: file, currentLogFilename: '$${a}/${LOG_DIR:-/var/log}/a.log'}]}\n");
        for (String arguments : List.of("\"server\", \"/shop.yml\"", "\"work\", \"-v\", \"shop.yml\"")) {
            ContainerContext plain = Contexts.built(
                    project,
                    "FROM eclipse-temurin:21-jre\nWORKDIR /app\nCMD [\"java\", \"-jar\", \"a.jar\", " + arguments
                            + "]\n",
                    "");
            ContainerContext container = ContainerContext.of(
                    plain.definition(),
                    plain.image(),
                    new Situation()
                            .in(project)
                            .library("io.dropwizard:dropwizard-core:5.0.2")
                            .context()
                            .application()
                            .project(),
                    new Effort(1_000_000));
            assertThat(Contexts.found("configuration", container))
                    .as(arguments)
                    .containsExactly("/app/${a}/var/log tolerated parents");
        }
    }

    @Test
    void anApplicationWithMetricsOfDropwizardReadsNoFileOfIts() {
        ContainerContext container = new Situation()
                .in(project)
                .library("io.dropwizard.metrics:metrics-core:4.2.30")
                .argument("server")
                .argument("-a")
                .context();

        assertThat(ContainerNeeds.of(container, List.of(), Set.of("configuration"))
                        .gaps())
                .isEmpty();
    }

    @Test
    void filesThatTheDockerfileCopiesBesideTheJarWin() throws IOException {
        write("application.properties", "logging.file.name=/a/a.log\n");
        Files.writeString(project.resolve("outer.yml"), "logging.file.name: /b/b.log\n");
        ContainerContext plain = Contexts.built(project, """
                FROM eclipse-temurin:21-jre
                WORKDIR /app
                COPY outer.yml config/application.yml
                CMD ["java", "-jar", "a.jar"]
                """, "");
        ContainerContext container = ContainerContext.of(
                plain.definition(),
                plain.image(),
                spring().context().application().project(),
                new Effort(1_000_000));
        assertThat(Contexts.found("configuration", container)).containsExactly("/b tolerated parents");
    }

    @Test
    void filesThatTheDockerfileWritesBesideTheJarWin() throws IOException {
        write("application.properties", "logging.file.name=/a/a.log\n");
        for (String file : List.of(
                "COPY <<EOF config/application.yml\nlogging:\n  file:\n    name: /b/b.log\nEOF\n",
                "RUN mkdir config && echo 'logging.file.name=/b/b.log' > config/application.properties\n")) {
            ContainerContext plain = Contexts.built(
                    "FROM eclipse-temurin:21-jre\nWORKDIR /app\n" + file + "CMD [\"java\", \"-jar\", \"a.jar\"]\n");
            ContainerContext container = ContainerContext.of(
                    plain.definition(),
                    plain.image(),
                    spring().context().application().project(),
                    new Effort(1_000_000));
            assertThat(Contexts.found("configuration", container)).as(file).containsExactly("/b tolerated parents");
        }
    }

    @Test
    void anUnreadableFileIsReportedAndTheOthersAreRead() throws IOException {
        write("application.yml", "a:\n\t- b\n");
        write("application.properties", "logging.file.name=/a/a.log\n");
        assertThat(found(spring()))
                .containsExactly(
                        "/a tolerated parents",
                        "? the configuration in target/classes/application.yml: YAML does not allow tabs for indentation");
    }

    @Test
    void settingsOfContainersThatTheProjectDoesNotBuildAreNotRead() {
        assertThat(
                        Contexts.found(
                                "configuration",
                                Contexts.built(
                                        "FROM eclipse-temurin:21-jre\nENV SPRING_DATASOURCE_URL=jdbc:h2:/data/x\nCMD [\"java\"]\n")))
                .isEmpty();
    }

    private static final String PERSISTENCE =
            "<eh:config xmlns:eh='http://www.ehcache.org/v3'><eh:persistence directory='%s'/></eh:config>";

    private Situation caching() throws IOException {
        return spring().library("org.ehcache:ehcache:3.10.9").library("javax.cache:cache-api:1.1.1");
    }

    /** A class of the project that enables caching. */
    private void enableCaching() throws IOException {
        compile(
                "package org.springframework.cache.annotation; public @interface EnableCaching { }",
                "package com.acme; @org.springframework.cache.annotation.EnableCaching class Shop { }");
    }

    private void compile(String... sources) throws IOException {
        Path directory = Files.createDirectories(project.resolve("generated"));
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        List<String> arguments = new ArrayList<>(List.of("-proc:none", "-d", classes.toString()));
        for (String source : sources) {
            Path file = directory.resolve(source.replaceAll("(?s).*(?:@interface|class) (\\w+).*", "$1") + ".java");
            arguments.add(Files.writeString(file, source).toString());
        }
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new)))
                .isZero();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            /var/cache/shop            => /var/cache/shop fatal parents
            cache                      => /app/cache fatal parents
            ${java.io.tmpdir}/shop     => /tmp/shop fatal parents
            ${shop.cache}/x            => /srv/cache/x fatal parents
            ${unset}/x                 => ? the path in `<persistence directory>`: nothing sets unset
            """)
    void theDirectoryOfEhcacheIsReadFromTheFileThatSpringNames(String directory, String expected) throws IOException {
        enableCaching();
        write("caches/ehcache.xml", PERSISTENCE.formatted(directory));
        write(
                "application.properties",
                "spring.cache.type=jcache\nspring.cache.jcache.config=classpath:caches/ehcache.xml\n");

        assertThat(found(caching().option("-Dshop.cache=/srv/cache"))).containsExactly(expected);
    }

    @Test
    void theEvidenceForTheDirectoryOfEhcacheIsItsLocation() throws IOException {
        enableCaching();
        write("ehcache.xml", PERSISTENCE.formatted("/var/cache/shop"));
        write("application.properties", "spring.cache.jcache.config=ehcache.xml\n");

        assertThat(ContainerNeeds.of(caching().context(), List.of(), Set.of("configuration"))
                        .needs())
                .flatMap(Need::evidence)
                .singleElement()
                .satisfies(evidence -> {
                    assertThat(evidence.detail())
                            .isEqualTo("`<persistence directory>` (Ehcache locks the directory and keeps caches there"
                                    + " from the start on)");
                    assertThat(evidence.location().orElseThrow()).hasToString("target/classes/ehcache.xml:1:76");
                });
    }

    @Test
    void withoutCachingEhcacheIsNotStarted() throws IOException {
        write("ehcache.xml", PERSISTENCE.formatted("/var/cache/shop"));
        write("application.properties", "spring.cache.jcache.config=classpath:ehcache.xml\n");
        assertThat(found(caching())).containsExactly("/var/cache/shop tolerated parents");

        enableCaching();
        write("application.properties", "spring.cache.jcache.config=classpath:ehcache.xml\nspring.cache.type=none\n");
        assertThat(found(caching())).isEmpty();
        write("application.properties", "spring.cache.jcache.config=classpath:ehcache.xml\n");
        write("ehcache.xml", "<config xmlns='http://www.ehcache.org/v3'/>");
        assertThat(found(caching())).isEmpty();
    }

    @Test
    void anUnreadableConfigurationOfEhcacheIsReported() throws IOException {
        enableCaching();
        write("application.properties", "spring.cache.jcache.config=file:/etc/shop/ehcache.xml\n");
        assertThat(found(caching()))
                .containsExactly("? the configuration of Ehcache: this names a configuration of Ehcache that is not"
                        + " in the project: the files that it writes are unknown");

        write("ehcache.xml", "<!DOCTYPE config [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><config>&x;</config>");
        write("application.properties", "spring.cache.jcache.config=classpath:ehcache.xml\n");
        assertThat(found(caching()))
                .containsExactly("? the configuration of Ehcache: the file declares entities, which are not read");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            <diskStore path="java.io.tmpdir/shop"/><cache name="a" overflowToDisk="true"/>                 => /tmp/shop feature parents
            <diskStore path="${user.home}/shop"/><cache><persistence strategy="localTempSwap"/></cache>    => /root/shop feature parents
            <diskStore path="/var/cache/shop"/><defaultCache diskPersistent="true"/>                       => /var/cache/shop feature parents
            <cache name="a" overflowToDisk="true"/>                                                        => /tmp feature parents
            <diskStore path="/var/cache/shop"/><cache name="a"/>                                           =>
            """)
    void ehcache2FindsItsConfigurationByItself(String elements, String expected) throws IOException {
        write("ehcache.xml", "<ehcache>" + elements + "</ehcache>");

        assertThat(found(new Situation().in(project).library("net.sf.ehcache:ehcache:2.10.9.2")))
                .isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void aConfigurationOfEhcache3CountsOnlyIfCodeReadsIt() throws IOException {
        write("ehcache.xml", PERSISTENCE.formatted("/var/cache/shop"));
        Situation plain = new Situation().in(project).library("org.ehcache:ehcache:3.10.9");
        assertThat(found(plain)).isEmpty();

        compile(
                "package org.ehcache.xml; public class XmlConfiguration { }",
                "package com.acme; class Shop { Object manager = new org.ehcache.xml.XmlConfiguration(); }");
        assertThat(found(plain)).containsExactly("/var/cache/shop feature parents");
    }
}
