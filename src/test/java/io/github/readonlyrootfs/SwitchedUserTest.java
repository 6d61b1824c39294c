// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.analysis.ContainerAnalysis;
import io.github.readonlyrootfs.analysis.Verdict;
import io.github.readonlyrootfs.request.CheckRequest.DockerfileBuild;
import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.runtime.Platform;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that a start script runs as another user are judged for that user. */
class SwitchedUserTest {

    @TempDir
    Path context;

    /**
     * {@code /vol} is a volume owned by root, {@code /own} one owned by user app, {@code /any} one that all users can
     * write.
     */
    private String verdicts(String script) throws Exception {
        Path dockerfile = Files.writeString(context.resolve("Dockerfile"), """
                FROM debian:13
                RUN groupadd -g 1000 app && useradd -u 1000 -g app app
                RUN mkdir /vol /own /any && chown app:app /own && chmod 1777 /any
                VOLUME /vol /own /any
                COPY start.sh /start.sh
                ENTRYPOINT ["/bin/sh", "/start.sh"]
                """);
        Files.writeString(context.resolve("start.sh"), "#!/bin/sh\nset -e\n" + script.replace("; ", "\n") + "\n");
        Path task = Files.writeString(context.resolve("taskdef.json"), """
                {"family": "f", "containerDefinitions": [
                  {"name": "app", "image": "i", "readonlyRootFilesystem": true}]}
                """);
        ContainerAnalysis container = ReadOnlyRootAnalysis.check(new RequestBuilder(task)
                        .container("app")
                        .platforms(Platform.EC2)
                        .dockerfile(new DockerfileBuild(
                                new NamedFile(dockerfile, "Dockerfile"),
                                Optional.of(context),
                                Optional.empty(),
                                Map.of()))
                        .build())
                .tasks()
                .containers()
                .get(0);
        List<Verdict> verdicts = container.verdicts(Platform.EC2);
        return verdicts.stream()
                .filter(verdict -> verdict.path().toString().matches("/(vol|own|any)/.*"))
                .map(verdict -> verdict.path() + " " + verdict.access().verdict())
                .collect(Collectors.joining(", "));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
                    exec gosu app java -Xlog:gc:/vol/x -jar a.jar            => /vol/x NOT_PERMITTED
                    exec gosu app java -Xlog:gc:/own/x -jar a.jar            => /own/x WRITABLE
                    exec gosu app java -Xlog:gc:/any/x -jar a.jar            => /any/x WRITABLE
                    exec java -Xlog:gc:/vol/x -jar a.jar                     => /vol/x WRITABLE
                    exec gosu root java -Xlog:gc:/vol/x -jar a.jar           => /vol/x WRITABLE
                    exec su-exec app:app touch /vol/x                        => /vol/x NOT_PERMITTED
                    exec su-exec 1000 touch /own/x                           => /own/x WRITABLE
                    exec su-exec 2000 touch /own/x                           => /own/x NOT_PERMITTED
                    exec setpriv --reuid=app --regid=app --init-groups touch /vol/x => /vol/x NOT_PERMITTED
                    exec setpriv --reuid app --clear-groups touch /own/x     => /own/x WRITABLE
                    exec runuser -u app -- touch /vol/x                      => /vol/x NOT_PERMITTED
                    exec su app -c 'touch /vol/x'                            => /vol/x NOT_PERMITTED
                    exec sudo -u app touch /vol/x                            => /vol/x NOT_PERMITTED
                    exec chpst -u app touch /vol/x                           => /vol/x NOT_PERMITTED
                    exec s6-setuidgid app touch /vol/x                       => /vol/x NOT_PERMITTED
                    exec gosu app sh -c 'echo x > /vol/x'                    => /vol/x NOT_PERMITTED
                    gosu app date > /vol/x; exec sleep 1                     => /vol/x WRITABLE
                    touch /vol/x; exec gosu app sleep 1                      => /vol/x WRITABLE
                    touch /vol/x; exec gosu app touch /vol/x                 => /vol/x WRITABLE, /vol/x NOT_PERMITTED
                    chown -R app /vol; exec gosu app touch /vol/x            => /vol/x WRITABLE
                    chown app:app /vol; exec gosu 1000 touch /vol/x          => /vol/x WRITABLE
                    chown -R nobody /vol; exec gosu app touch /vol/x         => /vol/x NOT_PERMITTED
                    chmod 777 /vol; exec gosu app touch /vol/x               => /vol/x WRITABLE
                    chown app /own; exec gosu app touch /vol/x               => /vol/x NOT_PERMITTED
                    chown app "$DIR"; exec gosu app touch /vol/x             => /vol/x NOT_PERMITTED
                    exec gosu "$(cat /run/user)" touch /vol/x                => /vol/x UNKNOWN
                    """)
    void eachWriteIsJudgedForTheUserThatTheScriptSwitchedTo(String script, String expected) throws Exception {
        assertThat(verdicts(script).replaceAll("/vol, |/own, |/any, ", "")).isEqualTo(expected);
    }
}
