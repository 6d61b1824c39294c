// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.readonlyrootfs.shell.state.Place;
import io.github.readonlyrootfs.shell.state.Script;
import io.github.readonlyrootfs.shell.state.Shell;
import io.github.readonlyrootfs.source.ContainerPath;
import io.github.readonlyrootfs.source.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares what scripts print with what dash and bash print. Their answers are recorded; if both shells are installed,
 * {@code -Dshell.answers.update} records them anew:
 *
 * <pre>mvn test -Dtest=ShellAnswersTest -Dshell.answers.update</pre>
 */
class ShellAnswersTest {

    private static final Path FILES = Path.of("src/test/resources/shell");

    /** One script of a file, and what a shell prints. */
    record Answer(String shell, String script, String printed) {

        @Override
        public String toString() {
            return shell + ": " + script;
        }
    }

    static List<Answer> answers() throws IOException {
        List<Answer> answers = new ArrayList<>();
        for (String line : Files.readAllLines(FILES.resolve("answers.txt"))) {
            String[] parts = line.split(" => ", -1);
            String[] left = parts[0].split(": ", 2);
            answers.add(new Answer(left[0], left[1], parts[1]));
        }
        return answers;
    }

    @ParameterizedTest
    @MethodSource("answers")
    void scriptsPrintTheRecordedOutput(Answer answer) {
        String printed = printed(answer.shell().equals("dash") ? "sh" : "bash", answer.script());

        assertThat(printed.replace("\n", "\\n")).isEqualTo(answer.printed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "printf 'a\\nb\\n' | grep -A1 a",
                "printf 'a\\nb\\n' | grep -1 a",
                "printf 'a\\n' | tail -f",
                "printf 'b,a\\n' | sort -t, -k2",
                "printf 'a\\n' | sed -z s/a/b/",
                "printf 'a\\n' | awk 'NF > 1 { print $1 }'",
                "printf 'a\\n' | awk -W posix '{ print $1 }'"
            })
    void outputOfAnUnsupportedOptionIsUnknown(String script) {
        assertThat(printed("sh", script)).isEqualTo("?");
    }

    @Test
    void whatGetoptsFindsIsUnknown() {
        assertThat(printed("sh", "set -- -a; getopts a o; echo $o $OPTIND")).isEqualTo("? ?\n");
    }

    @Test
    void anElementOfAnAssociativeArrayIsUnknown() {
        assertThat(printed("bash", "declare -A m; m[a]=1; m[b]=2; echo \"${m[a]}\""))
                .isEqualTo("?\n");
        assertThat(printed("bash", "f() { local -gA m; m[a]=1; }; f; for k in \"${!m[@]}\"; do echo $k; done"))
                .isEqualTo("?");
    }

    /** A question mark for each part that is unknown. */
    private static String printed(String shell, String script) {
        ScriptedHost host = new ScriptedHost();
        Interpreter.run(
                new Script("(\n" + expanded(script) + "\n) > /out", Place.whole(Location.of("script"))),
                Shell.start(host, shell, ContainerPath.ROOT),
                false);
        return host.printed();
    }

    /** In these files, {@code ¶} stands for the end of a line. */
    private static String expanded(String written) {
        return written.replace("¶", "\n");
    }

    @Test
    void theShellsStillGiveTheRecordedAnswers() throws IOException, InterruptedException {
        assumeTrue(System.getProperty("shell.answers.update") != null);
        List<String> lines = new ArrayList<>();
        for (String script : Files.readAllLines(FILES.resolve("scripts.txt"))) {
            lines.add(answer("dash", script));
            lines.add(answer("bash", script));
        }
        for (String script : Files.readAllLines(FILES.resolve("bash-scripts.txt"))) {
            lines.add(answer("bash", script));
        }
        Files.write(FILES.resolve("answers.txt"), lines);
    }

    private static String answer(String shell, String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(shell, "-c", "(\n" + expanded(script) + "\n)")
                .directory(Path.of("/").toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(10, TimeUnit.SECONDS);
        return shell + ": " + script + " => " + printed.replace("\n", "\\n");
    }
}
