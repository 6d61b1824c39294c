// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.request.ConfigurationException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Invalid files end in a finding with a location; unusual ones are judged. The time limit detects endless loops; it is
 * not a measurement.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
@Tag("slow")
class StrangeInputTest extends HostileFiles {

    /** A task definition, and the start of the message about it. */
    static Stream<Arguments> taskDefinitions() {
        String mounts = many(20_000, ",", i -> "{\"sourceVolume\": \"v\", \"containerPath\": \"/data/" + i + "\"}");
        return Stream.of(
                Arguments.of("empty", "", "taskdef.json:1:1: the file is empty"),
                Arguments.of(
                        "not JSON", "family: web\n", "taskdef.json:1:1: this object has no `containerDefinitions`"),
                Arguments.of("binary", "\0\1\2", "taskdef.json:1:1: this is not text"),
                Arguments.of("truncated", TASK.substring(0, 40), "taskdef.json:1:17: the file ends within the string"),
                Arguments.of("deep", "[".repeat(100_000), "taskdef.json:1:101: objects and arrays are nested"),
                Arguments.of(
                        "deep placeholders",
                        "{\"a\": " + "${".repeat(200_000),
                        "taskdef.json:1:7: expected a value, found an unexpected character"),
                Arguments.of(
                        "many containers",
                        task(many(5_000, ",\n", i -> "{\"name\": \"c" + i + "\", \"image\": \"i\"}")),
                        "taskdef.json:3001:1: this list has more than 3000 elements"),
                Arguments.of(
                        "too many containers",
                        task(many(101, ",\n", i -> "{\"name\": \"c" + i + "\", \"image\": \"i\"}")),
                        "taskdef.json:101:1: `containerDefinitions` has 101 elements"),
                Arguments.of(
                        "many mounts",
                        task(APP + ", \"mountPoints\": [" + mounts + "]}"),
                        "taskdef.json:1:158056: this list has more than 3000 elements"),
                Arguments.of(
                        "many values",
                        task(APP + many(60_000, "", i -> ", \"image\": \"i\"") + "}"),
                        "taskdef.json:1:700033: the task definition contains more than 50000 values"));
    }

    private static String template(String resources) {
        return "{\"Resources\": {" + resources + "}}";
    }

    private static String resource(String properties) {
        return "{\"Type\": \"AWS::ECS::TaskDefinition\", \"Properties\": {" + properties + "}}";
    }

