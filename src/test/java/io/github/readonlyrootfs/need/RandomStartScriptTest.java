// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.conformance.DockerEngine;
import io.github.readonlyrootfs.need.finder.ContainerNeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether start scripts that nobody picked get to their main command where the root file system is read-only, beside what
 * happens on a Docker engine. Its answers are recorded; the tests of the group "engine" ask it again, and about other scripts.
 * Only scripts that get there where everything can be written are asked about.
 *
 * <pre>
 * sudo src/test/conformance/engine up
 * mvn -Pconformance-random test
 * </pre>
 *
 * {@code -Dstart.scripts.update -Dconformance.seed=1} records the answers about those other scripts.
 */
class RandomStartScriptTest {

    private static final Path RECORDED = Path.of("src/test/resources/conformance/start-scripts.txt");
    private static final int KEPT = 400;
    private static final int TRIED = 1_000;
    private static final double MISSED_AT_MOST = 0.02;
    private static final double WRONG_AT_MOST = 0.01;

    /** What the scripts find: files to write, and a directory of scripts to run. */
    private static final String IMAGE = """
            FROM debian:13
            RUN mkdir -p /v/dir /hooks && echo x > /v/file
            RUN printf '#!/bin/sh\\necho hooked > /v/hooked\\n' > /hooks/write.sh
            RUN printf '#!/bin/sh\\necho quiet\\n' > /hooks/quiet.sh && chmod +x /hooks/*
            """;

    /** Runs the scripts of a directory one after another, in a /v of its own where that can be made. */
    private static final String DRIVER = """
            for script in /ask/*.sh; do
              name=${script##*/}
              { rm -rf /v && mkdir -p /v/dir && echo x > /v/file; } 2> /dev/null
              cd / && MARK=/marks/${name%.sh} timeout 10 ${name%%-*} "$script" > /dev/null 2>&1 < /dev/null
              wait
            done
            """;

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
    void aStartIsFatalWhereItDoesNotGetToItsMainCommand(@TempDir Path context) throws IOException {
        compare(cases(), context);
    }

    private static void compare(List<Case> cases, Path context) throws IOException {
        List<String> missed = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        long stopped = 0;
        for (Case given : cases) {
            boolean fatal = isFatal(given, context);
            stopped += given.arrives ? 0 : 1;
            if (!given.arrives && !fatal) {
                missed.add(given.shell + ": " + given.script);
            } else if (given.arrives && fatal) {
                wrong.add(given.shell + ": " + given.script);
            }
        }
        missed.forEach(script -> System.out.println("passes, and is stopped: " + script));
        wrong.forEach(script -> System.out.println("called fatal, and runs: " + script));
        System.out.printf(
                "%d start scripts: of %d that are stopped %d pass, of %d that run %d are called fatal%n",
                cases.size(), stopped, missed.size(), cases.size() - stopped, wrong.size());
        assertThat(cases).hasSizeGreaterThanOrEqualTo(300);
        assertThat(missed).hasSizeLessThanOrEqualTo(share(stopped, MISSED_AT_MOST));
        assertThat(wrong).hasSizeLessThanOrEqualTo(share(cases.size() - stopped, WRONG_AT_MOST));
    }

    /** Of a hundred scripts a single one is a percent, and says nothing about the rest. */
    private static int share(long of, double most) {
        return Math.max(2, (int) (of * most));
    }

    private static boolean isFatal(Case given, Path context) throws IOException {
        Files.writeString(context.resolve("start.sh"), given.script + "\n");
        ContainerContext container = Contexts.built(
                context,
                IMAGE + "COPY start.sh /start.sh\nENTRYPOINT [\"" + (given.shell.equals("dash") ? "sh" : "bash")
                        + "\", \"/start.sh\"]\n",
                "");
        return ContainerNeeds.of(container, List.of(), Set.of("start-command")).needs().stream()
                .anyMatch(need -> need.impact() == Need.Impact.FATAL);
    }

    @Test
    @Tag("engine")
    void theRecordedAnswersAreTheEngines(@TempDir Path directory) throws IOException {
        List<Case> cases = cases();
        Set<Integer> arriving = arriving(cases, false, directory);
        List<Case> different = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            if (cases.get(i).arrives != arriving.contains(i)) {
                different.add(cases.get(i));
            }
        }
        assertThat(different).isEmpty();
    }

    @Test
    @Tag("engine")
    void otherScriptsAreJudgedAsTheEngineRunsThem(@TempDir Path directory) throws IOException {
        long seed = Long.getLong("conformance.seed", System.currentTimeMillis() / 1000);
        List<Case> tried = new ArrayList<>();
        for (int i = 0; i < TRIED; i++) {
            boolean bash = i % 2 != 0;
            tried.add(new Case(bash ? "bash" : "dash", false, new RandomStartScript(seed * 10_000 + i, bash).text()));
        }
        Set<Integer> onWritable = arriving(tried, true, Files.createDirectory(directory.resolve("writable")));
        Set<Integer> onReadOnly = arriving(tried, false, Files.createDirectory(directory.resolve("read-only")));
        List<Case> kept = new ArrayList<>();
        onWritable.stream().sorted().limit(KEPT).forEach(i -> {
            Case asked = tried.get(i);
            kept.add(new Case(asked.shell, onReadOnly.contains(i), asked.script));
        });
        if (System.getProperty("start.scripts.update") != null) {
            Files.write(
                    RECORDED,
                    kept.stream()
                            .map(asked -> asked.shell
                                    + (asked.arrives ? " runs " : " stops ")
                                    + asked.script.replace("\n", "¶"))
                            .toList());
        }
        System.out.println("start scripts of seed " + seed);
        compare(kept, Files.createDirectory(directory.resolve("context")));
    }

    /** The scripts, by their index, whose main command runs in a container of the engine. */
    private static Set<Integer> arriving(List<Case> cases, boolean writable, Path directory) throws IOException {
        Path scripts = Files.createDirectory(directory.resolve("ask"));
        Path marks = Files.createDirectory(directory.resolve("marks"));
        for (int i = 0; i < cases.size(); i++) {
            Files.writeString(scripts.resolve(cases.get(i).shell + "-" + i + ".sh"), cases.get(i).script + "\n");
        }
        Files.writeString(directory.resolve("driver"), DRIVER);
        Path program = Files.writeString(directory.resolve("shop"), "#!/bin/sh\n: > \"$MARK\"\n");
        assertThat(program.toFile().setExecutable(true, false)).isTrue();
        Path dockerfile = Files.writeString(
                directory.resolve("Dockerfile"), IMAGE + "COPY shop /usr/local/bin/\nCOPY driver /\n");
        DockerEngine engine = DockerEngine.standard().orThrowIfDown();
        String image = engine.docker(
                        List.of("build", "-q", "--network", "none", "-f", dockerfile.toString(), directory.toString()))
                .orThrow("no image for start scripts")
                .out()
                .strip();
        List<String> run = new ArrayList<>(List.of("run", "--rm", "--init", "--network", "none"));
        if (!writable) {
            run.add("--read-only");
        }
        run.addAll(List.of("-v", scripts + ":/ask:ro", "-v", marks + ":/marks", image, "sh", "/driver"));
        engine.docker(run).orThrow("the start scripts did not run");
        Set<Integer> arriving = new TreeSet<>();
        try (Stream<Path> files = Files.list(marks)) {
            files.forEach(mark ->
                    arriving.add(Integer.valueOf(mark.getFileName().toString().replaceFirst(".*-", ""))));
        }
        return arriving;
    }
}
