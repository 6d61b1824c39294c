// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.need;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.conformance.DockerEngine;
import io.github.readonlyrootfs.need.finder.ContainerNeeds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whether start scripts that nobody picked get to their main command where the root file system is read-only, beside what
 * happens on a Docker engine. It is asked with every set of the two directories that they write mounted: the directories of our
 * fatal needs are enough, and none of them can be left out. The answers are recorded; the tests of the group "engine" ask again,
 * and about other scripts. Only scripts that get there where everything can be written are asked about.
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

    /** Scripts that were once judged wrongly. */
    private static final Path FOUND = RECORDED.resolveSibling("start-scripts-found.txt");

    /** What single programs write. */
    private static final Path PROGRAMS = RECORDED.resolveSibling("start-scripts-programs.txt");

    /** Stands in for the image of the scripts where these run what other packages bring: there is no network. */
    private static final String WITH_PROGRAMS = "conformance/debian-13-with-commands:1";

    private static final int KEPT = 400;
    private static final int TRIED = 1_000;
    private static final double MISSED_AT_MOST = 0.02;
    private static final double WRONG_AT_MOST = 0.01;

    /** What the scripts find: files to write, and a directory of scripts to run. */
    private static final String IMAGE = """
            FROM debian:13
            RUN mkdir -p /v/dir /w/dir /hooks && echo x > /v/file && echo x > /w/file
            RUN printf '#!/bin/sh\\necho hooked > /v/hooked\\n' > /hooks/write.sh
            RUN printf '#!/bin/sh\\necho quiet\\n' > /hooks/quiet.sh && chmod +x /hooks/*
            """;

    /** Runs the scripts of a directory one after another, with /v and /w as in the image where they can be written. */
    private static final String DRIVER = """
            for script in /ask/*.sh; do
              name=${script##*/}
              for top in /v /w; do
                { rm -rf $top/* && chown 0:0 $top && chmod 755 $top && mkdir -p $top/dir && echo x > $top/file; } 2> /dev/null
              done
              cd / && MARK=/marks/${name%.sh} timeout 10 ${name%%-*} "$script" shop > /dev/null 2>&1 < /dev/null
              wait
            done
            """;

    /** The sets of directories that are mounted, each as a text. */
    private static final List<String> MOUNTED = List.of("", "v", "w", "vw");

    /**
     * A script and what the engine answers.
     *
     * @param arrives the sets of directories with which its main command runs
     */
    private record Case(String shell, Set<String> arrives, String script) {

        static Case parse(String line) {
            String[] parts = line.split(" ", 3);
            Set<String> arrives = new TreeSet<>();
            for (String set : parts[1].isEmpty() ? new String[0] : parts[1].split(",")) {
                arrives.add(set.replace("none", ""));
            }
            return new Case(parts[0], arrives, parts[2].replace("¶", "\n"));
        }

        /** Whether a need that is missing stops it as soon as another directory is mounted, as in {@code touch /v/a && touch /w/a}. */
        boolean stopsWithMoreThan(String mounted, List<Set<String>> needed) {
            return MOUNTED.stream()
                    .filter(more -> more.contains(mounted) && !isEnough(more, needed))
                    .anyMatch(more -> !arrives.contains(more));
        }

        String line() {
            List<String> sets = new ArrayList<>();
            arrives.forEach(set -> sets.add(set.isEmpty() ? "none" : set));
            return shell + " " + String.join(",", sets) + " " + script.replace("\n", "¶");
        }
    }

    private static List<Case> cases(Path file) throws IOException {
        return Files.readAllLines(file).stream().map(Case::parse).toList();
    }

    @Test
    void aRefusedWriteIsFatalIfTheMainCommandDoesNotRun(@TempDir Path context) throws IOException {
        List<Case> cases = cases(RECORDED);
        assertThat(cases).hasSizeGreaterThanOrEqualTo(300);
        compare(cases, MISSED_AT_MOST, WRONG_AT_MOST, context);
    }

    @Test
    void everyScriptThatWasOnceJudgedWronglyIsJudgedRight(@TempDir Path context) throws IOException {
        compare(cases(FOUND), 0, 0, context);
    }

    @Test
    void whatAProgramWritesIsJudgedRight(@TempDir Path context) throws IOException {
        compare(cases(PROGRAMS), 0, 0, context);
    }

    private static void compare(List<Case> cases, double missedAtMost, double wrongAtMost, Path context)
            throws IOException {
        List<String> missed = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        long stopped = 0;
        long sets = 0;
        for (Case given : cases) {
            List<Set<String>> needed = needed(given, context);
            for (String mounted : MOUNTED) {
                boolean arrives = given.arrives.contains(mounted);
                boolean enough = isEnough(mounted, needed);
                sets++;
                stopped += arrives ? 0 : 1;
                String line = "with [" + mounted + "], needed " + needed + ": " + given.line();
                if (!arrives && enough) {
                    missed.add(line);
                } else if (arrives && !enough && !given.stopsWithMoreThan(mounted, needed)) {
                    wrong.add(line);
                }
            }
        }
        missed.forEach(script -> System.out.println("passes, and is stopped: " + script));
        wrong.forEach(script -> System.out.println("called fatal, and runs: " + script));
        System.out.printf(
                "%d start scripts, %d sets of mounts: of %d that stop them %d pass, of %d with which they run %d are called fatal%n",
                cases.size(), sets, stopped, missed.size(), sets - stopped, wrong.size());
        assertThat(missed).hasSizeLessThanOrEqualTo(share(stopped, missedAtMost));
        assertThat(wrong).hasSizeLessThanOrEqualTo(share(sets - stopped, wrongAtMost));
    }

    private static boolean isEnough(String mounted, List<Set<String>> needed) {
        return needed.stream().allMatch(one -> one.stream().anyMatch(mounted::contains));
    }

    /** Of a hundred scripts a single one is a percent, and says nothing about the rest. */
    private static int share(long of, double most) {
        return most == 0 ? 0 : Math.max(2, (int) (of * most));
    }

    /** The directories of which one must be mounted, for each fatal need. */
    private static List<Set<String>> needed(Case given, Path context) throws IOException {
        Files.writeString(context.resolve("start.sh"), given.script + "\n");
        ContainerContext container = Contexts.built(
                context,
                IMAGE + "COPY start.sh /start.sh\nENTRYPOINT [\"" + (given.shell.equals("dash") ? "sh" : "bash")
                        + "\", \"/start.sh\"]\nCMD [\"shop\"]\n",
                "");
        return ContainerNeeds.of(container, List.of(), Set.of("start-command")).needs().stream()
                .filter(need -> need.impact() == Need.Impact.FATAL)
                .map(need -> need.alternatives().stream()
                        .map(path -> path.isRoot() ? "/" : path.segments().get(0))
                        .collect(Collectors.toSet()))
                .distinct()
                .toList();
    }

    @Test
    @Tag("engine")
    void theEngineStillGivesTheRecordedAnswers(@TempDir Path directory) throws IOException {
        List<Case> cases = new ArrayList<>(cases(RECORDED));
        cases.addAll(cases(FOUND));
        cases.addAll(cases(PROGRAMS));
        List<Case> answered = answered(cases, directory);
        List<String> different = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            if (!cases.get(i).equals(answered.get(i))) {
                different.add(cases.get(i).line() + "\nis now " + answered.get(i).arrives);
            }
        }
        assertThat(different).isEmpty();
    }

    /** {@code -Dstart.programs.update} records what the engine answers about programs. */
    @Test
    @Tag("engine")
    @EnabledIfSystemProperty(named = "start.programs.update", matches = ".*")
    void whatProgramsWriteIsRecorded(@TempDir Path directory) throws IOException {
        List<Case> answered = answered(cases(PROGRAMS), directory);
        Files.write(PROGRAMS, answered.stream().map(Case::line).toList());
        assertThat(answered).isNotEmpty();
    }

    @Test
    @Tag("engine")
    void newRandomScriptsAreJudgedAsTheEngineRunsThem(@TempDir Path directory) throws IOException {
        long seed = Long.getLong("conformance.seed", System.currentTimeMillis() / 1000);
        List<Case> tried = new ArrayList<>();
        for (int i = 0; i < TRIED; i++) {
            boolean bash = i % 2 != 0;
            tried.add(new Case(bash ? "bash" : "dash", Set.of(), new RandomStartScript(seed, i, bash).text()));
        }
        List<Case> kept = answered(tried, directory).stream()
                .filter(given -> given.arrives.contains("vw"))
                .limit(KEPT)
                .toList();
        if (System.getProperty("start.scripts.update") != null) {
            Files.write(RECORDED, kept.stream().map(Case::line).toList());
        }
        System.out.println("start scripts of seed " + seed);
        assertThat(kept).hasSizeGreaterThanOrEqualTo(300);
        compare(kept, MISSED_AT_MOST, WRONG_AT_MOST, Files.createDirectory(directory.resolve("context")));
    }

    private static List<Case> answered(List<Case> cases, Path directory) throws IOException {
        Map<String, Set<Integer>> arriving = new HashMap<>();
        for (String mounted : MOUNTED) {
            arriving.put(
                    mounted, arriving(cases, mounted, Files.createDirectory(directory.resolve("with-" + mounted))));
        }
        List<Case> answered = new ArrayList<>();
        for (int i = 0; i < cases.size(); i++) {
            Set<String> arrives = new TreeSet<>();
            for (String mounted : MOUNTED) {
                if (arriving.get(mounted).contains(i)) {
                    arrives.add(mounted);
                }
            }
            answered.add(new Case(cases.get(i).shell, arrives, cases.get(i).script));
        }
        return answered;
    }

    /** The scripts, by their index, whose main command runs in a container of the engine with a read-only root. */
    private static Set<Integer> arriving(List<Case> cases, String mounted, Path directory) throws IOException {
        Path scripts = Files.createDirectory(directory.resolve("ask"));
        Path marks = Files.createDirectory(directory.resolve("marks"));
        // Scripts that switch to another user leave their marks too.
        Files.setPosixFilePermissions(marks, PosixFilePermissions.fromString("rwxrwxrwx"));
        for (int i = 0; i < cases.size(); i++) {
            Files.writeString(scripts.resolve(cases.get(i).shell + "-" + i + ".sh"), cases.get(i).script + "\n");
        }
        Files.writeString(directory.resolve("driver"), DRIVER);
        Path program = Files.writeString(directory.resolve("shop"), "#!/bin/sh\n: > \"$MARK\"\n");
        assertThat(program.toFile().setExecutable(true, false)).isTrue();
        Path dockerfile = Files.writeString(
                directory.resolve("Dockerfile"),
                IMAGE.replace("debian:13", WITH_PROGRAMS) + "COPY shop /usr/local/bin/\nCOPY driver /\n");
        DockerEngine engine = DockerEngine.standard().orThrowIfDown();
        String image = engine.docker(
                        List.of("build", "-q", "--network", "none", "-f", dockerfile.toString(), directory.toString()))
                .orThrow("no image for start scripts")
                .out()
                .strip();
        List<String> run = new ArrayList<>(List.of("run", "--rm", "--init", "--network", "none", "--read-only"));
        mounted.chars().forEach(top -> run.addAll(List.of("--tmpfs", "/" + (char) top + ":exec,mode=755")));
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
