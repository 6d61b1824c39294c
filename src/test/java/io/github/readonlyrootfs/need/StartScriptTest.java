// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.need.finder.ContainerNeeds;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.start.StartGap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The writes of start scripts in the style of published images. */
class StartScriptTest {

    @TempDir
    Path context;

    private ContainerContext started(String script) throws IOException {
        return started(script, "");
    }

    /** A container that starts with the script; its directory may contain other scripts. */
    private ContainerContext started(String script, String instructions) throws IOException {
        Files.writeString(context.resolve("start.sh"), script);
        return Contexts.built(
                context,
                "FROM debian:13\nCOPY . /usr/local/bin/\n" + instructions
                        + "ENTRYPOINT [\"start.sh\"]\nCMD [\"shop\"]\n",
                "");
    }

    private String found(String script) throws IOException {
        return found(started(script));
    }

    private static String found(ContainerContext container) {
        return String.join(", ", Contexts.found("start-command", container));
    }

    @Test
    void aScriptCanStartItselfAgainThroughBashSource() throws IOException {
        ContainerContext container = started("""
                #!/bin/bash
                set -e
                if [ "$(id -u)" = 0 ]; then exec gosu www-data "$BASH_SOURCE" "$@"; fi
                touch "$(dirname "${BASH_SOURCE[0]}")/x"
                exec "$@"
                """);

        assertThat(container.start().gaps()).isEmpty();
        assertThat(found(container)).isEqualTo("/usr/local/bin/x fatal");
    }

    @Test
    void bashSourceNamesTheFileOfAFunctionAndOfASourcedScript() throws IOException {
        Files.writeString(context.resolve("common.sh"), "f() { touch \"$BASH_SOURCE.f\"; }\ntouch $BASH_SOURCE.s\n");

        assertThat(found("#!/bin/bash\n. /usr/local/bin/common.sh\nf\neval 'touch $BASH_SOURCE.e'\nexec shop\n"))
                .isEqualTo("/usr/local/bin/common.sh.s feature, /usr/local/bin/common.sh.f feature,"
                        + " /usr/local/bin/start.sh.e feature");
    }

    @Test
    void scriptsInADropInDirectoryRunInTheOrderOfTheirNumbers() throws IOException {
        Files.createDirectories(context.resolve("drop-ins.d"));
        Files.writeString(context.resolve("drop-ins.d/5-places.envsh"), "export PLACE=/srv/five\n");
        Files.writeString(context.resolve("drop-ins.d/10-write.sh"), "#!/bin/sh\ntouch \"$PLACE/x\"\n");
        Files.writeString(context.resolve("drop-ins.d/README"), "touch /srv/never\n");

        ContainerContext container = started("""
                #!/bin/sh
                set -e
                if find /usr/local/bin/drop-ins.d/ -mindepth 1 -maxdepth 1 -type f | grep -q .; then
                    find /usr/local/bin/drop-ins.d/ -follow -type f -print | sort -V | while read -r f; do
                        case "$f" in
                            *.envsh) if [ -x "$f" ]; then . "$f"; fi ;;
                            *.sh) if [ -x "$f" ]; then "$f"; fi ;;
                        esac
                    done
                fi
                exec "$@"
                """, "RUN chmod +x /usr/local/bin/drop-ins.d/*sh\n");

        assertThat(container.start().gaps()).isEmpty();
        assertThat(found(container)).isEqualTo("/srv/five/x fatal");
    }

    @Test
    void aScriptThatStartsItselfAsAUserWithAnUnknownUidIsFollowedOnce() throws IOException {
        ContainerContext container = started("""
                #!/bin/bash
                set -e
                if [ "$(id -u)" = 0 ]; then exec gosu app "$BASH_SOURCE" "$@"; fi
                touch "/srv/$(id -un)"
                exec "$@"
                """, "RUN useradd -r app\n");

        assertThat(container.start().gaps()).isEmpty();
        assertThat(found(container)).isEqualTo("/srv/app fatal");
    }

