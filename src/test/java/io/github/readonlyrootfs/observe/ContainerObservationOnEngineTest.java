// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.github.readonlyrootfs.ReadOnlyRootAnalysis;
import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.analysis.JudgedContainer;
import io.github.readonlyrootfs.conformance.DockerEngine;
import io.github.readonlyrootfs.observe.ContainerObservation.Seen;
import io.github.readonlyrootfs.observe.ContainerTrial.NothingSeenException;
import io.github.readonlyrootfs.observe.Engine.NoEngineException;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.source.ContainerPath;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs whose writes are known, run by the engine of the conformance tests. */
@Tag("engine")
class ContainerObservationOnEngineTest {

    private static final String SERVICES = "FROM conformance/debian-13-with-services:1\n";

    @TempDir
    static Path client;

    private final List<String> progress = new ArrayList<>();

    @TempDir
    Path directory;

    private Optional<Pattern> readyLog = Optional.empty();
    private OptionalInt readyPort = OptionalInt.empty();
    private Optional<Duration> readyAfter = Optional.of(Duration.ofSeconds(2));
    private Duration readyTimeout = Duration.ofSeconds(30);
    private Optional<String> drive = Optional.empty();
    private Map<String, String> values = Map.of();
    private String task = "";
    private String volumes = "";

