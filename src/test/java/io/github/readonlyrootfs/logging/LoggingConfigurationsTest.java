// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.configuration.Project;
import io.github.readonlyrootfs.configuration.file.ContainerFiles;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Truth;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LoggingConfigurationsTest {

    @TempDir
    Path directory;

    private boolean boot;
    private Optional<String> logbackVersion = Optional.empty();
    private Optional<String> log4jVersion = Optional.empty();
    private Set<LoggingLibrary> libraries = EnumSet.allOf(LoggingLibrary.class);
    private final Map<String, SourceFile> containerFiles = new HashMap<>();
    private final Set<String> missing = new HashSet<>();

    private Project project(String files) {
        return new Project(directory).with(files).property("java.io.tmpdir=/tmp", "user.home=/home/app");
    }

    private List<String> read(Project project) {
        LoggingEnvironment environment = new LoggingEnvironment(
                project.launch(),
                boot ? Optional.of(project.spring()) : Optional.empty(),
                logbackVersion,
                log4jVersion,
                Truth.UNKNOWN,
                new ContainerFiles() {
                    @Override
                    public Optional<SourceFile> read(String path) {
                        return Optional.ofNullable(containerFiles.get(path));
                    }

                    @Override
                    public Truth exists(String path) {
                        return missing.contains(path) ? Truth.FALSE : Truth.UNKNOWN;
                    }
                });
        return LoggingConfigurations.find(project.files().resources(), environment, libraries).stream()
                .flatMap(it -> Stream.concat(
                        Stream.of((it.early() ? "early " : "")
                                + it.library().title()
                                + it.source().map(source -> " " + source.name()).orElse("")
                                + (it.required() ? ", required" : "")),
                        Shown.lines(it.files()).stream()))
                .toList();
    }

    private static String logback(String name, String appender) {
        return "== " + name + "\n<configuration><appender name='" + appender + "' class='FileAppender'><file>"
                + appender + ".log</file></appender><root><appender-ref ref='" + appender
                + "'/></root></configuration>\n";
    }

    @Test
    void log4j2IsReadFromXml() {
        assertThat(read(project("""
                == log4j2.xml
                <?xml version="1.0" encoding="UTF-8"?>
                <Configuration status="warn" strict="true">
                  <Properties>
                    <Property name="dir">${env:LOG_DIR:-/var/log}/shop</Property>
                    <Property name="name" value="app"/>
                  </Properties>
                  <Appenders>
                    <Console name="C"/>
                    <File name="A" fileName="${dir}/${name}.log"/>
                    <rollingFile name="B" filePattern="logs/$${date:yyyy-MM}/b-%d{MM-dd}.log"/>
                    <RollingFile name="D" createOnDemand="true">
                      <fileName>${sys:java.io.tmpdir}/d.log</fileName>
                      <filePattern>archive/d-%i.gz</filePattern>
                    </RollingFile>
                    <Appender type="RandomAccessFile" name="E" fileName="${sys:none}/${none}/${ctx:user}.log"/>
                    <Routing name="R"><Routes pattern="$${ctx:user}">
                      <Route><File name="R-${ctx:user}" fileName="user/$${ctx:user}.log"/></Route>
                    </Routes></Routing>
                    <Select><SystemPropertyArbiter propertyName="x" propertyValue="y">
                      <File name="S" fileName="s.log"/>
                    </SystemPropertyArbiter></Select>
                    <EnvironmentArbiter propertyName="LOG_DIR"><File name="T" fileName="t.log"/></EnvironmentArbiter>
                    <ClassArbiter className="com.acme.Shop"><File name="U" fileName="u.log"/></ClassArbiter>
                    <File name="O" fileName="/dev/stdout"/>
                  </Appenders>
                </Configuration>
                """).env("LOG_DIR=/data")))
                .containsExactly(
                        "Log4j 2 classes/log4j2.xml",
                        "appender A: /data/shop/app.log",
                        "appender B: logs/*/b-*.log",
                        "appender D: /tmp/d.log later",
                        "appender D: archive/d-*.gz later",
                        "appender E: ${sys:none}/${none}/?.log (only the running application knows ctx:user)",
                        "appender R-${ctx:user}: user/?.log later (only the running application knows ctx:user)",
                        "appender S: s.log if the condition in line 19 holds",
                        "appender T: t.log if the condition in line 22 holds",
                        "appender U: u.log if the condition in line 23 holds");
    }

    @Test
    void log4j2MergesSeveralFilesIntoOneConfiguration() {
        String files = """
                == log4j2.component.properties
                log4j2.configurationFile=first.xml, sub/second.properties
                == first.xml
                <Configuration xmlns:xi="http://www.w3.org/2001/XInclude">
                  <Properties><Property name="dir" value="/first"/></Properties>
                  <xi:include href="appenders.xml"/>
                </Configuration>
                == appenders.xml
                <Appenders>
                  <File name="A" fileName="${dir}/a.log"/>
                  <File name="B" fileName="${dir}/b.log"/>
                </Appenders>
                == sub/second.properties
                property.dir=/second
                appenders=b
                appender.b.type=File
                appender.b.name=B
                appender.b.fileName=/other/b.log
                appender.c.type=File
                appender.c.name=C
                appender.c.fileName=/other/c.log
                """;
        assertThat(read(project(files)))
                .containsExactly("Log4j 2 classes/first.xml", "appender A: /second/a.log", "appender B: /other/b.log");
        assertThat(read(project(files).env("LOG4J_CONFIGURATION_FILE=first.xml")))
                .containsExactly("Log4j 2 classes/first.xml", "appender A: /first/a.log", "appender B: /first/b.log");
        assertThat(read(project(files).property("log4j2.configurationFile=first.xml,gone.xml")))
                .hasSize(4)
                .last()
                .asString()
                .startsWith("! taskdef.json:1:1 this names a configuration of Log4j 2 that is not in the project");
    }

    @Test
    void log4j3ReadsOtherSettingsForTheNameOfItsConfiguration() {
        libraries = Set.of(LoggingLibrary.LOG4J2);
        Project project = project("""
                == log4j2.xml
                <Configuration><Appenders><File name="A" fileName="a.log"/></Appenders></Configuration>
                == other.xml
                <Configuration><Appenders><File name="B" fileName="b.log"/></Appenders></Configuration>
                """);
        log4jVersion = Optional.of("3.0.0-beta3");
        assertThat(read(project.property("log4j2.configurationFile=other.xml"))).contains("appender A: a.log");
        assertThat(read(project.env("LOG4J_CONFIGURATION_LOCATION=other.xml"))).contains("appender B: b.log");
        assertThat(read(project.env("LOG4J_CONFIGURATION_LOCATION=gone.xml")
                        .property("log4j.configuration.location=other.xml")))
                .contains("appender B: b.log");
    }

    @Test
    void log4j2ReadsAppenderElementsAsAppendersOnlyInStrictFiles() {
        String files = """
                == first.xml
                <Configuration><Appenders><File name="A" fileName="a.log"/></Appenders></Configuration>
                == second.xml
                <Configuration%s><Appenders>
                  <Appender type="File" name="A" fileName="b.log"/>
                </Appenders></Configuration>
                """;
        String both = "log4j2.configurationFile=first.xml,second.xml";
        assertThat(read(project(files.formatted("")).property(both)))
                .containsExactly("Log4j 2 classes/first.xml", "appender A: a.log");
        assertThat(read(project(files.formatted(" strict='true'")).property(both)))
                .containsExactly("Log4j 2 classes/first.xml", "appender A: b.log");
    }

    @Test
    void springBootOverridesTheConfigurationOfLog4j2WithFiles() {
        boot = true;
        libraries = Set.of(LoggingLibrary.LOG4J2);
        assertThat(read(project("""
                == application.properties
                logging.log4j2.config.override=classpath:over.xml,optional:classpath:none.xml
                == log4j2-spring.xml
                <Configuration><Appenders><File name="A" fileName="/a.log"/></Appenders></Configuration>
                == over.xml
                <Configuration><Appenders><File name="A" fileName="/over.log"/></Appenders></Configuration>
                """))).containsExactly("Log4j 2 classes/log4j2-spring.xml", "appender A: /over.log");
    }

    @Test
    void log4j2IsReadFromYamlJsonAndProperties() {
        List<String> expected = List.of("appender A: /data/a.log", "appender B: b.log", "appender B: b-*.log later");
        assertThat(read(project("""
                == log4j2.yaml
                Configuration:
                  Properties:
                    Property:
                      - name: dir
                        value: /data
                  Appenders:
                    File:
                      name: A
                      fileName: ${dir}/a.log
                    RollingFile:
                      - name: B
                        fileName: b.log
                        filePattern: b-%d.log
                """)))
                .startsWith("Log4j 2 classes/log4j2.yaml")
                .endsWith(expected.toArray(String[]::new));
        assertThat(read(project("""
                == log4j2.yaml
                == log4j2.properties
                property.dir = /data
                appender.x.type = File
                appender.x.name = A
                appender.x.fileName = ${dir}/a.log
                appender.y.type = RollingFile
                appender.y.name = B
                appender.y.fileName = b.log
                appender.y.filePattern = b-%d.log
                appender.y.policies.type = Policies
                """)))
                .startsWith("Log4j 2 classes/log4j2.properties")
                .endsWith(expected.toArray(String[]::new));
        assertThat(read(project("""
                == log4j2-other.json
                {"configuration": {"properties": {"dir": "/data"}, "appenders": {"appender": [
                  {"type": "File", "name": "A", "fileName": "${dir}/a.log"},
                  {"type": "RollingFile", "name": "B", "fileName": "b.log", "filePattern": "b-%d.log"}]}}}
                """).property("log4j2.configurationFile=log4j2-other.json")))
                .startsWith("Log4j 2 classes/log4j2-other.json")
                .endsWith(expected.toArray(String[]::new));
    }

    @Test
    void theFilesOfALibraryWhoseConfigurationIsNotReadAreUnknown() {
        String unknown = ":1:1 the files that this configuration writes are unknown";
        Project project = project("== log4j.properties\nlog4j.rootLogger=INFO, A\n== tinylog.properties\nwriter=file");
        assertThat(read(project))
                .containsExactly(
                        "Log4j 1 classes/log4j.properties",
                        "! classes/log4j.properties" + unknown,
                        "tinylog classes/tinylog.properties",
                        "! classes/tinylog.properties" + unknown);
        libraries = Set.of(LoggingLibrary.TINYLOG);
        Project bare = new Project(directory.resolve("bare"));
        assertThat(read(bare.property("tinylog.writer=file", "tinylog.writer.file=/logs/a.log")))
                .containsExactly("tinylog", "! taskdef.json" + unknown);
        containerFiles.put("tinylog.properties", SourceFile.of("docker/tinylog.properties", "tinylog.writer=file"));
        assertThat(read(bare))
                .containsExactly("tinylog docker/tinylog.properties", "! docker/tinylog.properties" + unknown);
    }

    @Test
    void theFileHandlerOfTheJdkIsRead() {
        containerFiles.put("/app/logging.properties", SourceFile.of("docker/logging.properties", """
                handlers = java.util.logging.ConsoleHandler, java.util.logging.FileHandler
                java.util.logging.FileHandler.pattern = %t/100%%/a%g.log
                """));
        Project project = project("== logging.properties\nhandlers=java.util.logging.FileHandler\n");
        assertThat(read(project)).isEmpty();
        assertThat(read(project.property("java.util.logging.config.file=/app/logging.properties")))
                .containsExactly("java.util.logging docker/logging.properties", "FileHandler: /tmp/100%/a*.log");
        boot = true;
        libraries = Set.of(LoggingLibrary.JAVA_UTIL_LOGGING);
        assertThat(read(project("")))
                .containsExactly("java.util.logging classes/logging.properties", "FileHandler: /home/app/java*.log");
    }

    @Test
    void onlyConfigurationsOfPresentLibrariesAreRead() {
        Project project = project(logback("logback.xml", "A") + "== log4j2.properties\n");
        assertThat(read(project))
                .containsExactly(
                        "Logback classes/logback.xml", "appender A: A.log", "Log4j 2 classes/log4j2.properties");
        libraries = Set.of(LoggingLibrary.LOG4J2);
        assertThat(read(project)).containsExactly("Log4j 2 classes/log4j2.properties");
    }

    @Test
    void springBootLooksForItsOwnFileNames() {
        libraries = Set.of(LoggingLibrary.LOGBACK);
        Project project = project(logback("logback-spring.xml", "S"));
        assertThat(read(project)).isEmpty();
        boot = true;
        assertThat(read(project)).containsExactly("Logback classes/logback-spring.xml, required", "appender S: S.log");
        project.with(logback("logback-test-spring.xml", "T"));
        assertThat(read(project))
                .containsExactly("Logback classes/logback-test-spring.xml, required", "appender T: T.log");
        project.with(logback("logback.xml", "A"));
        assertThat(read(project)).containsExactly("Logback classes/logback.xml, required", "appender A: A.log");
        project.with(logback("logback-test.xml", "B"));
        assertThat(read(project)).containsExactly("Logback classes/logback-test.xml, required", "appender B: B.log");
        boot = false;
        assertThat(read(project)).containsExactly("Logback classes/logback-test.xml", "appender B: B.log");
    }

    @Test
    void logbackReadsItsFileBeforeSpringBootReadsAnother() {
        libraries = Set.of(LoggingLibrary.LOGBACK);
        boot = true;
        Project project = project(logback("early.xml", "E") + logback("logback.xml", "A"))
                .property("logback.configurationFile=early.xml");
        assertThat(read(project))
                .containsExactly(
                        "Logback classes/logback.xml, required",
                        "appender A: A.log",
                        "early Logback classes/early.xml",
                        "appender E: E.log");
        assertThat(read(project.env("LOGGING_FILE_NAME=")))
                .as("an empty name is none")
                .contains("early Logback classes/early.xml");
        assertThat(read(project.env("LOGGING_FILE_NAME=x.log"))).contains("early Logback classes/early.xml, required");
        assertThat(read(project.env("LOGGING_FILE_NAME=").property("logging.file.path=?")))
                .contains("early Logback classes/early.xml, required");
        assertThat(read(project("== logback.xml\n").property("logback.configurationFile=early.xml")))
                .as("Spring Boot's own configuration")
                .contains("early Logback classes/early.xml");
    }

    @Test
    void anEarlyFailureOfLogbackStaysFatalIfSpringBootReadsItsOwnFile() {
        libraries = Set.of(LoggingLibrary.LOGBACK);
        boot = true;
        String files = logback("early.xml", "E") + logback("logback-spring.xml", "S");
        assertThat(read(project(files).property("logback.configurationFile=early.xml")))
                .containsExactly(
                        "Logback classes/logback-spring.xml, required",
                        "appender S: S.log",
                        "early Logback classes/early.xml, required",
                        "appender E: E.log");
        assertThat(read(project(files + logback("logback.xml", "A")).env("LOGGING_CONFIG=classpath:early.xml")))
                .containsExactly(
                        "Logback classes/early.xml, required",
                        "appender E: E.log",
                        "early Logback classes/logback.xml, required",
                        "appender A: A.log");
        assertThat(read(project("").env("LOGGING_CONFIG=?"))).contains("early Logback classes/logback.xml, required");
    }

    @Test
    void earlyConfigurationsLackSpringBootsProperties() {
        libraries = Set.of(LoggingLibrary.LOGBACK);
        boot = true;
        assertThat(read(project("""
                == application.properties
                logging.file.name=/logs/shop.log
                shop.dir=/shop
                == logback.xml
                <configuration>
                  <springProperty name="DIR" source="shop.dir"/>
                  <appender name="A" class="FileAppender"><file>${LOG_FILE:-/tmp/a.log}</file></appender>
                  <appender name="B" class="FileAppender"><file>${DIR}/b.log</file></appender>
                  <appender name="C" class="FileAppender"><file>/tmp/c.log</file></appender>
                  <appender name="D" class="FileAppender"><file>/tmp/${DIR:-d}.log</file></appender>
                  <root>
                    <appender-ref ref="A"/><appender-ref ref="B"/><appender-ref ref="C"/>
                    <springProfile name="default"><appender-ref ref="D"/></springProfile>
                  </root>
                </configuration>
                """)))
                .containsExactly(
                        "Logback classes/logback.xml, required",
                        "appender A: /logs/shop.log",
                        "appender B: /shop/b.log",
                        "appender C: /tmp/c.log",
                        "appender D: /tmp//shop.log",
                        "early Logback classes/logback.xml, required",
                        "appender A: /tmp/a.log",
                        "appender B: DIR_IS_UNDEFINED/b.log",
                        "appender D: /tmp/d.log if Logback is older than 1.3, for no logger refers to it");
    }

    @Test
    void logbackUsesItsDefaultNamesIfASettingNamesNoFile() {
        libraries = Set.of(LoggingLibrary.LOGBACK);
        Project project = project(logback("logback.xml", "A") + logback("other.xml", "O"));
        assertThat(read(project.property("logback.configurationFile=classpath:other.xml")))
                .containsExactly("Logback classes/logback.xml", "appender A: A.log");
        assertThat(read(project.property("logback.configurationFile=gone.xml")))
                .as("the container may have it")
                .hasSize(2)
                .last()
                .asString()
                .startsWith("! taskdef.json:1:1 this names a configuration of Logback that is not in the project");
        missing.add("gone.xml");
        assertThat(read(project)).containsExactly("Logback classes/logback.xml", "appender A: A.log");
    }

    @Test
    void settingsNameOtherFiles() {
        libraries = Set.of(LoggingLibrary.LOGBACK);
        boot = true;
        Project project = project(logback("logback.xml", "A") + logback("conf/logback-ecs.xml", "E"));
        assertThat(read(project.env("LOGGING_CONFIG=classpath:conf/logback-ecs.xml")))
                .startsWith("Logback classes/conf/logback-ecs.xml, required", "appender E: E.log");
        assertThat(read(project.env("LOGGING_CONFIG=/etc/logback.xml")))
                .startsWith(
                        "Logback, required",
                        "! taskdef.json:1:1 this names a configuration of Logback that is not in the"
                                + " project: the files that it writes are unknown");
        assertThat(read(project.env("LOGGING_CONFIG=?")))
                .startsWith(
                        "Logback, required",
                        "! taskdef.json:1:1 which configuration Logback reads is not known:"
                                + " LOGGING_CONFIG comes from a secret");
        containerFiles.put("/etc/logback.xml", SourceFile.of("docker/logback.xml", "<configuration/>"));
        assertThat(read(project.env("LOGGING_CONFIG=file:///etc/logback.xml")))
                .startsWith("Logback docker/logback.xml, required");
        boot = false;
        assertThat(read(project.property("logback.configurationFile=conf/logback-ecs.xml")))
                .containsExactly("Logback classes/conf/logback-ecs.xml", "appender E: E.log");
    }

    @Test
    void withoutALoggingSystemOfSpringBootLogbackConfiguresItself() {
        boot = true;
        Project project = project(logback("logback.xml", "A") + logback("logback-spring.xml", "B"))
                .property("org.springframework.boot.logging.LoggingSystem=none");
        libraries = EnumSet.of(LoggingLibrary.LOGBACK);
        assertThat(read(project)).containsExactly("Logback classes/logback.xml", "appender A: A.log");
        assertThat(read(project.property("logback.configurationFile=logback-spring.xml")))
                .containsExactly("Logback classes/logback-spring.xml", "appender B: B.log");
    }

    @Test
    void logbackIgnoresAnAppenderWithTheFileOfAnEarlierOne() {
        libraries = EnumSet.of(LoggingLibrary.LOGBACK);
        Project project = project("""
                == logback.xml
                <configuration>
                  <property name="dir" value="/data"/>
                  <appender name="UNUSED" class="ch.qos.logback.core.FileAppender"><file>/data/a.log</file></appender>
                  <appender name="A" class="ch.qos.logback.core.FileAppender"><file>${dir}/a.log</file></appender>
                  <appender name="B" class="ch.qos.logback.core.FileAppender"><file>/data/b.log</file></appender>
                  <root><appender-ref ref="A"/><appender-ref ref="B"/></root>
                </configuration>
                """);
        for (String version : List.of("1.3.15", "1.5.22")) {
            logbackVersion = Optional.of(version);
            assertThat(read(project))
                    .containsExactly(
                            "Logback classes/logback.xml", "appender A: /data/a.log", "appender B: /data/b.log");
        }
        for (String version : List.of("1.5.23", "1.5.38", "1.6.0", "2.0.0")) {
            logbackVersion = Optional.of(version);
            assertThat(read(project)).containsExactly("Logback classes/logback.xml", "appender B: /data/b.log");
        }
    }

    @Test
    void propertiesOfLog4j3AreNotRead() {
        log4jVersion = Optional.of("3.0.0-beta3");
        assertThat(read(project("== log4j2.properties\nappenders = a\n")))
                .containsExactly(
                        "Log4j 2 classes/log4j2.properties",
                        "! classes/log4j2.properties:1:1 the files that this configuration writes are unknown");
    }

    @Test
    void anUnreadableFileIsAProblem() {
        assertThat(read(project("== logback.groovy\n== log4j2.yml\n\ta\n")))
                .containsExactly(
                        "Logback classes/logback.groovy",
                        "! classes/logback.groovy:1:1 the files that this configuration writes are unknown",
                        "Log4j 2 classes/log4j2.yml",
                        "! classes/log4j2.yml:1:1 YAML does not allow tabs for indentation");
    }

    @Test
    @Timeout(120)
    void largeAndStrangeFilesAreReadInBoundedTime() {
        StringBuilder logback = new StringBuilder("<configuration><root><appender-ref ref='a0'/></root>");
        for (int i = 0; i < 15_000; i++) {
            logback.append(
                    "<appender name='a%d' class='FileAppender'><appender-ref ref='a%d'/><file>${a%d:-x}</file></appender>"
                            .formatted(i, i + 1, i));
        }
        Project project = project("")
                .with("logback.xml", logback + "</configuration>")
                .with(
                        "log4j2.properties",
                        "appender." + "a.".repeat(100_000) + "b=c\n" + "appender.x.y=z\n".repeat(40_000));
        assertThat(read(project)).hasSize(15_002);
    }

    @Test
    @Timeout(120)
    void everyFileIsReadOrIsAProblem() {
        String[] pieces = {
            "<configuration>",
            "</configuration>",
            "<appender name='a' class='FileAppender'>",
            "</appender>",
            "<file>",
            "</file>",
            "${a",
            ":-",
            "}",
            "$${",
            "<property name='a' value='",
            "'/>",
            "log4j.appender.a",
            "=",
            ".File",
            "\n",
            "appender.a.type=File",
            "appender.a.fileName=",
            "Configuration:",
            " Appenders:",
            "  File:",
            "- ",
            "%d",
            "{",
            "<root>",
            "<appender-ref ref='a'/>",
            "</root>",
            "<springProfile name='(' >",
            "<include resource='logback.xml'/>"
        };
        Random random = new Random(3);
        boot = true;
        for (int i = 0; i < 300; i++) {
            Project project = project("");
            for (String name : List.of(
                    "logback.xml",
                    "log4j2.xml",
                    "log4j2.yaml",
                    "log4j.properties",
                    "log4j.xml",
                    "tinylog.properties")) {
                StringBuilder text = new StringBuilder(name.endsWith("xml") ? "<configuration>" : "");
                for (int j = random.nextInt(15); j > 0; j--) {
                    text.append(pieces[random.nextInt(pieces.length)]);
                }
                project.with(name, text + (name.endsWith("xml") ? "</configuration>" : ""));
            }
            assertThat(read(project)).isNotEmpty();
        }
    }
}
