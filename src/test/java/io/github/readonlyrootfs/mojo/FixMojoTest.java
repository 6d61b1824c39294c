// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import io.github.readonlyrootfs.Fixture;
import io.github.readonlyrootfs.RequestBuilder;
import io.github.readonlyrootfs.finding.Finding;
import io.github.readonlyrootfs.finding.Severity;
import io.github.readonlyrootfs.fix.Fix;
import io.github.readonlyrootfs.observe.ContainerRun;
import io.github.readonlyrootfs.observe.TestSettings;
import io.github.readonlyrootfs.report.TaskFixture;
import io.github.readonlyrootfs.request.CheckRequest;
import io.github.readonlyrootfs.source.Location;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.Log;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FixMojoTest {

    /** The encoding of a container without a locale. */
    @Test
    void aDiffIsPrintedAsUtf8OnAnyStream() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        FixMojo.print(
                List.of(" # f\u00FCr \u65E5\u672C", "+VOLUME /tmp\r"),
                new PrintStream(bytes, true, StandardCharsets.US_ASCII));

        assertThat(bytes.toString(StandardCharsets.UTF_8)).isEqualTo(" # f\u00FCr \u65E5\u672C\n+VOLUME /tmp\r\n");
    }

    @Test
    void afterAChangeOfThePomTheSummarySaysThatTheCheckDidNotReadIt(@TempDir Path directory) throws Exception {
        Fixture project = Fixture.in(Path.of("src/test/resources/fixtures/a-jib-image-with-a-user-of-its-own"));
        CheckRequest request = project.with(project.files(), directory).request();
        Fix fix = Fix.of(request, directory, Set.of());
        String left =
                "checked taskdef.json and pom.xml (jib-maven-plugin): 1 container on FARGATE: fails; 1 warning; 2 needs"
                        + " declared";

        assertThat(fix.unreadFiles()).containsExactly("pom.xml");
        assertThat(FixMojo.summary(fix, false))
                .isEqualTo(left + "; run the check again: this one has not seen the new pom.xml");
        assertThat(FixMojo.summary(fix, true)).isEqualTo(left + "; this check has not seen the new pom.xml");
    }

    @Test
    void ofAProjectThatIsNotCompiledThatIsTheReason(@TempDir Path directory) throws Exception {
        assertThat(whyUnknown("a-project-that-is-not-built", directory)).containsExactly("the project is not compiled");
    }

    @Test
    void ofAnUnknownProgramARunIsTheWayToKnow(@TempDir Path directory) throws Exception {
        assertThat(whyUnknown("a-clone-in-the-home-of-the-user", directory))
                .containsExactly("only a run with `observe`, or you, can tell what is written");
    }

    private static List<String> whyUnknown(String fixture, Path directory) throws Exception {
        Fixture project = Fixture.in(Path.of("src/test/resources/fixtures/" + fixture));
        return Fix.of(project.with(project.files(), directory).request(), directory, Set.of()).refused().stream()
                .filter(refused -> refused.finding().rule().equals("needs-unknown"))
                .map(Fix.Refused::reason)
                .toList();
    }

    private static Finding finding(String message) {
        return TaskFixture.finding("x", Severity.WARNING, Location.of("Dockerfile"), message, "do this");
    }

    @Test
    void aReasonIsSaidOnceAboveAllThatIsLeftForIt() {
        Fix.Refused one = new Fix.Refused(finding("one"), "only you can decide it", Optional.empty());
        Fix.Refused other = new Fix.Refused(finding("other"), "the project is not compiled", Optional.empty());
        Fix.Refused two = new Fix.Refused(finding("two"), "only you can decide it", Optional.empty());

        assertThat(FixMojo.left(List.of(one, other, two)))
                .containsExactly(
                        entry("left to you, because only you can decide it:", List.of(one.finding(), two.finding())),
                        entry("left to you, because the project is not compiled:", List.of(other.finding())));
    }

    @Test
    void atMostThreeContainersAreShownToBeTried() {
        assertThat(FixMojo.tries(List.of("a"))).containsExactly("try it: a");
        assertThat(FixMojo.tries(List.of("a", "b", "c", "d")))
                .containsExactly("try it: a", "try it: b", "try it: c", "and the other 1 container in the same way");
    }

    @Test
    void ifTheCheckReadsAllChangedFilesTheSummaryIsThatOfACheck(@TempDir Path directory) throws Exception {
        Path task = Files.writeString(
                directory.resolve("taskdef.json"),
                "{\"containerDefinitions\": [{\"name\": \"a\", \"image\": \"debian:13\"}]}");
        Fix fix = Fix.of(new RequestBuilder(task).build(), directory, Set.of());

        assertThat(FixMojo.summary(fix, false))
                .startsWith("checked taskdef.json: 1 container")
                .doesNotContain("seen");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aContainerThatDoesNotStayUpFailsTheGoal(@TempDir Path directory) throws Exception {
        Path task = Files.writeString(
                directory.resolve("taskdef.json"),
                "{\"containerDefinitions\": [{\"name\": \"a\", \"image\": \"debian:13\", \"readonlyRootFilesystem\": true}]}");
        List<ContainerRun> runs =
                Fix.of(new RequestBuilder(task).build(), directory, Set.of()).toTry();
        Path engine = directory.resolve("docker");
        Log log = mock(Log.class);

        Files.writeString(engine, "#!/bin/sh\nif [ $1 = wait ]; then echo 0; fi\n");
        Files.setPosixFilePermissions(engine, PosixFilePermissions.fromString("rwxr-xr-x"));
        tryContainers(runs, directory, log);
        verify(log).info("tried: container a started read-only: ended with exit code 0 after 0 s");

        Files.writeString(engine, "#!/bin/sh\ncase $1 in wait) echo 1 ;; logs) echo oops ;; rmi) exit 9 ;; esac\n");
        String failure =
                "tried: container a started read-only: exited 1 after 0 s: oops; with a writable root it does not"
                        + " do its job either";
        assertThatThrownBy(() -> tryContainers(runs, directory, log))
                .isInstanceOf(MojoFailureException.class)
                .hasMessage(failure);
        verify(log).error(failure);

        assertThatThrownBy(() -> tryContainers(runs, directory.resolve("none"), log))
                .isInstanceOf(MojoFailureException.class)
                .hasMessageStartingWith("tried nothing: no engine answers: ");
        tryContainers(List.of(), directory, log);
        verify(log).info("tried nothing: no container was changed, and none has a read-only root");
    }

    private static void tryContainers(List<ContainerRun> runs, Path path, Log log) throws MojoFailureException {
        FixMojo.tryContainers(runs, path.toString(), TestSettings.upFor(Duration.ofSeconds(9)), log);
    }
}
