// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need.finder;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.need.Contexts;
import io.github.readonlyrootfs.need.Gap;
import io.github.readonlyrootfs.need.Need;
import io.github.readonlyrootfs.need.Situation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Containers of an image that run something else than the application that it is built for. */
class OtherCommandTest {

    private static final String JAVA = "ENTRYPOINT [\"java\", \"-jar\", \"/a.jar\"]";
    private static final Set<String> FINDERS = Set.of("logging", "configuration", "dependencies", "code");

    @TempDir
    Path project;

    private ContainerNeeds needs(String dockerfile, String members) throws IOException {
        Path classes = Files.createDirectories(project.resolve("target/classes"));
        Files.writeString(
                classes.resolve("logback.xml"),
                "<configuration><appender name='F' class='FileAppender'><file>/logs/a.log</file></appender>"
                        + "<root><appender-ref ref='F'/></root></configuration>");
        Situation spring = new Situation()
                .in(project)
                .library("org.springframework.boot:spring-boot:3.5.7")
                .library("ch.qos.logback:logback-classic:1.5.18");
        return ContainerNeeds.of(spring.in(Contexts.built(dockerfile, members)), List.of(), FINDERS);
    }

    private String logs(String dockerfile, String members) throws IOException {
        return String.join(
                ", ",
                needs(dockerfile, members).needs().stream()
                        .filter(need -> need.alternatives().get(0).toString().equals("/logs"))
                        .map(need -> need.impact().toString())
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
            ~~                                                                                => FATAL
            "command": ["--server.port=80"]                                                   => FATAL
            "entryPoint": ["java", "-cp", "/a.jar", "com.acme.Worker"]                        => FATAL
            "entryPoint": ["sh", "-c", "exec java $X -jar /a.jar"]                            => FATAL
            "entryPoint": ["sleep", "infinity"]                                               => ~~
            "entryPoint": ["tail", "-f", "/dev/null"]                                         => ~~
            "entryPoint": [], "command": ["tail", "-f", "/dev/null"]                          => FATAL
            "entryPoint": ["sh", "-c"], "command": ["while :; do date; sleep 60; done"]       => ~~
            "entryPoint": ["aws", "s3", "sync", "/data", "s3://bucket/data"]                  => ~~
            "entryPoint": ["sh", "-c", "while true; do aws s3 sync /data s3://b; sleep 5; done"] => ~~
            "entryPoint": ["/usr/bin/tini", "--", "sleep", "9"]                               => ~~
            "entryPoint": ["sh", "-c", "exec \\"$@\\"", "--", "sleep", "9"]                   => ~~
            "entryPoint": ["sh", "-c"], "command": ["trap exit TERM; sleep 9d & wait"]        => ~~
            "entryPoint": ["bash", "-c", "aws s3 cp s3://b/a.jar /x.jar && java -jar /a.jar"] => FATAL
            "entryPoint": ["timeout", "9", "nc", "-lk", "8080"]                               => ~~
            "entryPoint": ["curl", "-fX", "POST", "http://web/jobs"]                          => ~~
            "entryPoint": ["crond", "-f"]                                                     => FEATURE
            "entryPoint": ["sh", "-c", "node job.js"]                                         => FEATURE
            "entryPoint": ["/opt/worker"]                                                     => FEATURE
            "entryPoint": ["sh", "-c", "$RUN"], "secrets": [{"name": "RUN", "valueFrom": "x"}] => FEATURE
            "entryPoint": ["/start.sh"]                                                       => FEATURE
            "entryPoint": ["python3", "job.py"]                                               => FEATURE
            """)
    void onlyAContainerThatMayRunTheApplicationHasItsNeeds(String members, String impact) throws IOException {
        assertThat(logs("FROM eclipse-temurin:21-jre\n" + JAVA + "\n", members)).isEqualTo(impact);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiterString = "=>", quoteCharacter = '~', textBlock = """
            FROM team/base:1                                                        => FATAL
            FROM eclipse-temurin:21-jre¶ENTRYPOINT ["/start.sh"]                    => FATAL
            FROM debian:13¶ENTRYPOINT ["/app/native"]                               => FATAL
            FROM debian:13¶CMD ["sleep", "infinity"]                                => ~~
            FROM debian:13¶ENTRYPOINT ["sh", "-c", "tail -f /dev/null"]             => ~~
            """)
    void theImagesOwnCommandIsTheApplicationUnlessItCertainlyIsNot(String dockerfile, String impact)
            throws IOException {
        assertThat(logs(dockerfile.replace('¶', '\n') + "\n", "")).isEqualTo(impact);
    }

    @Test
    void theEvidenceSaysWhatIsAssumed() throws IOException {
        ContainerNeeds needs =
                needs("FROM eclipse-temurin:21-jre\n" + JAVA + "\n", "\"entryPoint\": [\"/opt/worker\"]");

        assertThat(needs.needs().stream().map(Need::impact)).doesNotContain(Need.Impact.FATAL);
        assertThat(needs.needs().get(0).evidence().get(0).words()).contains(", if container app runs the application");
        assertThat(needs.gaps().stream().filter(Gap::couldBeFatal)).isEmpty();
    }
}
