// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.image.stage.ImageBuilder;
import io.github.readonlyrootfs.message.HelpText;
import io.github.readonlyrootfs.program.CommandWords;
import io.github.readonlyrootfs.runtime.Platform;
import io.github.readonlyrootfs.source.PublicText;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.taskdef.TaskDefinitionReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For each way in which a path can be refused: after the help is followed, the check passes. */
class HelpAppliedTest {

    private static final String DOCKERFILE = "Dockerfile";
    private static final String TASK = "taskdef.json";

    private static final String PLAIN_TASK = task("", "");

    @TempDir
    Path directory;

    private Platform[] platforms = {Platform.FARGATE};
    private String[] needs = {};
    private ImageBuilder.Builder builder = ImageBuilder.Builder.BUILDKIT;
    private boolean withDockerfile = true;
    private List<String> left = List.of();

    private static String task(String container, String volumes) {
        return """
                {
                  "family": "shop",%s
                  "containerDefinitions": [
                    {
                      "name": "app",
                      "image": "<IMAGE1_NAME>",%s
                      "readonlyRootFilesystem": true
                    }
                  ]
                }
                """.formatted(volumes, container);
    }

    private HelpAppliedTest needing(String... paths) {
        needs = paths;
        return this;
    }

    /** The findings that remain after the help is followed. */
    private HelpAppliedTest leaving(String... rules) {
        left = List.of(rules);
        return this;
    }

    private HelpAppliedTest on(Platform... where) {
        platforms = where;
        return this;
    }

