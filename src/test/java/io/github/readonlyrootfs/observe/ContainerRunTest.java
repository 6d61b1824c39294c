// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.fix.Fix;
import io.github.readonlyrootfs.remedy.MountWith;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands with which a developer tries what was fixed. */
class ContainerRunTest {

    @TempDir
    Path directory;

    private List<String> trials(String dockerfile, String container) throws Exception {
        return trials(dockerfile, container, "", MountWith.AUTO);
    }

    private List<String> trials(String dockerfile, String container, String task, MountWith with) throws Exception {
        Path taskDefinition = Files.writeString(
                directory.resolve("taskdef.json"),
                "{" + task + "\"containerDefinitions\": [{\"name\": \"app\", \"image\": \"<IMAGE1_NAME>\"" + container
                        + "}]}");
        Path file = Files.writeString(directory.resolve("Dockerfile"), dockerfile);
        Fix fix = Fix.of(
                new RequestBuilder(taskDefinition)
                        .dockerfile(file)
                        .writablePaths("/tmp")
                        .mountWith(with)
                        .build(),
                directory,
                Set.of());
        fix.write();
        return fix.runs().stream()
                .map(run -> run.shown(path -> directory.relativize(path).toString()))
                .toList();
    }

    @Test
    void anImageOfTheProjectIsBuiltAndItsVolumesNeedNoOption() throws Exception {
        assertThat(trials("FROM debian:13\nCMD [\"sleep\", \"9\"]\n", ""))
                .containsExactly("docker run --rm --read-only $(docker build -q .)");
    }

    @Test
    void theMountsTheUserTheCapabilitiesAndTheDirectoryAreThoseOfTheTask() throws Exception {
        String container = """
                , "user": "1000:1000", "workingDirectory": "/srv/my app",
                "mountPoints": [{"sourceVolume": "a", "containerPath": "/a"},
                  {"sourceVolume": "b", "containerPath": "/etc/b", "readOnly": true}],
                "ulimits": [{"name": "nofile", "softLimit": 1024, "hardLimit": 4096}],
                "linuxParameters": {"capabilities": {"drop": ["ALL"], "add": ["CHOWN"]}, "initProcessEnabled": true,
                  "tmpfs": [{"containerPath": "/run", "size": 16, "mountOptions": ["uid=1000", "mode=0700"]}]}""";

        assertThat(trials(
                        "FROM debian:13\n",
                        container,
                        "\"requiresCompatibilities\": [\"EC2\"], \"volumes\": [{\"name\": \"a\"}, {\"name\": \"b\","
                                + " \"host\": {\"sourcePath\": \"/opt/b\"}}], ",
                        MountWith.TMPFS))
                .containsExactly("docker run --rm --read-only --user 1000:1000 --workdir '/srv/my app' --cap-drop ALL"
                        + " --cap-add CHOWN --init --ulimit=nofile=1024:4096 --tmpfs /tmp:uid=1000,gid=1000,size=64m"
                        + " --tmpfs /run:uid=1000,mode=0700,size=16m --volume /a --tmpfs"
                        + " /etc/b:ro $(docker build -q .)");
    }

    @Test
    void onFargateAnEmptyVolumeIsRootsAsANewTmpfsIs() throws Exception {
        assertThat(trials(
                        "FROM debian:13\n",
                        ", \"mountPoints\": [{\"sourceVolume\": \"a\", \"containerPath\": \"/a\"}]",
                        "\"requiresCompatibilities\": [\"FARGATE\"], \"volumes\": [{\"name\": \"a\"}], ",
                        MountWith.AUTO))
                .containsExactly("docker run --rm --read-only --tmpfs /a:mode=0755,exec $(docker build -q .)");
    }

    @Test
    void variablesAreNamedWithoutTheirValuesAndACommandThatMayHoldASecretIsLeftOut() throws Exception {
        String container = """
                , "entryPoint": ["sh", "-c"], "command": ["login --password hunter2"],
                "environment": [{"name": "DB_PASSWORD", "value": "hunter2"}],
                "secrets": [{"name": "TOKEN", "valueFrom": "arn:aws:ssm:eu-west-1:1:parameter/hunter2"}]""";

        assertThat(trials("FROM debian:13\n", container))
                .containsExactly("docker run --rm --read-only --env DB_PASSWORD --env TOKEN --entrypoint sh"
                        + " $(docker build -q .) -c COMMAND");
    }

    @Test
    void aContainerThatWasNotChangedIsNotTried() throws Exception {
        assertThat(trials(
                        "FROM debian:13\nVOLUME /tmp\nCMD [\"sleep\", \"9\"]\n", ", \"readonlyRootFilesystem\": true"))
                .isEmpty();
    }

    @Test
    void containersOfOneNameInTwoTaskDefinitionsAreBothTried() throws Exception {
        Path template = Files.writeString(directory.resolve("template.yaml"), """
                Resources:
                  Web:
                    Type: AWS::ECS::TaskDefinition
                    Properties:
                      ContainerDefinitions:
                        - {Name: app, Image: 'busybox:1.36', Command: [sleep, '9']}
                  Worker:
                    Type: AWS::ECS::TaskDefinition
                    Properties:
                      ContainerDefinitions:
                        - {Name: app, Image: 'busybox:1.36', Command: [sleep, '8']}
                """);
        Fix fix = Fix.of(new RequestBuilder(template).containers("app", "none").build(), directory, Set.of());

        assertThat(fix.runs().stream()
                        .map(run -> run.name() + ": " + run.shown(Path::toString))
                        .toList())
                .containsExactly(
                        "app of Web: docker run --rm --read-only busybox:1.36 sleep 9",
                        "app of Worker: docker run --rm --read-only busybox:1.36 sleep 8");
    }
}
