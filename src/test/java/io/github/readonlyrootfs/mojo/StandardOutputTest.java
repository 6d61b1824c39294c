// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.mojo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.contains;
import static org.mockito.ArgumentMatchers.startsWith;
import static org.mockito.Mockito.atLeastOnce;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.api.plugin.testing.Basedir;
import org.apache.maven.api.plugin.testing.InjectMojo;
import org.apache.maven.api.plugin.testing.MojoParameter;
import org.apache.maven.api.plugin.testing.MojoTest;
import org.apache.maven.plugin.Mojo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What goals print without the prefixes of Maven's log, for pipes, editors and quiet builds. */
@MojoTest
@Basedir("src/it/demo")
@Execution(ExecutionMode.SAME_THREAD)
final class StandardOutputTest extends GoalFixture {

    private static final String CLONE = "../../test/resources/fixtures/a-clone-in-the-home-of-the-user/";

    private static List<String> printed(Mojo goal) throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        try {
            goal.execute();
        } finally {
            System.setOut(before);
        }
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    @InjectMojo(goal = "explain")
    @MojoParameter(name = "path", value = "/opt")
    void explainAnswersInAQuietBuildAndSaysHowAPathThatNobodyNeedsCanBeWritten(ExplainMojo explain) throws Exception {
        doReturn(false).when(log).isInfoEnabled();

        assertThat(printed(explain))
                .startsWith("/opt in container app on FARGATE: READ_ONLY")
                .anyMatch(line -> line.startsWith("  to make it writable  put "));
    }

    @Test
    @InjectMojo(goal = "init")
    void initPrintsAPluginThatNamesItsFiles(InitMojo init) throws Exception {
        assertThat(printed(init))
                .startsWith("<plugin>")
                .contains("    <dockerfile>Dockerfile</dockerfile>", "        <goal>check</goal>")
                .endsWith("</plugin>");
    }

    @Test
    @InjectMojo(goal = "init")
    @MojoParameter(name = "write", value = "true")
    void initPutsThePluginIntoThePomWhereItIsAskedTo(InitMojo init) throws Exception {
        Path pom = Files.writeString(
                target.resolve("pom.xml"), "<project>\n  <artifactId>shop</artifactId>\n</project>\n");
        for (String name : List.of("Dockerfile", "taskdef.json")) {
            Files.copy(Path.of("src/it/demo", name), target.resolve(name));
        }
        project.setFile(pom.toFile());

        assertThat(printed(init)).isEmpty();

        assertThat(Files.readString(pom))
                .startsWith("<project>\n  <artifactId>shop</artifactId>\n  <build>\n")
                .contains("<taskDefinition>taskdef.json</taskDefinition>", "<goal>check</goal>");
        verify(log).info("next: mvn verify");
    }

    @Test
    @InjectMojo(goal = "check")
    @MojoParameter(name = "format", value = "short")
    @MojoParameter(name = "failOn", value = "never")
    @MojoParameter(name = "writablePaths", value = "/tmp,/usr/local/share")
    void theShortFormatPrintsOnlyItsLinesAndTheSummary(CheckMojo check) throws Exception {
        assertThat(printed(check))
                .first()
                .asString()
                .startsWith("src/it/demo/Dockerfile:6:8: error path-not-permitted user node (uid 1000) cannot write");
        verify(log).info((CharSequence) startsWith("checked "));
    }

    @Test
    @InjectMojo(goal = "fix")
    @MojoParameter(name = "dryRun", value = "true")
    @MojoParameter(name = "taskDefinition", value = CLONE + "taskdef.json")
    @MojoParameter(name = "dockerfile", value = CLONE + "Dockerfile")
    void aDryRunNamesTheLinesThatTheFilesHaveAndSaysWhatComesNext(FixMojo fix) throws Exception {
        Path dockerfile = Path.of("src/test/resources/fixtures/a-clone-in-the-home-of-the-user/Dockerfile");
        String before = Files.readString(dockerfile);

        assertThat(printed(fix)).anyMatch(line -> line.startsWith("--- a/"));
        assertThat(Files.readString(dockerfile)).isEqualTo(before);
        verify(log, atLeastOnce()).info((CharSequence) startsWith("would fix "));
        verify(log).warn((CharSequence)
                contains("a-clone-in-the-home-of-the-user/Dockerfile:7:42: container app may need more paths"));
        verify(log).info((CharSequence) startsWith("next: run `mvn "));
        verify(log).info((CharSequence) contains("| git apply --unidiff-zero`"));
        // Of reports, only check writes one.
        verify(log, never()).info((CharSequence) contains("; see "));
    }
}
