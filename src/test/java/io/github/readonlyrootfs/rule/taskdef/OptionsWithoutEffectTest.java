// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.taskdef;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.inDockerfile;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.rule.CheckedTaskFixture;
import io.github.readonlyrootfs.source.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsWithoutEffectTest {

    private final OptionsWithoutEffect rule = new OptionsWithoutEffect();

    @Test
    void javaOptsInTheTaskDefinitionIsAWarningIfJavaStartsWithoutAShell() {
        assertThat(task().container(
                                "app",
                                app -> app.entrypoint(9, "java", "-jar", "/app.jar")
                                        .environment("JAVA_OPTS", "-Djava.io.tmpdir=/data", 20))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(20),
                                "JAVA_OPTS has no effect in container app: "
                                        + "its command starts java without it, and the JVM does not read it",
                                "rename JAVA_OPTS to JAVA_TOOL_OPTIONS, which every JVM reads")
                        .in("app")
                        .about("JAVA_OPTS"));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.WARNING);
    }

    @Test
    void javaOptsInTheDockerfileIsAWarning() {
        assertThat(task().container(
                                "app",
                                app -> app.step("ENV", 4, 0, Value.absent())
                                        .cmd(9, "java", "$CATALINA_OPTS", "-jar", "/app.jar")
                                        .imageEnvironment("CATALINA_OPTS", "-Xmx1g", 4))
                        .findings(rule))
                .extracting(Finding::location)
                .containsExactly(inDockerfile(4));
    }

    @Test
    void optionsOfTheBaseImageAreNotReported() {
        assertThat(task().container(
                                "app",
                                app -> app.step("FROM", 1, 0, Value.absent())
                                        .cmd(9, "java", "-jar", "/app.jar")
                                        .imageEnvironment("JAVA_OPTS", "-Xmx1g", 1))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void ifTheRightVariableIsSetTheHelpMovesTheOptionsThere() {
        assertThat(task().container(
                                "app",
                                app -> app.entrypoint(9, "java", "-jar", "/app.jar")
                                        .environment("JAVA_OPTS", "-Xmx1g", 20)
                                        .environment("JAVA_TOOL_OPTIONS", "-Xss1m", 21))
                        .findings(rule))
                .extracting(CheckedTaskFixture::help)
                .containsExactly("move its options into JAVA_TOOL_OPTIONS, which every JVM reads");
    }

    @Test
    void anEmptyVariableIsNotReported() {
        assertThat(task().container(
                                "app",
                                app -> app.entrypoint(9, "java", "-jar", "/app.jar")
                                        .environment("JAVA_OPTS", "", 20))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void aVariableThatAStartScriptMayExpandIsNotReported() {
        assertThat(task().container(
                                "app",
                                app -> app.entrypoint(9, "catalina.sh", "run").environment("JAVA_OPTS", "-Xmx1g", 20))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void otherVariablesAreNotReported() {
        assertThat(task().container(
                                "app",
                                app -> app.entrypoint(9, "java", "-jar", "/app.jar")
                                        .environment("JAVA_TOOL_OPTIONS", "-Xmx1g", 20)
                                        .environment("APP_OPTS", "x", 21))
                        .findings(rule))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"java -jar /app.jar", "exec /opt/java/bin/java -jar /app.jar"})
    void aVariableThatTheShellCommandDoesNotNameIsReported(String text) {
        assertThat(task().container(
                                "app",
                                app -> app.entrypoint(9, "/bin/sh", "-c", text).environment("JAVA_OPTS", "-Xmx1g", 20))
                        .findings(rule))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "java $JAVA_OPTS -jar /app.jar",
                "exec java ${JAVA_OPTS} -jar /app.jar",
                "/start.sh",
                "cd /a && x"
            })
    void aVariableThatAShellMayExpandIsNotReported(String text) {
        assertThat(task().container(
                                "app",
                                app -> app.entrypoint(9, "/bin/sh", "-c", text).environment("JAVA_OPTS", "-Xmx1g", 20))
                        .findings(rule))
                .isEmpty();
    }
}
