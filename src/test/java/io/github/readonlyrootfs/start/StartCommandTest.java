// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.finder.ContainerNeeds;
import io.github.readonlyrootfs.need.finder.NeedFinders;
import io.github.readonlyrootfs.partial.Field;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartCommandTest {

    @TempDir
    Path context;

    private static List<String> words(ContainerContext container) {
        return container.start().words().orElseThrow().stream().map(Field::text).toList();
    }

    /** Each command's words joined with blanks; one that is not certain ends with a question mark. */
    private static List<String> gaps(ContainerContext container) {
        return container.start().gaps().stream().map(StartGap::reason).toList();
    }

    private static List<String> commands(ContainerContext container) {
        return container.start().commands().stream()
                .map(command -> String.join(
                                " ",
                                command.words().stream()
                                        .map(word -> word.text() + (word.known() ? "" : "…"))
                                        .toList())
                        + (command.certain() ? "" : " ?"))
                .toList();
    }

    private ContainerContext script(String script, String members) throws IOException {
        Files.writeString(context.resolve("start.sh"), script);
        return Contexts.built(
                context, "FROM eclipse-temurin:21-jre\nCOPY start.sh /start.sh\nENTRYPOINT [\"/start.sh\"]\n", members);
    }

    @Test
    void entrypointAndCmdOfTheImageApplyUnlessTheTaskDefinitionOverridesThem() {
        assertThat(words(Contexts.built("FROM debian:13\nENTRYPOINT [\"java\"]\nCMD [\"-version\"]\n")))
                .containsExactly("java", "-version");
    }

    @Test
    void aScriptThatLooksForJavaOfAixStartsTheImagesOwn() throws IOException {
        ContainerContext container = script("""
                #!/bin/sh
                if [ -z "$JAVACMD" ] ; then
                  if [ -n "$JAVA_HOME" ] ; then
                    if [ -x "$JAVA_HOME/jre/sh/java" ] ; then
                      JAVACMD="$JAVA_HOME/jre/sh/java"
                    else
                      JAVACMD="$JAVA_HOME/bin/java"
                    fi
                  else
                    JAVACMD=`which java`
                  fi
                fi
                exec "$JAVACMD" -cp lib demo.Main
                """, "");

        assertThat(commands(container)).last().isEqualTo("/opt/java/openjdk/bin/java -cp lib demo.Main");
    }

    private ContainerContext npm(String scripts, String command) throws IOException {
        Files.writeString(context.resolve("package.json"), "{\"name\": \"shop\",\n \"scripts\": {" + scripts + "}}\n");
        return Contexts.built(
                context,
                "FROM node:22\nWORKDIR /srv\nCOPY package.json .\nRUN npm ci\nENTRYPOINT []\nCMD " + command + "\n",
                "");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
            ["npm", "start"]              => npm start, mkdir -p tmp, node app.js
            ["npm", "run", "worker"]      => npm run worker, pm2-runtime start w.js
            ["yarn", "worker"]            => yarn worker, pm2-runtime start w.js
            ["pnpm", "run", "worker"]     => pnpm run worker, pm2-runtime start w.js
            npm start                     => npm start, mkdir -p tmp, node app.js
            ["npm", "run", "missing"]     => npm run missing
            ["npm", "--prefix", "/x", "start"] => npm --prefix /x start
            ["npm", "ci"]                 => npm ci
            """)
    void aPackageManagerRunsTheScriptsInPackageJson(String command, String expected) throws IOException {
        ContainerContext container = npm(
                "\"prestart\": \"mkdir -p tmp\", \"start\": \"node app.js > log/out.txt\","
                        + " \"worker\": \"NODE_ENV=production pm2-runtime start w.js\"",
                command);

        assertThat(String.join(", ", commands(container))).isEqualTo(expected);
    }

    @Test
    void writesInPackageJsonAreReportedAtTheirLocation() throws IOException {
        ContainerContext container = npm("\"start\": \"node app.js > log/out.txt\"", "[\"npm\", \"start\"]");

        assertThat(container.start().redirections()).singleElement().satisfies(redirection -> {
            assertThat(redirection.path().known().orElseThrow()).hasToString("/srv/log/out.txt");
            assertThat(redirection.target().location()).hasToString("package.json:2:23");
        });
        assertThat(container.start().scripts()).hasSize(1);
    }

    @Test
    void eachUnknownProgramOfAPackageScriptIsNamed() throws IOException {
        ContainerContext container = npm("\"start\": \"prepare ./build && tsc\"", "[\"npm\", \"start\"]");

        assertThat(container.start().unknownCommands())
                .extracting(UnknownCommand::program)
                .containsExactly("prepare", "tsc");
    }

    @Test
    void aPackageScriptThatRunsItselfIsFollowedOnce() throws IOException {
        assertThat(gaps(npm("\"start\": \"npm start\"", "[\"npm\", \"start\"]")))
                .containsExactly("it runs too many commands to follow");
        assertThat(commands(npm("\"start\": [1], \"x\": {}", "[\"npm\", \"start\"]")))
                .containsExactly("npm start");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
            jetty:12 => ["/start.sh"]                         => java -jar /usr/local/jetty/start.jar
            jetty:12 => ["/start.sh", "jetty.http.port=80"]   => java -jar /usr/local/jetty/start.jar jetty.http.port=80
            jetty:12 => ["/start.sh", "java", "-version"]     => java -version
            nginx:1.27 => ["/start.sh", "nginx"]              => nginx
            debian:13 => ["/start.sh", "app"]                 => app
            """)
    void aScriptThatEndsWithTheImagesScriptStartsTheSameProgram(String base, String entrypoint, String expected)
            throws IOException {
        Files.writeString(context.resolve("start.sh"), """
                #!/bin/sh
                if [ -x /docker-entrypoint.sh ]; then
                    /docker-entrypoint.sh "$@"
                else
                    exec "$@"
                fi
                """);
        ContainerContext container = Contexts.built(
                context, "FROM " + base + "\nCOPY --chmod=755 start.sh /start.sh\nENTRYPOINT " + entrypoint + "\n", "");

        assertThat(String.join(", ", commands(container))).isEqualTo(expected);
    }

    private ContainerContext supervised(String file, String text, String command) throws IOException {
        Files.writeString(context.resolve("supervisor.conf"), text);
        return Contexts.built(
                context,
                "FROM debian:13\nWORKDIR /srv\nENV PORT=80\nCOPY supervisor.conf " + file + "\nCMD " + command + "\n",
                "");
    }

    private static final String SUPERVISED = """
            [supervisord]
            nodaemon=true
            command=no
            ; [program:old]
            [program:web]
            command = nginx -g "daemon off;$x" -p %(ENV_PORT)s ; the server
            user=www-data
            [program:job]
            directory=/var/lib
            environment=MODE="a b",LEVEL=1
            command=job --rate=5%%
               > /not/a/file
            [program:manual]
            command=manual
            autostart=false
            """;

    @Test
    void supervisordStartsTheProgramsOfItsConfiguration() throws IOException {
        ContainerContext container =
                supervised("/etc/supervisor.conf", SUPERVISED, "[\"supervisord\", \"-c\", \"/etc/supervisor.conf\"]");

        assertThat(commands(container))
                .containsExactly(
                        "supervisord -c /etc/supervisor.conf",
                        "nginx -g daemon off;$x -p 80",
                        "job --rate=5% > /not/a/file");
        assertThat(container.start().redirections()).isEmpty();
        assertThat(gaps(container)).isEmpty();
        Command job = container.start().commands().get(2);
        assertThat(job.directory().known().orElseThrow()).hasToString("/var/lib");
        assertThat(job.environment().get("MODE").known()).contains("a b");
        assertThat(job.words().get(0).location()).hasToString("supervisor.conf:11:9");
        assertThat(container.start().commands().get(1).writer().user().known()).contains("www-data");
    }

    @Test
    void supervisordStartsTheProgramsOfAConfigurationThatTheDockerfileWrites() {
        ContainerContext container =
                Contexts.built("FROM debian:13\nWORKDIR /srv\nENV PORT=80\nCOPY <<'EOF' /etc/supervisor.conf\n"
                        + SUPERVISED + "EOF\nCMD [\"supervisord\", \"-c\", \"/etc/supervisor.conf\"]\n");

        assertThat(commands(container)).contains("nginx -g daemon off;$x -p 80");
        assertThat(gaps(container)).isEmpty();
        assertThat(container.start().commands().get(2).words().get(0).location())
                .extracting(Location::file, Location::line)
                .containsExactly("Dockerfile", 4);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
            /srv/supervisord.conf               => ["supervisord"]                              => true
            /etc/supervisor/supervisord.conf    => ["/usr/bin/supervisord", "-n"]               => true
            /etc/supervisor/conf.d/job.conf     => ["supervisord", "-n"]                        => true
            /etc/supervisor/conf.d/job.txt      => ["supervisord", "-n"]                        => false
            /srv/etc/all.conf                   => ["supervisord", "-cetc/all.conf"]            => true
            /srv/etc/all.conf                   => ["supervisord", "--configuration=x.conf"]    => false
            """)
    void supervisordReadsItsConfigurationFromTheSearchedPaths(String file, String command, boolean found)
            throws IOException {
        ContainerContext container = supervised(file, "[program:job]\ncommand=job\n", command);

        assertThat(commands(container).contains("job")).isEqualTo(found);
        assertThat(gaps(container))
                .isEqualTo(
                        found
                                ? List.of()
                                : List.of(
                                        "what supervisord starts is not known: its configuration is not among the project's"
                                                + " files"));
    }

    @Test
    void includedFilesOfSupervisordAreRead() throws IOException {
        Files.writeString(context.resolve("a.ini"), "[program:a]\ncommand=a\n");
        Files.writeString(context.resolve("main.conf"), "[include]\nfiles = programs/*.ini\n   %(here)s/b.conf\n");
        Files.writeString(
                context.resolve("b.conf"), "[program:b]\ncommand=%(program_name)s\n[include]\nfiles=b.conf\n");

        ContainerContext container = Contexts.built(context, """
                FROM debian:13
                COPY main.conf b.conf /etc/my/
                COPY a.ini /etc/my/programs/
                CMD ["supervisord", "-c", "/etc/my/main.conf"]
                """, "");

        assertThat(gaps(container)).isEmpty();
        assertThat(container.start().scripts()).hasSize(3);
        assertThat(commands(container)).containsExactly("supervisord -c /etc/my/main.conf", "a", "b");
    }

    @Test
    void theTaskDefinitionsCommandReplacesTheCmd() {
        assertThat(words(Contexts.built(
                        "FROM debian:13\nENTRYPOINT [\"java\"]\nCMD [\"-version\"]\n", "\"command\": [\"-help\"]")))
                .containsExactly("java", "-help");
    }

    @Test
    void theTaskDefinitionsEntryPointDropsTheCmdToo() {
        assertThat(words(Contexts.built(
                        "FROM debian:13\nENTRYPOINT [\"java\"]\nCMD [\"-version\"]\n", "\"entryPoint\": [\"sh\"]")))
                .containsExactly("sh");
    }

    @Test
    void theCommandOfAnUnknownBaseIsUnknown() {
        assertThat(Contexts.built("FROM registry.example/base:1\n").start().words())
                .isEmpty();
        assertThat(gaps(Contexts.built("FROM registry.example/base:1\n")))
                .containsExactly("the configuration of the image is unknown");
        assertThat(words(Contexts.built("FROM debian:13\nCMD [\"java\"]\n"))).containsExactly("java");
    }

    /** Most have no entrypoint, or one that runs its arguments. */
    @ParameterizedTest
    @CsvSource(delimiter = '!', textBlock = """
            CMD ["java", "-version"]                ! "memory": 1                 ! java -version
            CMD ["sh", "-c", "exec java -version"]  ! "memory": 1                 ! java -version
            CMD ["java"]                            ! "command": ["node", "a.js"] ! node a.js
            USER app                                ! "command": ["node", "a.js"] ! node a.js
            """)
    void aCommandOnAnUnknownBaseIsReadAsIfTheBaseHadNoEntrypoint(String instruction, String members, String command) {
        ContainerContext container = Contexts.built("FROM registry.example/base:1\n" + instruction + "\n", members);

        assertThat(commands(container)).containsExactly(command);
        assertThat(container.start().unknownBase()).contains("registry.example/base:1");
        assertThat(gaps(container)).containsExactly("base image registry.example/base:1 may have an ENTRYPOINT");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CMD [\"-Xmx1g\", \"-jar\", \"a.jar\"]", "CMD []", "USER app"})
    void optionsAsCommandOnAnUnknownBaseAreArgumentsOfItsEntrypoint(String instruction) {
        ContainerContext container = Contexts.built("FROM registry.example/base:1\n" + instruction + "\n");

        assertThat(container.start().words()).isEmpty();
        assertThat(container.start().commands()).isEmpty();
    }

    @Test
    void aCommandOfAnUnknownImageIsAnArgumentOfItsEntrypoint() {
        ContainerContext sidecar = Contexts.published("i", "\"command\": [\"serve\"]");

        assertThat(sidecar.start().words()).isEmpty();
    }

    @Test
    void anArgumentWithAPlaceholderIsKnownUpToIt() {
        ContainerContext container = Contexts.built(
                "FROM debian:13\nENTRYPOINT [\"app\"]\n", "\"command\": [\"--pid=/run/{{ name }}.pid\", \"-v\"]");
        assertThat(commands(container)).containsExactly("app --pid=/run/… -v");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ["/sbin/tini", "-g", "--", "java", "-jar", "a.jar"]          | java -jar a.jar
                    ["tini", "-e", "143", "--", "x"]                             | x
                    ["dumb-init", "-r", "15:3", "x", "-c"]                       | x -c
                    ["gosu", "app:app", "x"]                                     | x
                    ["su-exec", "1000", "x"]                                     | x
                    ["setpriv", "--reuid=app", "--init-groups", "x"]             | x
                    ["setpriv", "--reuid", "app", "--init-groups", "x"]          | x
                    ["env", "-u", "B", "A=1", "x", "A=1"]                        | x A=1
                    ["timeout", "-k", "5", "60", "x"]                            | x
                    ["nice", "-n", "5", "x"]                                     | x
                    ["sh", "-c", "exec x y"]                                     | x y
                    ["/bin/bash", "-o", "pipefail", "-ec", "x 'a b'"]            | x a b
                    ["bash", "-xc", "exec \\"$0\\" \\"$@\\"", "x", "1"]          | x 1
                    ["sh", "-c", "x $1", "name", "one"]                          | x one
                    ["bundle", "exec", "puma", "-C", "config.rb"]                | puma -C config.rb
                    ["bundle", "ex", "puma"]                                     | puma
                    ["carton", "exec", "plackup", "app.psgi"]                    | plackup app.psgi
                    ["uv", "run", "--no-sync", "x", "y"]                         | uv run --no-sync x y; x y
                    ["uv", "sync"]                                               | uv sync
                    ["./bin/thrust", "./bin/rails", "server"]                    | ./bin/rails server
                    ["bundle", "install"]                                        | bundle install
                    ["python", "-u", "-m", "gunicorn", "shop:app"]               | gunicorn shop:app
                    ["python", "app.py"]                                         | python app.py
                    ["/__cacert_entrypoint.sh", "java"]                          | java
                    ["/lib64/ld-linux-x86-64.so.2", "--library-path", "/l", "/bin/x", "y"] | /bin/x y
                    ["/tmp/CrowdStrike/rootfs/lib64/ld-linux-x86-64.so.2", "--library-path", "/tmp/CrowdStrike/rootfs/lib64", "/tmp/CrowdStrike/rootfs/bin/bash", "/tmp/CrowdStrike/rootfs/entrypoint-ecs.sh", "java", "-jar", "a.jar"] | java -jar a.jar
                    ["tini", "--"]                                               |
                    """)
    void wrappersAndShellsAreFollowed(String entrypoint, String command) {
        List<String> commands =
                commands(Contexts.built("FROM eclipse-temurin:21-jre\nENTRYPOINT " + entrypoint + "\n"));
        assertThat(String.join("; ", commands)).isEqualTo(command == null ? "" : command);
    }

    @Test
    void theStartScriptOfANodeImageRunsNode() {
        assertThat(commands(Contexts.built("FROM node:22\nCMD [\"server.js\"]\n")))
                .containsExactly("node server.js");
        assertThat(commands(Contexts.built("FROM node:22\nCMD [\"--inspect\", \"x\"]\n")))
                .containsExactly("node --inspect x");
        assertThat(commands(Contexts.built("FROM node:22\nCMD [\"yarn\", \"start\"]\n")))
                .containsExactly("yarn start");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
                    a && b                                  => a; b
                    a || b                                  => a
                    a; b                                    => a; b
                    a | b                                   => a; b
                    { a; b; }                               => a; b
                    exec a; b                               => a
                    exec a | b                              => a; b
                    mkdir -p /x && exec a                   => mkdir -p /x; a
                    if [ -f /proc/x ]; then a; else b; fi; c => a ?; b ?; c
                    if [ -f /proc/x ]; then exec a; fi; b   => a ?; b ?
                    if [ -f /x ]; then a; else b; fi; c     => b; c
                    if [ -d /srv ]; then exec a; fi; b      => a
                    if [ x = x ]; then a; else b; fi        => a
                    if [ -n "$NONE" ]; then a; else b; fi   => b
                    if ! [ "$A" = one ]; then a; fi; b      => b
                    [ -n "$NONE" ] && a; b                  => b
                    [ -z "$NONE" ] || a; b                  => b
                    test "$A" = one && a                    => a
                    for i in 1 2; do a $i; done             => a 1; a 2
                    for i in $(b); do a $i; done            => b; a … ?
                    while true; do a; done; b               => a
                    while c; do a; done                     => c; a ?
                    case "$A" in one) a;; *) b;; esac       => a
                    case "$A" in o*) a;; esac               => a
                    case "$A" in two|t*) a;; *) b;; esac    => b
                    case "$SECRET" in x) a;; *) b;; esac    => a ?; b ?
                    f() { a "$1"; }; f x                    => a x
                    B=2; a $B                               => a 2
                    B=$(date); a $B                         => a …
                    a ${B:-c} ${A:+d} ${A#o} "${A%e}"       => a c d ne on
                    a $NONE b                               => a b
                    a "$NONE" b                             => a  b
                    set -- x y; a "$@"                      => a x y
                    set -- x y; shift; a "$@" $#            => a y 1
                    echo a; sleep 1; b                      => b
                    a $TWO                                  => a 1 2
                    a "$TWO"                                => a 1 2
                    . /etc/profile; a                       => a
                    """)
    void theCommandTextOfAShellIsFollowed(String text, String expected) {
        ContainerContext container = Contexts.built(
                "FROM debian:13\nENV A=one TWO=\"1 2\"\nENTRYPOINT [\"sh\", \"-c\", \"" + text.replace("\"", "\\\"")
                        + "\"]\n",
                "\"secrets\": [{\"name\": \"SECRET\", \"valueFrom\": \"x\"}]");
        assertThat(String.join("; ", commands(container))).isEqualTo(expected);
    }

    @Test
    void aScriptThatTheDockerfileCopiesIsRead() throws IOException {
        ContainerContext container = script("""
                #!/bin/sh
                set -e
                if [ "${1#-}" != "$1" ]; then
                  set -- java "$@"
                fi
                export OUT=/data
                exec "$@" > "$OUT/x.log"
                """, "\"command\": [\"-jar\", \"a.jar\"]");
        assertThat(commands(container)).containsExactly("java -jar a.jar");
        assertThat(gaps(container)).isEmpty();
        assertThat(container.start().redirections()).hasSize(1);
        Redirection redirection = container.start().redirections().get(0);
        assertThat(redirection.path().known()).map(Object::toString).contains("/data/x.log");
        assertThat(redirection.target().location()).isEqualTo(new Location("start.sh", 7, 13, 7, 25));
        assertThat(redirection.stops()).isTrue();
        assertThat(container.start().commands().get(0).environment().get("OUT").known())
                .contains("/data");
    }

    @Test
    void aScriptThatARunLineChangesIsUnknown() throws IOException {
        Files.writeString(context.resolve("start.sh"), "#!/bin/sh\nexec java\n");
        String begin = "FROM debian:13\nCOPY start.sh /start.sh\n";
        String end = "ENTRYPOINT [\"/start.sh\"]\n";
        for (String run : List.of(
                "RUN generate >> /start.sh\n",
                "RUN sed -i.orig s/java/node/ /start.sh\n",
                "RUN sed -i \"s/java/$(generate)/\" /start.sh\n",
                "RUN generate /start.sh\n",
                "COPY --from=other / /\n")) {
            ContainerContext changed = Contexts.built(context, begin + run + end, "");
            assertThat(gaps(changed))
                    .as(run)
                    .containsExactly("what /start.sh runs is not known, because of line 3 of Dockerfile");
        }
        for (String run : List.of(
                "RUN chmod +x /start.sh && cat /start.sh\n",
                "RUN sed -i 's/\\r$//' /start.sh\n",
                "RUN cp /start.sh /a.sh && mv /a.sh /start.sh\n")) {
            assertThat(commands(Contexts.built(context, begin + run + end, "")))
                    .as(run)
                    .containsExactly("java");
        }
        String edited = begin + "RUN sed -i s/java/node/ /start.sh\n" + end;
        assertThat(commands(Contexts.built(context, edited, ""))).containsExactly("node");
    }

    @Test
    void scriptsThatRunEachOtherAreFollowedInBoundedTime() throws IOException {
        ContainerContext container = script("#!/bin/sh\n. /start.sh\n/start.sh\n/start.sh\n", "");
        assertThat(gaps(container)).isNotEmpty();
    }

    /** What happens if all of them are refused is asked once, which leaves enough effort for each of them. */
    @Test
    void everyWriteOfALongScriptIsAskedForIfTheyAreNearEachOther() throws IOException {
        ContainerContext container = script(
                "#!/bin/sh\nset -e\n" + "# a long comment\n".repeat(12_000)
                        + "mkdir /srv/a\nmkdir /srv/b\nmkdir /srv/c\nmkdir /srv/d\nexec app\n",
                "");
        assertThat(gaps(container)).isEmpty();
        assertThat(container.start().commands().subList(0, 4)).allMatch(Command::stops);
    }

    @Test
    void eachWordOfAShellFormHasItsLocation() {
        ContainerContext container = Contexts.built("FROM debian:13\nCMD exec app \\\n  --pid /run/a.pid $X\n", "");
        Command command = container.start().commands().get(0);
        assertThat(command.words())
                .map(Field::where)
                .containsExactly(
                        new Location("Dockerfile", 2, 10, 2, 13),
                        new Location("Dockerfile", 3, 3, 3, 8),
                        new Location("Dockerfile", 3, 9, 3, 19));
    }

    @Test
    void eachWordInATaskDefinitionHasItsLocation() {
        ContainerContext container = Contexts.built("FROM debian:13\n", "\"command\": [\"sh\", \"-c\", \"app /x\"]");
        assertThat(container.start().commands().get(0).words().get(1).location())
                .isEqualTo(new Location("taskdef.json", 2, 32, 2, 34));
    }

    @Test
    void theLocationOfAVariablesTextIsWhereTheVariableIsSet() {
        ContainerContext container = Contexts.built(
                "FROM debian:13\nCMD exec app $OPTS\n",
                "\"environment\": [{\"name\": \"OPTS\", \"value\": \"-a /x\"}]");
        assertThat(container.start().commands().get(0).words())
                .map(word -> word.location().file())
                .containsExactly("Dockerfile", "taskdef.json", "taskdef.json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ["java", "-jar", "a.jar"]                      | true
                    ["/sbin/tini", "--", "java", "-jar", "a.jar"]  | true
                    ["sh", "-c", "exec java -jar a.jar"]           | true
                    ["sh", "-c", "exec java $JAVA_OPTS -jar a"]    | false
                    ["sh", "-c", ". /etc/profile; java -jar a"]    | false
                    ["sh", "-c", "./start && java -jar a"]         | false
                    ["./start"]                                    | false
                    ["docker-entrypoint.sh", "java"]               | false
                    ["tini", "--"]                                 | false
                    """)
    void javaOptsIsIgnoredIfTheCommandStartsJavaDirectly(String entrypoint, boolean lost) {
        StartCommand start = Contexts.built("FROM debian:13\nENTRYPOINT " + entrypoint + "\n")
                .start();
        assertThat(start.startsJavaWithout("JAVA_OPTS")).isEqualTo(lost);
    }

    @Test
    void hostileCommandsAreFollowedInBoundedTimeAndMemory() {
        String doubledVariable = "A=xxxxxxxxxxxxxxxx; " + "A=$A$A$A$A; ".repeat(40) + "x $A";
        String doubledArguments = "set -- a b; " + "set -- \"$@\" \"$@\"; ".repeat(60) + "x \"$@\"";
        String calls = "f() { g; g; g; }; g() { f; f; f; }; f; x";
        String many = "x > /a; ".repeat(200_000);
        String words = "touch " + "/a ".repeat(300_000);
        String patterns = "case x" + "y".repeat(5_000) + " in *a*b*c*d*e*) x;; esac";
        for (String text : List.of(doubledVariable, doubledArguments, calls, many, words, patterns)) {
            ContainerContext container = Contexts.built("FROM debian:13\nCMD " + text + "\n");
            assertThat(container.start().commands()).hasSizeLessThan(1_000);
            assertThat(ContainerNeeds.of(container, List.of(), Set.copyOf(NeedFinders.names()))
                            .needs())
                    .hasSizeLessThan(2_000);
        }
    }

    @Test
    void aCopiedScriptIsNotTakenForThatOfThePublishedImage() throws IOException {
        ContainerContext own = script("exec java -jar app.jar\n", "");
        ContainerContext published = Contexts.built("FROM tomcat:10\nENTRYPOINT [\"/start.sh\"]\n");

        assertThat(own.startsScript("start.sh")).isEqualTo(Truth.FALSE);
        assertThat(published.startsScript("start.sh")).isEqualTo(Truth.TRUE);
        assertThat(published.startsScript("other.sh")).isEqualTo(Truth.FALSE);
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            /opt/setup --now; exec sleep 10       => PROGRAM setup /opt/setup line 2
            cp --frob a b; exec sleep 10          => OPTION cp --frob line 2
            exec node server.js                            => CODE node node line 2
            python3 -m http.server                         => CODE http.server http.server line 2
            python3 -m shop.worker                         => CODE python3 python3 line 2
            [ "$(hostname)" = a ] && prepare; exec sleep 10 => PROGRAM prepare prepare line 2 ?
            ls /; id; mkdir -p /a; exec sleep 10  =>
            /opt/setup.sh; exec sleep 10          =>
            """)
    void aCommandThatNoRowKnowsIsUnknown(String commands, String expected) throws IOException {
        ContainerContext container = script("#!/bin/sh\n" + commands + "\n", "");
        assertThat(String.join(
                        ", ",
                        container.start().unknownCommands().stream()
                                .map(unknown -> unknown.reason() + " " + unknown.program() + " " + unknown.word()
                                        + " line " + unknown.location().line() + (unknown.certain() ? "" : " ?"))
                                .toList()))
                .isEqualTo(expected == null ? "" : expected);
    }
}
