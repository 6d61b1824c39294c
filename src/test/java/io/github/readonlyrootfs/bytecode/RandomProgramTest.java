// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.archive.ClassPathEntry;
import io.github.readonlyrootfs.bytecode.path.Main;
import io.github.readonlyrootfs.bytecode.start.WebApplication;
import io.github.readonlyrootfs.source.ContainerPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random small programs, of which a JVM was asked whether they start where their write is refused.
 *
 * <p>{@code -Dprograms.record} asks again, as root on Linux: each program runs with a read-only file system at {@code /ro}. With
 * {@code -Dprograms.seed} it asks about other programs; their answers are not for the repository.
 */
class RandomProgramTest {

    private static final long SEED = Long.getLong("programs.seed", 35);
    private static final int PROGRAMS = 600;

    /** What we say of a program, beside what the JVM did. */
    private enum Judged {
        /** The same: it starts, it ends at the right path, or its environment decides. */
        EXACT,
        /** That a write ends the start, at another or an unknown path. */
        OTHER_PATH,
        /** That nothing tells whether it starts, although it does not depend on its environment. */
        UNPROVEN,
        /** That a feature fails, although the start ends. */
        WARNING,
        /** Nothing, although the start ends. */
        SILENT,
        /** That the start ends, although it does not. */
        FALSE
    }

    @TempDir
    private Path directory;

    @Test
    void programsThatDoNotStartHaveAFatalNeed() throws Exception {
        Map<Judged, List<String>> by = judged(RandomProgram.Range.FIRST, "programs.txt");

        assertThat(by.getOrDefault(Judged.SILENT, List.of())).hasSizeLessThanOrEqualTo(PROGRAMS * 2 / 100);
        assertThat(by.getOrDefault(Judged.FALSE, List.of())).hasSizeLessThanOrEqualTo(PROGRAMS / 100);
        assertThat(by.getOrDefault(Judged.EXACT, List.of())).hasSizeGreaterThanOrEqualTo(PROGRAMS * 93 / 100);
    }

    @Test
    void programsWithMoreWaysToStartAreSeldomProvenWhereTheyDoNot() throws Exception {
        assertFewAreWrong(judged(RandomProgram.Range.WIDER, "wider-programs.txt"), 95);
    }

    @Test
    void programsThatMakePathsAndKeepExceptionsInManyWaysAreSeldomProvenWhereTheyDoNot() throws Exception {
        assertFewAreWrong(judged(RandomProgram.Range.WIDEST, "widest-programs.txt"), 79);
    }

    /** @param exact how many of a hundred are at least */
    private static void assertFewAreWrong(Map<Judged, List<String>> by, int exact) {
        List<String> proven = new ArrayList<>(by.getOrDefault(Judged.SILENT, List.of()));
        proven.addAll(by.getOrDefault(Judged.WARNING, List.of()));

        assertThat(proven).hasSizeLessThanOrEqualTo(PROGRAMS / 100);
        assertThat(by.getOrDefault(Judged.FALSE, List.of())).hasSizeLessThanOrEqualTo(PROGRAMS / 100);
        assertThat(by.getOrDefault(Judged.EXACT, List.of())).hasSizeGreaterThanOrEqualTo(PROGRAMS * exact / 100);
    }

    /** By what we say of them, the programs of which a JVM's answers are in a file. */
    private Map<Judged, List<String>> judged(RandomProgram.Range range, String name)
            throws IOException, InterruptedException {
        List<RandomProgram> programs = IntStream.range(0, PROGRAMS)
                .mapToObj(i -> RandomProgram.of(SEED, i, range))
                .toList();
        compile(programs);
        Path file = Path.of(SEED == 35 ? "src/test/resources/bytecode" : "target/programs-" + SEED, name);
        if (System.getProperty("programs.record") != null) {
            record(programs, file);
        }
        List<String> answers = Files.readAllLines(file);
        Map<Judged, List<String>> by = new TreeMap<>();
        for (int i = 0; i < PROGRAMS; i++) {
            RandomProgram program = programs.get(i);
            boolean starts = answers.get(i).equals("starts");
            List<WriteSite> sites = sites(program);
            by.computeIfAbsent(judged(program, starts, sites), key -> new ArrayList<>())
                    .add(program.name() + " " + (starts ? "starts" : "dies") + " "
                            + sites.stream()
                                    .map(site -> site.call() + " " + Compiled.text(site.path())
                                            + (site.start() ? " fatal" : ""))
                                    .toList()
                            + "\n" + program.source());
        }
        List<String> all = new ArrayList<>();
        by.forEach((judged, texts) -> all.add(judged + " " + texts.size()));
        by.forEach((judged, texts) -> texts.forEach(text -> all.add(judged + " " + text)));
        Files.write(Path.of("target", "judged-" + SEED + "-" + name), all);
        return by;
    }

    private static Judged judged(RandomProgram program, boolean starts, List<WriteSite> sites) {
        boolean fatal = sites.stream().anyMatch(RandomProgramTest::isFatal);
        if (!fatal && sites.stream().anyMatch(WriteSite::perhaps)) {
            return program.source().contains("if (System.getenv(") ? Judged.EXACT : Judged.UNPROVEN;
        }
        if (starts) {
            return fatal ? Judged.FALSE : Judged.EXACT;
        }
        boolean exact =
                sites.stream().anyMatch(site -> isFatal(site) && path(site).equals(program.path()));
        return exact ? Judged.EXACT : sites.isEmpty() ? Judged.SILENT : fatal ? Judged.OTHER_PATH : Judged.WARNING;
    }

    /** Whether the start ends, as it is where the directory above the file exists or not. */
    private static boolean isFatal(WriteSite site) {
        return site.start()
                && !(site.sparesMissing()
                        && !site.createsParents()
                        && path(site).startsWith("/ro/new"));
    }

    /** The path where nothing is set. */
    private static String path(WriteSite site) {
        return ContainerPath.of(Compiled.text(site.path()).replaceAll("\\{[^{}]*:([^{}]*)\\}", "$1"))
                .toString();
    }

    private void compile(List<RandomProgram> programs) {
        Compiled.compile(
                directory,
                List.of(),
                programs.stream().map(RandomProgram::source).toArray(String[]::new));
    }

    private List<WriteSite> sites(RandomProgram program) throws IOException {
        Path module = directory.resolve("module-" + program.name());
        Files.createDirectories(module);
        Files.move(directory.resolve(program.name()), module.resolve(program.name()));
        return WriteSites.in(
                        List.of(ClassPathEntry.of(module)),
                        List.of(),
                        new Main(Optional.empty(), Optional.of(List.of())),
                        new KnownSpring(false, Optional.empty(), Map.of()),
                        WebApplication.NONE)
                .sites();
    }

    private void record(List<RandomProgram> programs, Path file) throws IOException, InterruptedException {
        List<String> answers = new ArrayList<>();
        for (RandomProgram program : programs) {
            Process process = new ProcessBuilder(
                            "unshare",
                            "-m",
                            "sh",
                            "-c",
                            "mkdir -p /ro && mount -t tmpfs none /ro && mkdir /ro/d && touch /ro/d/file && mount -o remount,ro /ro"
                                    + " && exec timeout -s KILL 5 java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "
                                    + directory + " " + program.name() + ".Main")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            boolean ended = process.waitFor(20, TimeUnit.SECONDS);
            answers.add(out.contains("UP") && ended && process.exitValue() == 0 ? "starts" : "dies");
        }
        Files.createDirectories(file.getParent());
        Files.write(file, answers);
    }
}