    private List<Finding> check(EditedFiles files) throws Exception {
        for (Map.Entry<String, String> file : files.files().entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        RequestBuilder request = new RequestBuilder(directory.resolve(TASK))
                .builder(builder)
                .platforms(platforms)
                .noInference();
        if (withDockerfile) {
            request.dockerfile(directory.resolve(DOCKERFILE)).writablePaths(needs);
        } else {
            request.containers("app", needs);
        }
        return request.check().findings().stream()
                .filter(finding ->
                        finding.severity() != Severity.INFO || finding.rule().contains("unknown"))
                .toList();
    }

    private void isFixedByHelp(String dockerfile, String task, String rule, String message, String help)
            throws Exception {
        EditedFiles files = new EditedFiles(Map.of(DOCKERFILE, dockerfile, TASK, task));
        List<Finding> before = check(files);
        Finding finding = before.stream()
                .filter(found -> found.rule().equals(rule))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + rule + " in " + before));
        assertThat(finding.message()).isEqualTo(message);
        assertThat(help(finding, files)).isEqualTo(help);
        EditedFiles after = files.applying(finding).orElseThrow();
        assertThat(check(after))
                .as("after the edit: %s", after.files())
                .extracting(Finding::rule)
                // The containers of these tasks run nothing that is known.
                .filteredOn(id -> !id.equals("needs-unknown"))
                .containsExactlyElementsOf(left);
        for (TaskShape shape : TaskShape.values()) {
            isFixedByHelpAs(shape, dockerfile, task, finding);
        }
    }

    private static PublicText quotable(SourceFile source) {
        if (source.name().endsWith("Dockerfile")) {
            PublicText text = new PublicText(source);
            text.show(0, source.text().length());
            return text;
        }
        return TaskDefinitionReader.publicText(source, CommandWords::show);
    }

    private static String help(Finding finding, EditedFiles files) {
        Map<String, SourceFile> sources = new TreeMap<>();
        files.files().forEach((name, text) -> sources.put(name, SourceFile.of(name, text)));
        return new HelpText(sources, HelpAppliedTest::quotable).of(finding.remedy(), finding.location());
    }

    private void isFixedByHelpAs(TaskShape shape, String dockerfile, String task, Finding original) throws Exception {
        String text = shape.write(TaskShape.parse(task).orElseThrow());
        EditedFiles files = new EditedFiles(Map.of(DOCKERFILE, dockerfile, TASK, text));
        Finding finding = check(files).stream()
                .filter(found -> found.rule().equals(original.rule())
                        && found.container().equals(original.container())
                        && found.path().equals(original.path()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + original.rule() + " in " + text));
        if (shape.isGenerated()) {
            assertThat(finding.remedy().edits())
                    .noneMatch(edit -> !edit.location().file().equals(DOCKERFILE));
            return;
        }
        EditedFiles after = files.applying(finding).orElseThrow();
        assertThat(check(after))
                .as(
                        "as %s, after %s: %s",
                        shape, help(finding, files), after.files().get(TASK))
                .extracting(Finding::rule)
                // The containers of these tasks run nothing that is known.
                .filteredOn(id -> !id.equals("needs-unknown"))
                .containsExactlyElementsOf(left);
    }

    @Test
    void aVolumeOwnedByRootIsGivenToItsUserAboveTheVolumeLine() throws Exception {
        needing("/tmp", "/usr/local/share")
                .isFixedByHelp(
                        """
                        FROM node:15.14.0-alpine
                        VOLUME /usr/local/share/
                        VOLUME /tmp/
                        USER node
                        ENTRYPOINT [ "yarn", "start" ]
                        """,
                        PLAIN_TASK,
                        "path-not-permitted",
                        "user node (uid 1000) cannot write /usr/local/share: the volume's directory is root:root 0755",
                        "put `RUN chown node /usr/local/share` above line 2");
    }

    @Test
    void withNothingDeclaredTheMountIsNotUsable() throws Exception {
        isFixedByHelp(
                """
                FROM node:15.14.0-alpine
                VOLUME /usr/local/share/
                USER node
                """,
                PLAIN_TASK,
                "mount-not-usable",
                "user node (uid 1000) cannot write the mount at /usr/local/share: "
                        + "the volume's directory is root:root 0755",
                "put `RUN chown node /usr/local/share` above line 2");
    }

    @Test
    void theLineIsInsertedAboveTheFirstUserThatIsNotRoot() throws Exception {
        needing("/var/lib/app")
                .isFixedByHelp(
                        """
                        FROM debian:13
                        RUN useradd -u 1500 app
                        USER app
                        VOLUME /var/lib/app
                        """,
                        PLAIN_TASK,
                        "path-not-permitted",
                        "user app (uid 1500) cannot write /var/lib/app: the volume's directory is root:root 0755",
                        "put `RUN mkdir -p /var/lib/app && chown app /var/lib/app` above line 3");
    }

    @Test
    void theLineIsInsertedBelowTheLineThatCreatesTheUser() throws Exception {
        needing("/var/lib/app")
                .isFixedByHelp(
                        """
                        FROM debian:13
                        VOLUME /var/lib/app
                        RUN useradd -u 1500 app
                        USER app
                        """,
                        PLAIN_TASK,
                        "path-not-permitted",
                        "user app (uid 1500) cannot write /var/lib/app: the volume's directory is root:root 0755",
                        "put `RUN mkdir -p /var/lib/app && chown app /var/lib/app` above line 4");
    }

    @Test
    void theLineIsInsertedInTheStageThatHasTheUserLine() throws Exception {
        needing("/usr/local/share")
                .isFixedByHelp(
                        """
                        FROM node:22 AS base
                        USER node
                        FROM base
                        VOLUME /usr/local/share
                        """,
                        PLAIN_TASK,
                        "path-not-permitted",
                        "user node (uid 1000) cannot write /usr/local/share: the volume's directory is root:root 0755",
                        "put `RUN chown node /usr/local/share` above line 2");
    }

    @Test
    void aPathWithoutMountBecomesAVolume() throws Exception {
        on(Platform.EC2, Platform.FARGATE)
                .needing("/app/.npm")
                .isFixedByHelp(
                        """
                        FROM node:22
                        WORKDIR /app
                        USER node
                        CMD ["node", "server.js"]
                        """,
                        PLAIN_TASK,
                        "path-not-writable",
                        "user node (uid 1000) cannot write /app/.npm: "
                                + "nothing is mounted there, and the root file system is read-only",
                        """
                        put these lines above line 3 of Dockerfile:
                        RUN mkdir -p /app/.npm && chown node /app/.npm
                        VOLUME /app/.npm""");
    }

    @Test
    void tmpNeedsNoChown() throws Exception {
        needing("/tmp")
                .isFixedByHelp(
                        """
                        FROM node:22
                        USER node
                        CMD ["node", "server.js"]
                        """,
                        PLAIN_TASK,
                        "path-not-writable",
                        "user node (uid 1000) cannot write /tmp: "
                                + "nothing is mounted there, and the root file system is read-only",
                        "put `VOLUME /tmp` above line 3 of Dockerfile");
    }

    @Test
    void aVolumeInAnotherStageIsNamed() throws Exception {
        needing("/tmp")
                .isFixedByHelp(
                        """
                        FROM node:22 AS build
                        VOLUME /tmp

                        FROM node:22
                        USER node
                        """,
                        PLAIN_TASK,
                        "path-not-writable",
                        "user node (uid 1000) cannot write /tmp: "
                                + "its VOLUME is in stage build, which this image is not built from",
                        "put `VOLUME /tmp` below line 5");
    }

    @Test
    void aRelativeVolumeIsNamed() throws Exception {
        needing("/app/cache")
                .isFixedByHelp(
                        """
                        FROM node:22
                        WORKDIR /app
                        VOLUME cache
                        USER node
                        """,
                        PLAIN_TASK,
                        "path-not-writable",
                        "user node (uid 1000) cannot write /app/cache: a relative VOLUME is mounted below /, at /cache",
                        "write `/app/cache` instead of `cache` in line 3, and "
                                + "put `RUN mkdir -p /app/cache && chown node /app/cache` above line 3");
    }

    @Test
    void aMalformedArrayIsNamed() throws Exception {
        needing("/tmp")
                .isFixedByHelp(
                        """
                        FROM node:22
                        VOLUME ['/tmp']
                        USER node
                        """,
                        PLAIN_TASK,
                        "path-not-writable",
                        "user node (uid 1000) cannot write /tmp: the array is not JSON, so /[/tmp] is declared instead",
                        "write `VOLUME [\"/tmp\"]` in line 2");
    }

    @Test
    void anArrayFollowedByACommentIsNamed() throws Exception {
        needing("/tmp")
                .isFixedByHelp(
                        """
                        FROM node:22
                        VOLUME ["/tmp"] # scratch
                        USER node
                        """,
                        PLAIN_TASK,
                        "path-not-writable",
                        "user node (uid 1000) cannot write /tmp: the array is not JSON, so /[/tmp] is declared instead",
                        "write `VOLUME [\"/tmp\"]` in line 2");
    }

    @Test
    void aMistypedPathIsNamed() throws Exception {
        needing("/var/cache/nginx")
                .leaving("mount-not-usable", "unneeded-volume")
                .isFixedByHelp(
                        """
                        FROM debian:13
                        RUN mkdir -p /var/cache/nginx && chown 101 /var/cache/nginx
                        VOLUME /var/cache/ngnix
                        USER 101
                        """,
                        PLAIN_TASK,
                        "path-not-writable",
                        "uid 101 cannot write /var/cache/nginx: the mount is at /var/cache/ngnix",
                        "put `VOLUME /var/cache/nginx` below line 4");
    }

    @Test
    void aMountThatIsNeededIsNotTakenForAMistypedOne() throws Exception {
        needing("/var/cache/nginx", "/var/cache/ngnix/log")
                .isFixedByHelp(
                        """
                        FROM debian:13
                        RUN mkdir -p /var/cache/ngnix/log && chown 101 /var/cache/ngnix/log
                        VOLUME /var/cache/ngnix
                        USER 101
                        """,
                        PLAIN_TASK,
                        "path-not-writable",
                        "uid 101 cannot write /var/cache/nginx: "
                                + "nothing is mounted there, and the root file system is read-only",
                        """
                        put these lines above line 4 of Dockerfile:
                        RUN mkdir -p /var/cache/nginx && chown 101 /var/cache/nginx
                        VOLUME /var/cache/nginx""");
    }

    @Test
    void aReadOnlyMountPointIsMadeWritableAndOwned() throws Exception {
        needing("/data")
                .isFixedByHelp(
                        """
                        FROM node:22
                        USER node
                        """,
                        task("""

                                      "mountPoints": [
                                        {"sourceVolume": "data", "containerPath": "/data", "readOnly": true}
                                      ],""", "\n  \"volumes\": [{\"name\": \"data\"}],"),
                        "path-not-writable",
                        "user node (uid 1000) cannot write /data: the mount at /data is read-only",
                        """
                        set `"readOnly": false` in line 9, and put these lines above line 2 of Dockerfile:
                        RUN mkdir -p /data && chown node /data
                        VOLUME /data""");
    }

    @Test
    void onFargateATaskVolumeNeedsAVolumeOfTheSamePath() throws Exception {
        on(Platform.EC2, Platform.FARGATE)
                .needing("/data")
                .isFixedByHelp(
                        """
                        FROM node:22
                        RUN mkdir /data && chown node /data
                        USER node
                        CMD ["node"]
                        """,
                        task("""

                                      "mountPoints": [
                                        {"sourceVolume": "data", "containerPath": "/data"}
                                      ],""", "\n  \"volumes\": [{\"name\": \"data\"}],"),
                        "path-not-permitted",
                        "user node (uid 1000) cannot write /data: the volume's directory is root:root 0755",
                        "put `VOLUME /data` above line 4 of Dockerfile");
    }

    @Test
    void aTmpfsIsGivenToItsUser() throws Exception {
        needing("/srv/cache")
                .isFixedByHelp(
                        """
                        FROM node:22
                        RUN mkdir -p /srv/cache
                        USER node
                        """,
                        task("""

                                      "linuxParameters": {
                                        "tmpfs": [
                                          {"containerPath": "/srv/cache", "size": 64}
                                        ]
                                      },""", ""),
                        "path-not-permitted",
                        "user node (uid 1000) cannot write /srv/cache: the tmpfs's directory is root:root 0755",
                        "put `, \"mountOptions\": [\"uid=1000\", \"gid=1000\"]` after `\"size\": 64` in line 9");
    }

    @Test
    void theReadOnlyOptionOfATmpfsIsRemoved() throws Exception {
        needing("/cache")
                .isFixedByHelp(
                        """
                        FROM node:22
                        USER node
                        """,
                        task("""

                                      "linuxParameters": {
                                        "tmpfs": [
                                          {"containerPath": "/cache", "size": 64, "mountOptions": ["noexec", "ro"]}
                                        ]
                                      },""", ""),
                        "path-not-writable",
                        "user node (uid 1000) cannot write /cache: the mount at /cache is read-only",
                        "remove `\"ro\"` from line 9");
    }

    @Test
    void aContainerWithoutDockerfileGetsATmpfs() throws Exception {
        withDockerfile = false;
        needing("/var/cache/app")
                .isFixedByHelp(
                        "",
                        task("\n      \"user\": \"1000\",", "").replace("<IMAGE1_NAME>", "node:22"),
                        "path-not-writable",
                        "uid 1000 cannot write /var/cache/app: "
                                + "nothing is mounted there, and the root file system is read-only",
                        """
                        put these lines above line 6:
                              "linuxParameters": {
                                "tmpfs": [
                                  {
                                    "containerPath": "/var/cache/app",
                                    "size": 64,
                                    "mountOptions": ["uid=1000", "gid=1000", "mode=0755"]
                                  }
                                ]
                              },
                        note: the size is in MiB""");
    }

    @Test
    void aHomeThatCannotBeEnteredIsOpened() throws Exception {
        needing("/root/.cache")
                .isFixedByHelp(
                        """
                        FROM node:22
                        USER node
                        """,
                        PLAIN_TASK,
                        "path-not-permitted",
                        "user node (uid 1000) cannot write /root/.cache: "
                                + "directory /root is root:root 0700: the user cannot enter it",
                        """
                        put these lines above line 2 of Dockerfile:
                        RUN chmod a+x /root && mkdir -p /root/.cache && chown node /root/.cache && chmod 755 /root/.cache
                        VOLUME /root/.cache""");
    }

    @Test
    void aVolumeBehindALinkIsSpelledByItsTarget() throws Exception {
        needing("/var/run")
                .isFixedByHelp(
                        """
                        FROM node:22
                        VOLUME /var/run
                        USER node
                        """,
                        PLAIN_TASK,
                        "path-not-permitted",
                        "user node (uid 1000) cannot write /var/run (/var/run is a link to /run): the volume's directory is root:root 0755",
                        "write `/run` instead of `/var/run` in line 2, and put `RUN chown node /run` above line 2: "
                                + "on FARGATE, a VOLUME through a symbolic link does not get the owner of the image's directory");
    }

    @Test
    void anUnknownOwnerIsSetExplicitly() throws Exception {
        needing("/var/lib/team")
                .isFixedByHelp(
                        """
                        FROM node:22
                        VOLUME /var/lib/team
                        USER node
                        """,
                        PLAIN_TASK,
                        "path-access-unknown",
                        "cannot determine whether user node (uid 1000) can write /var/lib/team: "
                                + "the files of base image node:22 are only partly known",
                        "for a definite answer, put `RUN mkdir -p /var/lib/team && chown node /var/lib/team"
                                + " && chmod 755 /var/lib/team` above line 2");
    }

    @Test
    void anUnusedVolumeIsMounted() throws Exception {
        on(Platform.FARGATE)
                .needing("/cache")
                .isFixedByHelp(
                        """
                        FROM debian:13
                        CMD ["sleep", "60"]
                        """,
                        task("", "\n  \"volumes\": [{\"name\": \"cache\"}],"),
                        "path-not-writable",
                        "user root (uid 0) cannot write /cache: "
                                + "volume cache is defined, but no container mounts it",
                        "put `\"mountPoints\": [{\"sourceVolume\": \"cache\", \"containerPath\": \"/cache\"}],`"
                                + " above line 7");
    }

    @Test
    void anotherTmpfsIsInsertedAboveTheFirst() throws Exception {
        withDockerfile = false;
        needing("/run", "/cache")
                .isFixedByHelp(
                        "",
                        task("""

                                              "linuxParameters": {
                                                "tmpfs": [
                                                  {"containerPath": "/run", "size": 64}
                                                ]
                                              },""", "").replace("<IMAGE1_NAME>", "debian:13"),
                        "path-not-writable",
                        "user root (uid 0) cannot write /cache: "
                                + "nothing is mounted there, and the root file system is read-only",
                        "put `{\"containerPath\": \"/cache\", \"size\": 64},` above line 9: the size is in MiB");
    }

    @Test
    void aVolumeThatAnUnknownBaseMayDeclareIsDeclared() throws Exception {
        needing("/data")
                .isFixedByHelp(
                        """
                        FROM registry.example.com/team/base:1
                        USER 1000
                        """,
                        PLAIN_TASK,
                        "path-access-unknown",
                        "cannot determine whether uid 1000 can write /data: "
                                + "base image registry.example.com/team/base:1 may declare a VOLUME there: its configuration is not known",
                        """
                        for a definite answer, put these lines below line 2 of Dockerfile:
                        USER root
                        RUN mkdir -p /data && chown 1000 /data && chmod 755 /data
                        USER 1000
                        VOLUME /data""");
    }

    @Test
    void theFlagOfASidecarIsSet() throws Exception {
        withDockerfile = false;
        isFixedByHelp(
                "",
                task("", "")
                        .replace("<IMAGE1_NAME>", "debian:13")
                        .replace("\"readonlyRootFilesystem\": true", "\"readonlyRootFilesystem\": false"),
                "root-not-read-only",
                "readonlyRootFilesystem of container app is false: "
                        + "an attacker in the container could modify or add programs (Security Hub ECS.5)",
                "say with imageFacts or writablePaths in <containers> what container app writes, then set `\"readonlyRootFilesystem\": true` in line 7");
    }

    @Test
    void anOptionIsAddedAfterTheExistingOnes() throws Exception {
        needing("/srv/cache")
                .isFixedByHelp(
                        """
                        FROM node:22
                        RUN mkdir -p /srv/cache
                        USER node
                        """,
                        task("""

                                      "linuxParameters": {
                                        "tmpfs": [
                                          {"containerPath": "/srv/cache", "size": 64, "mountOptions": ["noexec", "nosuid"]}
                                        ]
                                      },""", ""),
                        "path-not-permitted",
                        "user node (uid 1000) cannot write /srv/cache: the tmpfs's directory is root:root 0755",
                        "put `, \"uid=1000\", \"gid=1000\"` after `\"nosuid\"` in line 9");
    }

    @Test
    void aTmpfsIsAddedToTheExistingLinuxParameters() throws Exception {
        withDockerfile = false;
        needing("/cache")
                .isFixedByHelp(
                        "",
                        task("""

                                      "linuxParameters": {
                                        "initProcessEnabled": true
                                      },""", "").replace("<IMAGE1_NAME>", "debian:13"),
                        "path-not-writable",
                        "user root (uid 0) cannot write /cache: "
                                + "nothing is mounted there, and the root file system is read-only",
                        "put `\"tmpfs\": [{\"containerPath\": \"/cache\", \"size\": 64}],` above line 8: "
                                + "the size is in MiB");
    }

    @Test
    void aMountPointIsAddedToTheOthers() throws Exception {
        on(Platform.FARGATE)
                .needing("/cache", "/data")
                .isFixedByHelp(
                        """
                        FROM debian:13
                        CMD ["sleep", "60"]
                        """,
                        task("""

                                      "mountPoints": [
                                        {"sourceVolume": "data", "containerPath": "/data"}
                                      ],""", "\n  \"volumes\": [{\"name\": \"data\"}, {\"name\": \"cache\"}],"),
                        "path-not-writable",
                        "user root (uid 0) cannot write /cache: "
                                + "volume cache is defined, but no container mounts it",
                        "put `{\"sourceVolume\": \"cache\", \"containerPath\": \"/cache\"},` above line 9");
    }

    @Test
    void aVolumeOfASidecarIsPreparedByAContainerThatRunsFirst() throws Exception {
        withDockerfile = false;
        needing("/data")
                .isFixedByHelp(
                        "",
                        """
                        {
                          "family": "shop",
                          "volumes": [{"name": "data"}],
                          "containerDefinitions": [
                            {
                              "name": "app",
                              "image": "debian:13",
                              "user": "1000",
                              "readonlyRootFilesystem": true,
                              "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]
                            },
                            {
                              "name": "log",
                              "image": "debian:13",
                              "readonlyRootFilesystem": true,
                              "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]
                            }
                          ]
                        }
                        """,
                        "path-not-permitted",
                        "uid 1000 cannot write /data: the volume's directory is root:root 0755",
                        """
                        put `"dependsOn": [{"containerName": "own-data-1000", "condition": "SUCCESS"}],` above line 7, \
                        and put these lines above line 5:
                            {
                              "name": "own-data-1000",
                              "image": "public.ecr.aws/docker/library/busybox:stable",
                              "essential": false,
                              "user": "0",
                              "readonlyRootFilesystem": true,
                              "command": ["sh", "-c", "chown 1000 /volume && touch /volume/.owned"],
                              "mountPoints": [{"sourceVolume": "data", "containerPath": "/volume"}],
                              "memory": 64
                            },
                        note: container own-data-1000 runs first and gives the volume to uid 1000""");
    }

    @Test
    void readOnlyVolumesFromIsMadeWritable() throws Exception {
        withDockerfile = false;
        needing("/data")
                .isFixedByHelp(
                        "",
                        """
                        {
                          "family": "shop",
                          "volumes": [{"name": "data"}],
                          "containerDefinitions": [
                            {
                              "name": "app",
                              "image": "debian:13",
                              "readonlyRootFilesystem": true,
                              "volumesFrom": [{"sourceContainer": "seed", "readOnly": true}]
                            },
                            {
                              "name": "seed",
                              "image": "debian:13",
                              "readonlyRootFilesystem": true,
                              "mountPoints": [{"sourceVolume": "data", "containerPath": "/data"}]
                            }
                          ]
                        }
                        """,
                        "path-not-writable",
                        "user root (uid 0) cannot write /data: the mount at /data is read-only",
                        "set `\"readOnly\": false` in line 9");
    }
}
