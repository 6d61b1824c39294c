// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.report.ReportFiles;
import io.github.readonlyrootfs.report.ReportFormat;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.ExplainReport;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.taskdef.node.TemplateValues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values of placeholders may be secrets. */
class SecretValuesTest {

    @TempDir
    Path directory;

    private CheckResult check(String taskDefinition, Map<String, String> values) throws Exception {
        return new RequestBuilder(Files.writeString(directory.resolve("taskdef.json"), taskDefinition))
                .templateValues(new TemplateValues(values, Map.of(), name -> Optional.empty()))
                .writablePaths("/tmp")
                .executeCommand()
                .check();
    }

    @Test
    void noValueIsPrintedOrReported() throws Exception {
        CheckResult result = check(
                """
                {"requiresCompatibilities": ["<PLATFORM>"], "networkMode": "${MODE}",
                 "containerDefinitions": [
                   {"name": "app", "image": "<IMAGE>", "readonlyRootFilesystem": ${RO}, "essential": "${TEXT}",
                    "environment": [{"name": "JAVA_OPTS", "value": "-Dpassword=${TEXT}"}, {"name": "A", "value": "<TEXT>"}],
                    "command": ["--token", "${TEXT}", "--logging.file.name=/var/log/x"],
                    "logConfiguration": {"logDriver": "<DRIVER>", "options": {"splunk-token": "${TEXT}"}}}],
                 "volumes": [{"name": "v", "host": {"sourcePath": "${TEXT}"}}]}
                """,
                Map.of(
                        "PLATFORM", "hush-platform",
                        "MODE", "hush-mode",
                        "IMAGE", "registry.example/hush@sha256:1",
                        "RO", "true",
                        "TEXT", "hush-hush",
                        "DRIVER", "hush-driver"));
        StringBuilder said = new StringBuilder();
        ConsoleReport console = new ConsoleReport(result.tasks(), result.findings());
        console.lines().forEach(line -> said.append(line.text()).append('\n'));
        said.append(console.failureMessage());
        ReportFiles.write(
                directory.resolve("out"),
                EnumSet.allOf(ReportFormat.class),
                result.tasks(),
                result.findings(),
                new ReportSettings("1", "shop", "mvn readonly-rootfs:fix", "", List::of, Finding::isProblem));
        try (Stream<Path> files = Files.list(directory.resolve("out"))) {
            for (Path file : files.toList()) {
                said.append(Files.readString(file));
            }
        }
        new ExplainReport(result.tasks(), result.findings()).lines().forEach(said::append);

        assertThat(result.findings()).isNotEmpty();
        assertThat(said.toString()).contains("taskdef.json").doesNotContain("hush");
    }

    @Test
    void anUnknownNameIsReportedWithTheNamesInTheFile() {
        assertThatThrownBy(() -> check(
                        "[{\"name\":\"app\",\"image\":\"<IMAGE1_NAME>\",\"user\":\"${USER}\"}]",
                        Map.of("IMAGE_NAME", "hush")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("templateValues: taskdef.json has no placeholder IMAGE_NAME; did you mean IMAGE1_NAME?"
                        + " Put values for several files into templateValuesFile:"
                        + " names that a file does not use are allowed there");
        assertThatThrownBy(() -> check("[{\"name\":\"app\"}]", Map.of("A", "hush")))
                .hasMessageStartingWith("templateValues: taskdef.json has no placeholder A; it has none.");
    }
}
