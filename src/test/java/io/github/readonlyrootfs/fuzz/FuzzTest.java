// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fuzzing with our own generators and with Jazzer, {@code mvn -Pfuzz test}: {@code -Dfuzz.seconds} for each kind of file,
 * {@code -Dfuzz.seed} repeats a run, {@code -Dfuzz.target} selects a kind. Breaking files are kept below
 * {@code target/fuzz}; a copy in {@code src/test/resources/fuzz} becomes a regular test.
 */
@Tag("fuzz")
class FuzzTest {

    private static final long SEED = Long.getLong("fuzz.seed", new Random().nextInt());
    private static final long SECONDS = Long.getLong("fuzz.seconds", 60);
    private static final String ONLY = System.getProperty("fuzz.target", "");

    /** A file that takes this much longer is treated as endless. */
    private static final long PATIENCE_SECONDS = 300;

    @TempDir
    Path scratch;

    @TestFactory
    Stream<DynamicTest> randomlyChangedFilesBreakNoInvariant() {
        return Arrays.stream(FuzzTarget.values())
                .filter(target -> ONLY.isEmpty() || ONLY.equals(target.name()))
                .map(target -> DynamicTest.dynamicTest(target.name(), () -> run(target)));
    }

    @TestFactory
    Stream<DynamicTest> filesChangedWithCoverageGuidanceBreakNoInvariant() {
        assumeThat(GuidedRun.isPossible()).as("Jazzer is there").isTrue();
        return Arrays.stream(FuzzTarget.values())
                .filter(target -> ONLY.isEmpty() || ONLY.equals(target.name()))
                .map(target -> DynamicTest.dynamicTest(target.name(), () -> guided(target)));
    }

    private void guided(FuzzTarget target) throws IOException, InterruptedException {
        GuidedRun run = new GuidedRun(
                target, Files.createDirectories(scratch.resolve("guided-" + target)), Path.of("target/fuzz"));
        int exit = run.run(SEED, SECONDS);
        System.out.println("fuzz: " + target + " guided, " + run.executions() + " files");
        assertThat(exit).as("Jazzer's end, see %s", run.log()).isZero();
    }

    private void run(FuzzTarget target) throws InterruptedException {
        System.out.println("fuzz: " + target + " with -Dfuzz.seed=" + SEED + " for " + SECONDS + " s");
        FuzzRun run = new FuzzRun(target, SEED, scratch.resolve(target.name()), Path.of("target/fuzz"));
        Thread worker = new Thread(() -> run.until(System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS)), "fuzz");
        worker.setDaemon(true);
        worker.start();
        worker.join(TimeUnit.SECONDS.toMillis(SECONDS + PATIENCE_SECONDS));
        System.out.println(
                "fuzz: " + target + " " + run.runs() + " files, " + run.broken().size() + " ways to break");
        assertThat(worker.isAlive()).as("%s never ends", run.current()).isFalse();
        assertThat(run.broken()).as("with -Dfuzz.seed=%d", SEED).isEmpty();
    }
}
