// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.report.ReportFiles;
import io.github.readonlyrootfs.report.ReportFormat;
import io.github.readonlyrootfs.report.text.ConsoleReport;
import io.github.readonlyrootfs.report.text.ExplainReport;
import io.github.readonlyrootfs.report.text.ReportSettings;
import io.github.readonlyrootfs.report.text.RuleDescription;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.ConfigurationException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files that nobody writes on purpose, or only to do harm: each ends in a finding with a place, and all reports can be
 * written. The time limit is there to find what hangs; it measures nothing.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
@Tag("slow")
class HostileInputTest {

    private static final String DOCKERFILE = "FROM debian:12\nUSER 1000\n";
    private static final String APP = "{\"name\": \"app\", \"image\": \"<IMAGE>\", \"readonlyRootFilesystem\": true";
    private static final String TASK = task(APP + "}");

    private static final long MAX_REPORT = 60_000_000;

    /** What a browser shows without making its reader wait. */
    private static final long MAX_PAGE = 12_000_000;

    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}|[\\x80-\\x9f]");

    @TempDir
    Path directory;

    private static String task(String containers) {
        return "{\"family\": \"f\", \"requiresCompatibilities\": [\"FARGATE\"], \"containerDefinitions\": ["
                + containers + "]}";
    }

    private static String many(int count, String separator, IntFunction<String> item) {
        return IntStream.range(0, count).mapToObj(item).collect(Collectors.joining(separator));
    }

    /** A task definition, and the beginning of the finding that says what is wrong with it. */
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
                        "taskdef.json:1:700033: the task definition holds more than 50000 values"));
    }

    private static String template(String resources) {
        return "{\"Resources\": {" + resources + "}}";
    }

    private static String resource(String properties) {
        return "{\"Type\": \"AWS::ECS::TaskDefinition\", \"Properties\": {" + properties + "}}";
    }

    /** A file in YAML or with something around its task definitions, and the finding that says what is wrong with it. */
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
                Arguments.of("aliases of aliases", bomb, "taskdef.json:6:30: the file holds more than 500000 values"),
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
                        "taskdef.json:1:1000028: the file holds more than 500000 values"),
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
    void aTaskDefinitionThatIsNoneIsOneFinding(String name, String text, String expected) throws Exception {
        assertThat(invalid(DOCKERFILE, text)).singleElement().asString().startsWith(expected);
    }

    /** A Dockerfile, and the beginning of the finding that says what is wrong with it. */
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
    void aDockerfileThatIsNoneIsOneFinding(String name, String text, String expected) throws Exception {
        assertThat(invalid(text, TASK)).singleElement().asString().startsWith(expected);
    }

    /** Large, but what the engine and ECS would take; or strange, but not wrong. */
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
    void whatIsOnlyStrangeIsJudgedAndCanBePrinted(String name, String dockerfile, String task) throws Exception {
        CheckResult result = check(dockerfile, task);
        assertThat(result.tasks().containers()).isNotEmpty();
    }

    /** Garbage that a check of one small input and all reports leave behind at the most: its steps, counted in a way that no load changes. */
    private static final long MAX_ALLOCATED = 5L << 30;

    /** Below, a container's own user can write /made: what else is judged where the hostile part leaves it alone. */
    private static final String JUDGED = "RUN mkdir /made && chown 1000 /made\nVOLUME /made\nUSER 1000\n";

    private static final String TOO_MANY_STEPS = "this build has more than 20 million steps to follow";

    /** Makes a file beside the Dockerfile. */
    @FunctionalInterface
    private interface Preparation {
        void make(Path directory) throws Exception;
    }

    private static Arguments dockerfile(String name, String dockerfile, String... expected) {
        return beside(name, dockerfile, directory -> {}, expected);
    }

    private static Arguments beside(String name, String dockerfile, Preparation files, String... expected) {
        return Arguments.of(name, "FROM debian:12\n" + dockerfile + "\n" + JUDGED, TASK, files, List.of(expected));
    }

    private static Arguments taskDefinition(String name, String task, String... expected) {
        Preparation none = directory -> {};
        return Arguments.of(name, "FROM debian:12\n" + JUDGED, task, none, List.of(expected));
    }

    private static String copiesOfCopies(int stages, String tree) {
        return "RUN mkdir /t && touch /t/x\n"
                + many(
                        stages,
                        "\n",
                        i -> "FROM " + (i == 0 ? "debian:12" : "s" + i) + " AS s" + (i + 1)
                                + "\nRUN mkdir -p /t && touch /t/x\n"
                                + "COPY --from=s" + (i + 1) + " x /x\n"
                                + (i == 0
                                        ? ""
                                        : "COPY --from=s" + i + " " + tree + " /t/a\nCOPY --from=s" + i + " " + tree
                                                + " /t/b"))
                + "\nFROM s" + stages;
    }

    /** Inputs below 1 MB that would take more than time and memory allow, and what is said of each; nothing where all is judged. */
    static Stream<Arguments> unbounded() {
        String deep = "/" + "a/".repeat(1_300);
        String doubling = "a=$a$a; ".repeat(3_000);
        return Stream.of(
                dockerfile("mkdir -p of 1,300 levels", "RUN mkdir -p " + deep),
                dockerfile("mkdir -p of 30,000 levels", "RUN mkdir -p /" + "a/".repeat(30_000)),
                dockerfile("WORKDIR below WORKDIR", "WORKDIR a\n".repeat(400) + "WORKDIR /"),
                dockerfile(
                        "blank lines above a variable without a value",
                        "\n".repeat(300_000) + "VOLUME $DATA/x",
                        "Dockerfile:300002:8: VOLUME uses $DATA"),
                dockerfile("20,000 packages, one by one", many(20_000, "\n", i -> "RUN apt-get install x" + i)),
                dockerfile("a long name in arithmetic", "RUN mkdir /$((" + "a".repeat(60_000) + "))"),
                dockerfile("an awk program of quotes", "RUN echo a | awk '/" + "\\/".repeat(30_000) + "/ {print}'"),
                dockerfile(
                        "an array of quotes",
                        "VOLUME [" + "\"'".repeat(30_000) + "x",
                        "Dockerfile:2:8: the path of a mount is too long for Linux"),
                beside(
                        "nginx's configuration of blank lines",
                        "FROM nginx:1\nCOPY n.conf /etc/nginx/conf.d/n.conf",
                        directory -> Files.writeString(directory.resolve("n.conf"), "\n".repeat(250_000)),
                        "cannot write /var/cache/nginx"),
                dockerfile(
                        "WORKDIR below WORKDIR, too long",
                        "WORKDIR a\n".repeat(3_000) + "WORKDIR /",
                        "Dockerfile:2049:9: WORKDIR names a path that is too long for Linux"),
                dockerfile("mkdir and cd, again and again", "RUN " + many(400, " && ", i -> "mkdir a; cd a")),
                dockerfile(
                        "a template of mktemp without an end",
                        "RUN x=" + "X".repeat(30_000) + " && t=$(mktemp $x$x$x/a) && touch $t"),
                dockerfile(
                        "names with very many endings",
                        "RUN printf '%s\\n' a" + ".a".repeat(15_000) + "! b" + ".a".repeat(15_000)
                                + "! | sort -V > /sorted"),
                dockerfile(
                        "mkdir and cd, 3,000 times",
                        "RUN " + many(3_000, " ; ", i -> "mkdir a; cd a"),
                        "Dockerfile:2:1: " + TOO_MANY_STEPS),
                dockerfile(
                        "COPY to a name that is too long",
                        "COPY x /" + "n".repeat(256),
                        "Dockerfile:2:8: COPY names a path that is too long"),
                dockerfile(
                        "VOLUME of a name that is too long",
                        "VOLUME /" + "n".repeat(256),
                        "Dockerfile:2:8: the path of a mount is too long for Linux"),
                dockerfile(
                        "VOLUME deeper than Docker mounts",
                        "VOLUME /" + "a/".repeat(256),
                        "whether the engine mounts something 256 directories deep is not known"),
                beside(".dockerignore that backtracks", "COPY . /a/", directory -> {
                    Files.writeString(directory.resolve("a".repeat(200)), "");
                    Files.writeString(
                            directory.resolve(".dockerignore"), "a*".repeat(30) + "b\n" + "**/a/".repeat(30) + "b\n");
                }),
                beside(
                        ".dockerignore of very many patterns",
                        "COPY . /a/",
                        directory -> Files.writeString(
                                directory.resolve(".dockerignore"), many(40_000, "\n", i -> "x" + i + "*")),
                        ".dockerignore:10001:1: there are 10000 patterns before this one"),
                beside(
                        ".dockerignore of 40 MB",
                        "COPY . /a/",
                        directory -> Files.write(directory.resolve(".dockerignore"), new byte[40 << 20]),
                        ".dockerignore:1:1: the file is larger than 8 MiB"),
                beside("build context of 300 levels", "COPY . /a/", directory -> {
                    Files.createDirectories(directory.resolve("a/".repeat(300)));
                }),
                dockerfile(
                        "a value that doubles in a loop",
                        "RUN a=aaaaaaaa; while true; do a=$a$a; done; mkdir /$a",
                        "Dockerfile:2:1: " + TOO_MANY_STEPS),
                dockerfile(
                        "a value that doubles at each command",
                        "RUN a=aaaaaaaa; " + doubling + "mkdir /$a",
                        "Dockerfile:2:1: " + TOO_MANY_STEPS),
                dockerfile(
                        "arguments that double in a loop",
                        "RUN set -- a b; for i in " + "1 ".repeat(200) + "; do set -- \"$@\" \"$@\"; done; mkdir $@"),
                dockerfile(
                        "variables made of variables",
                        "ENV A0=aaaaaaaa\n" + many(20_000, "\n", i -> "ENV A" + (i + 1) + "=$A" + i + "$A" + i)),
                dockerfile(
                        "loops in loops",
                        "RUN " + "for i in 1 2 3 4 5 6 7 8 9 10; do ".repeat(12) + "mkdir /a$i;" + " done;".repeat(12),
                        "Dockerfile:2:1: " + TOO_MANY_STEPS),
                dockerfile(
                        "a start command that doubles a value",
                        "ENTRYPOINT a=aaaaaaaa; " + doubling + " touch /$a",
                        "cannot tell what the start command writes"),
                dockerfile("COPY of a tree into itself, twice per stage", copiesOfCopies(40, "/t"), TOO_MANY_STEPS),
                dockerfile(
                        "touch x; chmod *",
                        "WORKDIR /w\n" + many(4_000, "\n", i -> "RUN touch x" + i + "; chmod 700 *"),
                        TOO_MANY_STEPS),
                dockerfile(
                        "9,000 declared paths",
                        "LABEL io.github.readonly-rootfs.writable-paths=\"" + many(9_000, " ", i -> "/d" + i) + "\"",
                        "only 1000 paths of a container are judged"),
                taskDefinition(
                        "an escape of YAML that names no character",
                        "containerDefinitions:\n- name: app\n  environment: [{name: A, value: \"secret\\UFFFFFFFF\"}]\n",
                        "taskdef.json:3:41: this escape names no character"),
                taskDefinition(
                        "YAML that ends in an escape", "a: \"\\u", "taskdef.json:1:5: this escape names no character"),
                taskDefinition(
                        "JSON that ends in an escape", "{\"a\": \"\\u", "taskdef.json:1:8: JSON has no such escape"),
                taskDefinition(
                        "${{ in JSON",
                        "{\"a\": \"" + "${{".repeat(100_000) + "\"}",
                        "taskdef.json:1:1: this object has no"),
                taskDefinition("${{ in YAML", "a: " + "${{".repeat(100_000) + "\n", "taskdef.json:1:"),
                taskDefinition(
                        "{{/* on one line of YAML",
                        "a: " + "{{/* ".repeat(1_000_000) + "\n",
                        "taskdef.json:1:9: a `,` or"),
                taskDefinition(
                        "two containers with 900 mounts of one volume",
                        "{\"volumes\": [{\"name\": \"v\"}], "
                                + task(APP + "}, " + sharing("b") + ", " + sharing("c"))
                                        .substring(1),
                        "cannot write /var/cache/nginx"),
                Arguments.of(
                        "100 containers that take 1,000 volumes from each other",
                        "FROM debian:12\n" + many(1_000, "\n", i -> "VOLUME /v" + i) + "\nUSER 1000\n",
                        task(many(
                                100,
                                ",\n",
                                i -> "{\"name\": \"c" + i + "\", \"image\": \"<IMAGE>\", \"volumesFrom\": ["
                                        + many(i, ",", j -> "{\"sourceContainer\": \"c" + j + "\"}") + "]}")),
                        (Preparation) directory -> {},
                        List.of("uid 1000 cannot write the mount at /v999")),
                taskDefinition(
                        "3,600 services and task definitions in Terraform's output",
                        "{\"format_version\": \"1.0\", \"planned_values\": {\"root_module\": {\"resources\": ["
                                + many(
                                        3_600,
                                        ",\n",
                                        i -> "{\"address\": \"aws_ecs_service.s" + i
                                                + "\", \"type\": \"aws_ecs_service\", \"values\": {\"task_definition\": \"x"
                                                + i + "\", \"enable_execute_command\": true}},\n{\"address\":"
                                                + " \"aws_ecs_task_definition.t" + i
                                                + "\", \"type\": \"aws_ecs_task_definition\", \"values\": {\"family\": \"f"
                                                + i
                                                + "\", \"container_definitions\": \"[]\"}}")
                                + "]}}}",
                        "taskdef.json:"),
                taskDefinition(
                        "12,000 containers, each below an ignore comment",
                        "family: f\ncontainerDefinitions:\n"
                                + many(
                                        12_000,
                                        "\n",
                                        i -> "  # readonly-rootfs:ignore path-not-writable because\n  - name: "
                                                + (i == 0 ? "app" : "c" + i) + "\n    image: i"),
                        "taskdef.json:3:"),
                taskDefinition(
                        "100 mounts 200 levels deep",
                        deepMounts(100, 200),
                        "no declared path needs the writable mount"),
                taskDefinition(
                        "900 mounts 300 levels deep", deepMounts(900, 300), "Docker mounts no volume deeper than 255"));
    }

    private static String sharing(String name) {
        String mounts =
                many(900, ",", i -> "{\"sourceVolume\": \"v\", \"containerPath\": \"/" + name + "/" + i + "\"}");
        return "{\"name\": \"" + name + "\", \"image\": \"nginx:1\", \"mountPoints\": [" + mounts + "]}";
    }

    private static String deepMounts(int count, int depth) {
        String mounts = many(
                count, ",", i -> "{\"sourceVolume\": \"v\", \"containerPath\": \"/" + "d/".repeat(depth) + i + "\"}");
        return "{\"volumes\": [{\"name\": \"v\"}], "
                + task(APP + ", \"mountPoints\": [" + mounts + "]}").substring(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unbounded")
    void whatHasNoBoundOfItsOwnIsJudgedAsFarAsItIsFollowed(
            String name, String dockerfile, String task, Preparation files, List<String> expected) throws Exception {
        files.make(directory);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        CheckResult result = check(dockerfile, task, "/made");
        assertThat(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                .isLessThan(MAX_ALLOCATED);
        List<String> told = result.findings().stream()
                .map(finding -> finding.location() + ": " + finding.message())
                .toList();
        for (String wanted : expected) {
            assertThat(told).anySatisfy(finding -> assertThat(finding).contains(wanted));
        }
        assertThat(told).noneSatisfy(finding -> assertThat(finding).contains("secret"));
        assertThat(told).noneSatisfy(finding -> assertThat(finding).contains("the plugin failed"));
        if (expected.isEmpty()) {
            assertThat(result.findings())
                    .filteredOn(finding -> finding.container().isPresent())
                    .isEmpty();
        }
    }

    @Test
    void whatThePluginItselfFailsAtIsOneFindingAndTheRestIsJudged() throws Exception {
        Path file = Files.writeString(directory.resolve("Dockerfile"), DOCKERFILE);
        Files.writeString(directory.resolve("taskdef.json"), TASK);
        CheckResult result = new RequestBuilder(directory.resolve("taskdef.json"))
                .dockerfile(new CheckRequest.DockerfileBuild(
                        new CheckRequest.NamedFile(file, "Dockerfile"),
                        Optional.of(directory),
                        Optional.empty(),
                        Map.of(),
                        text -> {
                            throw new IllegalStateException(text);
                        }))
                .writablePaths("/tmp")
                .check();
        report(result);
        assertThat(invalid(result))
                .containsExactly(
                        "Dockerfile:1:1: this file could not be judged: the plugin failed with IllegalStateException");
        assertThat(result.findings()).extracting(Finding::rule).contains("path-access-unknown");
    }

    @Test
    void whatThePluginFailsAtWhileItJudgesATaskIsAnErrorAndTheDockerfileIsJudged() throws Exception {
        Files.writeString(directory.resolve("Dockerfile"), "FROM debian:12\nVOLUME relative\n");
        Files.writeString(directory.resolve("taskdef.json"), TASK);
        CheckResult result = new RequestBuilder(directory.resolve("taskdef.json"))
                .dockerfile(directory.resolve("Dockerfile"))
                .writablePaths((String) null)
                .check();
        report(result);
        assertThat(invalid(result))
                .containsExactly(
                        "taskdef.json:1:1: this file could not be judged: the plugin failed with NullPointerException");
        assertThat(result.findings()).extracting(Finding::rule).contains("relative-volume");
    }

    @Test
    void noTerminalEscapeGetsIntoAQuestion() throws Exception {
        String twins = many(2, ",", i -> "{\"name\": \"\\u001b[31m" + i + "\", \"image\": \"example/a" + i + "\"}");
        assertThatThrownBy(() -> check(DOCKERFILE, task(twins)))
                .isInstanceOf(ConfigurationException.class)
                .satisfies(question -> assertThat(ConsoleReport.printable(question.getMessage()))
                        .contains("\n  <container>?[31m0</container>")
                        .doesNotContain("\u001b"));
    }

    @Test
    void whatIsNoTextFileIsOneFinding() throws Exception {
        Files.writeString(directory.resolve("Dockerfile"), DOCKERFILE);
        Path file = directory.resolve("taskdef.json");

        Files.createDirectory(file);
        assertThat(invalidFiles()).containsExactly("taskdef.json:1:1: this is a directory");
        Files.delete(file);

        assertThat(invalidFiles()).containsExactly("taskdef.json:1:1: there is no such file");

        Files.writeString(file, TASK, StandardCharsets.UTF_16);
        assertThat(invalidFiles()).containsExactly("taskdef.json:1:1: the file is encoded in UTF-16");
        Files.writeString(file, TASK, Charset.forName("UTF-16LE"));
        assertThat(invalidFiles()).containsExactly("taskdef.json:1:2: this is not text: it holds NUL characters");

        Files.write(file, new byte[50 * 1024 * 1024]);
        assertThat(invalidFiles()).containsExactly("taskdef.json:1:1: the file is larger than 8 MiB");
    }

    @Test
    void bytesThatAreNoUtf8AreJudgedAsFarAsTheyGo() throws Exception {
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
    void pipesAndDevicesAreNotWaitedFor() throws Exception {
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
    void aLinkToItselfSaysSo() throws Exception {
        Files.writeString(directory.resolve("Dockerfile"), DOCKERFILE);
        Path file = directory.resolve("taskdef.json");
        Files.createSymbolicLink(file, file);
        assertThat(invalidFiles()).singleElement().asString().startsWith("taskdef.json:1:1: the file cannot be read: ");
    }

    private List<String> invalid(String dockerfile, String task) throws Exception {
        return invalid(check(dockerfile, task));
    }

    private List<String> invalidFiles() throws Exception {
        return invalid(check());
    }

    private static List<String> invalid(CheckResult result) {
        return result.findings().stream()
                .filter(finding -> finding.rule().startsWith("invalid-"))
                .map(finding -> finding.location() + ": " + finding.message())
                .toList();
    }

    private CheckResult check(String dockerfile, String task) throws Exception {
        return check(dockerfile, task, "/tmp");
    }

    private CheckResult check(String dockerfile, String task, String writablePath) throws Exception {
        Files.writeString(directory.resolve("Dockerfile"), dockerfile);
        Files.writeString(directory.resolve("taskdef.json"), task);
        return check(writablePath);
    }

    private CheckResult check() throws Exception {
        return check("/tmp");
    }

    private CheckResult check(String writablePath) throws Exception {
        CheckResult result = new RequestBuilder(directory.resolve("taskdef.json"))
                .dockerfile(directory.resolve("Dockerfile"))
                .writablePaths(writablePath)
                .check();
        report(result);
        return result;
    }

    /** Writes every report there is. What goes to a console must be fit for one. */
    private void report(CheckResult result) throws IOException {
        ConsoleReport console = new ConsoleReport(result.tasks(), result.findings());
        Stream<String> printed = Stream.of(
                        console.lines().stream().map(ConsoleReport.Line::text),
                        Stream.of(console.failureMessage(), console.summary()),
                        new ExplainReport(result.tasks(), result.findings()).lines())
                .flatMap(lines -> lines);
        assertThat(printed.filter(
                        line -> line.length() > 11_000 || CONTROL.matcher(line).find()))
                .isEmpty();
        assertThat(result.findings())
                .extracting(Finding::location)
                .allMatch(location -> location.line() > 0 && location.column() > 0);
        Path reports = directory.resolve("reports");
        ReportFiles.write(
                reports,
                EnumSet.allOf(ReportFormat.class),
                result.tasks(),
                result.findings(),
                new ReportSettings("1", "", RuleDescription::all, Finding::isProblem));
        assertThat(reports.toFile().listFiles())
                .hasSize(ReportFormat.values().length)
                .allSatisfy(file -> assertThat(file.length()).isLessThan(MAX_REPORT));
        assertThat(reports.resolve(ReportFormat.HTML.fileName()))
                .satisfies(page -> assertThat(Files.size(page)).isLessThan(MAX_PAGE));
    }
}