    /** With {@code -Dobserve.podman=--root=…} it is Podman with these options, which has to have the images. */
    @BeforeAll
    static void client() throws IOException {
        DockerEngine docker = DockerEngine.standard().orThrowIfDown();
        String podman = System.getProperty("observe.podman", "");
        Path program = Files.writeString(
                client.resolve(podman.isEmpty() ? "docker" : "podman"),
                "#!/bin/sh\nDOCKER_HOST=unix://" + docker.directory().resolve("docker.sock") + "; export DOCKER_HOST\n"
                        // That engine has no network to build in.
                        + "[ \"$1\" = build ] && shift && set -- build --network "
                        + (podman.isEmpty() ? "none" : "host") + " \"$@\"\nexec "
                        + (podman.isEmpty() ? "/usr/bin/docker" : "/usr/bin/podman " + podman) + " \"$@\"\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** The tests run at the same time, so that their waiting does not add up. */
    @AfterAll
    static void nothingIsLeft() throws NoEngineException {
        Engine engine = Engine.find(client.toString());
        String own = "(?:localhost/)?readonly-rootfs-run-.*-"
                + ProcessHandle.current().pid() + "-.*";
        String left = engine.run(List.of("ps", "-a", "--format", "{{.Names}}")).text()
                + engine.run(List.of("volume", "ls", "--format", "{{.Name}}")).text()
                + engine.run(List.of("images", "--format", "{{.Repository}}")).text();
        assertThat(left.lines().filter(name -> name.matches(own))).isEmpty();
    }

    private void file(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private Seen seen(String dockerfile) throws Exception {
        file("Dockerfile", dockerfile);
        file(
                "taskdef.json",
                "{" + volumes + "\"containerDefinitions\": [{\"name\": \"app\", \"image\": \"<IMAGE1_NAME>\"" + task
                        + "}]}");
        CheckRequest request = new RequestBuilder(directory.resolve("taskdef.json"))
                .dockerfile(directory.resolve("Dockerfile"))
                .build();
        JudgedContainer on = ReadOnlyRootAnalysis.check(request).tasks().all().stream()
                .flatMap(JudgedContainer::linux)
                .findFirst()
                .orElseThrow();
        RunSettings settings = new RunSettings(
                readyLog, readyPort, readyAfter, readyTimeout, drive, Optional.empty(), RunSettings.NO_NETWORK, values);
        try (EngineSession session = EngineSession.open(Engine.find(client.toString()))) {
            return new ContainerObservation(session, settings, 40, "2026-11-30", line -> {
                        progress.add(line);
                        System.out.println(line);
                    })
                    .of(ContainerRun.of(on, request), Map.of(), "FARGATE aa");
        }
    }

    private List<String> needs(String dockerfile) throws Exception {
        return needs(seen(dockerfile));
    }

    private static List<String> needs(Seen seen) {
        return seen.container().needs().stream()
                .map(need -> need.path() + " " + need.impact().word())
                .toList();
    }

    @Test
    void nginxNeedsItsPidFileItsLogsAndItsTemporaryFiles() throws Exception {
        readyPort = OptionalInt.of(80);

        assertThat(needs(SERVICES + "CMD [\"nginx\", \"-g\", \"daemon off;\"]\n"))
                .containsExactly("/run fatal", "/var/lib/nginx fatal", "/var/log/nginx fatal");
    }

    @Test
    void redisNeedsItsDirectoryOnlyToSave() throws Exception {
        readyPort = OptionalInt.of(6379);
        drive = Optional.of("redis-cli set a 1 && redis-cli save | grep OK");

        assertThat(needs(SERVICES + "WORKDIR /var/lib/redis\nCMD [\"redis-server\", \"--save\", \"3600 1\"]\n"))
                .containsExactly("/var/lib/redis feature");
    }

    @Test
    void phpNeedsTheDirectoryOfItsSocket() throws Exception {
        readyLog = Optional.of(Pattern.compile("ready to handle connections"));

        assertThat(needs(SERVICES + """
                RUN mkdir -p /run/php && sed -i 's,^error_log.*,error_log = /proc/self/fd/2,' /etc/php/*/fpm/php-fpm.conf
                CMD ["php-fpm8.4", "-F"]
                """)).containsExactly("/run/php fatal");
    }

    @Test
    void gunicornNeedsADirectoryForAFileThatItUnlinksAtOnce() throws Exception {
        readyPort = OptionalInt.of(8000);
        file("app.py", """
                def app(environ, start_response):
                    start_response("200 OK", [])
                    return [b"ok"]
                """);

        Seen seen = seen(SERVICES + """
                RUN useradd -m web
                WORKDIR /srv/app
                COPY app.py .
                USER web
                CMD ["gunicorn", "-b", "0.0.0.0:8000", "app:app"]
                """);

        assertThat(needs(seen)).containsExactly("/tmp fatal");
        assertThat(seen.container().needs().get(0).without()).contains("No usable temporary directory found in");
    }

    @Test
    void tomcatNeedsTheTemporaryDirectory() throws Exception {
        readyPort = OptionalInt.of(8080);
        file("Main.java", """
                import java.nio.file.Files;
                import org.apache.catalina.startup.Tomcat;

                class Main {
                    public static void main(String[] args) throws Exception {
                        Tomcat tomcat = new Tomcat();
                        tomcat.setBaseDir(Files.createTempDirectory("tomcat.8080.").toString());
                        tomcat.setPort(8080);
                        tomcat.getConnector();
                        tomcat.start();
                        tomcat.getServer().await();
                    }
                }
                """);

        assertThat(needs(SERVICES + """
                RUN useradd -m web
                WORKDIR /srv/app
                COPY Main.java .
                RUN javac -cp '/usr/share/java/*' Main.java
                USER web
                CMD ["java", "-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp", "/srv/app:/usr/share/java/*", "Main"]
                """)).containsExactly("/tmp fatal");
    }

    @Test
    void anUploadIsSeenIfItIsMade() throws Exception {
        readyPort = OptionalInt.of(3000);
        drive = Optional.of("curl -sf -d file localhost:3000/upload");
        file("server.js", """
                const fs = require('fs');
                require('http').createServer((request, response) => {
                  try {
                    fs.writeFileSync(`/srv/app/uploads/${process.pid}-${Date.now()}`, 'x');
                    response.end('ok');
                  } catch (e) {
                    response.statusCode = 500;
                    response.end('no');
                  }
                }).listen(3000);
                """);

        assertThat(needs(SERVICES + """
                RUN useradd -m web
                WORKDIR /srv/app
                COPY server.js .
                RUN mkdir uploads && chown web uploads
                USER web
                CMD ["node", "server.js"]
                """)).containsExactly("/srv/app/uploads feature");
    }

    @Test
    void aJobIsDoneWhenItEndsWell() throws Exception {
        Seen seen = seen("""
                FROM debian:13
                RUN useradd -m job && install -d -o job /var/lib/job
                USER job
                CMD ["sort", "-o", "/var/lib/job/sorted", "/etc/passwd"]
                """);

        assertThat(needs(seen)).containsExactly("/var/lib/job fatal");
        assertThat(seen.container().run().ready()).isEqualTo("ended with exit code 0");
    }

    @Test
    void anOwnProgramInAnEmptyImageNeedsWhatItMakes() throws Exception {
        file("own.c", """
                #include <errno.h>
                #include <stdio.h>
                #include <string.h>
                #include <sys/stat.h>
                #include <unistd.h>

                int main(void) {
                    mkdir("/data", 0755);
                    FILE *state = fopen("/data/state", "w");
                    if (!state) {
                        fprintf(stderr, "own: /data/state: %s\\n", strerror(errno));
                        return 4;
                    }
                    mkdir("/cache", 0755);
                    FILE *cache = fopen("/cache/entries", "w");
                    if (!cache) fprintf(stderr, "own: no cache: /cache/entries: %s\\n", strerror(errno));
                    sleep(600);
                    return 0;
                }
                """);
        Process compiler = new ProcessBuilder("gcc", "-static", "-O1", "-o", "own", "own.c")
                .directory(directory.toFile())
                .inheritIO()
                .start();
        assertThat(compiler.waitFor()).isZero();

        assertThat(needs("FROM scratch\nCOPY own /own\nCMD [\"/own\"]\n"))
                .containsExactly("/cache optional", "/data fatal");
    }

    @Test
    void aProgramThatWritesNothingNeedsOneRun() throws Exception {
        Seen seen = seen("FROM debian:13\nCMD [\"sleep\", \"600\"]\n");

        assertThat(needs(seen)).isEmpty();
        assertThat(seen.asTask()).isTrue();
        assertThat(seen.runs()).isEqualTo(1);
        assertThat(progress).containsExactly("run 1, as the task says: still up after 2 s");
    }

    @Test
    void aProgramThatDoesNotRunSaysWhatItSaid() {
        assertThatThrownBy(
                        () -> seen("FROM debian:13\nCMD [\"sh\", \"-c\", \"echo no database at db-17 >&2; exit 3\"]\n"))
                .isInstanceOf(NothingSeenException.class)
                .hasMessage(
                        "does not do its job with a writable root either, so nothing is known of its needs: exited 3"
                                + " after 0 s: no database at ***; the end of its log: no database at ***; give it the variables, the"
                                + " network or the time that it needs");
    }

    @Test
    void aMountOfTheTaskThatIsNeededIsSeenToBe() throws Exception {
        volumes = "\"volumes\": [{\"name\": \"a\"}], \"requiresCompatibilities\": [\"EC2\"], ";
        task = ", \"mountPoints\": [{\"sourceVolume\": \"a\", \"containerPath\": \"/srv/unneeded\"}]";

        Seen seen = seen("""
                FROM debian:13
                VOLUME /data
                CMD ["sh", "-c", "echo 1 > /data/x && exec sleep 600"]
                """);

        assertThat(seen.asTask()).isTrue();
        assertThat(needs(seen)).containsExactly("/data fatal");
    }

    /** Where the start does not give it to them each time, a new volume has to be theirs. */
    @Test
    void whatAnotherUserWritesHasToBeTheirs() throws Exception {
        // Podman copies everything as root's.
        assumeThat(System.getProperty("observe.podman", "")).isEmpty();
        String dockerfile = "FROM debian:13\nRUN install -d -o www-data /data\n";
        String program = "exec setpriv --reuid=www-data --clear-groups sh -c 'echo 1 > /data/x && exec sleep 600'\"]\n";

        assertThat(seen(dockerfile + "CMD [\"sh\", \"-c\", \"" + program)
                        .container()
                        .needs())
                .extracting(need -> need.path() + " " + need.writer().orElse("own"))
                .containsExactly("/data 33");
        assertThat(progress).last().asString().startsWith("run 7, with /data empty and root's: exited 2 after 0 s");
        assertThat(seen(dockerfile + "CMD [\"sh\", \"-c\", \"chown www-data /data && " + program)
                        .container()
                        .needs())
                .extracting(need -> need.path() + " " + need.writer().orElse("own"))
                .containsExactly("/data own");
    }

    /** The first process watches a log, whatever becomes of the server. */
    @Test
    void aServerThatListensForAMomentIsNotReady() throws Exception {
        readyPort = OptionalInt.of(8000);
        readyTimeout = Duration.ofSeconds(6);

        assertThat(needs(SERVICES + """
                RUN mkdir /data
                CMD ["sh", "-c", "(timeout 1 python3 -m http.server; echo x > /data/x && exec python3 -m http.server) & exec sleep 600"]
                """)).containsExactly("/data fatal");
    }

    /** An engine does not list them as changed. */
    @Test
    void whatIsWrittenIntoMountsAndNotMissedIsTold() throws Exception {
        task = ", \"linuxParameters\": {\"tmpfs\": [{\"containerPath\": \"/scratch\", \"size\": 16},"
                + " {\"containerPath\": \"/unused\", \"size\": 16}]}";

        Seen seen = seen("""
                FROM debian:13
                RUN mkdir -p /vol /still && touch /still/before
                VOLUME /vol /still
                CMD ["sh", "-c", "(echo 1 > /scratch/x; echo 2 > /vol/y) 2> /dev/null; exec sleep 600"]
                """);

        assertThat(seen.unneeded()).extracting(ContainerPath::toString).containsExactly("/scratch", "/vol");
    }

    @Test
    void whatItDependsOnIsStartedBeforeItWithTheSameVolumesAndNetwork() throws Exception {
        volumes = "\"requiresCompatibilities\": [\"FARGATE\"], \"volumes\": [{\"name\": \"data\"}], ";
        String mount = ", \"mountPoints\": [{\"sourceVolume\": \"data\", \"containerPath\": \"/data\"}]";
        task = mount
                + ", \"user\": \"1000\", \"command\": [\"sh\", \"-c\", \"curl -sf localhost:8000 && touch /data/x && exec"
                + " sleep 600\"], \"dependsOn\": [{\"containerName\": \"owner\", \"condition\": \"SUCCESS\"},"
                + " {\"containerName\": \"web\", \"condition\": \"HEALTHY\"}]},"
                + "{\"name\": \"owner\", \"image\": \"<IMAGE1_NAME>\", \"command\": [\"chown\", \"1000\", \"/data\"]"
                + mount + "},"
                + "{\"name\": \"web\", \"image\": \"<IMAGE1_NAME>\", \"command\": [\"python3\", \"-m\", \"http.server\"],"
                + " \"healthCheck\": {\"command\": [\"CMD\", \"curl\", \"-sf\", \"localhost:8000\"]}";

        Seen seen = seen(SERVICES);

        assertThat(seen.first()).startsWith("still up after ");
        assertThat(needs(seen)).containsExactly("/data fatal");
    }

    /** The one that shares a volume makes what the container waits for; what has no image, or no value, is left out. */
    @Test
    void whatSharesAVolumeRunsBesideItAndWhatCannotRunIsSaidToBeLeftOut() throws Exception {
        volumes = "\"requiresCompatibilities\": [\"FARGATE\"], \"volumes\": [{\"name\": \"data\"}], ";
        String mount = ", \"mountPoints\": [{\"sourceVolume\": \"data\", \"containerPath\": \"/data\"}]";
        task = mount
                + ", \"command\": [\"sh\", \"-c\", \"timeout 5 sh -c 'until [ -e /data/beat ]; do sleep 0.1; done' && exec"
                + " sleep 600\"]},"
                + "{\"name\": \"beat\", \"image\": \"<IMAGE1_NAME>\", \"command\": [\"sh\", \"-c\", \"[ -e /data/order ] &&"
                + " touch /data/beat; exec sleep 600\"], \"dependsOn\": [{\"containerName\": \"order\", \"condition\":"
                + " \"SUCCESS\"}]" + mount + "},"
                + "{\"name\": \"order\", \"image\": \"<IMAGE1_NAME>\", \"command\": [\"touch\", \"/data/order\"]"
                + mount
                + "},"
                + "{\"name\": \"gone\", \"image\": \"readonly-rootfs.invalid/gone:1\"" + mount + "},"
                + "{\"name\": \"agent\", \"image\": \"<IMAGE1_NAME>\", \"secrets\": [{\"name\": \"API_KEY\","
                + " \"valueFrom\": \"arn:aws:x\"}]" + mount + "},"
                + "{\"name\": \"stranger\", \"image\": \"readonly-rootfs.invalid/stranger:1\"";

        Seen seen = seen("FROM debian:13\n");

        assertThat(seen.first()).startsWith("still up after ");
        assertThat(needs(seen)).isEmpty();
        assertThat(seen.unneeded()).isEmpty();
        assertThat(progress.get(0))
                .startsWith("app runs without container gone of its task, which did not start: ")
                .doesNotContain("--help", "***'");
        assertThat(progress.get(1))
                .startsWith("app runs without container agent of its task, which was not started: nothing gives its"
                        + " variables a value: API_KEY");
        assertThat(progress.get(2)).startsWith("run 1, as the task says: still up");
    }

    @Test
    void aProxyThatWaitsForTheContainerAndTakesItsImagesVolumesServesItsUse() throws Exception {
        readyAfter = Optional.empty();
        drive = Optional.of("curl -sf localhost:9000/page");
        task = ", \"portMappings\": [{\"containerPort\": 8000}, {\"containerPort\": 53, \"protocol\": \"udp\"}],"
                + " \"command\": [\"sh\", \"-c\", \"echo 1 > /srv/page; exec python3 -m http.server 8000\"]},"
                + "{\"name\": \"proxy\", \"image\": \"conformance/debian-13-with-services:1\", \"command\": [\"sh\", \"-c\","
                + " \"until curl -sf localhost:8000; do sleep 0.1; done; exec python3 -m http.server 9000 -d /srv\"], \"volumesFrom\":"
                + " [{\"sourceContainer\": \"app\"}], \"dependsOn\": [{\"containerName\": \"app\", \"condition\":"
                + " \"START\"}], \"essential\": false";

        Seen seen = seen(SERVICES + "VOLUME /srv\n");

        assertThat(seen.first()).startsWith("ready after");
        assertThat(seen.container().run().ready()).isEqualTo("it listened on port 8000, its use succeeded");
        assertThat(needs(seen)).containsExactly("/srv feature");
    }

    /** It stays up without the file, and does not serve. */
    @Test
    void aPortOfTheTaskShowsThatAContainerWhichStaysUpDoesNotServe() throws Exception {
        readyAfter = Optional.empty();
        readyTimeout = Duration.ofSeconds(4);
        task = ", \"portMappings\": [{\"containerPort\": 8000}]";

        assertThat(needs(SERVICES
                        + "RUN mkdir /data\nCMD [\"sh\", \"-c\", \"(echo x > /data/x && exec python3 -m http.server) & exec"
                        + " sleep 600\"]\n"))
                .containsExactly("/data fatal");
        assertThat(progress.get(0)).endsWith("; nothing listens on port 8000");
    }
}
