// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.fix.Fix;
import io.github.readonlyrootfs.observe.ContainerTrial.Outcome;
import io.github.readonlyrootfs.observe.Engine.NoEngineException;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Trials with an engine that is a script. */
@DisabledOnOs(OS.WINDOWS)
class ContainerTrialTest {

    private static final String UP = "exec sleep 30";

    @TempDir
    Path directory;

    private final List<String> said = new ArrayList<>();
    private Path path;
    private Path calls;
    private RunSettings settings = TestSettings.upFor(Duration.ofMillis(1500));

    @BeforeEach
    void aTask() throws IOException {
        path = Files.createDirectory(directory.resolve("bin"));
        calls = directory.resolve("calls");
        Files.writeString(directory.resolve("Dockerfile"), "FROM debian:13\nCMD [\"sleep\", \"9\"]\n");
        task("");
    }

    private void task(String members) throws IOException {
        Files.writeString(
                directory.resolve("taskdef.json"),
                "{\"containerDefinitions\": [{\"name\": \"app\", \"image\": \"<IMAGE1_NAME>\"" + members + "}]}");
    }

    /** An engine that writes its arguments down, in brackets, and then does what a script says, by its command. */
    private void engine(String name, String... commands) throws IOException {
        StringBuilder script = new StringBuilder("#!/bin/sh\nfor word; do printf '[%s]' \"$word\"; done >> " + calls
                + "\necho >> " + calls + "\ncase $1 in\n");
        for (String command : commands) {
            String[] parts = command.split(": ", 2);
            script.append(parts[0]).append(") ").append(parts[1]).append(" ;;\n");
        }
        Path file = Files.writeString(path.resolve(name), script + "esac\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Outcome outcome() throws Exception {
        return outcome(Map.of());
    }

    private Outcome outcome(Map<String, String> buildArgs) throws Exception {
        Fix fix = Fix.of(
                new RequestBuilder(directory.resolve("taskdef.json"))
                        .dockerfile(new DockerfileBuild(
                                new NamedFile(directory.resolve("Dockerfile"), "Dockerfile"),
                                Optional.of(directory),
                                Optional.empty(),
                                buildArgs))
                        .writablePaths("/tmp")
                        .build(),
                directory,
                Set.of());
        try (EngineSession session = EngineSession.open(Engine.find(path.toString()))) {
            return ContainerTrial.of(session, settings, said::add, fix.toTry().get(0));
        }
    }

    private List<String> called() throws IOException {
        return Files.readString(calls)
                .replaceAll("readonly-rootfs-run-[0-9a-f]{8}-[0-9]+-[0-9]+-[0-9]+-[0-9]+", "NAME")
                .lines()
                .toList();
    }

    @Test
    void aContainerThatStaysUpWorksAndNothingOfItIsLeft() throws Exception {
        engine("docker", "wait: " + UP, "inspect: echo true 0");
        task(", \"user\": \"1000\", \"workingDirectory\": \"/srv/$(touch x)\", \"command\": [\"sleep\", \"a b\"],"
                + " \"environment\": [{\"name\": \"MODE\", \"value\": \"two words\"}],"
                + " \"secrets\": [{\"name\": \"TOKEN\", \"valueFrom\": \"arn:aws:x\"}]");

        assertThat(outcome().text())
                .isEqualTo(
                        "was not started: nothing gives its variables a value: TOKEN; write NAME=value lines into a file");
        Files.delete(calls);
        settings = TestSettings.of(Optional.of(Duration.ofMillis(1500)), Duration.ofMinutes(2), Map.of("TOKEN", "x"));

        assertThat(outcome()).isEqualTo(new Outcome(true, "started read-only: still up after 1 s"));
        assertThat(called())
                .containsExactly(
                        "[--version]",
                        "[ps][-q]",
                        "[version]",
                        "[ps][-a][--filter][label=io.github.readonly-rootfs.run][--format][{{.Names}}]",
                        "[volume][ls][--filter][label=io.github.readonly-rootfs.run][--format][{{.Name}}]",
                        "[images][--filter][label=io.github.readonly-rootfs.run][--format][{{.Repository}} {{.ID}}]",
                        "[build][-q][--label][io.github.readonly-rootfs.run][-t][NAME][-f][" + directory
                                + "/Dockerfile][" + directory + "]",
                        "[run][-d][--name][NAME][--network][none]"
                                + "[--label][io.github.readonly-rootfs.run][--log-driver][json-file][--log-opt]"
                                + "[max-size=10m][--read-only][--user][1000][--workdir]"
                                + "[/srv/$(touch x)][--env][MODE][--env][TOKEN][NAME][sleep][a b]",
                        "[wait][NAME]",
                        "[inspect][--format][{{.State.Running}} {{.State.ExitCode}}][NAME]",
                        "[logs][--tail][2000][NAME]",
                        "[rm][-f][-v][NAME]",
                        "[rmi][NAME]");
    }

    @Test
    void aContainerThatIsNotUpAfterTheTimeDoesNotWork() throws Exception {
        engine("docker", "wait: " + UP, "inspect: echo false 1");

        assertThat(outcome().works()).isFalse();
    }

    @Test
    void theEndOfAContainerIsToldWithTheLineAboutARefusedWriteAndWithoutSecrets() throws Exception {
        engine(
                "docker",
                "wait: echo 1",
                "logs: printf '%s\\n' \"login hunter as x1y2z3 failed: can't create /run/app.pid: Read-only file system\" 'at Main'");
        task(", \"environment\": [{\"name\": \"PASSWORD\", \"value\": \"hunter\"}]");

        assertThat(outcome())
                .isEqualTo(new Outcome(
                        false,
                        "started read-only: exited 1 after 0 s: login *** as *** failed: can't create /run/app.pid: Read-only"
                                + " file system; with a writable root it does not do its job either"));
        assertThat(called()).endsWith("[logs][--tail][2000][NAME]", "[rm][-f][-v][NAME]", "[rmi][NAME]");
    }

    @Test
    void aJobIsDoneIfItEndsWell() throws Exception {
        engine("docker", "wait: echo 0");

        assertThat(outcome()).isEqualTo(new Outcome(true, "started read-only: ended with exit code 0 after 0 s"));
    }

    @Test
    void aFailingBuildAndAContainerThatDoesNotStartAreToldApart() throws Exception {
        engine("docker", "build: echo 'ERROR: failed to solve: exit code: 1'; exit 1");
        assertThat(outcome())
                .isEqualTo(
                        new Outcome(false, "was not started: the build failed: ERROR: failed to solve: exit code: 1"));
        assertThat(called()).doesNotContain("[wait][NAME]").endsWith("[rmi][NAME]");

        engine("docker", "run: echo 'docker: Error response from daemon: is a directory.' >&2; exit 125");
        assertThat(outcome())
                .isEqualTo(new Outcome(false, "did not start: docker: Error response from daemon: is a directory."));
    }

    @Test
    void aContainerWhoseRootIsReadOnlyAlreadyIsTriedToo() throws Exception {
        engine("docker", "wait: echo 0");
        Files.writeString(directory.resolve("Dockerfile"), "FROM debian:13\nVOLUME /tmp\nCMD [\"sleep\", \"9\"]\n");
        task(", \"readonlyRootFilesystem\": true");

        assertThat(outcome().works()).isTrue();
    }

    @Test
    void aCommandThatIsNotKnownIsNotStarted() throws Exception {
        engine("docker");
        task(", \"command\": \"${COMMAND}\"");

        assertThat(outcome().text()).isEqualTo("was not started: its command is not completely known");
    }

    @Test
    void theFirstEngineThatAnswersIsTakenAndPodmansOwnWritableDirectoriesAreSwitchedOff() throws Exception {
        engine("docker", "ps: exit 1");
        engine("podman", "--version: echo podman version 5.4.2", "wait: echo 0");

        assertThat(outcome().works()).isTrue();
        assertThat(called()).anyMatch(call -> call.contains("[--read-only][--read-only-tmpfs=false]"));
    }

    @Test
    void aDockerThatIsPodmanIsTreatedAsPodman() throws Exception {
        engine("docker", "--version: echo podman version 5.4.2", "wait: echo 0");

        assertThat(outcome().works()).isTrue();
        assertThat(called()).anyMatch(call -> call.contains("[--read-only][--read-only-tmpfs=false]"));
    }

    /** Its interface for Docker makes /tmp writable, and has no switch for it. */
    @Test
    void dockersCommandLineIsNotTakenIfPodmanAnswersIt() throws Exception {
        engine("docker", "--version: echo Docker version 27.0", "version: echo ' Podman Engine:'", "wait: echo 0");
        assertThatThrownBy(this::outcome)
                .isInstanceOf(NoEngineException.class)
                .hasMessage(
                        "docker: Podman answers, which only podman itself can tell to make the whole root read-only");

        engine("podman", "--version: echo podman version 5.4.2", "wait: echo 0");
        assertThat(outcome().works()).isTrue();
    }

    @Test
    void theValueOfABuildArgumentIsNotShown() throws Exception {
        Files.writeString(directory.resolve("Dockerfile"), "FROM debian:13\nARG TOKEN\n");
        engine("docker", "build: echo 'no access with chimichanga'; exit 1");

        assertThat(outcome(Map.of("TOKEN", "chimichanga")).text())
                .isEqualTo("was not started: the build failed: no access with ***");
    }

    /** Other users of the machine see the arguments of every process. */
    @Test
    void noValueIsAnArgumentOfTheEngineAndTheEngineKeepsItsOwnSettings() throws Exception {
        Files.writeString(directory.resolve("Dockerfile"), "FROM debian:13\nARG TOKEN\n");
        engine("docker", "build: echo \"$TOKEN\"", "run: echo \"$HOME/$LINES\"; echo \"$KEY\"; exit 1");
        task(", \"environment\": [{\"name\": \"KEY\", \"value\": \"-----\\nchimichanga\\nenchilada\"},"
                + " {\"name\": \"HOME\", \"value\": \"/srv\"}]");

        assertThat(outcome(Map.of("TOKEN", "tostada", "PATH", "/opt/bin:/bin")).text())
                .isEqualTo("did not start: ***");
        assertThat(Files.readString(calls))
                .contains("[--build-arg][PATH=/opt/bin:/bin][--build-arg][TOKEN]")
                .contains("[--env][HOME=/srv][--env][KEY]")
                .doesNotContain("chimichanga", "enchilada", "tostada");
        try (Stream<Path> left = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            assertThat(left.map(file -> String.valueOf(file.getFileName())))
                    .noneMatch(name -> name.startsWith("readonly-rootfs") && name.endsWith(".env"));
        }
    }

    /** A container may print without end. */
    @Test
    void ofALongLogTheEndIsRead() throws Exception {
        engine(
                "docker",
                "wait: echo 1",
                "logs: head -c 30000000 /dev/zero | tr '\\0' 'x'; echo; echo cannot open /run/x: Read-only file system");

        assertThat(outcome().text())
                .startsWith("started read-only: exited 1 after 0 s: cannot open /run/x: Read-only file system");
    }

    @Test
    void withoutAnEngineTheReasonIsTold() throws Exception {
        assertThatThrownBy(this::outcome)
                .isInstanceOf(NoEngineException.class)
                .hasMessage("neither docker nor podman nor nerdctl nor finch is on the PATH");

        engine("docker", "ps: echo 'Cannot connect to the Docker daemon at unix:///var/run/docker.sock.'; exit 1");
        assertThatThrownBy(this::outcome)
                .isInstanceOf(NoEngineException.class)
                .hasMessage("docker: Cannot connect to the Docker daemon at unix:///var/run/docker.sock.");
    }

    @Test
    void anEngineThatThisUserMayNotUseIsSaidToBe() throws Exception {
        engine(
                "docker",
                "ps: echo 'permission denied while trying to connect to the docker API at unix:///var/run/docker.sock'; exit 1");

        assertThatThrownBy(this::outcome)
                .isInstanceOf(NoEngineException.class)
                .hasMessage(
                        "docker: this user may not use it (permission denied while trying to connect to the docker API"
                                + " at unix:///var/run/docker.sock): join the group of its socket, or use a rootless engine");
    }

    @Test
    void aBaseImageThatCannotBePulledIsSaidToBe() throws Exception {
        engine("docker", "build: echo 'ERROR: failed to resolve source metadata for registry'; exit 1");

        assertThat(outcome().text())
                .isEqualTo("was not started: its base image is not here and cannot be pulled: pull it, or log in to its"
                        + " registry: ERROR: failed to resolve source metadata for registry");
    }

    @Test
    void aPortOfTheTaskThatNothingListensOnIsTold() throws Exception {
        settings = TestSettings.of(Optional.empty(), Duration.ofSeconds(1));
        engine(
                "docker",
                "inspect: echo true 0",
                "exec: echo '  sl  local_address'",
                "run: echo $* > " + path + "/last");
        task(", \"portMappings\": [{\"containerPort\": 8080}, {\"containerPort\": 53, \"protocol\": \"udp\"}]");

        assertThat(outcome().text())
                .isEqualTo(
                        "started read-only: not ready after 1 s: it printed nothing; nothing listens on port 8080; with a"
                                + " writable root it does not do its job either");

        engine(
                "docker",
                "inspect: echo true 0",
                "exec: echo '  sl  local_address'; echo ' 0: 00:1F90 00:0 0A x'",
                "wait: " + UP);
        assertThat(outcome()).isEqualTo(new Outcome(true, "started read-only: ready after 0 s"));
    }

    private void tasks(String members, String app, String... others) throws IOException {
        Files.writeString(
                directory.resolve("taskdef.json"),
                "{" + members + "\"containerDefinitions\": [{\"name\": \"app\", \"image\": \"<IMAGE1_NAME>\"" + app
                        + "}, " + String.join(", ", others) + "]}");
    }

    private List<String> started() throws IOException {
        return called().stream()
                .filter(call -> call.matches("\\[(?:run|wait|exec)].*"))
                .map(call -> call.replaceFirst("\\[--label].*json-file]\\[--log-opt]\\[max-size=10m]", ""))
                .toList();
    }

    /** Each waits for what it depends on itself, whoever else depends on it. */
    @Test
    void eachContainerWaitsForItsOwnConditionsInTheNetworkOfTheTask() throws Exception {
        engine("docker", "wait: echo 0", "inspect: echo true 0");
        tasks(
                "\"networkMode\": \"awsvpc\", ",
                ", \"dependsOn\": [{\"containerName\": \"db\", \"condition\": \"START\"},"
                        + " {\"containerName\": \"migrate\", \"condition\": \"SUCCESS\"}]",
                "{\"name\": \"db\", \"image\": \"db:1\", \"healthCheck\": {\"command\": [\"CMD\", \"ping\"]}}",
                "{\"name\": \"migrate\", \"image\": \"migrate:1\", \"dependsOn\": [{\"containerName\": \"db\","
                        + " \"condition\": \"HEALTHY\"}]}");

        assertThat(outcome().text()).startsWith("started read-only: ended with exit code 0");
        assertThat(started())
                .containsExactly(
                        "[run][-d][--name][NAME][--network][none][db:1]",
                        "[exec][NAME][ping]",
                        "[run][-d][--name][NAME][--network][container:NAME][migrate:1]",
                        "[wait][NAME]",
                        "[run][-d][--name][NAME][--network][container:NAME][--read-only][NAME]",
                        "[wait][NAME]");

        Files.delete(calls);
        tasks(
                "\"networkMode\": \"bridge\", ",
                ", \"dependsOn\": [{\"containerName\": \"db\", \"condition\": \"START\"}]",
                "{\"name\": \"db\", \"image\": \"db:1\"}");
        outcome();
        assertThat(started()).noneMatch(call -> call.contains("container:"));
    }

    @Test
    void aContainerThatIsNeededAndDoesNotGetWhereItHasToBeIsTold() throws Exception {
        engine("docker", "wait: echo 3", "logs: echo no table", "inspect: echo true 0");
        tasks(
                "",
                ", \"dependsOn\": [{\"containerName\": \"migrate\", \"condition\": \"SUCCESS\"}]",
                "{\"name\": \"migrate\", \"image\": \"migrate:1\"}");

        assertThat(outcome())
                .isEqualTo(new Outcome(false, "did not start: container migrate did not end well: no table"));
    }

    @Test
    void aUseThatDoesNotEndIsStoppedAndToldAndNothingOfItIsLeft() throws Exception {
        settings = TestSettings.used("curl localhost", "curl:8");
        engine("docker", "wait: " + UP, "inspect: echo true 0", "run: case $2 in --rm) " + UP + " ;; esac");

        assertThat(outcome().text())
                .startsWith("started read-only: still up after 0 s; drive did not end: it took too long");
        // The container and the one that used it, with either root.
        assertThat(called()).filteredOn("[rm][-f][-v][NAME]"::equals).hasSize(4);
        assertThat(called()).last().isEqualTo("[rmi][NAME]");
    }

    /** Its nocopy only prints a warning. */
    @Test
    void nerdctlDoesNotStandForAPlatformThatLeavesASharedVolumeEmpty() throws Exception {
        engine("nerdctl", "--version: echo nerdctl version 2.3.5", "wait: echo 0");
        String mount = ", \"mountPoints\": [{\"sourceVolume\": \"a\", \"containerPath\": \"/a\"}]";
        Files.writeString(
                directory.resolve("taskdef.json"),
                "{\"requiresCompatibilities\": [\"FARGATE\"], \"volumes\": [{\"name\": \"a\"}], \"containerDefinitions\": ["
                        + "{\"name\": \"app\", \"image\": \"<IMAGE1_NAME>\"" + mount + "},"
                        + "{\"name\": \"other\", \"image\": \"busybox:1.36\"" + mount + "}]}");

        assertThat(outcome().text())
                .isEqualTo(
                        "was not started: nerdctl 2.3.5 fills the volume at /a from the image, which ECS leaves empty; use"
                                + " docker or podman");
    }

    /** The options that its command reference has. */
    private static final Map<String, String> OF_NERDCTL = Map.ofEntries(
            Map.entry(
                    "run",
                    "-d --rm --name --network --label --log-driver --log-opt --read-only --user --workdir --cap-add --cap-drop"
                            + " --init --ulimit --tmpfs --volume --volumes-from --env --entrypoint"),
            Map.entry("build", "-q --label -t -f --target --build-arg"),
            Map.entry("ps", "-a -q --filter --format"),
            Map.entry("volume", "--filter --format --label -f"),
            Map.entry("images", "--filter --format"),
            Map.entry("inspect", "--format"),
            Map.entry("logs", "--tail"),
            Map.entry("rm", "-f -v"),
            Map.entry("wait", ""),
            Map.entry("exec", ""),
            Map.entry("rmi", ""));

    @Test
    void noOptionIsUsedThatNerdctlLacks() throws Exception {
        settings = TestSettings.used("curl localhost", "curl:8");
        engine("nerdctl", "--version: echo nerdctl version 2.3.5", "wait: " + UP, "inspect: echo true 0");
        tasks(
                "\"requiresCompatibilities\": [\"EC2\"], \"volumes\": [{\"name\": \"a\"}], ",
                ", \"user\": \"7\", \"workingDirectory\": \"/srv\", \"entryPoint\": [\"serve\"], \"environment\": [{\"name\":"
                        + " \"A\", \"value\": \"b\"}], \"mountPoints\": [{\"sourceVolume\": \"a\", \"containerPath\": \"/a\"}],"
                        + " \"volumesFrom\": [{\"sourceContainer\": \"db\"}], \"ulimits\": [{\"name\": \"nofile\","
                        + " \"softLimit\": 9, \"hardLimit\": 9}], \"linuxParameters\": {\"initProcessEnabled\": true,"
                        + " \"capabilities\": {\"drop\": [\"ALL\"], \"add\": [\"CHOWN\"]}, \"tmpfs\": [{\"containerPath\":"
                        + " \"/t\", \"size\": 9}]}, \"dependsOn\": [{\"containerName\": \"db\", \"condition\": \"HEALTHY\"}]",
                "{\"name\": \"db\", \"image\": \"db:1\", \"healthCheck\": {\"command\": [\"CMD\", \"ping\"]},"
                        + " \"mountPoints\": [{\"sourceVolume\": \"a\", \"containerPath\": \"/b\"}]}");

        assertThat(outcome(Map.of("V", "1")).text()).startsWith("started read-only: still up");
        Pattern option = Pattern.compile("\\[(--?[a-z-]+)(?==|])");
        for (String call : called()) {
            List<String> words = List.of(call.substring(1, call.length() - 1).split("]\\["));
            assertThat(option.matcher(call.replace("[-c]", "")).results().map(each -> each.group(1)))
                    .as(call)
                    .isSubsetOf(List.of((OF_NERDCTL.getOrDefault(words.get(0), "") + " --version").split(" ")));
            assertThat(OF_NERDCTL.containsKey(words.get(0)) || call.matches("\\[-*version]"))
                    .isTrue();
        }
        assertThat(called())
                .anyMatch(call -> call.contains("[--volumes-from]"))
                .anyMatch(call -> call.contains("[--rm]"));
    }

    @Test
    void finchBuildsWithTheValuesOfBuildArguments() throws Exception {
        engine("finch", "--version: echo finch version v1.13.0", "wait: echo 0");

        assertThat(outcome(Map.of("VERSION", "17")).works()).isTrue();
        assertThat(Files.readString(calls)).contains("[--build-arg][VERSION=17]");
    }
}
