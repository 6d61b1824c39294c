// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.data.Catalogue.Entry;
import io.github.readonlyrootfs.data.Json;
import io.github.readonlyrootfs.need.ContainerContext;
import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.Evidence;
import io.github.readonlyrootfs.need.catalogue.CatalogueFiles;
import io.github.readonlyrootfs.source.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartCommandFinderTest {

    private static final String DEBIAN = "FROM debian:13\nWORKDIR /app\n";

    @TempDir
    Path context;

    private static String found(String dockerfile, String members) {
        return String.join(", ", Contexts.found("start-command", Contexts.built(dockerfile, members)));
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
                    shop --pid-file /var/run/shop.pid                    => /var/run/shop.pid fatal
                    shop --pidfile=/var/run/shop.pid                     => /var/run/shop.pid fatal
                    shop -pid-file=/run/shop.pid -v                      => /run/shop.pid fatal
                    shop --pid-file                                      =>
                    shop --pid-file $DIR/shop.pid                        => ? the pid file of --pid-file: the value of DIR is not known: it is a secret
                    shop --log-file /var/log/shop.log                    => /var/log/shop.log feature
                    shop --log-file -                                    =>
                    shop --log-file stdout                               =>
                    shop --log-file /dev/stdout                          =>
                    shop --log-file=/proc/self/fd/1                      =>
                    shop --listen unix:/run/shop.sock                    => /run/shop.sock fatal
                    shop --listen 0.0.0.0:8080                           =>
                    shop --listen /ip4/0.0.0.0/tcp/4001                  =>
                    shop --connect unix:/run/shop.sock                   =>
                    shop --config /etc/shop.conf /data                   =>
                    gunicorn -b unix:///run/g.sock --pid run/g.pid a:b   => /run/g.sock fatal, /app/run/g.pid fatal
                    gunicorn -b :8000 -p /tmp/g.pid --access-logfile -   => /tmp/g.pid fatal
                    gunicorn -b unix:/run/g.sock?backlog=1 a:b           => /run/g.sock fatal
                    python -m gunicorn --pid=/tmp/g.pid a:b              => /tmp/g.pid fatal
                    uvicorn --uds /run/u.sock a:b                        => /run/u.sock fatal
                    uwsgi -s 127.0.0.1:3031 --stats :9191                =>
                    uwsgi --socket /run/u.sock --logto /var/log/u.log    => /run/u.sock fatal, /var/log/u.log fatal
                    celery -A shop beat -s /data/schedule --pidfile=     => /data/schedule fatal
                    puma -b unix:///run/p.sock -S tmp/puma.state         => /run/p.sock fatal, /app/tmp/puma.state fatal
                    bundle exec puma --pidfile tmp/pids/s.pid            => /app/tmp/pids/s.pid fatal
                    bundle exec sidekiq -P tmp/s.pid -L /var/log/s.log   => /app/tmp/s.pid fatal, /var/log/s.log fatal
                    redis-server --unixsocket /run/r.sock --pidfile /r   => /run/r.sock fatal, /r tolerated
                    redis-cli -s /run/r.sock --pid-file /x               =>
                    java -Dlogging.file.name=/var/log/a.log -jar a.jar   => /var/log/a.log tolerated parents
                    java -jar a.jar --logging.file.path=/var/log/a       => /var/log/a tolerated parents
                    aws s3 sync . s3://shop/ --acl public-read           =>
                    aws s3 cp s3://shop/a /data/a --sse AES256 --quiet   => /data/a fatal
                    mkdir /data                                          => /data fatal
                    mkdir -p /data/a && exec shop                        => /data/a fatal parents
                    mkdir -p /tmp /var/log && exec shop                  =>
                    touch /data/x; exec shop                             => /data/x feature
                    set -e; touch /data/x; exec shop                     => /data/x fatal
                    touch /data/x || true; exec shop                     => /data/x feature
                    touch /data/x || exit 1; exec shop                   => /data/x fatal
                    if [ -f /proc/x ]; then touch /data/x; fi; exec shop => /data/x tolerated
                    shop | tee -a /var/log/shop.log                      => /var/log/shop.log fatal
                    shop > /var/log/shop.log 2>&1                        => /var/log/shop.log fatal
                    shop 2> /dev/null                                    =>
                    echo x > /run/x; exec shop                           => /run/x feature
                    exec > /var/log/shop.log; exec shop                  => /var/log/shop.log fatal
                    shop < /etc/shop.conf                                =>
                    envsubst < a.tmpl > /etc/shop.conf && exec shop      => /etc/shop.conf fatal
                    sed -i s/a/b/ /etc/shop/shop.conf && exec shop       => /etc/shop fatal
                    sed -i -e s/a/b/ /etc/shop/shop.conf && exec shop    => /etc/shop fatal
                    sed s/a/b/ /etc/shop.conf                            =>
                    cp /defaults/a.conf /etc/a.conf && exec shop         => /etc/a.conf fatal
                    chown -R app /data && exec su-exec app shop          => /data fatal
                    curl -o /tmp/x https://example.com && exec shop      => /tmp/x fatal
                    curl -fsSO https://example.com/x && exec shop        => /app fatal
                    curl -f https://example.com && exec shop             =>
                    cp a.war /srv/webapps/$DIR.war && exec shop          => /srv/webapps fatal
                    cp a.war /srv/webapps/$DIR.war; exec shop            => /srv/webapps fatal
                    cp /a.war /opt/deployments/b.war; exec shop          => /opt/deployments/b.war fatal
                    cp a.war /srv/old/a.war; exec shop                   => /srv/old/a.war feature
                    cp a.conf /srv/webapps/a.conf; exec shop             => /srv/webapps/a.conf feature
                    cp a.war log-$DIR && exec shop                       => /app fatal
                    cp a.war /srv/$DIR/a.war && exec shop                => ? a path that cp writes: the value of DIR is not known: it is a secret
                    cp a.war /$DIR && exec shop                          => ? a path that cp writes: the value of DIR is not known: it is a secret
                    cp a.war $DIR/a.war && exec shop                     => ? a path that cp writes: the value of DIR is not known: it is a secret
                    sed -i s/a/b/ /etc/shop/$DIR.conf && exec shop       => /etc/shop fatal
                    shop > /var/log/$DIR.log                             => /var/log fatal
                    shop > $DIR/shop.log                                 => ? the file that output is sent to: the value of DIR is not known: it is a secret
                    """)
    void filesThatTheCommandWritesAreNeeds(String command, String needs) {
        assertThat(found(DEBIAN + "CMD " + command + "\n", "\"secrets\": [{\"name\": \"DIR\", \"valueFrom\": \"x\"}]"))
                .isEqualTo(needs == null ? "" : needs);
    }

    /** Whether the container reaches its main command after a refused write, measured with dash. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
                    set -e; echo x > /v; exec shop                       => /v fatal
                    set -e; set +e; echo x > /v; exec shop               => /v feature
                    echo x > /v; exec shop                               => /v feature
                    echo x &> /v; exec shop                              => /v feature
                    echo x >& /v; exec shop                              => /v feature
                    : > /v; exec shop                                    => /v fatal
                    true > /v; exec shop                                 => /v feature
                    > /v; exec shop                                      => /v feature
                    export A=1 > /v; exec shop                           => /v fatal
                    { : > /v; } || true; exec shop                       => /v fatal
                    (: > /v); exec shop                                  => /v feature
                    eval ': > /v'; exec shop                             => /v fatal
                    { echo a; } > /v; exec shop                          => /v feature
                    set -e; { echo a; } > /v; exec shop                  => /v fatal
                    for i in 1 2; do echo $i; done > /v; exec shop       => /v feature
                    touch /v || exit 1; exec shop                        => /v fatal
                    touch /v || { echo no; exit 1; }; exec shop          => /v fatal
                    die() { exit 1; }; touch /v || die; exec shop        => /v fatal
                    touch /v || echo no; exec shop                       => /v feature
                    if ! touch /v; then exit 1; fi; exec shop            => /v fatal
                    if touch /v; then :; else exit 1; fi; exec shop      => /v fatal
                    if touch /v; then echo yes; fi; exec shop            => /v feature
                    if touch /v; then exec shop; fi                      => /v fatal
                    if false; then :; elif touch /v; then exec shop; fi  => /v fatal
                    while ! touch /v; do sleep 1; done; exec shop        => /v fatal
                    until touch /v; do sleep 1; done; exec shop          => /v fatal
                    set -e; touch /v & exec shop                         => /v feature
                    set -e; touch /v | cat; exec shop                    => /v feature
                    set -e; cat /etc/hosts | touch /v; exec shop         => /v fatal
                    set -e; ! touch /v; exec shop                        => /v feature
                    set -e; touch /v && echo done; exec shop             => /v feature
                    set -e; true && touch /v; exec shop                  => /v fatal
                    touch /v && exec shop                                => /v fatal
                    set -e; (touch /v); exec shop                        => /v fatal
                    set -e; (set +e; touch /v; echo x); exec shop        => /v feature
                    set -e; f() { touch /v; echo in; }; f; exec shop     => /v fatal
                    set -e; f() { touch /v; echo in; }; f || true; exec shop => /v feature
                    f() { touch /v; return 0; }; f || exit 1; exec shop  => /v feature
                    set -e; x=$(touch /v); exec shop                     => /v fatal
                    set -e; export x=$(touch /v); exec shop              => /v feature
                    set -e; echo $(touch /v); exec shop                  => /v feature
                    set -e; sh -c 'touch /v; echo x'; exec shop          => /v feature
                    set -e; sh -ec 'touch /v; echo x'; exec shop         => /v fatal
                    set -e; sh -c 'touch /v'; exec shop                  => /v fatal
                    set -e; eval 'touch /v'; exec shop                   => /v fatal
                    cd / && touch v; exec shop                           => /v feature
                    (cd /srv); touch v; exec shop                        => /app/v feature
                    set -e; echo x | tee /v; exec shop                   => /v fatal
                    set -e; echo x | tee /v | cat; exec shop             => /v feature
                    set -e; touch /v; rc=$?; exec shop                   => /v fatal
                    touch /v; [ $? -eq 0 ] || exit 1; exec shop          => /v fatal
                    touch /v; if [ $? != 0 ]; then exit 1; fi; exec shop => /v fatal
                    set -e; [ -d /v ] || mkdir /v; exec shop             => /v fatal
                    set -e; if [ ! -f /v ]; then cp /etc/hosts /v; fi; exec shop => /v fatal
                    set -e; if [ ! -d /srv ]; then touch /v; fi; exec shop =>
                    set -e; for d in a b; do mkdir -p /v/$d; done; exec shop => /v/a fatal parents, /v/b fatal parents
                    set -e; case "$HOME" in /root) touch /v;; esac; exec shop => /v fatal
                    set -e; mkdir -pm 755 /v; exec shop                  => /v fatal parents
                    set -e; install -d -m 755 /v; exec shop              => /v fatal parents
                    set -e; cp -t /srv /etc/hosts; exec shop             => /srv fatal
                    set -e; dd if=/dev/zero of=/v count=1; exec shop     => /v fatal
                    set -e; truncate -s 0 /v; exec shop                  => /v fatal
                    set -e; mkfifo /v; exec shop                         => /v fatal
                    set -e; tar -xzf /a.tgz -C /srv; exec shop           => /srv fatal
                    set -e; tar xf /a.tar; exec shop                     => /app fatal
                    set -e; unzip -q /a.zip -d /srv; exec shop           => /srv fatal
                    set -e; ssh-keygen -t rsa -N '' -f /srv/key; exec shop => /srv/key fatal
                    set -e; useradd app; exec shop                       => /etc fatal
                    set -e; rm -f /etc/hosts; exec shop                  =>
                    set -e; rm -f /etc/debian_version; exec shop         => /etc fatal
                    set -e; rm -f /v/server.pid; exec shop               =>
                    set -e; curl -sXPOST http://x/; exec shop            =>
                    set -e; curl -sSLo /v http://x/; exec shop           => /v fatal
                    set -e; wget -qO /v http://x/; exec shop             => /v fatal
                    set -e; wget -qO- http://x/; exec shop               =>
                    set -e; echo /v | xargs mkdir; exec shop             => /v fatal
                    set -e; su app -c 'touch /v'; exec shop              => /v fatal
                    set -e; gosu app touch /v; exec shop                 => /v fatal
                    set -e; sudo -u app touch /v; exec shop              => /v fatal
                    set -e; setpriv --reuid app touch /v; exec shop      => /v fatal
                    set -e; timeout 5 touch /v; exec shop                => /v fatal
                    gosu --                                              =>
                    shop --pid-file /run/s & wait                        => /run/s fatal
                    agent --pid-file /run/a & exec shop                  => /run/a feature
                    agent --pid-file /run/a; exec shop                   => /run/a feature
                    set -e; agent --pid-file /run/a; exec shop           => /run/a fatal
                    exec bash -c 'touch /v; exec shop'                   => /v feature
                    bash -c ': > /v; exec shop'                          => /v feature
                    bash -c 'touch {/v,/w}; exec shop'                   => /v feature, /w feature
                    bash -ec 'cat < <(touch /v); exec shop'              => /v feature
                    bash -ec 'shop &> /v'                                => /v fatal
                    bash -eo pipefail -c 'touch /v | cat; exec shop'     => /v fatal
                    set -e; mkdir -p /v/$DIR; exec shop                  => /v fatal parents
                    ! { echo a; } > /v || exec shop                      => /v fatal
                    ! (echo a) > /v || exec shop                         => /v fatal
                    bash -c '! { echo a; } > /v || exec shop'            => /v feature
                    bash -c '! (echo a) > /v || exec shop'               => /v feature
                    bash -c '! [[ a = a ]] > /v || exec shop'            => /v feature
                    bash -c '! [[ a = b ]] > /v && exec shop'            => /v fatal
                    bash -c '! echo a > /v || exec shop'                 => /v fatal
                    bash -c '! true | { cat; } > /v || exec shop'        => /v fatal
                    bash -ec '! { echo a; } > /v; exec shop'             => /v feature
                    bash -c 'if ! (echo a) > /v; then exit 1; fi; exec shop' => /v feature
                    if ! (echo a) > /v; then exit 1; fi; exec shop       => /v fatal
                    (echo a) > /none/x || : > /v; exec shop              => /none/x feature, /v fatal
                    bash -c '(echo a) > /none/x || : > /v; exec shop'    => /none/x feature, /v feature
                    mkdir /none; echo a > /none/x || exit 1; exec shop   => /none/x fatal, /none fatal
                    set -e; shop --pid-file /p > /none/x                 => /none/x fatal, /p fatal
                    set -e; { shop --pid-file /p; } > /none/x            => /none/x fatal, /p fatal
                    set -e; touch /v & wait $!; exec shop                => /v fatal
                    set -e; touch /v & pid=$!; wait "$pid"; exec shop    => /v fatal
                    set -e; touch /v & wait; exec shop                   => /v feature
                    touch /v & wait $! || exit 1; exec shop              => /v fatal
                    set -e; u=$(awk -F: '$1 == "root" {print $3}' /etc/passwd); [ "$u" = 0 ] && touch /v; exec shop => /v fatal
                    u=$(awk -F: '$1 == "root" {print $3}' /etc/passwd); [ "$u" = 1 ] && touch /v; exec shop =>
                    set -e; rm -rf /srv/*; exec shop                     =>
                    set -e; touch /srv/*.log; exec shop                  => ? a path that touch writes: it depends on what matches the pattern
                    """)
    void theRulesOfTheShellDecideTheImpactOfARefusedWrite(String command, String needs) {
        assertThat(found(DEBIAN + "CMD " + command + "\n", "\"secrets\": [{\"name\": \"DIR\", \"valueFrom\": \"x\"}]"))
                .isEqualTo(needs == null ? "" : needs);
    }

    /** Asked of a Docker engine: {@code /srv/l} leads to a volume, and {@code /srv/lf} to a file in it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", textBlock = """
                    ln -sfn /data/b /srv/l              => /srv fatal
                    ln -sfT /data/b /srv/l              => /srv fatal
                    ln -sf /data/b /srv/l               => /srv/l fatal
                    ln -sf /data/b /srv/lf              => /srv fatal
                    cp /f /srv/lf                       => /srv/lf fatal
                    cp -T /f /srv/lf                    => /srv/lf fatal
                    cp --remove-destination /f /srv/lf  => /srv fatal
                    mv /data/new /srv/l                 => /srv/l fatal
                    mv -T /data/new /srv/l              => /srv fatal
                    mv /data/new /srv/lf                => /srv fatal
                    install /f /srv/l                   => /srv/l fatal
                    install /f /srv/lf                  => /srv fatal
                    """)
    void aCommandThatReplacesALinkWritesWhereTheLinkIs(String command, String needs) {
        String links = "RUN mkdir /data && touch /f /data/f && ln -s /data /srv/l && ln -s /data/f /srv/lf\n";

        assertThat(found(DEBIAN + links + "CMD set -e; " + command + "; exec shop\n", ""))
                .isEqualTo(needs);
    }

    /** Asked of a Docker engine, with debian:13, its dash and a read-only root: the status, and whether shop runs. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
                    [ -w /etc ] && echo x; exec shop                               =>
                    set -e; [ -w /etc ] && echo x; exec shop                       =>
                    set -e; f() { [ -w /etc ] && echo x; }; f; exec shop           => /etc fatal
                    [ -w /etc ] && touch /etc/x; echo started                      => /etc/x feature
                    [ -w /etc ] && touch /etc/x; tail -f /dev/null                 => /etc/x feature
                    [ -w /etc ] && touch /etc/x; exec $CRED                        => /etc/x feature
                    [ -w /etc ] && A=1; shop $A                                    =>
                    [ -w /etc ] && exec shop                                       => /etc fatal
                    if [ -w /etc ]; then cp a /etc/b; else echo no; fi             => /etc/b feature
                    if [ -w /etc ]; then shop; else echo no; fi                    => /etc fatal
                    echo x > /v || true                                            => /v feature
                    echo x > /v || true; echo started                              => /v feature
                    touch /v || true                                               => /v feature
                    (touch /v || true) & wait                                      => /v feature
                    : > /v || true                                                 => /v fatal
                    cp /etc/hosts /v                                               => /v fatal
                    cp /etc/hosts /v & wait                                        => /v feature
                    cp /etc/hosts /v & wait $!                                     => /v fatal
                    touch /v && shop; exit $?                                      => /v fatal
                    """)
    void aStartThatGoesOnDoesNotNeedWhatItOnlyTries(String command, String needs) {
        assertThat(foundWithVariables(command)).isEqualTo(needs == null ? "" : needs);
    }

    /** CRED is a secret, FULL has a placeholder, and EMPTY is empty; asked of the same engine. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
                    if [ -n "$CRED" ]; then echo "$CRED" > /v; fi             => /v fatal
                    if [ -n "$FULL" ]; then echo "$FULL" > /v; fi             => /v fatal
                    if [ -n "$EMPTY" ]; then touch /v; fi                     =>
                    if [ -n "$OTHER" ]; then touch /v; fi                     =>
                    if [ "$CRED" ]; then touch /v; fi                         => /v fatal
                    [ -z "$CRED" ] || touch /v                                => /v fatal
                    if test -z "$CRED"; then touch /w; else touch /v; fi      => /v fatal
                    if [ "$CRED" != "" ]; then touch /v; fi                   => /v fatal
                    if [ "x$CRED" != x ]; then touch /v; fi                   => /v fatal
                    if [ "$CRED" = a ]; then touch /v; fi                     => /v tolerated
                    if [ "$CRED" = a ]; then touch "$CRED"; fi                => ? a path that touch writes: the value of CRED is not known: it is a secret
                    if [ "$CRED" = a ]; then echo x > "$CRED"; fi             => ? the file that output is sent to: the value of CRED is not known: it is a secret
                    if [ -n $CRED ]; then touch /v; fi                        => /v tolerated
                    if [ -n "${CRED:-}" ]; then touch /v; fi                  => /v fatal
                    if [ -n "${CRED+x}" ]; then touch /v; fi                  => /v fatal
                    if [ -n "${CRED:+x}" ]; then touch /v; fi                 => /v fatal
                    if [ "${CRED%%:*}" ]; then touch /v; fi                   => /v tolerated
                    ${CRED:+touch /v}                                         => /v fatal
                    c=$CRED; if [ -n "$c" ]; then touch /v; fi                => /v fatal
                    case "$CRED" in "") ;; *) touch /v;; esac                 => /v fatal
                    bash -ec 'if [[ -v CRED ]]; then touch /v; fi'            => /v fatal
                    bash -ec 'if [[ -n $CRED ]]; then touch /v; fi'           => /v fatal
                    """)
    void aVariableOfTheTaskIsNotEmpty(String command, String needs) {
        assertThat(foundWithVariables("set -e; " + command + "; exec shop")).isEqualTo(needs == null ? "" : needs);
    }

    private static String foundWithVariables(String command) {
        return found(
                DEBIAN + "CMD " + command + "\n",
                "\"secrets\": [{\"name\": \"CRED\", \"valueFrom\": \"x\"}], \"environment\":"
                        + " [{\"name\": \"FULL\", \"value\": \"${full}\"}, {\"name\": \"EMPTY\", \"value\": \"\"}]");
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
                    "CMD-SHELL", "curl -f http://localhost/ || exit 1"                    =>
                    "CMD-SHELL", "curl -f http://localhost/ > /tmp/health || exit 1"      => /tmp/health fatal
                    "CMD-SHELL", "curl -f http://localhost/ > /dev/null || exit 1"        =>
                    "CMD-SHELL", "curl --unix-socket /run/a.sock http://a/ || exit 1"     =>
                    "CMD-SHELL", "wget -q http://localhost/health || exit 1"              => /app fatal
                    "CMD-SHELL", "wget -q --spider http://localhost/ || exit 1"           =>
                    "CMD-SHELL", "wget -qO- http://localhost/ || exit 1"                  =>
                    "CMD-SHELL", "wget -O /dev/null http://localhost/ || exit 1"          =>
                    "CMD", "curl", "-o", "/tmp/health", "http://localhost/"               => /tmp/health fatal
                    "CMD-SHELL", "touch /tmp/alive || true"                               => /tmp/alive feature
                    "CMD-SHELL", "test -f /tmp/alive"                                     =>
                    "NONE"                                                                =>
                    """)
    void filesThatTheHealthCheckWritesAreNeeds(String command, String needs) {
        assertThat(found(DEBIAN + "CMD [\"shop\"]\n", "\"healthCheck\": {\"command\": [" + command + "]}"))
                .isEqualTo(needs == null ? "" : needs);
    }

    @Test
    void filesThatVariablesNameAreNeeds() {
        assertThat(found(
                        DEBIAN + "ENV PIDFILE=/run/shop.pid CATALINA_PID_FILE=relative.pid LOG_FILE=/dev/stdout\n",
                        "\"environment\": [{\"name\": \"APP_LOG_FILE\", \"value\": \"/var/log/a.log\"},"
                                + " {\"name\": \"LOGGING_FILE_NAME\", \"value\": \"/var/log/b.log\"},"
                                + " {\"name\": \"PROFILE\", \"value\": \"/x\"}]"))
                .isEqualTo("/var/log/a.log feature, /var/log/b.log tolerated parents, /run/shop.pid feature");
    }

    @Test
    void gunicornReadsOptionsFromItsVariable() {
        assertThat(found(
                        DEBIAN + "CMD [\"gunicorn\", \"a:b\"]\n",
                        "\"environment\": [{\"name\": \"GUNICORN_CMD_ARGS\", \"value\": \"--bind=unix:/run/g.sock\"}]"))
                .isEqualTo("/run/g.sock fatal");
    }

    @Test
    void theEvidenceIsTheArgument() {
        ContainerContext container =
                Contexts.built(DEBIAN, "\"command\": [\"gunicorn\", \"--pid\", \"/run/g.pid\", \"a:b\"]");
        Evidence evidence = ContainerNeeds.of(container, List.of(), Set.of("start-command"))
                .needs()
                .get(0)
                .evidence()
                .get(0);
        assertThat(evidence.location()).contains(new Location("taskdef.json", 2, 36, 2, 48));
        assertThat(evidence.words()).isEqualTo("--pid names the pid file of gunicorn [start-command]");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
                    set -e; . /v/hook || true; exec shop                           => /v/x fatal
                    set -e; if . /v/hook; then :; fi; exec shop                    => /v/x fatal
                    set -e; (. /v/hook) || true; exec shop                         => /v/x feature
                    bash -ec '. /v/hook || true; exec shop'                        => /v/x feature
                    set -e; sh /v/hook || true; exec shop                          => /v/x feature
                    set -e; for f in /v/*.sh; do . "$f"; done; exec shop           => /v/y fatal
                    set -e; find /v/dir -empty -delete; exec shop                  => /v fatal
                    find /v/dir -empty -delete; exec shop                          => /v feature
                    set -e; find /v -name nosuch -delete; exec shop                =>
                    set -e; find /v -name dir -o -name hook | xargs touch; exec shop => /v/dir fatal, /v/hook fatal
                    set -e; find /v -name dir -prune -o -type f -exec touch {} + ; exec shop => /v/a.sh fatal, /v/hook fatal
                    set -e; find /data -delete; exec shop                          => ? a path that find writes: it depends on what is found
                    set -e; sed -i s/x/q/ /v/hook; . /v/hook; exec shop            => /v fatal, /v/q fatal
                    """)
    void testsOfTheCommandReadTheFilesOfTheImage(String command, String needs) {
        String made = "RUN mkdir -p /v/dir && echo 'touch /v/x' > /v/hook && echo 'touch /v/y' > /v/a.sh\n";
        assertThat(found(
                        DEBIAN + made + "CMD " + command + "\n",
                        "\"mountPoints\": [{\"sourceVolume\": \"data\", \"containerPath\": \"/data\"}]"))
                .isEqualTo(needs == null ? "" : needs);
    }

    @Test
    void aScriptsLinesAreEvidenceInTheScript() throws IOException {
        Files.createDirectories(context.resolve("docker"));
        Files.writeString(context.resolve("docker/start.sh"), "#!/bin/sh -e\ntouch /data/started\nexec shop\n");
        ContainerContext container =
                Contexts.built(context, "FROM debian:13\nCOPY docker/start.sh /\nENTRYPOINT [\"/start.sh\"]\n", "");
        ContainerNeeds needs = ContainerNeeds.of(container, List.of(), Set.of("start-command"));
        assertThat(Contexts.found("start-command", container)).containsExactly("/data/started fatal");
        assertThat(needs.needs().get(0).evidence().get(0).location())
                .contains(new Location("docker/start.sh", 2, 7, 2, 20));
        assertThat(needs.sources()).map(Object::toString).containsExactly("docker/start.sh");
    }

    @Test
    void everyOptionOfAProgramNamesAFile() {
        for (Entry entry : CatalogueFiles.programs()) {
            for (Json option : entry.json().get("options").elements()) {
                String name = option.strings("options").get(0);
                String text = entry.json().strings("programs").get(0) + " " + name + " /nowhere/file.sock";
                assertThat(found(DEBIAN + "CMD " + text + "\n", ""))
                        .as(text)
                        .startsWith("/nowhere/file.sock " + option.get("impact").string());
            }
        }
    }
}
