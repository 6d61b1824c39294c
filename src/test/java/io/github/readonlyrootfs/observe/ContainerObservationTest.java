// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.need.observed.NeedsRecord;
import io.github.readonlyrootfs.observe.ContainerObservation.Seen;
import io.github.readonlyrootfs.observe.ContainerTrial.NothingSeenException;
import io.github.readonlyrootfs.request.CheckRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Observations with an engine that is a script: its containers do what their options let them do. */
@DisabledOnOs(OS.WINDOWS)
class ContainerObservationTest {

    private final List<String> progress = new ArrayList<>();

    @TempDir
    Path directory;

    private Map<String, String> values = Map.of();
    private Optional<Pattern> readyLog = Optional.empty();
    private int maxRuns = 40;
    private String task = "";
    private String volumes = "";
    private String image = "<IMAGE1_NAME>";

    @BeforeEach
    void dockerfile() throws IOException {
        Files.writeString(directory.resolve("Dockerfile"), "FROM debian:13\nCMD [\"/usr/sbin/serve\"]\n");
    }

    /**
     * An engine.
     *
     * @param program what its containers do, in shell: {@code writes PATH} is true where a path can be written
     */
    private void engine(String program) throws IOException {
        String script = """
                #!/bin/sh
                dir=DIRECTORY
                writes() {
                  [ "${options#*--read-only}" = "$options" ] && return
                  case $options in *":$1:ro"*) return 1 ;; *"--volume $1 "*|*"--tmpfs $1"*) return 0 ;; esac
                  [ -e $dir/declared ] && grep -qx "$1" $dir/declared
                }
                run() { PROGRAM
                }
                case $1 in
                --version) echo Docker version 26.1.5, build a72d7cd ;;
                run) options="$* "; echo "$options" >> $dir/runs; run "$@" > $dir/log 2>&1; echo $? > $dir/code
                  [ $(cat $dir/code) -lt 125 ] || { cat $dir/log; exit 125; } ;;
                wait) code=$(cat $dir/code); [ $code = 99 ] && exec sleep 60; [ $code = 98 ] && code=4; echo $code ;;
                inspect) code=$(cat $dir/code); [ $code = 99 ] || [ $code = 98 ] && echo true 0 || echo false $code ;;
                logs) cat $dir/log ;;
                diff) cat $dir/diff 2>/dev/null ;;
                cp) path=${2#*:}
                  case $path in /|/srv/up|/srv|/tmp|/var|/var/log) head -c 156 /dev/zero; printf 5; head -c 355 /dev/zero ;;
                  *) exit 1 ;; esac ;;
                image) [ "$4" = '{{.Id}}' ] && echo sha256:0f1e ;;
                esac
                exit 0
                """.replace("DIRECTORY", directory.toString()).replace("PROGRAM", program);
        Path file = Files.writeString(
                Files.createDirectories(directory.resolve("bin")).resolve("docker"), script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Seen seen() throws Exception {
        Files.writeString(
                directory.resolve("taskdef.json"),
                "{" + volumes + "\"containerDefinitions\": [{\"name\": \"app\", \"image\": \"" + image + "\"" + task
                        + "}]}");
        RequestBuilder builder = new RequestBuilder(directory.resolve("taskdef.json"));
        CheckRequest request =
                (image.startsWith("<") ? builder.dockerfile(directory.resolve("Dockerfile")) : builder).build();
        JudgedContainer on = ReadOnlyRootAnalysis.check(request).tasks().all().stream()
                .flatMap(JudgedContainer::linux)
                .findFirst()
                .orElseThrow();
        RunSettings settings = new RunSettings(
                readyLog,
                OptionalInt.empty(),
                Optional.of(Duration.ofMillis(300)),
                Duration.ofSeconds(5),
                Optional.empty(),
                Optional.empty(),
                RunSettings.NO_NETWORK,
                values);
        try (EngineSession session =
                EngineSession.open(Engine.find(directory.resolve("bin").toString()))) {
            return new ContainerObservation(session, settings, maxRuns, "2026-11-30", progress::add)
                    .of(ContainerRun.of(on, request), Map.of("task", "aa"), "FARGATE aa");
        }
    }

    private List<String> needs() throws Exception {
        return seen().container().needs().stream()
                .map(need -> need.path() + " " + need.impact().word() + ": " + need.without())
                .toList();
    }

    @Test
    void whatIsWrittenAndMissedIsNeededAndWhatIsOnlyComplainedAboutIsOptional() throws Exception {
        Files.writeString(directory.resolve("diff"), "C /srv\nC /srv/up\nA /srv/up/x\nC /var\nA /var/log/serve.log\n");
        engine("""
                writes /srv/up || { echo '/srv/up/x: Read-only file system'; return 3; }
                writes /var/log || echo 'no log: /var/log/serve.log'
                return 99""");

        assertThat(needs())
                .containsExactly(
                        "/srv/up fatal: exited 3 after 0 s: /srv/up/x: Read-only file system",
                        "/var/log optional: its log says: no log: /var/log/serve.log");
        assertThat(progress)
                .containsExactly(
                        "run 1, as the task says: exited 3 after 0 s: /srv/up/x: Read-only file system",
                        "run 2, with a writable root: still up after 0 s",
                        "run 3, with all 8 candidates writable: still up after 0 s",
                        "run 4, without /root, /run, /tmp, /var/cache and 2 more: still up after 0 s",
                        "run 5, without /srv/up, /var/log: exited 3 after 0 s: /srv/up/x: Read-only file system",
                        "run 6, without /srv/up: exited 3 after 0 s: /srv/up/x: Read-only file system",
                        "run 7, without /var/log: still up after 0 s",
                        "run 8, with only /srv/up: still up after 0 s");
    }

    /** Either narrow directory is enough, but not both. */
    @Test
    void narrowerDirectoriesAreTriedTogether() throws Exception {
        Files.writeString(directory.resolve("diff"), "A /var/x\n");
        task = ", \"workingDirectory\": \"/srv\"";
        engine("""
                case $options in *--read-only*" --volume "*) ;; *--read-only*) echo no; return 3 ;; esac
                writes /srv/up || writes /srv || { echo '/srv/up/x: Read-only file system'; return 3; }
                writes /var/log || writes /var || { echo '/var/log/x: Read-only file system'; return 3; }
                writes /srv || writes /var || return 4
                return 99""");

        assertThat(needs())
                .containsExactly(
                        "/srv/up fatal: exited 3 after 0 s: /srv/up/x: Read-only file system",
                        "/var fatal: exited 3 after 0 s: /var/log/x: Read-only file system");
        assertThat(progress)
                .contains(
                        "run 12, with /srv/up instead of /srv: still up after 0 s",
                        "run 13, with /var/log instead of /var: exited 4 after 0 s: it printed nothing");
    }

    /** A program whose runs are counted. */
    private void countingEngine(String program) throws IOException {
        engine("n=$(cat $dir/n 2> /dev/null || echo 0); n=$((n + 1)); echo $n > $dir/n\n" + program);
    }

    @Test
    void aRunThatFailsOnceByChanceMakesNothingNecessary() throws Exception {
        Files.writeString(directory.resolve("diff"), "A /srv/up/x\nA /var/log/y\n");
        countingEngine("[ $n = 5 ] && { echo too slow; return 3; }\n"
                + "writes /srv/up || { echo '/srv/up/x: Read-only file system'; return 3; }; return 99");

        assertThat(needs()).containsExactly("/srv/up fatal: exited 3 after 0 s: /srv/up/x: Read-only file system");

        Files.delete(directory.resolve("n"));
        progress.clear();
        countingEngine("[ $n = 4 ] && { echo too slow; return 3; }\n"
                + "writes /srv/up || { echo '/srv/up/x: Read-only file system'; return 3; }; return 99");
        assertThat(needs()).containsExactly("/srv/up fatal: exited 3 after 0 s: /srv/up/x: Read-only file system");
        assertThat(progress)
                .contains(
                        "run 4, without /root, /run, /tmp, /var/cache and 2 more: exited 3 after 0 s: too slow",
                        "run 5, without /root, /run, /tmp, /var/cache and 2 more, once more: still up after 0 s",
                        "run 6, without /root, /run, /tmp, /var/cache and 2 more, once more: still up after 0 s");
    }

    @Test
    void aRunThatWorksOnceByChanceMakesNothingUnnecessary() throws Exception {
        Files.writeString(directory.resolve("diff"), "A /srv/up/x\nA /var/log/y\n");
        countingEngine(
                "writes /srv/up || { echo '/srv/up/x: Read-only file system'; return 3; }\n"
                        + "[ $n = 7 ] || writes /var/log || { echo '/var/log/y: Read-only file system'; return 4; }; return 99");

        assertThat(needs())
                .containsExactly(
                        "/srv/up fatal: exited 3 after 0 s: /srv/up/x: Read-only file system",
                        "/var/log fatal: not in each run: exited 4 after 0 s: /var/log/y: Read-only file system");
    }

    @Test
    void whereTheDiskIsFullNothingIsRecorded() throws Exception {
        Files.writeString(directory.resolve("diff"), "A /srv/up/x\n");
        countingEngine(
                "[ $n -lt 4 ] || { echo 'docker: mkdir /var/lib/docker: no space left on device'; return 125; }\n"
                        + "writes /srv/up && return 99; return 3");

        assertThatThrownBy(this::seen)
                .isInstanceOf(NothingSeenException.class)
                .hasMessage(
                        "was not observed to the end, and nothing of it is recorded: the disk of docker 26.1.5 is full"
                                + " (did not start: docker: mkdir /var/lib/docker: no space left on device)");
    }

    /** The one beside it, which a later run could not start, may be why it does not work. */
    @Test
    void aContainerThatRanBesideItOnceIsNotLeftOutLater() throws Exception {
        Files.writeString(directory.resolve("diff"), "A /srv/up/x\n");
        volumes = "\"volumes\": [{\"name\": \"a\"}], ";
        String mount = ", \"mountPoints\": [{\"sourceVolume\": \"a\", \"containerPath\": \"/a\"}]";
        task = mount + "}, {\"name\": \"agent\", \"image\": \"agent:1\"" + mount;
        countingEngine("case $options in *agent:1*) [ $n = 7 ] && { echo busy; return 125; }; return 99 ;; esac\n"
                + "writes /srv/up && return 99; echo '/srv/up/x: Read-only file system'; return 3");

        assertThat(needs()).containsExactly("/srv/up fatal: exited 3 after 0 s: /srv/up/x: Read-only file system");
        assertThat(progress)
                .contains(
                        "run 4, without /root, /run, /tmp, /var/cache and 3 more: did not start: container agent did not start: busy")
                .noneMatch(line -> line.contains("runs without"));
    }

    /** 98: it runs for a moment, and ends with exit code 4. */
    @Test
    void aContainerThatEndsAsSoonAsItSaysThatItIsReadyIsNot() throws Exception {
        readyLog = Optional.of(Pattern.compile("listening"));
        engine("echo listening; writes /tmp && return 99; echo '/tmp/x: Read-only file system'; return 98");

        assertThat(needs()).containsExactly("/tmp fatal: exited 4 after 0 s: /tmp/x: Read-only file system");
    }

    @Test
    void withoutRunsThatAreLeftACandidateCountsAsNeeded() throws Exception {
        Files.writeString(directory.resolve("diff"), "A /srv/up/x\nA /var/log/y\n");
        engine("writes /srv/up && return 99; echo no; return 3");
        maxRuns = 4;

        assertThat(needs())
                .containsExactly(
                        "/srv/up fatal: unknown: no more than 4 runs were to be made",
                        "/var/log fatal: unknown: no more than 4 runs were to be made");
    }

    @Test
    void aVariableWithoutAValueIsAskedForByItsName() throws Exception {
        engine("return 99");
        task = ", \"environment\": [{\"name\": \"MODE\", \"value\": \"${MODE}\"}, {\"name\": \"A\", \"value\": \"b\"}],"
                + " \"secrets\": [{\"name\": \"TOKEN\", \"valueFrom\": \"arn:aws:x\"}]";

        assertThatThrownBy(this::seen)
                .isInstanceOf(NothingSeenException.class)
                .hasMessage("was not started: nothing gives its variables a value: MODE, TOKEN; write NAME=value lines"
                        + " into a file");

        values = Map.of("MODE", "fast", "TOKEN", "hunter2", "OTHER", "x");
        engine("echo \"MODE=$MODE\"; echo \"TOKEN=$TOKEN\"; echo \"$OTHER\"; return 3");
        assertThatThrownBy(this::seen)
                .hasMessageContaining("MODE=*** | TOKEN=***")
                .hasMessageNotContainingAny("hunter2", "OTHER");
    }

    @Test
    void storageThatIsElsewhereIsReplacedAndSaidToBe() throws Exception {
        engine("return 99");
        volumes = "\"volumes\": [{\"name\": \"files\", \"efsVolumeConfiguration\": {\"fileSystemId\": \"fs-1\"}}], ";
        task = ", \"mountPoints\": [{\"sourceVolume\": \"files\", \"containerPath\": \"/srv/files\"}]";

        assertThat(needs()).isEmpty();
        assertThat(progress).first().isEqualTo("efs at /srv/files is elsewhere: an empty volume is in its place");
        assertThat(Files.readString(directory.resolve("runs"))).contains("--volume /srv/files ");
    }

    @Test
    void anImageThatIsNotHereOrForAnotherProcessorIsSaidToBe() throws Exception {
        image = "registry.example/shop:1";
        engine(
                "echo 'docker: Error response from daemon: pull access denied for shop, repository does not exist.'; return 125");
        assertThatThrownBy(this::seen)
                .hasMessage(
                        "was not started: its image is not here and cannot be pulled (docker: Error response from daemon:"
                                + " pull access denied for shop, repository does not exist.); build or pull it, or log in to its"
                                + " registry");

        engine("echo 'exec /usr/sbin/serve: exec format error'; return 1");
        assertThatThrownBy(this::seen)
                .hasMessage(
                        "was not started: its image is for another processor (exec /usr/sbin/serve: exec format error);"
                                + " build it for this machine's, or observe it on a machine of its kind");
    }

    /** Rootless nerdctl, and any before 2.3. */
    @Test
    void anEngineThatDoesNotShowTheFilesOfAnImageIsSaidNotToBeEnough() throws Exception {
        engine("writes /tmp && return 99; echo '/tmp/x: Read-only file system'; return 3");
        Path docker = directory.resolve("bin").resolve("docker");
        Files.writeString(
                docker.resolveSibling("nerdctl"),
                Files.readString(docker)
                        .replace("Docker version 26.1.5", "nerdctl version 2.0.0")
                        .replace("cp) ", "cp) exit 1; "));
        Files.setPosixFilePermissions(docker.resolveSibling("nerdctl"), Files.getPosixFilePermissions(docker));
        Files.delete(docker);

        assertThatThrownBy(this::seen)
                .hasMessage(
                        "needs something that it cannot write (exited 3 after 0 s: /tmp/x: Read-only file system), and"
                                + " nerdctl 2.0.0 does not show the files of its image with `cp`: use docker or podman, or nerdctl"
                                + " 2.3 or later as root");
    }

    @Test
    void aTagThatHasMovedSinceTheRecordIsTold() throws Exception {
        image = "registry.example/shop:1";
        engine("return 99");
        Seen before = seen();
        Files.writeString(
                directory.resolve(NeedsRecord.FILE_NAME),
                NeedsRecord.EMPTY.with(before.container()).text());

        seen();
        assertThat(progress).noneMatch(line -> line.contains("moved"));

        Path script = directory.resolve("bin").resolve("docker");
        Files.writeString(script, Files.readString(script).replace("sha256:0f1e", "sha256:aaaa"));
        seen();
        assertThat(progress)
                .contains(
                        "app runs on another image than on 2026-11-30, when it was observed: a tag has moved, or this is"
                                + " another processor; observe it again");
    }
}
