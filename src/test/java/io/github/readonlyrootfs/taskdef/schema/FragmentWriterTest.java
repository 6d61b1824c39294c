// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.TaskDefinition;
import io.github.readonlyrootfs.taskdef.TaskFile;
import io.github.readonlyrootfs.taskdef.node.Notation;
import io.github.readonlyrootfs.taskdef.node.Notation.Keys;
import io.github.readonlyrootfs.taskdef.node.Notation.Syntax;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FragmentWriterTest {

    private static final FragmentWriter JSON = new FragmentWriter(Notation.ECS_JSON);
    private static final FragmentWriter YAML = new FragmentWriter(new Notation(Syntax.YAML, Keys.ECS));
    private static final FragmentWriter TEMPLATE = new FragmentWriter(new Notation(Syntax.YAML, Keys.CLOUDFORMATION));

    private static final Fragment PARAMETERS = Fragment.object(
            "tmpfs",
            Fragment.array(
                    Fragment.object("containerPath", "/x")
                            .with("size", Fragment.of(64))
                            .with("mountOptions", Fragment.array(List.of("uid=1000", "mode=0755"))),
                    Fragment.object("containerPath", "/y")));

    @Test
    void aMemberIsWrittenOnOneLine() {
        assertThat(JSON.member("containerDefinitions.linuxParameters", PARAMETERS))
                .isEqualTo("\"linuxParameters\": {\"tmpfs\": [{\"containerPath\": \"/x\", \"size\": 64,"
                        + " \"mountOptions\": [\"uid=1000\", \"mode=0755\"]}, {\"containerPath\": \"/y\"}]}");
        assertThat(TEMPLATE.member("containerDefinitions.linuxParameters", PARAMETERS))
                .isEqualTo("LinuxParameters: {Tmpfs: [{ContainerPath: /x, Size: 64,"
                        + " MountOptions: [uid=1000, mode=0755]}, {ContainerPath: /y}]}");
    }

    @Test
    void onlyTheKeysOfAContainerItselfAreCalledAsItsModuleCallsThem() {
        FragmentWriter renamed = new FragmentWriter(new Notation(Syntax.HCL, Keys.TERRAFORM))
                .renamed(Map.of("name", "container_name", "environment", "environment", "mountPoints", "mount_points"));

        assertThat(renamed.member("containerDefinitions.name", Fragment.of("app")))
                .isEqualTo("container_name = \"app\"");
        assertThat(renamed.member(
                        "containerDefinitions.environment",
                        Fragment.array(Fragment.object("name", "A").with("value", "b"))))
                .isEqualTo("environment = [{ name = \"A\", value = \"b\" }]");
        assertThat(renamed.member(
                        "containerDefinitions.mountPoints", Fragment.array(Fragment.object("sourceVolume", "v"))))
                .isEqualTo("mount_points = [{ sourceVolume = \"v\" }]");
        assertThat(renamed.keys("volumes", "name")).isEqualTo("name");
    }

    @Test
    void anArrayMayBeAMapByTheNamesOfItsElements() {
        FragmentWriter keyed = new FragmentWriter(new Notation(Syntax.HCL, Keys.TERRAFORM))
                .renamed(Map.of("volumes", "volume", "volumes.name", ""));

        assertThat(keyed.member(
                        "volumes", Fragment.array(Fragment.object("name", "a"), Fragment.object("name", "b-c"))))
                .isEqualTo("volume = { a = {}, b-c = {} }");
    }

    @Test
    void aMemberIsWrittenInABlock() {
        assertThat(YAML.memberLines("containerDefinitions.linuxParameters", PARAMETERS, 5))
                .containsExactly(
                        "    linuxParameters:",
                        "      tmpfs:",
                        "        - containerPath: /x",
                        "          size: 64",
                        "          mountOptions: [uid=1000, mode=0755]",
                        "        - containerPath: /y");
    }

    @Test
    void anElementIsWrittenInABlock() {
        assertThat(TEMPLATE.elementLines(
                        "volumes", Fragment.object("name", "v").with("host", Fragment.object("sourcePath", "/v")), 3))
                .containsExactly("  - Name: v", "    Host:", "      SourcePath: /v");
    }

    @Test
    void keysAreWrittenInTheSpellingOfCloudFormation() {
        assertThat(TEMPLATE.key("volumes.efsVolumeConfiguration.fileSystemId")).isEqualTo("FilesystemId");
        assertThat(TEMPLATE.keys("volumes", "fsxWindowsFileServerVolumeConfiguration.rootDirectory"))
                .isEqualTo("FSxWindowsFileServerVolumeConfiguration.RootDirectory");
        assertThat(JSON.keys("volumes", "host.sourcePath")).isEqualTo("host.sourcePath");
        assertThatThrownBy(() -> JSON.key("volumes.no")).isInstanceOf(NoSuchElementException.class);
    }

    /** Octal numbers, dates, times and words for booleans are those of YAML 1.1, which CloudFormation reads. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "true",
                "No",
                "on",
                "y",
                "null",
                "~",
                "",
                "1000",
                "0755",
                "1e3",
                "0x1f",
                "1_000",
                "12:30",
                "2001-01-01",
                "=",
                "a: b",
                "a #b",
                "a,b",
                "[a]",
                "{a}",
                "- a",
                "*a",
                "&a",
                "!a",
                "%a",
                "@a",
                "`a",
                "'a'",
                "\"a\"",
                "a\\b",
                "a\nb",
                " a",
                "a ",
                "\u0085",
                "<<",
                ".inf",
                "ä"
            })
    void ambiguousYamlTextIsQuoted(String text) {
        String written = YAML.value("family", Fragment.of(text));

        assertThat(written).startsWith("\"");
        assertThat(readBack("family: " + written + "\n")).isEqualTo(text.isEmpty() ? "absent" : text);
        assertThat(readBack("{family: " + written + "}\n")).isEqualTo(text.isEmpty() ? "absent" : text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"app", "/var/cache", "uid=1000", "own-data", "a.b_c", "sha256@x", "SUCCESS"})
    void unambiguousYamlTextIsNotQuoted(String text) {
        assertThat(YAML.value("family", Fragment.of(text))).isEqualTo(text);
        assertThat(readBack("family: " + text + "\n")).isEqualTo(text);
    }

    private static String readBack(String yaml) {
        String whole = yaml.startsWith("{")
                ? "# flow\ncontainerDefinitions: [{name: app, "
                        + yaml.substring(1).replace("family", "image").strip() + "]\n"
                : yaml + "containerDefinitions: [{name: app, image: a}]\n";
        TaskDefinition task =
                TaskFile.read(SourceFile.of("taskdef.yaml", whole)).task();
        return (yaml.startsWith("{")
                        ? task.containerDefinitions().get(0).image().written()
                        : task.family())
                .known()
                .orElse("absent");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '|',
            value = {
                "${Stack}-a,!Sub \"${Stack}-a\"",
                "${AWS::Region},!Sub \"${AWS::Region}\"",
                "${Fn::If:X},\"${Fn::If:X}\"",
                "$x,\"$x\""
            })
    void textWithAReferenceIsWrittenWithSub(String text, String written) {
        assertThat(TEMPLATE.value("family", Fragment.of(text))).isEqualTo(written);
    }

    @Test
    void inJsonAFunctionIsWrittenAsAnObject() {
        FragmentWriter template = new FragmentWriter(new Notation(Syntax.JSON, Keys.CLOUDFORMATION));
        assertThat(template.member("volumes.name", Fragment.of("${Stack}-a")))
                .isEqualTo("\"Name\": {\"Fn::Sub\": \"${Stack}-a\"}");
        assertThat(JSON.value("family", Fragment.of("${Stack}-\"a\"\n"))).isEqualTo("\"${Stack}-\\\"a\\\"\\u000a\"");
    }
}