    /** A file in YAML or with a wrapper around its task definitions, and the message about it. */
    static Stream<Arguments> shapes() {
        String bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
                + many(50, "", i -> "a%d: &a%d [%s]\n".formatted(i + 1, i + 1, ("*a" + i + ",").repeat(9)));
        String forever = many(
                        8,
                        "",
                        i -> "\"Fn::ForEach::L\": [\"L" + i + "\", [" + many(10, ",", j -> "\"" + j + "\"") + "], {")
                + "\"T\": " + resource("\"ContainerDefinitions\": [" + many(5, ",", i -> "{\"Name\": \"${L0}\"}") + "]")
                + "}]".repeat(8);
        return Stream.of(
                Arguments.of(
                        "aliases of aliases", bomb, "taskdef.json:6:30: the file contains more than 500000 values"),
                Arguments.of(
                        "alias in its anchor",
                        "a: &a [b, *a]\n",
                        "taskdef.json:1:11: this alias refers to a value that contains it"),
                Arguments.of(
                        "tab",
                        "containerDefinitions:\n\t- name: app\n",
                        "taskdef.json:2:1: YAML does not allow tabs for indentation"),
                Arguments.of(
                        "deep blocks",
                        "- ".repeat(100_000) + "a\n",
                        "taskdef.json:1:201: objects and arrays are nested"),
                Arguments.of(
                        "deep brackets",
                        "a: " + "[".repeat(100_000),
                        "taskdef.json:1:103: objects and arrays are nested"),
                Arguments.of(
                        "many containers in YAML",
                        "containerDefinitions:\n" + "- {name: a}\n".repeat(5_000),
                        "taskdef.json:3002:3: this list has more than 3000 elements"),
                Arguments.of(
                        "many merged keys",
                        "a: &a {" + many(40_000, ", ", i -> "k" + i + ": 1") + "}\ncontainerDefinitions:\n- name: app\n"
                                + "  dockerLabels: {<<: *a}\n  environment: {<<: *a}\n",
                        "taskdef.json:1:"),
                Arguments.of(
                        "many values in a string",
                        "{\"containerDefinitions\": \"[" + "1,".repeat(600_000) + "1]\"}",
                        "taskdef.json:1:1000028: the file contains more than 500000 values"),
                Arguments.of(
                        "deep string",
                        "{\"containerDefinitions\": \"" + "[".repeat(100_000) + "\"}",
                        "taskdef.json:1:127: objects"),
                Arguments.of(
                        "string that breaks off",
                        "{\"containerDefinitions\": \"[{\\\"name\\\": \\\"app\"}",
                        "taskdef.json:1:39: the file ends within the string that begins here"),
                Arguments.of("loop in loops", template(forever), "taskdef.json:1:"),
                Arguments.of(
                        "many task definitions",
                        template(many(
                                101,
                                ",\n",
                                i -> "\"T" + i + "\": " + resource("\"ContainerDefinitions\": [{\"Name\": \"a\"}]"))),
                        "taskdef.json:101:1: this file has 101 task definitions"),
                Arguments.of(
                        "template without resources",
                        "Resources:\n",
                        "taskdef.json:1:1: this CloudFormation template has no"),
                Arguments.of(
                        "one address for many resources",
                        "{\"format_version\": \"1.2\", \"planned_values\": {\"root_module\": {\"resources\": [\n"
                                + "{\"address\": \"a\", \"type\": \"aws_ecs_task_definition\", \"values\": {}},\n"
                                        .repeat(20_000)
                                + "{}]}}, \"resource_changes\": [{\"address\": \"a\", \"change\": {\"after_unknown\": {"
                                + many(20_000, ",", i -> "\"k" + i + "\": true") + "}}}]}",
                        "taskdef.json:102:13: this file has 20000 task definitions"),
                Arguments.of(
                        "plan without values",
                        "{\"format_version\": \"1.2\", \"planned_values\": {\"root_module\": {\"resources\": 7}}}",
                        "taskdef.json:1:27: this output of Terraform has no"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"taskDefinitions", "shapes"})
    void aFileThatIsNotATaskDefinitionHasOneFinding(String name, String text, String expected) throws Exception {
        assertThat(invalid(DOCKERFILE, text)).singleElement().asString().startsWith(expected);
    }

    /** A Dockerfile, and the start of the message about it. */
    static Stream<Arguments> dockerfiles() {
        return Stream.of(
                Arguments.of("empty", "", "Dockerfile:1:1: "),
                Arguments.of(
                        "long line", "FROM debian\nRUN " + "x".repeat(70_000), "Dockerfile:2:1: this line is longer"),
                Arguments.of(
                        "open heredoc", "FROM debian\nRUN <<EOF\nmkdir /a\n", "Dockerfile:2:5: the heredoc is not"),
                Arguments.of(
                        "open heredocs", "FROM debian\n" + "RUN <<EOF\n".repeat(5_000), "Dockerfile:2:5: the heredoc"),
                Arguments.of(
                        "many volumes",
                        "FROM debian\n" + many(100_000, "\n", i -> "VOLUME /v" + i) + "\nUSER 1000\n",
                        "Dockerfile:1002:8: the image has 1000 volumes before this one"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("dockerfiles")
    void aFileThatIsNotADockerfileHasOneFinding(String name, String text, String expected) throws Exception {
        assertThat(invalid(text, TASK)).singleElement().asString().startsWith(expected);
    }

    /** Large, but accepted by the engine and by ECS; or unusual, but valid. */
    static Stream<Arguments> strange() {
        return Stream.of(
                Arguments.of("CRLF", DOCKERFILE.replace("\n", "\r\n"), TASK.replace(",", ",\r\n")),
                Arguments.of("byte order mark", "\uFEFF" + DOCKERFILE, "\uFEFF" + TASK),
                Arguments.of(
                        "many instructions and words",
                        "FROM debian\n"
                                + many(999, "\n", i -> "RUN mkdir " + many(100, " ", j -> "/d" + i + "/x" + j))
                                + "\nRUN echo " + many(10_000, " ", j -> "w" + j) + "\nUSER 1000\n",
                        TASK),
                Arguments.of(
                        "chain of stages",
                        "FROM debian AS s0\n" + many(20_000, "\n", i -> "FROM s" + i + " AS s" + (i + 1)),
                        TASK),
                Arguments.of(
                        "stages that copy",
                        "FROM debian AS s0\n"
                                + many(
                                        5_000,
                                        "\n",
                                        i -> "FROM scratch AS s" + (i + 1) + "\nCOPY --from=s" + i + " /a /a"),
                        TASK),
                Arguments.of(
                        "growing variable",
                        "FROM debian\nENV A=aaaaaaaa\n" + "ENV A=$A$A\n".repeat(60) + "VOLUME /$A\n",
                        TASK),
                Arguments.of("open substitutions", "FROM debian\nRUN " + "$(".repeat(20_000) + "\n", TASK),
                Arguments.of("braces", "FROM debian\nRUN mkdir /{1..2000000000} /" + "{a,b}".repeat(30) + "\n", TASK),
                Arguments.of(
                        "endless continuation", "FROM debian\nRUN a " + "\\\n# c\n".repeat(100_000) + " b\n", TASK),
                Arguments.of(
                        "everybody takes everybody's volumes",
                        DOCKERFILE,
                        task(many(
                                100,
                                ",\n",
                                i -> "{\"name\": \"c" + i
                                        + "\", \"image\": \"i\", \"mountPoints\": [{\"sourceVolume\": \"v\","
                                        + " \"containerPath\": \"${P}\"}], \"volumesFrom\": ["
                                        + many(99 - i, ",", j -> "{\"sourceContainer\": \"c" + (99 - j) + "\"}")
                                        + "]}"))),
                Arguments.of(
                        "one volume, many mounts, one line",
                        DOCKERFILE,
                        "{\"volumes\": [{\"name\": \"v\"}], "
                                + task(APP + ", \"mountPoints\": ["
                                                + many(
                                                        500,
                                                        ",",
                                                        i -> "{\"sourceVolume\": \"v\", \"containerPath\": \"/d/" + i
                                                                + "\"}")
                                                + "]}")
                                        .substring(1)),
                Arguments.of(
                        "many volumes that the user does not own",
                        "FROM debian\nUSER 1000\n" + many(1_000, "\n", i -> "VOLUME /v" + i),
                        TASK),
                Arguments.of(
                        "a very long path among many",
                        DOCKERFILE,
                        task(APP + ", \"mountPoints\": ["
                                + many(
                                        2_000,
                                        ",",
                                        i -> "{\"sourceVolume\": \"v\", \"containerPath\": \"/data/"
                                                + (i == 0 ? "x".repeat(500_000) : i) + "\"}")
                                + "]}")),
                Arguments.of("one long edit for 900 mounts", DOCKERFILE, deepMounts(900, 200)),
                Arguments.of(
                        "arrays that never end", "FROM debian\nVOLUME " + many(1_000, " ", i -> "[v" + i) + "\n", TASK),
                Arguments.of(
                        "one directory in very many spellings",
                        DOCKERFILE,
                        task(APP + ", \"linuxParameters\": {\"tmpfs\": ["
                                + many(
                                        3_000,
                                        ",",
                                        i -> "{\"containerPath\": \"" + "/".repeat(1 + i % 60) + "a"
                                                + "/".repeat(i / 60) + "\", \"size\": 1}")
                                + "]}}")),
                Arguments.of(
                        "CRLF in YAML",
                        DOCKERFILE,
                        "containerDefinitions:\r\n- name: app\r\n  image: |\r\n    i\r\n\r\n---\r\n"),
                Arguments.of("byte order mark before YAML", DOCKERFILE, "\uFEFFcontainerDefinitions:\n- name: app\n"),
                Arguments.of("keys that come twice, also by merging", DOCKERFILE, """
                        x: &x {name: a, name: b, user: c}
                        y: &y {<<: *x, user: d}
                        containerDefinitions:
                        - {<<: [*x, *y], <<: *y, user: e, user: f}
                        """),
                Arguments.of(
                        "large template",
                        DOCKERFILE,
                        template(
                                many(
                                                20_000,
                                                ",",
                                                i -> "\"B" + i
                                                        + "\": {\"Type\": \"AWS::S3::Bucket\", \"Properties\": {}}")
                                        + ",\"T\": "
                                        + resource(
                                                "\"ContainerDefinitions\": [{\"Name\": \"app\", \"Image\": {\"Fn::Sub\": \"${A}\"}}]"))),
                Arguments.of(
                        "large YAML",
                        DOCKERFILE,
                        "Resources:\n"
                                + many(20_000, "", i -> "  B" + i + ": {Type: 'AWS::S3::Bucket', Name: !Sub '${A}'}\n")
                                + "  T:\n    Type: AWS::ECS::TaskDefinition\n    Properties:\n"
                                + "      ContainerDefinitions: [{Name: app}]\n"),
                Arguments.of(
                        "large string",
                        DOCKERFILE,
                        "{\"containerDefinitions\": \"[{\\\"name\\\":" + "\\n".repeat(500_000) + " \\\"app\\\"}]\"}"),
                Arguments.of("huge number", DOCKERFILE, task(APP + ", \"memory\": " + "9".repeat(1_000_000) + "}")),
                Arguments.of("huge key", DOCKERFILE, task(APP + ", \"" + "k".repeat(1_000_000) + "\": 1}")),
                Arguments.of(
                        "huge name",
                        DOCKERFILE,
                        task("{\"name\": \"" + "n".repeat(1_000_000) + "\", \"image\": \"i\"}")),
                Arguments.of("lone surrogates", DOCKERFILE, task("{\"name\": \"\\ud800\", \"image\": \"\\udc00\"}")),
                Arguments.of(
                        "terminal escapes",
                        DOCKERFILE + "VOLUME /\u001b[31mred\u0007\nUSER \u009b31m\n",
                        task("{\"name\": \"\\u001b[2J\\n\", \"image\": \"\\u001b]0;x\\u0007\", \"mountPoints\":"
                                + " [{\"sourceVolume\": \"\\u001b\", \"containerPath\": \"/a\\nb\\u202e\"}]}")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strange")
    void strangeInputIsJudgedAndCanBePrinted(String name, String dockerfile, String task) throws Exception {
        CheckResult result = check(dockerfile, task);
        assertThat(result.tasks().containers()).isNotEmpty();
    }

    @Test
    void errorMessagesContainNoTerminalEscape() throws Exception {
        String twins = many(2, ",", i -> "{\"name\": \"\\u001b[31m" + i + "\", \"image\": \"example/a" + i + "\"}");
        assertThatThrownBy(() -> check(DOCKERFILE, task(twins)))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(question -> assertThat(ConsoleReport.printable(question.getMessage()))
                        .contains("\n  <container>?[31m0</container>")
                        .doesNotContain("\u001b"));
    }

    @Test
    void aBinaryFileHasOneFinding() throws Exception {
        Files.writeString(directory.resolve("Dockerfile"), DOCKERFILE);
        Path file = directory.resolve("taskdef.json");

        Files.createDirectory(file);
        assertThat(invalidFiles()).containsExactly("taskdef.json:1:1: this is a directory");
        Files.delete(file);

        assertThat(invalidFiles()).containsExactly("taskdef.json:1:1: there is no such file");

        Files.writeString(file, TASK, StandardCharsets.UTF_16);
        assertThat(invalidFiles()).containsExactly("taskdef.json:1:1: the file is encoded in UTF-16");
        Files.writeString(file, TASK, Charset.forName("UTF-16LE"));
        assertThat(invalidFiles()).containsExactly("taskdef.json:1:2: this is not text: it contains NUL characters");

        Files.write(file, new byte[50 * 1024 * 1024]);
        assertThat(invalidFiles()).containsExactly("taskdef.json:1:1: the file is larger than 8 MiB");
    }

    @Test
    void invalidUtf8BytesAreReplacedAndTheFileIsJudged() throws Exception {
        Files.writeString(directory.resolve("Dockerfile"), DOCKERFILE);
        for (String text : List.of(
                TASK.replace("app", "\u00e4pp"), "containerDefinitions: # \u00e4\n- name: \u00e4pp\n  image: i\n")) {
            Files.write(directory.resolve("taskdef.json"), text.getBytes(StandardCharsets.ISO_8859_1));
            assertThat(check().tasks().containers())
                    .singleElement()
                    .extracting(container -> container.definition().name())
                    .isEqualTo("\uFFFDpp");
        }
    }

    @Test
    void theCheckDoesNotWaitForPipesAndDevices() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/zero")), "this system has no such devices");
        Files.writeString(directory.resolve("Dockerfile"), DOCKERFILE);
        Path file = directory.resolve("taskdef.json");
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        assertThat(invalidFiles()).containsExactly("taskdef.json:1:1: this is a pipe or a device, not a file");
        Files.delete(file);
        assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0, "no mkfifo");
        assertThat(invalidFiles()).containsExactly("taskdef.json:1:1: this is a pipe or a device, not a file");
    }

    @Test
    void aLinkToItselfIsReported() throws Exception {
        Files.writeString(directory.resolve("Dockerfile"), DOCKERFILE);
        Path file = directory.resolve("taskdef.json");
        Files.createSymbolicLink(file, file);
        assertThat(invalidFiles()).singleElement().asString().startsWith("taskdef.json:1:1: the file cannot be read: ");
    }
}
