// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.readonlyrootfs.fuzz.Invariants.Costly;
import io.github.readonlyrootfs.source.ContainerPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that fuzzing found, in {@code src/test/resources/fuzz/found}: a directory for each kind of file. Each file is
 * tried in the first project of its kind that has a file of this name.
 */
class FuzzRegressionTest {

    private static final Path FOUND = Path.of("src/test/resources/fuzz/found");

    @TempDir
    Path scratch;

    @TestFactory
    Stream<DynamicTest> filesThatOnceBrokeAnInvariantDoNotAnyMore() {
        return Arrays.stream(FuzzTarget.values())
                .filter(target -> Files.isDirectory(directory(target)))
                .map(target -> DynamicTest.dynamicTest(target.name(), () -> replay(target)));
    }

    private static Path directory(FuzzTarget target) {
        return FOUND.resolve(target.name().toLowerCase(Locale.ROOT));
    }

    private void replay(FuzzTarget target) throws IOException {
        List<FuzzProject> projects = target.projects(scratch.resolve(target.name()));
        List<Path> files;
        try (Stream<Path> all = Files.list(directory(target))) {
            files = all.sorted().toList();
        }
        for (Path file : files) {
            FuzzProject project = projects.stream()
                    .filter(it -> file.toString()
                            .endsWith(Path.of(it.file()).getFileName().toString()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no project has a file for " + file));
            byte[] content = Files.readAllBytes(file);
            assertThatCode(() -> new Invariants(project, target.language()).check(content, EnumSet.allOf(Costly.class)))
                    .as("%s", file)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void theSameSeedGeneratesTheSameFiles() {
        Mutator first = new Mutator(new Random(7), Language.JSON.words());
        Mutator second = new Mutator(new Random(7), Language.JSON.words());
        byte[] file = "{\"a\": [1, 2],\n \"b\": \"c\"}\n".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 500; i++) {
            assertThat(first.mutate(file, file, i % 2 == 0)).isEqualTo(second.mutate(file, file, i % 2 == 0));
        }
    }

    @Test
    void aBreakingFileIsReducedToTheBytesThatBreak() {
        byte[] file = ("a\n".repeat(300) + "X" + "b\n".repeat(300) + "Y\n").getBytes(StandardCharsets.UTF_8);
        byte[] least = new Reduction(less -> {
                    String text = new String(less, StandardCharsets.UTF_8);
                    return text.contains("X") && text.contains("Y");
                })
                .of(file);
        assertThat(new String(least, StandardCharsets.UTF_8)).isEqualTo("XY");
    }

    @Test
    void brokenInvariantsAreDistinguished() {
        assertThat(FuzzRun.kind(new Invariants.Broken("place", "x at 1:1"))).isEqualTo("place");
        assertThat(FuzzRun.kind(new Invariants.Broken("fix", "it leaves duplicate-key at 3:4")))
                .startsWith("fix");
        assertThatThrownBy(() -> ContainerPath.of((String) null))
                .satisfies(thrown -> assertThat(FuzzRun.kind(thrown))
                        .contains("NullPointerException")
                        .contains("ContainerPath"));
    }
}
