// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.logging;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.configuration.Project;
import io.github.readonlyrootfs.configuration.file.ConfigurationFiles;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.Truth;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogbackReaderTest {

    private static final String ROOT = "<root><appender-ref ref=\"F\"/></root>";

    @TempDir
    Path directory;

    private Optional<String> version = Optional.of("1.5.18");
    private Truth scripts = Truth.TRUE;
    private boolean boot = true;
    private final Map<String, SourceFile> containerFiles = new HashMap<>();

    /** The output of a configuration with these elements. */
    private List<String> read(Project project, String elements) throws Exception {
        project.with("logback.xml", "<configuration>\n" + elements + "\n</configuration>\n");
        ConfigurationFiles files = project.files();
        LoggingEnvironment environment = new LoggingEnvironment(
                project.launch(),
                boot ? Optional.of(project.spring()) : Optional.empty(),
                version,
                Optional.empty(),
                scripts,
                path -> Optional.ofNullable(containerFiles.get(path)));
        return Shown.lines(LogbackReader.read(
                files.resources().read("logback.xml").orElseThrow(), files.resources(), environment));
    }

    private List<String> read(String elements) throws Exception {
        return read(project(), elements);
    }

    private Project project() {
        return new Project(directory).property("java.io.tmpdir=/tmp");
    }

    private static String file(String path) {
        return "<appender name=\"F\" class=\"ch.qos.logback.core.FileAppender\"><file>" + path + "</file></appender>";
    }

    @Test
    void aFileAppenderOpensItsFileAndRollsOverInTheSameOrAnotherDirectory() throws Exception {
        assertThat(read("""
                <!-- <appender name="X" class="ch.qos.logback.core.FileAppender"><file>no</file></appender> -->
                <import class="ch.qos.logback.core.rolling.RollingFileAppender"/>
                <appender name="F" class="RollingFileAppender">
                  <File>logs/app.log</File>
                  <rollingPolicy class="TimeBasedRollingPolicy">
                    <FileNamePattern>/archive/%d{yyyy/MM, aux}/app.%d{yyyy-MM-dd}.%i.gz</FileNamePattern>
                  </rollingPolicy>
                </appender>
                <appender name="C" class="ch.qos.logback.core.ConsoleAppender"/>
                <root level="off"><appender-ref ref="F"/></root>""")).containsExactly("appender F: logs/app.log", "appender F: /archive/*/app.*.*.gz later");
    }

    @Test
    void withoutAFileTheFilesOfThePatternAreOpenedAtStart() throws Exception {
        assertThat(read("""
                <appender name="F" class="ch.qos.logback.core.rolling.RollingFileAppender">
                  <rollingPolicy><fileNamePattern>logs/%d.log</fileNamePattern></rollingPolicy>
                </appender>""" + ROOT)).containsExactly("appender F: logs/*.log");
    }

    @Test
    void standardStreamsAreNotFiles() throws Exception {
        assertThat(read(file("/dev/stdout") + ROOT)).isEmpty();
        assertThat(read(file("${NONE:-}") + ROOT)).isEmpty();
        assertThat(read(file("/proc/1/fd/1") + ROOT)).isEmpty();
        assertThat(read(file("/dev/shm/a.log") + ROOT)).hasSize(1);
    }

    @Test
    void variablesAreReadFromTheFileTheSystemPropertiesAndTheEnvironment() throws Exception {
        assertThat(read(
                        project().env("LOG_DIR=/env", "B=/b").property("B=/property"),
                        "<property name='A' value='${LOG_DIR}/a'/><variable name='C' value='${A:-x}/c'/>"
                                + file("${C}/${B}/${D:-${A}}/${E}.log") + ROOT))
                .containsExactly("appender F: /env/a/c//property//env/a/E_IS_UNDEFINED.log");
        assertThat(read(project().env("X=?"), file("/a/${X:-b}/c.log") + ROOT))
                .containsExactly("appender F: /a/?/c.log (X comes from a secret)");
        assertThat(read(project().incomplete("a file may set it"), file("/a/${Y:-b}/c.log") + ROOT))
                .containsExactly("appender F: /a/?/c.log (nothing here sets Y, but a file may set it)");
    }

    @Test
    void namesThatOnlyTheRunningApplicationDefinesAreUnknown() throws Exception {
        assertThat(read("<define name='A' class='x.Y'/><timestamp key='T' datePattern='yyyy'/>"
                        + "<insertFromJNDI env-entry-name='x' as='J'/>" + file("/a/${T}/${A}/${J}/${HOSTNAME}.log")
                        + ROOT))
                .containsExactly("appender F: /a/*/?/?/?.log (a class that is called at run time defines A)");
    }

    @Test
    void propertiesAreReadFromResources() throws Exception {
        Project project = project().with("log.properties", "DIR=/data\nSUB=${DIR}/sub\n");
        assertThat(read(project, "<property resource='log.properties'/>" + file("${SUB}/a.log") + ROOT))
                .containsExactly("appender F: /data/sub/a.log");
        assertThat(read(project, "<property file='/etc/log.properties'/>" + file("${NONE:-x}/a.log") + ROOT))
                .containsExactly(
                        "appender F: ?/a.log (nothing here defines NONE, but what classes/logback.xml:2:1 reads"
                                + " may define it)");
        assertThat(read(project, "<property resource='none.properties'/>" + file("${NONE:-x}/a.log") + ROOT))
                .hasSize(2)
                .last()
                .asString()
                .startsWith("! classes/logback.xml:2:21 this file is not in the project");
    }

    @Test
    void springPropertiesAreReadFromTheSettings() throws Exception {
        Project project = project().with("application.yml", "app.log: /data\nlogging.file.path: /logs\n");
        String elements = "<springProperty name='A' source='app.log'/>"
                + "<springProperty scope='context' name='B' source='app.none' defaultValue='${A}/b'/>"
                + file("${A}${B}${LOG_FILE}${LOG_PATH}") + ROOT;
        assertThat(read(project, elements)).containsExactly("appender F: /data/data/b/logs/spring.log/logs");
        boot = false;
        assertThat(read(project, elements))
                .containsExactly(
                        "appender F: A_IS_UNDEFINEDB_IS_UNDEFINEDLOG_FILE_IS_UNDEFINEDLOG_PATH_IS_UNDEFINED" + "");
    }

    @Test
    void placeholdersInTheDefaultOfASpringPropertyAreResolvedWhereItIsUsed() throws Exception {
        assertThat(read("<springProperty name='A' source='app.none' defaultValue='${B:-b}'/>"
                        + "<condition class='ch.qos.logback.core.boolex.PropertyEqualityCondition'>"
                        + "<key>A</key><value>b</value></condition><if><then>" + file("equal.log")
                        + "</then><else><property name='B' value='later'/>" + file("${A}.log") + "</else></if>" + ROOT))
                .containsExactly("appender F: later.log");
    }

    @Test
    void onlyElementsOfActiveProfilesApply() throws Exception {
        String elements = "<springProfile name='prod | demo'>" + file("a.log") + ROOT + "</springProfile>";
        assertThat(read(project().env("SPRING_PROFILES_ACTIVE=prod"), elements)).containsExactly("appender F: a.log");
        assertThat(read(project().env("SPRING_PROFILES_ACTIVE=eu"), elements)).isEmpty();
        assertThat(read(project().env("SPRING_PROFILES_ACTIVE=?"), elements))
                .containsExactly("appender F: a.log if profile prod | demo is active");
        assertThat(read(elements)).containsExactly("appender F: a.log if profile prod | demo is active");
        assertThat(read(elements.replace("prod | demo", "local,dev"))).isEmpty();
        assertThat(read(elements.replace("prod | demo", "!local"))).containsExactly("appender F: a.log");
        boot = false;
        assertThat(read(elements)).isEmpty();
    }

    @Test
    void aReferenceForAProfileOpensTheAppenderForIt() throws Exception {
        String elements = file("a.log") + "<springProfile name='prod'>" + ROOT + "</springProfile>";
        assertThat(read(elements)).containsExactly("appender F: a.log if profile prod is active");
        version = Optional.of("1.2.12");
        assertThat(read(elements)).containsExactly("appender F: a.log");
    }

    @Test
    void conditionsOnPropertiesAreEvaluated() throws Exception {
        String elements = "<if condition='%s'><then><property name='P' value='/then'/></then><else>"
                + "<property name='P' value='/else'/></else></if>" + file("${P}/b.log") + ROOT;
        Project project = project().env("X=prod-eu");
        for (String holds : List.of(
                "isDefined(\"X\")", "isNull(\"Y\")", "property(\"X\").contains(\"eu\")", "p( \"Y\" ).equals(\"\")")) {
            assertThat(read(project, elements.formatted(holds))).containsExactly("appender F: /then/b.log");
        }
        assertThat(read(project, elements.formatted("p(\"X\").equals(\"prod\")")))
                .containsExactly("appender F: /else/b.log");
        for (String other : List.of("p(\"X\").length() == 7", "isDefined(\"X\") || isDefined(\"Y\")")) {
            assertThat(read(project, elements.formatted(other)))
                    .containsExactly("appender F: ?/b.log (only if the condition in line 2 does not hold)");
        }
        scripts = Truth.FALSE;
        assertThat(read(project, elements.formatted("isDefined(\"X\")")))
                .containsExactly("appender F: P_IS_UNDEFINED/b.log");
        String type =
                "<condition class='ch.qos.logback.core.boolex.IsPropertyDefinedCondition'><key>X</key></condition>";
        assertThat(read(project, type + elements.replace(" condition='%s'", "")))
                .containsExactly("appender F: /then/b.log");
    }

    @Test
    void aProfileThatIsNotActiveChangesNoProperty() throws Exception {
        String elements = "<property name='P' value='/logs'/><springProfile name='prod'>"
                + "<property name='P' value='/prod'/></springProfile>" + file("${P}/b.log") + ROOT;
        assertThat(read(elements))
                .containsExactly("appender F: /logs/b.log", "appender F: /prod/b.log if profile prod is active");
        assertThat(read(project().env("SPRING_PROFILES_ACTIVE=eu"), elements))
                .containsExactly("appender F: /logs/b.log");
        assertThat(read(project().env("SPRING_PROFILES_ACTIVE=?"), elements))
                .containsExactly("appender F: ?/b.log (only if profile prod is active)");
    }

    @Test
    void aReferenceBelowAConditionAlwaysOpensTheAppender() throws Exception {
        String reference = "<springProfile name='eu'><appender-ref ref='F'/></springProfile>";
        assertThat(read(file("a.log") + "<root>" + reference + "</root>")).containsExactly("appender F: a.log");
        assertThat(read(file("a.log") + "<appender name='A' class='ch.qos.logback.classic.AsyncAppender'>"
                        + "<appender-ref ref='F'/></appender>"))
                .containsExactly("appender F: a.log");
    }

    @Test
    void otherConditionsAreNotEvaluated() throws Exception {
        assertThat(read("<if condition='new java.io.File(\"X\").exists()'><then>" + file("a.log") + "</then><else>"
                        + "<property name='P' value='/x'/></else></if>" + ROOT
                        + file("${P}/b.log").replace("\"F\"", "\"G\"") + ROOT.replace("\"F\"", "\"G\"")))
                .containsExactly(
                        "appender F: a.log if the condition in line 2 holds",
                        "appender G: ?/b.log (only if the condition in line 2 does not hold)");
    }

    @Test
    void onlyOldVersionsOpenAnAppenderThatNoLoggerRefersTo() throws Exception {
        assertThat(read(file("a.log"))).isEmpty();
        version = Optional.of("1.2.13");
        assertThat(read(file("a.log"))).containsExactly("appender F: a.log");
        version = Optional.empty();
        assertThat(read(file("a.log")))
                .containsExactly("appender F: a.log if Logback is older than 1.3, for no logger refers to it");
        assertThat(read(file("a.log") + ROOT)).containsExactly("appender F: a.log");
    }

    @Test
    void referencesAreFollowedThroughOtherAppenders() throws Exception {
        String async =
                "<appender name='%s' class='ch.qos.logback.classic.AsyncAppender'><appender-ref ref='%s'/></appender>";
        assertThat(read(file("a.log")
                        + async.formatted("A", "B")
                        + async.formatted("B", "${TO:-F}")
                        + async.formatted("C", "A")
                        + "<logger name='x'><appender-ref ref='A'/></logger>"))
                .containsExactly("appender F: a.log");
        assertThat(read(project().env("TO=?"), file("a.log") + "<root><appender-ref ref='${TO}'/></root>"))
                .containsExactly("appender F: a.log if a logger refers to it");
    }

    @Test
    void aSiftingAppenderOpensFilesLater() throws Exception {
        assertThat(read("""
                <appender name="F" class="ch.qos.logback.classic.sift.SiftingAppender">
                  <discriminator><key>user</key><defaultValue>x</defaultValue></discriminator>
                  <sift><appender name="FILE-${user}" class="ch.qos.logback.core.FileAppender">
                    <file>logs/${user}.log</file>
                  </appender></sift>
                </appender>""" + ROOT)).containsExactly("appender FILE-${user}: logs/*.log later");
    }

    @Test
    void springBootsBaseLogsToTheTemporaryDirectory() throws Exception {
        String include = "<include resource='org/springframework/boot/logging/logback/base.xml'/>";
        assertThat(read(include))
                .containsExactly("appender FILE: /tmp/spring.log", "appender FILE: /tmp/spring.log.*.*.gz later");
        assertThat(read(project().env("LOGGING_FILE_NAME=/data/a.log"), include))
                .containsExactly("appender FILE: /data/a.log", "appender FILE: /data/a.log.*.*.gz later");
        assertThat(read("<include resource='org/springframework/boot/logging/logback/defaults.xml'/>"
                        + "<include resource='org/springframework/boot/logging/logback/console-appender.xml'/>"))
                .isEmpty();
    }

    @Test
    void includesAreFollowed() throws Exception {
        Project project = project()
                .with("more/log.xml", "<included>" + file("${X:-a}.log") + "</included>")
                .with("self.xml", "<included><include resource='self.xml'/></included>");
        assertThat(read(project, "<include resource='${D:-more}/log.xml'/>" + ROOT))
                .containsExactly("appender F: a.log");
        assertThat(read(project, "<include resource='self.xml'/>"))
                .containsExactly("! classes/logback.xml:2:1 files include each other");
        assertThat(read(project, "<include resource='none.xml'/><include optional='true' resource='none.xml'/>"))
                .containsExactly(
                        "! classes/logback.xml:2:20 this file is not in the project, so its content is unknown");
        assertThat(read(project, "<include file='/etc/x.xml'/><include file='/etc/y.xml' optional='true'/>"))
                .containsExactly("! classes/logback.xml:2:1 the included file is read in the container, and its"
                        + " content is unknown");
    }

    @Test
    void filesOfTheContainerAreReadIfTheirContentIsKnown() throws Exception {
        containerFiles.put(
                "/etc/x.xml", SourceFile.of("docker/x.xml", "<included>" + file("${X}.log") + ROOT + "</included>"));
        containerFiles.put("conf/log.properties", SourceFile.of("docker/log.properties", "X=/data/x\n"));
        assertThat(read("<property file='conf/log.properties'/><include file='/etc/x.xml'/>"))
                .containsExactly("appender F: /data/x.log");
    }

    @Test
    void aPathHasItsLocation() throws Exception {
        SourceFile source =
                SourceFile.of("logback.xml", "<configuration>\n" + file("a.log") + ROOT + "</configuration>");
        ConfigurationFiles files = project().files();
        LoggingOutput written = LogbackReader.read(
                source,
                files.resources(),
                new LoggingEnvironment(
                        project().launch(),
                        Optional.empty(),
                        version,
                        Optional.empty(),
                        scripts,
                        path -> Optional.empty()));
        assertThat(source.text(written.files().get(0).location())).isEqualTo("a.log");
    }

    @Test
    void aFileThatIsNotXmlIsAProblem() throws Exception {
        assertThat(read("<root>")).containsExactly("! classes/logback.xml:3:3 this is not well-formed XML");
    }

    @Test
    void anAppenderInAnUnknownElementIsNotOpenedButBlocksItsFileForOthers() throws Exception {
        boot = false;
        version = Optional.of("1.5.38");
        for (String unknown : List.of("springProfile", "other")) {
            assertThat(read("<" + unknown + "><if><then>"
                            + file("a.log").replace("\"F\"", "\"G\"") + "</then></if></" + unknown + ">" + file("a.log")
                            + ROOT))
                    .isEmpty();
            assertThat(read("<" + unknown + ">" + file("b.log") + "</" + unknown + ">" + file("a.log") + ROOT))
                    .containsExactly("appender F: a.log");
        }
        version = Optional.of("1.5.18");
        assertThat(read("<other>" + file("a.log") + "</other>" + file("a.log") + ROOT))
                .containsExactly("appender F: a.log");
    }
}