    @Test
    void filesOfMktempNeedItsDirectoryOnly() throws IOException {
        ContainerContext container = started("""
                #!/bin/sh
                set -e
                work=$(mktemp -d)
                echo a > "$work/a"
                touch "$work/b"
                list=$(mktemp /opt/list.XXXXXX.txt)
                sort /etc/hosts > "$list"
                mktemp -p /srv/cache x.XXXX
                TMPDIR=/var/tmp mktemp
                mktemp -u /never/XXXX
                exec "$@"
                """);

        assertThat(found(container)).isEqualTo("/tmp fatal, /opt fatal, /srv/cache fatal, /var/tmp fatal");
    }

    /** As mktemp of GNU and BusyBox do below dash and bash. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            TMPDIR=/opt; mktemp                    | /tmp feature
            TMPDIR=/opt file=$(mktemp)             | /tmp feature
            TMPDIR=/opt; export TMPDIR; mktemp     | /opt feature
            export TMPDIR=/opt; TMPDIR=/srv; mktemp | /srv feature
            set -a; TMPDIR=/opt; mktemp            | /opt feature
            env TMPDIR=/opt mktemp                 | /opt feature
            """)
    void mktempSeesTmpdirIfItIsExported(String commands, String needs) throws IOException {
        assertThat(found("#!/bin/sh\n" + commands + "\nexec shop\n")).isEqualTo(needs);
    }

    @Test
    void aStartReachesItsMainCommandInTheOtherBranchToo() throws IOException {
        assertThat(found("#!/bin/sh\nmkdir /data || { echo no; exec shop --now; }\nexec shop --now\n"))
                .isEqualTo("/data feature");
        assertThat(found("#!/bin/sh\nmkdir /data || { echo no; exec shop --help; }\nexec shop --now\n"))
                .isEqualTo("/data fatal");
    }

    @Test
    void theNameOfATemporaryFileIsEmptyIfMktempFails() throws IOException {
        assertThat(found("#!/bin/sh\nlist=$(mktemp) || exit 1\ntouch \"$list\"\nexec shop\n"))
                .isEqualTo("/tmp fatal");
        assertThat(found("#!/bin/sh\nlist=$(mktemp)\ntouch \"$list\"\nexec shop\n"))
                .isEqualTo("/tmp feature");
    }

    @Test
    void rsyncWritesItsLastOperandUnlessItIsOnAnotherHost() throws IOException {
        assertThat(found("""
                #!/bin/sh
                set -e
                rsync -rlptD --delete --exclude cache /usr/share/shop/ /srv/shop/
                rsync -a /srv/shop/ backup:/srv/never/
                rsync -an /srv/shop/ /srv/never/
                rsync --list-only /srv/shop/ /srv/never/
                exec "$@"
                """)).isEqualTo("/srv/shop fatal");
    }

    @Test
    void aVariableIsReadFromTheFileThatAnotherVariableNames() throws IOException {
        ContainerContext container =
                started("""
                #!/bin/bash
                set -eo pipefail
                file_env() {
                    local var="$1" fileVar="${1}_FILE" val="${2:-}"
                    if [ "${!var:-}" ] && [ "${!fileVar:-}" ]; then exit 1; fi
                    if [ "${!var:-}" ]; then
                        val="${!var}"
                    elif [ "${!fileVar:-}" ]; then
                        val="$(< "${!fileVar}")"
                    fi
                    export "$var"="$val"
                    unset "$fileVar"
                }
                file_env DATA /srv/data
                file_env LOGS /srv/logs
                file_env CACHE
                mkdir "$DATA" "$LOGS" /srv/cache"$CACHE"
                exec "$@"
                """, "RUN echo /srv/fromfile > /etc/data\nENV LOGS=/srv/out DATA_FILE=/etc/data\n");

        assertThat(container.start().gaps()).isEmpty();
        assertThat(found(container)).isEqualTo("/srv/fromfile fatal, /srv/out fatal, /srv/cache fatal");
    }

    @Test
    void aMissingScriptIsReportedUnlessTheCallerChecksForIt() throws IOException {
        for (String shell : List.of("sh", "bash")) {
            ContainerContext container = started("#!/bin/" + shell + "\n. /nowhere/settings.sh\nexec shop\n");

            StartGap gap = container.start().gaps().get(0);
            assertThat(gap.reason()).as(shell).isEqualTo("/nowhere/settings.sh is not among the image's files");
            assertThat(gap.location().map(Location::toString)).contains("start.sh:2:1");
        }
        assertThat(started("#!/bin/bash\n. /nowhere/x.sh || true\n[ -f /nowhere/y ] && . /nowhere/y\nexec shop\n")
                        .start()
                        .gaps())
                .isEmpty();
    }

    @Test
    void writesInAScriptThatFailsAnywayAreNotFatal() throws IOException {
        ContainerContext container = started("""
                #!/bin/sh
                chmod 755 /srv/data || :
                if [ -z "$PASSWORD" ]; then
                    echo "no password" >&2
                    exit 1
                fi
                exec "$@"
                """);

        assertThat(container.start().gaps())
                .extracting(StartGap::reason)
                .containsExactly("it fails before it starts its program, according to these files");
        assertThat(Contexts.found("start-command", container)).contains("/srv/data feature");
        assertThat(found("""
                #!/bin/bash
                if [ "$(id -u)" = 0 ]; then exec gosu www-data "$BASH_SOURCE" "$@"; fi
                chmod 755 /srv/data || :
                [ -n "$PASSWORD" ] || exit 1
                exec "$@"
                """)).startsWith("/srv/data feature");
    }

    @Test
    void aFileThatOnlyTheContainerHasDoesNotMakeWritesFatal() throws IOException {
        ContainerContext reading = started("""
                #!/bin/sh
                set -e
                touch /srv/x || true
                while read -r line; do echo "$line"; done < /etc/hosts
                . /run/secrets.env
                exec "$@"
                """);
        assertThat(found(reading)).isEqualTo("/srv/x feature");
        assertThat(Contexts.found("program", reading))
                .contains("? the start command: what /run/secrets.env sets is not known");
        assertThat(found("""
                #!/bin/sh
                set -e
                touch /srv/x
                touch /opt/x || { date; exit 1; }
                cd /mounted/later
                exec "$@"
                """)).isEqualTo("/srv/x fatal, /opt/x fatal");
    }

    @Test
    void aScriptThatStopsUnlessItMayWriteNeedsThePath() throws IOException {
        String image = "RUN mkdir /srv/data\n";

        assertThat(found(started("#!/bin/sh\n[ -w /srv/data ] || exit 1\nexec shop\n", image)))
                .isEqualTo("/srv/data fatal");
        assertThat(found(started("#!/bin/bash\nif [[ ! -w /srv/data ]]; then exit 1; fi\nexec shop\n", image)))
                .isEqualTo("/srv/data fatal");
        assertThat(found(started("#!/bin/sh\nif [ -w /srv/data ]; then touch /srv/data/x; fi\nexec shop\n", image)))
                .isEqualTo("/srv/data/x feature");
    }

    @Test
    void aScriptThatStopsUnlessItMayWriteNeedsThePathWhetherTheImageHasItOrNot() throws IOException {
        String image = "RUN prepare-shop /srv/data\n";

        assertThat(found(started("#!/bin/sh\n[ -w /srv/data ] || exit 1\nexec shop\n", image)))
                .isEqualTo("/srv/data fatal");
        assertThat(found(started(
                        "#!/bin/sh\nmkdir -p /srv/data || true\n[ -w /srv/data ] || exit 1\nexec shop\n", image)))
                .contains("/srv/data fatal");
    }

    @Test
    void aScriptThatWritesToAnotherPathInsteadNeedsOneOfThePaths() throws IOException {
        String image = "RUN mkdir /srv/data\n";

        assertThat(found("#!/bin/sh\nset -e\ntouch /srv/x || touch /opt/x > /dev/null\nexec shop\n"))
                .isEqualTo("/srv/x|/opt/x fatal");
        assertThat(found("#!/bin/sh\nset -e\necho x > /srv/x || echo a | tee /opt/x > /dev/null\nexec shop\n"))
                .isEqualTo("/srv/x|/opt/x fatal");
        assertThat(found(started("""
                #!/bin/sh
                set -e
                if [ -w /srv/data ]; then DATA=/srv/data; else DATA=/opt; fi
                touch "$DATA/x"
                exec shop
                """, image))).isEqualTo("/srv/data|/opt/x fatal, /srv/data/x feature");
        assertThat(found("#!/bin/sh\nset -e\ntouch /srv/x || touch /opt/x || true\nexec shop\n"))
                .isEqualTo("/srv/x feature");
    }

    @Test
    void theLastCommandOfALoopOrAListDecidesTheStatus() throws IOException {
        assertThat(found("#!/bin/sh\nset -e\necho a | while read -r l; do touch /srv/x && true; done\nexec shop\n"))
                .isEqualTo("/srv/x fatal");
        assertThat(found("#!/bin/sh\ntouch /srv/x && touch /opt/x || exit 1\nexec shop\n"))
                .isEqualTo("/srv/x fatal, /opt/x fatal");
        assertThat(found("#!/bin/bash\nset -eo pipefail\necho a | tee /srv/x || chgrp 0 /srv\nexec shop\n"))
                .isEqualTo("/srv/x fatal");
    }

    @Test
    void bashOptionsForPatternsAndSubstitutionsAreFollowed() throws IOException {
        assertThat(
                        found(
                                "#!/bin/bash\nshopt -s nullglob\nfor f in /usr/local/bin/*.none; do touch /srv/x; done\nexec shop\n"))
                .isEmpty();
        assertThat(found("#!/bin/bash\nset -e\nshopt -s inherit_errexit\nx=$(touch /srv/x; echo in)\nexec shop\n"))
                .isEqualTo("/srv/x fatal");
        assertThat(
                        found(
                                "#!/bin/bash\nset -e\nprintf -v p '/srv/%s' x; touch $p\n. <(echo D=/opt); touch $D/x\nexec shop\n"))
                .isEqualTo("/srv/x fatal, /opt/x fatal");
    }

    @Test
    void optionsAgainstCreatingFilesPreventWrites() throws IOException {
        String image = "RUN mkdir -p /srv/dir && touch /srv/file /srv/dir/passwd\n";

        assertThat(found(started("#!/bin/sh\ntouch -c /srv/none\ntruncate -c -s 0 /srv/none\nexec shop\n", image)))
                .isEmpty();
        assertThat(found(started(
                        "#!/bin/sh\ncp -n /etc/group /srv/file\ncp -n /etc/passwd /srv/dir\nexec shop\n", image)))
                .isEmpty();
        assertThat(found(started("#!/bin/sh\ntouch -c /srv/file\ncp -n /etc/group /srv/dir\nexec shop\n", image)))
                .isEqualTo("/srv/file feature, /srv/dir feature");
    }

    @Test
    void writesOfADaemonAreFatalOnlyIfTheScriptStopsAtErrors() throws IOException {
        String script = "#!/bin/sh\n%scron\nphp-fpm -D\nexec shop\n";

        assertThat(Contexts.found("base-image", started(script.formatted(""))))
                .isNotEmpty()
                .allMatch(need -> need.contains(" feature"));
        assertThat(Contexts.found("base-image", started(script.formatted("set -e\n"))))
                .anyMatch(need -> need.contains(" fatal"));
    }

    @Test
    void certificatesAndCommandsAfterOtherStartersAreFollowed() throws IOException {
        assertThat(found("#!/bin/sh\nset -e\nupdate-ca-certificates\nexec dockerize -timeout 5s uv run touch /srv/x\n"))
                .isEqualTo("/etc/ssl/certs fatal, /srv/x fatal");
    }

    @Test
    void otherShellsDoNotSetBashSource() throws IOException {
        assertThat(found("#!/bin/dash\ntouch /srv/x$BASH_SOURCE\nexec shop\n")).isEqualTo("/srv/x feature");
    }

    @Test
    void aScriptFoundInPathIsCalledByItsAbsolutePath() throws IOException {
        assertThat(found("#!/bin/sh\ntouch \"$(dirname \"$0\")/x\"\nexec shop\n"))
                .isEqualTo("/usr/local/bin/x feature");
    }

    @Test
    void anUnknownScriptMaySetAnyVariable() throws IOException {
        assertThat(found("""
                #!/bin/sh
                set -e
                default=/srv
                . /etc/profile
                mkdir -p "$HERE/data"
                mkdir -p "$default/data"
                mkdir -p "$HOME/data"
                exec shop
                """)).isEqualTo("""
                /root/data fatal parents, ? a path that mkdir writes: part of it is not known, \
                ? a path that mkdir writes: part of it is not known""");
    }

    @Test
    void aScriptInADockerfilesHeredocIsFollowed() {
        String head = "FROM debian:13\nARG DIR=/data\nCOPY <<";
        String tail = " /start.sh\nset -e\ntouch $DIR/x\nexec shop\nEOF\nCMD [\"sh\", \"/start.sh\"]\n";

        assertThat(Contexts.found("start-command", Contexts.built(head + "EOF" + tail)))
                .containsExactly("/data/x fatal");
        assertThat(Contexts.found("start-command", Contexts.built(head + "'EOF'" + tail)))
                .containsExactly("/x fatal");
    }

    @Test
    void sourcingOsReleaseMakesOnlyItsVariablesUnknown() throws IOException {
        assertThat(found("""
                #!/bin/sh
                set -e
                default=/srv
                . /etc/os-release
                mkdir -p "$default/data" "/srv/$VERSION_CODENAME"
                exec shop
                """)).startsWith("/srv/data fatal parents, /srv fatal parents");
    }

    @Test
    void onlySomeShellsPassArgumentsToASourcedScript() throws IOException {
        Files.writeString(context.resolve("common.sh"), "touch \"$1.x\"\n");
        String rest = "cd /srv\n. /usr/local/bin/common.sh /srv/a\nexec \"$@\"\n";

        assertThat(found("#!/bin/bash\n" + rest)).isEqualTo("/srv/a.x feature");
        assertThat(found("#!/bin/ash\n" + rest)).isEqualTo("/srv/a.x feature");
        assertThat(found("#!/bin/dash\n" + rest)).isEqualTo("/srv/shop.x feature");
        assertThat(found("#!/bin/sh\n" + rest)).isEqualTo("? a path that touch writes: part of it is not known");
    }

    @Test
    void theCommandThatAShellWaitsForIsTheMainCommand() throws IOException {
        assertThat(found("""
                #!/bin/bash
                set -e
                shop --pid-file /run/shop.pid &
                pid=$!
                mkdir -p /run/shop && echo "$pid" > /run/shop/pid
                wait "$pid"
                """))
                .isEqualTo("/run/shop/pid feature parents, /run/shop.pid fatal parents, /run/shop feature parents");
    }

    @Test
    void aVariableThatWouldEndTheScriptIsUnknown() throws IOException {
        String script = "#!/bin/sh\n%s\ntouch \"$D/x\"\nexec shop\n";

        assertThat(found(script.formatted("set -e"))).isEqualTo("/x fatal");
        assertThat(found(script.formatted("set -eu"))).isEqualTo("? a path that touch writes: part of it is not known");
    }

    @Test
    void aWriteIsInTheScriptEvenIfTheDockerfileSetsItsPath() throws IOException {
        ContainerContext container = started("""
                #!/bin/sh
                touch "$DIR"
                echo x > "$DIR/log"
                mkdir -p /srv/a \\
                    /srv/b
                [ -w "$DIR" ] || exit 1
                exec "$@"
                """, "ENV DIR=/srv/dir\n");
        List<String> places = ContainerNeeds.of(container, List.of(), Set.of("start-command")).needs().stream()
                .flatMap(need -> need.evidence().stream())
                .map(evidence -> evidence.location().orElseThrow().toString())
                .toList();

        assertThat(places)
                .containsExactlyInAnyOrder(
                        "start.sh:3:10", "start.sh:6:1", "start.sh:2:1", "start.sh:4:10", "start.sh:5:5");
    }

    @Test
    void sshKeygenWritesHostKeysBelowEtcSsh() throws IOException {
        assertThat(found("#!/bin/sh\nssh-keygen -A && exec /usr/sbin/sshd -D\n"))
                .isEqualTo("/etc/ssh fatal");
    }
}
