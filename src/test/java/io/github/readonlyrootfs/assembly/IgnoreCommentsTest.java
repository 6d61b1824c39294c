// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.dockerfile.DockerfileParser;
import io.github.readonlyrootfs.finding.Ignore;
import io.github.readonlyrootfs.request.ConfigurationException;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskFile;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class IgnoreCommentsTest {

    private static List<Ignore> inTaskDefinition(String text) throws ConfigurationException {
        SourceFile file = SourceFile.of("taskdef.yaml", text);
        List<TaskDefinition> definitions = TaskFile.read(file).tasks().stream()
                .flatMap(task -> task.definition().stream())
                .toList();
        return IgnoreComments.in(file, definitions);
    }

    private static AbstractThrowableAssert<?, ?> assertThatMistakeIn(String taskDefinition) {
        return assertThatThrownBy(() -> inTaskDefinition(taskDefinition)).isInstanceOf(ConfigurationException.class);
    }

    @Test
    void aCommentAboveAContainerAppliesToThatContainerOfThatTaskDefinition() throws Exception {
        String task = """
                  %s:
                    Type: AWS::ECS::TaskDefinition
                    Properties:
                      ContainerDefinitions:
                        %s- Name: app
                          Image: shop
                """;
        List<Ignore> ignores = inTaskDefinition("Resources:\n"
                + task.formatted("Web", "")
                + task.formatted("Worker", "# readonly-rootfs:ignore log-to-file for now\n        "));

        assertThat(ignores).singleElement().satisfies(ignore -> {
            assertThat(ignore.rule()).isEqualTo("log-to-file");
            assertThat(ignore.reason()).isEqualTo("for now");
            assertThat(ignore.resource()).contains("Worker");
            assertThat(ignore.container()).contains("app");
            assertThat(ignore.subject()).isEmpty();
        });
    }

    @Test
    void aCommentAboveAMountAppliesToItsLines() throws Exception {
        List<Ignore> ignores = inTaskDefinition("""
                containerDefinitions:
                  - name: app
                    mountPoints:
                      # readonly-rootfs:ignore mount-not-usable only read
                      - sourceVolume: data
                        containerPath: /data
                """);

        assertThat(ignores).singleElement().satisfies(ignore -> {
            assertThat(ignore.container()).isEmpty();
            assertThat(ignore.subject().orElseThrow().line()).isEqualTo(5);
            assertThat(ignore.subject().orElseThrow().endLine()).isEqualTo(6);
        });
    }

    @Test
    void anInvalidCommentIsAnError() {
        assertThatMistakeIn("# readonly-rootfs:ignore log-to-file\ncontainerDefinitions: [{name: app}]\n")
                .hasMessage("taskdef.yaml:1:1: an ignore comment names a rule and gives a reason:"
                        + " # readonly-rootfs:ignore RULE-ID reason");
        assertThatMistakeIn("containerDefinitions: [{name: app}] # readonly-rootfs:ignore log-to-file for now\n")
                .hasMessageStartingWith(
                        "taskdef.yaml:1:37: nothing follows this ignore comment; put it on a line of its own");
    }

    @Test
    void aCommentInADockerfileAppliesToTheInstructionBelowIt() throws Exception {
        assertThat(IgnoreComments.in(DockerfileParser.parse(SourceFile.of(
                        "Dockerfile", "FROM alpine\n# readonly-rootfs:ignore relative-volume as planned\nVOLUME a\n"))))
                .extracting(ignore -> ignore.subject().orElseThrow().line())
                .containsExactly(3);
        assertThatThrownBy(() -> IgnoreComments.in(DockerfileParser.parse(SourceFile.of(
                        "Dockerfile", "FROM alpine\n# readonly-rootfs:ignore relative-volume as planned\n"))))
                .hasMessage(
                        "Dockerfile:2:1: no instruction follows this ignore comment; put it above the one it is about");
    }
}
