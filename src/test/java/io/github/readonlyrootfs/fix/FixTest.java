// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.remedy.MountWith;
import io.github.readonlyrootfs.report.excerpt.PublicTexts;
import io.github.readonlyrootfs.report.text.VerdictText;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.request.CheckRequest.ContainerSettings;
import io.github.readonlyrootfs.request.CheckRequest.DeclaredPath;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The changes that the fix makes to files. */
class FixTest {

    private static final String DOCKERFILE = """
            FROM node:22-alpine
            VOLUME /usr/local/share/
            USER node
            CMD ["node", "server.js"]
            """;

    private static final String TASK = """
            {
              "family": "shop",
              "containerDefinitions": [
                {
                  "name": "app",
                  "image": "<IMAGE1_NAME>",
                  "essential": true
                },
                {
                  "name": "proxy",
                  "image": "nginx:1.27-alpine"
                }
              ]
            }
            """;

    @TempDir
    Path directory;

    private MountWith with = MountWith.AUTO;

    @BeforeEach
    void files() throws IOException {
        write("Dockerfile", DOCKERFILE);
        write("taskdef.json", TASK);
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private String read(String name) throws IOException {
        return Files.readString(directory.resolve(name));
    }

    private CheckRequest request() {
        return new RequestBuilder(directory.resolve("taskdef.json"))
                .dockerfile(directory.resolve("Dockerfile"))
                .container("app")
                .platforms(Platform.FARGATE)
                .writablePaths("/tmp", "/usr/local/share")
                .mountWith(with)
                .build();
    }

    private Fix fix(String... containers) throws Exception {
        return Fix.of(request(), directory, Set.of(containers));
    }

    private static List<String> left(Fix fix) {
        return fix.refused().stream()
                .map(refused -> refused.finding().rule() + ": " + refused.reason())
                .toList();
    }

    private CheckRequest requestOfUnknownNeeds() throws IOException {
        write("Dockerfile", "FROM node:22-alpine\nUSER node\nCMD [\"node\", \"server.js\"]\n");
        write("taskdef.json", """
                {
                  "family": "shop",
                  "containerDefinitions": [
                    {
                      "name": "app",
                      "image": "<IMAGE1_NAME>"
                    }
                  ]
                }
                """);
        return new RequestBuilder(directory.resolve("taskdef.json"))
                .dockerfile(directory.resolve("Dockerfile"))
                .platforms(Platform.FARGATE)
                .build();
    }

    @Test
    void theRootOfAContainerThatIsNotProvenStaysAsItIs() throws Exception {
        Fix fix = Fix.of(requestOfUnknownNeeds(), directory, Set.of());

        assertThat(fix.edits()).isZero();
        assertThat(fix.refused())
                .filteredOn(refused -> refused.finding().rule().equals("root-not-read-only"))
                .singleElement()
                .satisfies(refused -> assertThat(refused.unproven().map(VerdictText::whyNotReadOnly))
                        .contains(
                                "left to you: readonlyRootFilesystem of container app, because it is unproven: nothing is"
                                        + " known about what node server.js writes; close the gap, or set it nevertheless with"
                                        + " -Dreadonly-rootfs.fixContainers=app"));
    }

    @Test
    void whatIsLeftHasItsOwnReasonAndTheFlagComesLast() throws Exception {
        CheckRequest request = requestOfUnknownNeeds();
        write("taskdef.json", read("taskdef.json").replace("\"name\"", "\"essential\": 7,\n      \"name\""));

        assertThat(left(Fix.of(request, directory, Set.of())))
                .containsExactly(
                        "wrong-type: the file does not tell which value is meant",
                        "needs-unknown: only a run with `observe`, or you, can tell what is written",
                        "root-not-read-only: only you can decide it");
    }

    @Test
    void theRootOfAnUnprovenContainerIsMadeReadOnlyIfItIsNamed() throws Exception {
        Fix fix = Fix.of(requestOfUnknownNeeds(), directory, Set.of("app"));
        fix.write();

        assertThat(read("taskdef.json")).contains("\"readonlyRootFilesystem\": true");
    }

    @Test
    void everythingIsFixedAtOnceAndNothingElseChanges() throws Exception {
        Fix fix = fix();
        fix.write();

        assertThat(left(fix)).isEmpty();
        assertThat(read("Dockerfile")).isEqualTo("""
                FROM node:22-alpine
                RUN chown node /usr/local/share
                VOLUME /usr/local/share/
                USER node
                VOLUME /tmp
                CMD ["node", "server.js"]
                """);
        assertThat(read("taskdef.json")).isEqualTo("""
                {
                  "family": "shop",
                  "containerDefinitions": [
                    {
                      "name": "app",
                      "readonlyRootFilesystem": true,
                      "image": "<IMAGE1_NAME>",
                      "essential": true
                    },
                    {
                      "name": "proxy",
                      "readonlyRootFilesystem": true,
                      "linuxParameters": {
                        "tmpfs": [
                          {"containerPath": "/run", "size": 64},
                          {"containerPath": "/var/cache/nginx", "size": 64}
                        ]
                      },
                      "image": "nginx:1.27-alpine"
                    }
                  ]
                }
                """);
        assertThat(fix().changedFiles()).isEmpty();
    }

    /** As where the first fix was killed between two files. */
    @ParameterizedTest
    @ValueSource(strings = {"Dockerfile", "taskdef.json"})
    void theNextFixFinishesTheWorkOfOneThatWroteOnlyOneFile(String missing) throws Exception {
        String before = read(missing);
        fix().write();
        String dockerfile = read("Dockerfile");
        String task = read("taskdef.json");
        write(missing, before);

        fix().write();

        assertThat(read("Dockerfile")).isEqualTo(dockerfile);
        assertThat(read("taskdef.json")).isEqualTo(task);
    }

    @Test
    void aDryRunChangesNoFile() throws Exception {
        List<String> diff = diff(fix());

        assertThat(diff).contains("--- a/Dockerfile", "+++ b/Dockerfile", "+RUN chown node /usr/local/share");
        assertThat(read("Dockerfile")).isEqualTo(DOCKERFILE);
        assertThat(read("taskdef.json")).isEqualTo(TASK);
    }

    private List<String> diff(Fix fix) throws IOException {
        return fix.diff(List.of(directory), new PublicTexts(fix.result().tasks())::of);
    }

    /** {@code git apply} rejects names with {@code ..} and changes nothing above its working directory. */
    @Test
    void pathsInTheDiffStartAtTheCommonDirectoryOfTheChangedFiles() throws Exception {
        Path module = Files.createDirectory(directory.resolve("service"));
        Files.move(directory.resolve("Dockerfile"), module.resolve("Dockerfile"));
        Fix fix = Fix.of(
                new RequestBuilder(directory.resolve("taskdef.json"))
                        .dockerfile(module.resolve("Dockerfile"))
                        .container("app")
                        .writablePaths("/usr/local/share")
                        .build(),
                directory,
                Set.of());
        Function<SourceFile, PublicText> texts = new PublicTexts(fix.result().tasks())::of;

        assertThat(fix.diff(List.of(module, directory), texts))
                .contains("--- a/service/Dockerfile", "--- a/taskdef.json");
        assertThat(fix.diff(List.of(directory, module), texts)).contains("--- a/service/Dockerfile");
    }

    /** The secret is on the line above the new one, and on one that has to change. */
    @Test
    void aDiffHasNoSecretAndNamesTheChangesItLeavesOut() throws Exception {
        write("Dockerfile", DOCKERFILE.replace("USER node", "ENV A=hunter2\nUSER node\nENV B=hunter2"));
        write(
                "taskdef.json",
                "{\"containerDefinitions\": [{\"name\": \"app\", \"image\": \"<IMAGE1_NAME>\", \"command\": [\"hunter2\"]}]}\n");

        List<String> diff = diff(fix());

        assertThat(diff)
                .contains("+RUN chown node /usr/local/share")
                .anyMatch(line -> line.startsWith("# left out: a change in line 1 of taskdef.json,"))
                .noneMatch(line -> line.contains("hunter2"));
    }

    @ParameterizedTest
    @CsvSource({"'', '\n'", "'', '\r\n'", "'\uFEFF', '\n'", "'\uFEFF', '\r\n'"})
    void gitAppliesTheDiff(String mark, String separator) throws Exception {
        String oldDockerfile = mark + DOCKERFILE.stripTrailing().replace("\n", separator);
        String oldTask = mark + TASK.replace("\n", separator);
        write("Dockerfile", oldDockerfile);
        write("taskdef.json", oldTask);
        Fix fix = fix();
        Path patch = write("fix.patch", String.join("\n", diff(fix)) + "\n");
        fix.write();
        String dockerfile = read("Dockerfile");
        String task = read("taskdef.json");
        write("Dockerfile", oldDockerfile);
        write("taskdef.json", oldTask);

        Process git = new ProcessBuilder("git", "apply", "--unidiff-zero", patch.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(git.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(git.exitValue()).as(said).isZero();
        assertThat(read("Dockerfile")).isEqualTo(dockerfile);
        assertThat(read("taskdef.json")).isEqualTo(task);
    }

    @Test
    void lineEndsAndAByteOrderMarkAreKept() throws Exception {
        write("Dockerfile", DOCKERFILE.replace("\n", "\r\n"));
        write("taskdef.json", "\uFEFF" + TASK.replace("  ", "\t").replace("\n", "\r\n"));

        fix().write();

        assertThat(read("Dockerfile").replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
        assertThat(read("taskdef.json"))
                .startsWith("\uFEFF{\r\n")
                .contains("\r\n\t\t\t\"readonlyRootFilesystem\": true,\r\n");
        assertThat(fix().changedFiles()).isEmpty();
    }

    @Test
    void aFileKeepsItsPermissionsAndNothingIsLeftBesideIt() throws Exception {
        Files.setPosixFilePermissions(directory.resolve("Dockerfile"), PosixFilePermissions.fromString("rw-r-----"));

        fix().write();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("Dockerfile"))))
                .isEqualTo("rw-r-----");
        try (var files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("Dockerfile", "taskdef.json");
        }
    }

    @Test
    void aLinkWithinTheProjectIsFollowedAndStays() throws Exception {
        Path real = Files.createDirectory(directory.resolve("deploy")).resolve("task.json");
        Files.move(directory.resolve("taskdef.json"), real);
        Files.createSymbolicLink(directory.resolve("taskdef.json"), real);

        fix().write();

        assertThat(directory.resolve("taskdef.json")).isSymbolicLink();
        assertThat(real).content().contains("\"readonlyRootFilesystem\": true");
    }

    @Test
    void aLinkOutOfTheProjectIsNotFollowed(@TempDir Path elsewhere) throws Exception {
        Path real = elsewhere.resolve("task.json");
        Files.move(directory.resolve("taskdef.json"), real);
        Files.createSymbolicLink(directory.resolve("taskdef.json"), real);

        Fix fix = fix();
        fix.write();

        assertThat(real).content().isEqualTo(TASK);
        assertThat(left(fix))
                .contains(
                        "root-not-read-only: taskdef.json is outside the project (the Git repository, or where Maven was started)");
    }

    @Test
    void generatedFilesAreNotEdited() throws Exception {
        Path output = Files.createDirectory(directory.resolve("cdk.out"));
        Files.move(directory.resolve("taskdef.json"), output.resolve("task.json"));
        CheckRequest request = new RequestBuilder(output.resolve("task.json"))
                .dockerfile(directory.resolve("Dockerfile"))
                .container("app")
                .build();

        assertThat(left(Fix.of(request, directory, Set.of())))
                .contains("root-not-read-only: task.json is generated by CDK");
    }

    @Test
    void aFileThatIsNotUtf8IsLeftAlone() throws Exception {
        byte[] text = TASK.replace("shop", "caf\u00E9").getBytes(StandardCharsets.ISO_8859_1);
        Files.write(directory.resolve("taskdef.json"), text);

        Fix fix = fix();
        fix.write();

        assertThat(Files.readAllBytes(directory.resolve("taskdef.json"))).isEqualTo(text);
        assertThat(left(fix)).contains("root-not-read-only: taskdef.json is not UTF-8");
    }

    @Test
    void aFileThatChangesMeanwhileIsLeftAlone() throws Exception {
        Fix fix = fix();
        write("Dockerfile", DOCKERFILE + "# mine\n");

        assertThat(catchThrowable(fix::write)).hasMessage("Dockerfile was changed by somebody else in the meantime");
        assertThat(read("Dockerfile")).endsWith("# mine\n");
    }

    @Test
    void onlyTheNamedContainersAreFixed() throws Exception {
        fix("proxy").write();

        assertThat(read("Dockerfile")).isEqualTo(DOCKERFILE);
        assertThat(read("taskdef.json")).containsOnlyOnce("readonlyRootFilesystem");
    }

    @Test
    void aTmpfsIsMountedIfMountWithIsTmpfs() throws Exception {
        with = MountWith.TMPFS;

        Fix fix = fix();
        fix.write();

        assertThat(left(fix)).isEmpty();
        assertThat(read("Dockerfile")).doesNotContain("VOLUME /tmp");
        assertThat(read("taskdef.json")).contains("{\"containerPath\": \"/tmp\", \"size\": 64,");
    }

    @Test
    void whatIsMountedIsSaidWithTheReason() throws Exception {
        assertThat(fix().choices())
                .containsExactly(
                        "declares a VOLUME in the Dockerfile (container app); other ways:"
                                + " -Dreadonly-rootfs.fixWith=volume or tmpfs",
                        "mounts a tmpfs, since no Dockerfile of this project builds the image (container proxy);"
                                + " other ways: -Dreadonly-rootfs.fixWith=volume");

        write("Dockerfile", "FROM cgr.dev/chainguard/jre\nCMD [\"-version\"]\n");
        assertThat(fix().choices())
                .contains(
                        "mounts a tmpfs where a VOLUME would need a RUN, since the image has no shell (container app);"
                                + " other ways: -Dreadonly-rootfs.fixWith=volume");
    }

    @Test
    void aTaskVolumeIsMountedIfMountWithIsVolume() throws Exception {
        with = MountWith.VOLUME;

        Fix fix = fix();
        fix.write();

        assertThat(fix.choices())
                .contains(
                        "mounts an empty volume of the task, with a VOLUME in the Dockerfile for its owner (container app);"
                                + " other ways: -Dreadonly-rootfs.fixWith=dockerfile or tmpfs");
        assertThat(left(fix)).isEmpty();
        assertThat(read("taskdef.json"))
                .contains("{\"name\": \"tmp\"}")
                .contains("{\"sourceVolume\": \"tmp\", \"containerPath\": \"/tmp\"}");
        // On Fargate an empty volume has the image's owner only with a VOLUME at the path.
        assertThat(read("Dockerfile")).contains("VOLUME /tmp");
    }

    /** A chown for one of them would exclude the other, and the next fix would revert it. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", \"mountPoints\": [{\"sourceVolume\": \"v\", \"containerPath\": \"/data\"}]",
            })
    void aDirectoryThatOneContainerPreparesForTwoUsersIsWritableForBoth(String mount) throws Exception {
        write("Dockerfile", "FROM debian:13\nVOLUME /data\nUSER 1000\n");
        write("Dockerfile.reader", "FROM debian:13\nUSER 2000\n");
        write("taskdef.json", """
                {
                  "volumes": [%s],
                  "containerDefinitions": [
                    {"name": "app", "image": "a", "readonlyRootFilesystem": true%s},
                    {
                      "name": "reader",
                      "image": "b",
                      "readonlyRootFilesystem": true,
                      "volumesFrom": [{"sourceContainer": "app"}]
                    }
                  ]
                }
                """.formatted(mount.isEmpty() ? "" : "{\"name\": \"v\"}", mount));
        RequestBuilder builder = new RequestBuilder(directory.resolve("taskdef.json"))
                .dockerfile(directory.resolve("Dockerfile"))
                .container("app")
                .containers(new ContainerSettings(
                        "reader",
                        Optional.of(RequestBuilder.build(directory.resolve("Dockerfile.reader"))),
                        List.of(new DeclaredPath("/data", "<writablePaths>", Optional.empty())),
                        Optional.empty(),
                        Map.of(),
                        Optional.empty()))
                .platforms(Platform.EC2);

        Fix fix = Fix.of(builder.build(), directory, Set.of());
        fix.write();

        assertThat(left(fix)).isEmpty();
        assertThat(read("Dockerfile")).isEqualTo("""
                FROM debian:13
                RUN mkdir -p /data && chmod 1777 /data
                VOLUME /data
                USER 1000
                """);
        assertThat(Fix.of(builder.build(), directory, Set.of()).changedFiles()).isEmpty();
    }

    /** Both findings would be on one line if the container started. */
    @Test
    void aFindingThatCannotBeFixedDoesNotPreventOtherFixes() throws Exception {
        write("Dockerfile", """
                FROM debian:13
                VOLUME /var/run/svc /data
                RUN install -d -o 1000 /run/svc/a
                VOLUME /var/run/svc
                USER 33
                """);
        write("taskdef.json", """
                {
                  "volumes": [{"name": "v"}],
                  "containerDefinitions": [
                    {
                      "name": "app",
                      "image": "<IMAGE1_NAME>",
                      "readonlyRootFilesystem": true,
                      "mountPoints": [{"sourceVolume": "v", "containerPath": "/tmp"}],
                      "linuxParameters": {
                        "tmpfs": [
                          {"containerPath": "/tmp", "size": 64}
                        ]
                      }
                    }
                  ]
                }
                """);
        CheckRequest request = new RequestBuilder(directory.resolve("taskdef.json"))
                .dockerfile(directory.resolve("Dockerfile"))
                .platforms(Platform.FARGATE)
                .writablePaths("/var/run/svc", "/data/new", "/tmp")
                .build();

        Fix fix = Fix.of(request, directory, Set.of());
        fix.write();

        assertThat(left(fix)).containsExactly("path-not-permitted: only you can decide it");
        assertThat(read("Dockerfile")).contains("RUN mkdir -p /data/new && chown 33 /data/new");
        assertThat(Fix.of(request, directory, Set.of()).changedFiles()).isEmpty();
    }

    /** It may be a typing error for either path, and cannot become both. */
    @Test
    void aRelativeVolumeIsCorrectedOnceForTwoPathsThatEndAlike() throws Exception {
        write("Dockerfile", "FROM node:22\nVOLUME cache\nUSER node\n");
        write("taskdef.json", TASK.replaceFirst(",\\s*\\{\\s*\"name\": \"proxy\"[^}]*\\}", ""));
        CheckRequest request = new RequestBuilder(directory.resolve("taskdef.json"))
                .dockerfile(directory.resolve("Dockerfile"))
                .platforms(Platform.FARGATE)
                .writablePaths("/app/cache", "/srv/cache")
                .build();

        Fix fix = Fix.of(request, directory, Set.of());
        fix.write();

        assertThat(left(fix)).isEmpty();
        assertThat(read("Dockerfile")).isEqualTo("""
                FROM node:22
                RUN install -d -o node /app/cache /srv/cache
                VOLUME /srv/cache
                VOLUME /app/cache
                USER node
                """);
    }

    @Test
    void aVolumeThatTheImageHasFilesForIsNotReplacedByAnEmptyTmpfs() throws Exception {
        write("Dockerfile", "FROM scratch\nCOPY --chown=1000 a.conf /app/\nUSER 33\n");
        write("a.conf", "");
        write("taskdef.json", """
                {
                  "volumes": [{"name": "v"}],
                  "containerDefinitions": [
                    {
                      "name": "app",
                      "image": "<IMAGE1_NAME>",
                      "readonlyRootFilesystem": true,
                      "mountPoints": [{"sourceVolume": "v", "containerPath": "/app"}]
                    }
                  ]
                }
                """);
        CheckRequest request = new RequestBuilder(directory.resolve("taskdef.json"))
                .dockerfile(directory.resolve("Dockerfile"))
                .platforms(Platform.EC2, Platform.FARGATE)
                .writablePaths("/app")
                .build();

        Fix fix = Fix.of(request, directory, Set.of());

        assertThat(left(fix)).containsOnly("path-not-permitted: only you can decide it");
        assertThat(fix.fixed()).extracting(Finding::rule).containsExactly("mount-hides-image-content");
        assertThat(fix.changedFiles()).containsExactly("Dockerfile");
    }

    @Test
    void findingsThatNeedADecisionAreLeftWithTheReason() throws Exception {
        write("Dockerfile", DOCKERFILE.replace("VOLUME /usr/local/share/", "VOLUME cache"));

        Fix fix = fix();

        assertThat(left(fix)).contains("relative-volume: only you can decide it");
        assertThat(fix.fixed()).extracting(Finding::rule).contains("root-not-read-only");
        assertThat(Fix.fixable(fix.before(), file -> true))
                .extracting(Finding::rule)
                .contains("root-not-read-only");
    }

    @Test
    void aFlagInTerraformIsSetTogetherWithTheRest() throws Exception {
        Fix fix = Fix.of(terraform("/usr/local/share"), directory, Set.of());

        assertThat(fix.changedFiles()).containsExactly("Dockerfile", "main.tf");
        assertThat(left(fix)).isEmpty();
        assertThat(Fix.fixable(ReadOnlyRootAnalysis.check(terraform("/usr/local/share")), file -> true))
                .extracting(Finding::rule)
                .containsExactly("path-not-permitted", "root-not-read-only");
        assertThat(Fix.fixable(
                        ReadOnlyRootAnalysis.check(terraform("/usr/local/share")), file -> !file.equals("Dockerfile")))
                .as("a Dockerfile of another repository")
                .isEmpty();
    }

    @Test
    void theFlagOfAnUnprovenContainerInTerraformIsNotSet() throws Exception {
        Fix fix = Fix.of(terraform(), directory, Set.of());

        assertThat(left(fix)).contains("root-not-read-only: only you can decide it");
        assertThat(fix.refused()).anyMatch(refused -> refused.unproven().isPresent());
    }

    /** Two instances of one container, of which only the first one is proven to run with a read-only root. */
    @Test
    void theFlagOfAContainerThatIsWrittenOnceForSeveralTasksIsSetOnlyIfItIsProvenInAll() throws Exception {
        Path configuration = write("main.tf", """
                resource "aws_ecs_task_definition" "shop" {
                  for_each                 = { known = "nginx:1.27", other = "example.com/other:1" }
                  family                   = each.key
                  requires_compatibilities = ["FARGATE"]
                  container_definitions    = jsonencode([{ name = "web", image = each.value }])
                }
                """);

        Fix fix = Fix.of(
                new RequestBuilder(configuration).mountWith(MountWith.TMPFS).build(), directory, Set.of());

        assertThat(read("main.tf")).doesNotContain("readonlyRootFilesystem");
        assertThat(fix.changedFiles()).containsExactly("main.tf");
        assertThat(fix.fixed()).extracting(Finding::rule).doesNotContain("root-not-read-only");
    }

    private CheckRequest terraform(String... declared) throws IOException {
        Path configuration = write("main.tf", """
                resource "aws_ecs_task_definition" "shop" {
                  family                   = "shop"
                  requires_compatibilities = ["FARGATE"]
                  container_definitions    = jsonencode([{ name = "app", image = "<IMAGE>" }])
                }
                """);
        RequestBuilder request = new RequestBuilder(configuration)
                .dockerfile(directory.resolve("Dockerfile"))
                .container("app");
        return (declared.length == 0 ? request : request.writablePaths(declared)).build();
    }
}
