// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.rule.container;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.at;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.finding;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.help;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.ContainerPath;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogToFileTest {

    private final LogToFile rule = new LogToFile();

    @Test
    void aLogFileBesideALogDriverIsAnInfo() {
        assertThat(task().container("app", app -> app.log().environment("LOGGING_FILE_NAME", "/var/log/app.log", 30))
                        .findings(rule))
                .containsExactly(finding(
                                rule,
                                at(30),
                                "LOGGING_FILE_NAME sends the log to /var/log/app.log, "
                                        + "although a log driver takes the container's output",
                                "remove `LOGGING_FILE_NAME` to send the log to the container's output")
                        .in("app")
                        .at(ContainerPath.of("/var/log/app.log"))
                        .on(List.of(Platform.FARGATE)));
        assertThat(rule.defaultSeverity()).isEqualTo(Severity.INFO);
    }

    @Test
    void logFilesInArgumentsAndVariablesOfTheImageAreFound() {
        assertThat(task().container(
                                "app",
                                app -> app.log()
                                        .imageEnvironment("LOG_FILE", "/var/log/app.log", 3)
                                        .entrypoint(4, "java", "-jar", "/app.jar")
                                        .command("--logging.file.path=/var/log"))
                        .findings(rule))
                .extracting(
                        finding -> finding.location().file(),
                        finding -> finding.path().orElseThrow().toString())
                .containsExactlyInAnyOrder(tuple("Dockerfile", "/var/log/app.log"), tuple("taskdef.json", "/var/log"));
    }

    @Test
    void theOutputOfTheContainerIsNotALogFile() {
        assertThat(task().container("app", app -> app.log().environment("LOG_FILE", "/dev/stdout", 30))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void withoutALogDriverTheFindingSuggestsOne() {
        assertThat(task().container("app", app -> app.environment("LOG_FILE", "/var/log/app.log", 30))
                        .findings(rule))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.message())
                            .isEqualTo("LOG_FILE sends the log to /var/log/app.log, "
                                    + "and container app has no logConfiguration for its output");
                    assertThat(help(finding)).contains("add a `logConfiguration`");
                });
    }

    @Test
    void aShellRedirectionToALogIsALogFile() {
        assertThat(task().container("app", app -> app.log().cmd(3, "sh", "-c", "app > /var/log/app.log 2>&1"))
                        .findings(rule))
                .extracting(Finding::message)
                .containsExactly(
                        "a redirection sends the log to /var/log/app.log, although a log driver takes the container's output");
        assertThat(task().container("app", app -> app.log().cmd(3, "sh", "-c", "app | tee -a /var/log/app.log"))
                        .findings(rule))
                .extracting(Finding::message)
                .containsExactly(
                        "tee sends the log to /var/log/app.log, although a log driver takes the container's output");
        assertThat(task().container("app", app -> app.log().cmd(3, "sh", "-c", "envsubst < a > /etc/app.conf && app"))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void optionsOfKnownProgramsNameLogFiles() {
        assertThat(task().container(
                                "app",
                                app -> app.log()
                                        .cmd(3, "gunicorn", "--access-logfile", "/logs/a.log", "--error-logfile", "-"))
                        .findings(rule))
                .extracting(finding -> finding.path().orElseThrow().toString())
                .containsExactly("/logs/a.log");
    }
}
