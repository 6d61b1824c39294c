// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.request.CheckRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Small files that need more time or memory than is allowed: each is judged up to the limit. The time limit detects
 * endless loops; it is not a measurement.
 */
@Timeout(value = 120, threadMode = ThreadMode.SEPARATE_THREAD)
@Tag("slow")
class HostileInputTest extends HostileFiles {

    /**
     * In these tasks the container's user can write /made, and the rest is judged unless the hostile part affects it.
     */
    private static final String JUDGED = "RUN mkdir /made && chown 1000 /made\nVOLUME /made\nUSER 1000\n";

    private static final String TOO_MANY_STEPS = "this build has more than 20 million steps to follow";

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

    /** Inputs below 1 MB that would exceed time or memory, with their findings; none if all is judged. */
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
                beside(
                        "a start script that makes 4,800 directories and needs one",
                        "FROM debian:12\nCOPY --chmod=755 s /s\nENTRYPOINT [\"/s\"]",
                        directory -> Files.writeString(
                                directory.resolve("s"),
                                "#!/bin/sh\nmkdir " + many(4_800, " ", i -> "/v" + i)
                                        + "\n[ -w /v0 ] || exit 1\nexec sleep 9"),
                        "what the rest of it writes is not completely known"),
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
                        "a start command that doubles unknown words",
                        "ENTRYPOINT a=\"$HOSTNAME/x /x/$HOSTNAME \"; " + "a=\"$a$a\"; ".repeat(20)
                                + "for i in $a; do touch $i; done; touch $a",
                        "cannot write /x"),
                dockerfile(
                        "a start command that doubles a value",
                        "ENTRYPOINT a=aaaaaaaa; " + doubling + " touch /$a",
                        "the start command is not completely known"),
                dockerfile("COPY of a tree into itself, twice per stage", copiesOfCopies(40, "/t"), TOO_MANY_STEPS),
                dockerfile(
                        "touch x; chmod *",
                        "WORKDIR /w\n" + many(4_000, "\n", i -> "RUN touch x" + i + "; chmod 700 *"),
                        TOO_MANY_STEPS),
                dockerfile(
                        "9,000 declared paths",
                        "LABEL io.github.readonly-rootfs.writable-paths=\"" + many(9_000, " ", i -> "/d" + i) + "\"",
                        "only 1000 paths of a container are judged"),
                beside(".dockerignore of 2,000 directories anywhere", "COPY . /a/", directory -> {
                    Files.createDirectories(directory.resolve("a/".repeat(60)));
                    Files.writeString(
                            directory.resolve(".dockerignore"), many(2_000, "\n", i -> "**/x" + i + "/**/*.y"));
                }),
                beside(".dockerignore of one pattern of directories anywhere", "COPY . /a/", directory -> {
                    Files.createDirectories(directory.resolve("a/".repeat(60)));
                    Files.writeString(directory.resolve(".dockerignore"), "**/".repeat(2_000) + "b");
                }),
                dockerfile(
                        "sequences times sequences",
                        "SHELL [\"/bin/bash\", \"-c\"]\nRUN mkdir -p /x/" + "{1..10}".repeat(5)),
                dockerfile(
                        "a loop over sequences times sequences",
                        "SHELL [\"/bin/bash\", \"-c\"]\nRUN for i in " + "{1..10}".repeat(5)
                                + "; do mkdir -p /x/$i; done"),
                dockerfile(
                        "a start command that loops over sequences times sequences",
                        "SHELL [\"/bin/bash\", \"-c\"]\nCMD for i in " + "{1..10}".repeat(5) + "; do touch /x/$i; done",
                        "cannot write /x"),
                dockerfile(
                        "braces in braces",
                        "SHELL [\"/bin/bash\", \"-c\"]\nRUN mkdir -p /x/" + "{a,".repeat(5_000) + "b"
                                + "}".repeat(5_000)),
                dockerfile(
                        "braces that never end",
                        "SHELL [\"/bin/bash\", \"-c\"]\nRUN mkdir -p /x/" + "{a,".repeat(20_000),
                        "cannot determine whether"),
                dockerfile(
                        "substitutions in quotes, a thousand deep",
                        "CMD touch /x " + "\"$(".repeat(1_000) + "x" + ")\"".repeat(1_000),
                        "cannot write /x"),
                dockerfile(
                        "parentheses in parentheses",
                        "CMD touch /x; " + "( ".repeat(15_000) + "x" + ")".repeat(15_000),
                        "the start command is not completely known"),
                dockerfile("quotes of quotes", "CMD touch /x; sh -c " + quoted(9), "cannot write /x"),
                taskDefinition(
                        "30,000 misspelt keys",
                        task(APP + many(30_000, "", i -> ", \"mountPoint" + i + "\": 1") + "}"),
                        "ECS ignores it"),
                taskDefinition(
                        "100 containers of misspelt keys",
                        task(many(
                                100,
                                ",\n",
                                i -> "{\"name\": \"" + (i == 0 ? "app" : "c" + i) + "\", \"image\": \"<I>\""
                                        + many(300, "", j -> ", \"readonlyRootFilesystm" + j + "\": 1") + "}")),
                        "ECS ignores it"),
                taskDefinition(
                        "a misspelt key of 3 MB",
                        task(APP + ", \"" + "readonlyRootFilesystem".repeat(140_000) + "\": 1}"),
                        "ECS ignores it"),
                taskDefinition(
                        "a YAML key of 3 MB",
                        "family: f\n? \"" + "k".repeat(3_000_000)
                                + "\"\n: 1\ncontainerDefinitions:\n- {name: app, image: <I>}\n",
                        "ECS ignores it"),
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

    private static String quoted(int depth) {
        String text = "touch /x";
        for (int i = 0; i < depth; i++) {
            text = "'sh -c " + text.replace("'", "'\\''") + "'";
        }
        return text;
    }

    private static String sharing(String name) {
        String mounts =
                many(900, ",", i -> "{\"sourceVolume\": \"v\", \"containerPath\": \"/" + name + "/" + i + "\"}");
        return "{\"name\": \"" + name + "\", \"image\": \"nginx:1\", \"mountPoints\": [" + mounts + "]}";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unbounded")
    void hostileInputIsJudgedUpToTheLimitOfWork(
            String name, String dockerfile, String task, Preparation files, List<String> expected) throws Exception {
        files.make(directory);
        CheckResult result = bounded(() -> check(dockerfile, task, "/made"));
        // The declared path answers what a start writes; that it was not followed to its end must be known
        // nevertheless.
        List<String> messages = Stream.concat(
                        result.findings().stream().map(finding -> finding.location() + ": " + finding.message()),
                        result.tasks().containers().stream()
                                .flatMap(container -> container.context().start().gaps().stream())
                                .map(gap -> "the start command is not completely known: " + gap.reason()))
                .toList();
        for (String wanted : expected) {
            assertThat(messages).anySatisfy(finding -> assertThat(finding).contains(wanted));
        }
        assertThat(messages).noneSatisfy(finding -> assertThat(finding).contains("secret"));
        assertThat(messages).noneSatisfy(finding -> assertThat(finding).contains("the plugin failed"));
        if (expected.isEmpty()) {
            assertThat(result.findings())
                    .filteredOn(finding -> finding.container().isPresent())
                    .isEmpty();
        }
    }

    @Test
    void anErrorInThePluginIsOneFindingAndTheRestIsJudged() throws Exception {
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
    void anErrorInThePluginForATaskIsReportedAndTheDockerfileIsJudged() throws Exception {
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
}
