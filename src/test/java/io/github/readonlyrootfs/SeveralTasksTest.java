// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.github.readonlyrootfs.analysis.TaskAnalysis;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.runtime.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check of a file with several task definitions. */
class SeveralTasksTest {

    private static final String TEMPLATE = """
            Resources:
              Web:
                Type: AWS::ECS::TaskDefinition
                Properties:
                  RequiresCompatibilities: [FARGATE]
                  ContainerDefinitions:
                    - {Name: app, Image: nginx:1.27, ReadonlyRootFilesystem: true}
                    - {Name: log, Image: busybox, ReadonlyRootFilesystem: true}
              Worker:
                Type: AWS::ECS::TaskDefinition
                Properties:
                  ContainerDefinitions:
                    - {Name: app, Image: nginx:1.27, ReadonlyRootFilesystem: true}
            """;

    @TempDir
    Path directory;

    private CheckResult check(String template, Optional<String> resource, String... containers)
            throws IOException, ConfigurationException {
        RequestBuilder request = new RequestBuilder(Files.writeString(directory.resolve("template.yaml"), template))
                .taskDefinitionResource(resource)
                .noInference();
        Stream.of(containers).forEach(name -> request.containers(name, "/data"));
        return request.check();
    }

    private static List<String> unwritable(CheckResult result) {
        return result.findings().stream()
                .filter(finding -> finding.rule().equals("path-not-writable"))
                .map(finding -> finding.resource().orElseThrow() + "/"
                        + finding.container().orElseThrow())
                .toList();
    }

    @Test
    void eachTaskIsJudgedOnItsOwnPlatforms() throws Exception {
        assertThat(check(TEMPLATE, Optional.empty()).tasks().all())
                .extracting(TaskAnalysis::resource, TaskAnalysis::platforms)
                .containsExactly(
                        tuple(Optional.of("Web"), new TaskAnalysis.Platforms(List.of(Platform.FARGATE), true)),
                        tuple(Optional.of("Worker"), new TaskAnalysis.Platforms(List.of(Platform.EC2), false)));
    }

    @Test
    void settingsForAContainerApplyToEveryTaskThatHasAContainerOfThatName() throws Exception {
        assertThat(unwritable(check(TEMPLATE, Optional.empty(), "app"))).containsExactly("Web/app", "Worker/app");
        assertThat(unwritable(check(TEMPLATE, Optional.empty(), "log"))).containsExactly("Web/log");
    }

    @Test
    void onlyTheNamedTaskIsChecked() throws Exception {
        assertThat(unwritable(check(TEMPLATE, Optional.of("Worker"), "app"))).containsExactly("Worker/app");
    }

    @Test
    void anUnknownTaskNameIsAnError() {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> check(TEMPLATE, Optional.empty(), "metrics"))
                .withMessage("containers: there is no container metrics in template.yaml");
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> check(TEMPLATE, Optional.of("Worker"), "log"))
                .withMessage("containers: there is no container log in template.yaml");
    }

    @Test
    void anUnmatchedContainerNameIsNotReportedIfAContainerCannotBeRead() throws Exception {
        String third = "  Third:\n    Type: AWS::ECS::TaskDefinition\n";
        CheckResult result =
                check(TEMPLATE.replace("- {Name: log", "# {Name: log") + third, Optional.empty(), "app", "log");

        assertThat(unwritable(result)).containsExactly("Web/app", "Worker/app");
        assertThat(result.findings())
                .filteredOn(finding -> finding.rule().equals("invalid-task-definition"))
                .extracting(Finding::resource, Finding::message)
                .containsExactly(tuple(Optional.of("Third"), "the task definition `Third` has no `Properties`"));
    }
}
