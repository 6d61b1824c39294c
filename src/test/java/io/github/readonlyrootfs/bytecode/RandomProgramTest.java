// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.bytecode;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.bytecode.AskedProgram.Judged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random small programs, of which a JVM was asked whether they start where their write is refused.
 *
 * <p>{@code -Dprograms.record} asks again, see {@link AskedProgram#ask}. With {@code -Dprograms.seed} it asks about other programs;
 * their answers are not for the repository.
 */
class RandomProgramTest {

    private static final long SEED = Long.getLong("programs.seed", 35);
    private static final int PROGRAMS = 600;

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

    private Map<Judged, List<String>> judged(RandomProgram.Range range, String name)
            throws IOException, InterruptedException {
        List<AskedProgram> programs = IntStream.range(0, PROGRAMS)
                .mapToObj(i -> RandomProgram.of(SEED, i, range))
                .toList();
        Path classes = Files.createDirectories(directory.resolve("classes"));
        Compiled.compile(
                classes, List.of(), programs.stream().map(AskedProgram::source).toArray(String[]::new));
        for (AskedProgram program : programs) {
            Path own = Files.createDirectories(directory.resolve(program.name()).resolve("target/classes"));
            Files.move(classes.resolve(program.name()), own.resolve(program.name()));
        }
        Path answers = SEED == 35 ? Path.of("src/test/resources/bytecode", name) : Path.of("target", SEED + "-" + name);
        AskedProgram.ask(programs, directory, answers);
        return AskedProgram.judged(programs, directory, answers);
    }
}
