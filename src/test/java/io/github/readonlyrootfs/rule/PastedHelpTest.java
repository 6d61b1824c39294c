package io.github.readonlyrootfs.rule;

import static io.github.readonlyrootfs.rule.CheckedTaskFixture.TASK_DEFINITION;
import static io.github.readonlyrootfs.rule.CheckedTaskFixture.task;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Does what a help says, as a person would, and looks whether the finding is gone. */
class PastedHelpTest {

    private static CheckedTaskFixture read(String text) {
        SourceFile source = SourceFile.of(TASK_DEFINITION, text);
        TaskDefinitionReader.Result read = TaskDefinitionReader.read(source);
        assertThat(read.problems()).isEmpty();
        TaskDefinition definition = read.taskDefinition().orElseThrow();
        CheckedTaskFixture task = task().source(TASK_DEFINITION, text);
        definition.containerDefinitions().forEach(task::container);
        definition.volumes().forEach(task::volume);
        return task;
    }

    private static Finding only(Rule rule, String text) {
        assertThat(read(text).findings(rule)).hasSize(1);
        return read(text).findings(rule).get(0);
    }

    private static String pasted(Finding finding) {
        return finding.help().substring(finding.help().indexOf('\n') + 1);
    }

    /** Puts a help's text in front of what its first line names. */
    private static String inserted(Finding finding, String text, String anchor) {
        assertThat(finding.help()).startsWith("put in front of ").contains(anchor);
        return text.replace(anchor, pasted(finding) + " " + anchor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"containerDefinitions\":[{\"name\": \"app\"}]}",
                "{\"containerDefinitions\": [{ \"image\": \"shop:1\", \"name\": \"app\" }]}"
            })
    void aMissingFlagIsPutInFrontOfTheName(String text) {
        Rule rule = new RootNotReadOnly();
        String mended = inserted(only(rule, text), text, "\"name\": \"app\"");

        assertThat(read(mended).findings(rule)).isEmpty();
    }

    @Test
    void aMissingVolumeIsPutInFrontOfTheContainers() {
        Rule rule = new UndefinedVolume();
        String text = """
                {
                  "containerDefinitions": [
                    { "name": "app", "mountPoints": [{ "sourceVolume": "tmp", "containerPath": "/tmp" }] }
                  ]
                }
                """;

        assertThat(read(inserted(only(rule, text), text, "\"containerDefinitions\""))
                        .findings(rule))
                .isEmpty();
    }

    @Test
    void aNullOrFalseFlagIsReplaced() {
        Rule rule = new RootNotReadOnly();
        for (String value : new String[] {"null", "false"}) {
            String flag = "\"readonlyRootFilesystem\": " + value;
            String text = "{\"containerDefinitions\": [\n{ \"name\": \"app\",\n" + flag + "\n}]}";

            assertThat(read(text.replace(flag, pasted(only(rule, text)))).findings(rule))
                    .isEmpty();
        }
    }

    @Test
    void aFlagIsFoundWhereItStands() {
        assertThat(only(
                                new RootNotReadOnly(),
                                "{\"containerDefinitions\": [\n{ \"name\": \"app\", \"readonlyRootFilesystem\": false }]}")
                        .location())
                .isEqualTo(new Location(TASK_DEFINITION, 2, 44, 2, 49));
    }
}
