// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.edit.Remedy;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.report.ReportTexts;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.ExplainReport;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Secret values of a container appear in no report, whatever the shape of the task definition. */
@Tag("slow")
class SecretsInEveryShapeTest {

    private static final String MARKER = "hunter2";

    /** Characters of real passwords, so that each notation has to quote or escape some. */
    private static final List<String> PARTS = List.of(
            "a", "Z", "7", " ", "  ", "'", "\"", "\\", "#", " # ", ":", ": ", ", ", "{", "}", "[", "]", "&", "*", "!",
            "|", ">", "%", "@", "`", "=", "-", "- ", "?", "$", "/", "ä", "\t", "\n", "\n\n", "\n  ", "://", "A=");

    @TempDir
    Path scratch;

    private static String secret(Random random) {
        StringBuilder secret = new StringBuilder();
        for (int i = random.nextInt(5); i > 0; i--) {
            secret.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        secret.append(MARKER);
        for (int i = random.nextInt(5); i > 0; i--) {
            secret.append(PARTS.get(random.nextInt(PARTS.size())));
        }
        return secret.toString();
    }

    private static Map<String, Object> object(Object... members) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put((String) members[i], members[i + 1]);
        }
        return object;
    }

    /** A task with many problems, for many messages. */
    private static Map<String, Object> task(Random random) {
        Map<String, Object> app = object(
                "name", "app",
                "image", "debian:13",
                "user", "1000",
                "environment",
                        List.of(
                                object("name", "A", "value", secret(random)),
                                object("name", "LOGGING_FILE_NAME", "value", "/logs/" + MARKER + " " + secret(random)),
                                object("name", "JAVA_OPTS", "value", secret(random), "valu", secret(random))),
                "secrets", List.of(object("name", "B", "valueFrom", secret(random))),
                "dockerLabels", object("team", secret(random), "name", secret(random)),
                "logConfiguration",
                        object(
                                "logDriver", "splunk",
                                "options", object("splunk-token", secret(random)),
                                "secretOptions", List.of(object("name", "C", "valueFrom", secret(random)))),
                "environmentFile", secret(random),
                "linuxParameters",
                        object(
                                "tmpfs",
                                List.of(object(
                                        "containerPath", "/logs", "size", 64, "mountOptions", List.of("uid=7", "ro")))),
                "mountPoints", List.of(object("sourceVolume", "none", "containerPath", "/none")),
                "privileged", true);
        return object(
                "family", "shop",
                "networkMode", "bridge",
                "requiresCompatibilities", List.of("FARGATE"),
                "volumes",
                        List.of(object(
                                "name",
                                "v",
                                "dockerVolumeConfiguration",
                                object(
                                        "driver", "vieux/sshfs",
                                        "driverOpts", object("password", secret(random)),
                                        "labels", object("l", secret(random))))),
                "containerDefinitions", List.of(app));
    }

    @ParameterizedTest
    @EnumSource
    void noReportHasASecret(TaskShape shape) throws Exception {
        Random random = new Random(shape.ordinal());
        for (int i = Thorough.rounds(6, 30); i > 0; i--) {
            String text = shape.write(task(random));
            Path directory = Files.createTempDirectory(scratch, "secrets");
            Files.writeString(directory.resolve(shape.file), text);
            Properties options = new Properties();
            options.setProperty("writablePaths.app", "/logs /cache");
            CheckResult result = new Fixture(directory, options).check();

            // A style of this test that is not YAML is not a task either, but still contains secrets.
            assertThat(result.findings()).isNotEmpty();
            List<Finding> everywhere = new ArrayList<>(result.findings());
            everywhere.addAll(atEachLine(SourceFile.of(shape.file, text)));
            assertThat(reports(result, everywhere)).as(text).doesNotContain(MARKER);
        }
    }

    /** A finding for each line. */
    private static List<Finding> atEachLine(SourceFile source) {
        List<Finding> findings = new ArrayList<>();
        for (int line = 1; line <= source.lineCount(); line++) {
            int end = source.line(line).length() + 1;
            for (int column = 1; column <= end; column += 40) {
                findings.add(Finding.of(
                        "x",
                        Severity.ERROR,
                        new Location(source.name(), line, column, line, Math.min(end, column + 40)),
                        "something is wrong",
                        Remedy.NONE));
            }
        }
        return findings;
    }

    private static String reports(CheckResult result, List<Finding> findings) {
        ReportSettings settings = ReportTexts.SETTINGS;
        ConsoleReport console = new ConsoleReport(result.tasks(), findings);
        return console.lines().stream().map(ConsoleReport.Line::text).collect(Collectors.joining("\n"))
                + console.failureMessage()
                + new ExplainReport(result.tasks(), result.findings()).lines().collect(Collectors.joining("\n"))
                + ReportTexts.all(result.tasks(), findings, settings);
    }
}
