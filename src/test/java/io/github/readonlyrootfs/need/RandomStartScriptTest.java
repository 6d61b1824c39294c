package io.github.readonlyrootfs.need;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.readonlyrootfs.source.ContainerPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether start scripts that nobody picked get to their main command where nothing can be written, beside what the shells
 * do. Their answers are recorded; as root, where dash, bash and setpriv are installed, they are recorded anew with
 *
 * <pre>mvn test -Dtest=RandomStartScriptTest -Dstart.scripts.update=SEED</pre>
 *
 * Only scripts that get there where everything can be written are kept.
 */
class RandomStartScriptTest {

    private static final Path RECORDED = Path.of("src/test/resources/conformance/start-scripts.txt");
    private static final int KEPT = 400;
    private static final int MAX_TRIED = 1_500;
    private static final double MISSED_AT_MOST = 0.02;
    private static final double WRONG_AT_MOST = 0.01;

    private record Case(String shell, boolean arrives, String script) {}

    private static List<Case> cases() throws IOException {
        List<Case> cases = new ArrayList<>();
        for (String line : Files.readAllLines(RECORDED)) {
            String[] parts = line.split(" ", 3);
            cases.add(new Case(parts[0], parts[1].equals("runs"), parts[2].replace("¶", "\n")));
        }
        return cases;
    }

    @Test
    void aStartIsFatalWhereTheShellDoesNotGetToItsMainCommand(@TempDir Path context) throws IOException {
        List<String> missed = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        long stopped = 0;
        List<Case> cases = cases();
        for (Case given : cases) {
            boolean fatal = isFatal(given, context);
            stopped += given.arrives ? 0 : 1;
            if (!given.arrives && !fatal) {
                missed.add(given.shell + ": " + given.script);
            } else if (given.arrives && fatal) {
                wrong.add(given.shell + ": " + given.script);
            }
        }
        System.out.printf(
                "%d start scripts: of %d that are stopped %d pass, of %d that run %d are called fatal%n",
                cases.size(), stopped, missed.size(), cases.size() - stopped, wrong.size());
        assertThat(cases).hasSizeGreaterThanOrEqualTo(300);
        assertThat(missed).hasSizeLessThanOrEqualTo((int) (stopped * MISSED_AT_MOST));
        assertThat(wrong).hasSizeLessThanOrEqualTo((int) ((cases.size() - stopped) * WRONG_AT_MOST));
    }

    private static boolean isFatal(Case given, Path context) throws IOException {
        Files.writeString(context.resolve("start.sh"), given.script + "\n");
        ContainerContext container = Contexts.built(
                context,
                "FROM debian:13\nRUN mkdir -p /v/dir && echo x > /v/file\nCOPY start.sh /start.sh\nENTRYPOINT [\""
                        + (given.shell.equals("dash") ? "sh" : "bash") + "\", \"/start.sh\"]\n",
                "");
        return ContainerNeeds.of(container, List.of(), Set.of("start-command")).needs().stream()
                .anyMatch(need -> need.impact() == Need.Impact.FATAL
                        && need.alternatives().get(0).isAtOrBelow(ContainerPath.of("/v")));
    }

    @Test
    void theAnswersAreThoseOfTheShells(@TempDir Path directory) throws IOException, InterruptedException {
        String seed = System.getProperty("start.scripts.update");
        assumeTrue(seed != null);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < MAX_TRIED && lines.size() < KEPT; i++) {
            String shell = i % 2 == 0 ? "dash" : "bash";
            String script = new RandomStartScript(Long.parseLong(seed) * 10_000 + i, i % 2 != 0).text();
            if (arrives(shell, script, true, directory.resolve("w" + i))) {
                boolean arrives = arrives(shell, script, false, directory.resolve("r" + i));
                lines.add(shell + (arrives ? " runs " : " stops ") + script.replace("\n", "¶"));
            }
        }
        assertThat(lines).hasSizeGreaterThanOrEqualTo(KEPT);
        Files.write(RECORDED, lines);
    }

    /** Runs a script as nobody, in directories of its own that nobody may or may not write. */
    private static boolean arrives(String shell, String script, boolean writable, Path place)
            throws IOException, InterruptedException {
        Path volume = Files.createDirectories(place.resolve("v"));
        Files.createDirectories(volume.resolve("dir"));
        Files.writeString(volume.resolve("file"), "x\n");
        Path marks = Files.createDirectories(place.resolve("marks"));
        Path program = Files.createDirectories(place.resolve("bin")).resolve("shop");
        Files.writeString(program, "#!/bin/sh\n: > " + marks.resolve("arrived") + "\n");
        run("chmod", "755", program.toString());
        run("chmod", "-R", "go+rX", place.toString());
        run("chmod", "go+x", place.getParent().toString());
        run("chown", "-R", "65534:65534", marks.toString());
        if (writable) {
            run("chown", "-R", "65534:65534", volume.toString());
        }
        Path file = place.resolve("start.sh");
        Files.writeString(file, script.replaceAll("(?<![\\w/])/v(?=/| )", volume.toString()) + "\n");
        run("chmod", "644", file.toString());
        ProcessBuilder builder = new ProcessBuilder(
                        "setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", shell, file.toString())
                .directory(Path.of("/").toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().put("PATH", program.getParent() + ":/usr/bin:/bin");
        Process process = builder.start();
        process.waitFor(10, TimeUnit.SECONDS);
        process.destroyForcibly();
        return Files.exists(marks.resolve("arrived"));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        new ProcessBuilder(command).start().waitFor(10, TimeUnit.SECONDS);
    }
}
