// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares our verdicts with the engine's answers to random cases.
 *
 * <pre>
 * sudo src/test/conformance/engine up
 * mvn -Pconformance-random test -Dconformance.count=100 -Dconformance.seed=1
 * </pre>
 *
 * {@code -Dconformance.keep=file} keeps the cases with the engine's answers, see {@link RecordedRandomTest}.
 */
@Tag("engine")
class RandomConformanceTest {
    private static final int DEFAULT_COUNT = 130;
    private static final int DEFAULT_INITS = 40;
    /** At least one in so many cases must build; most do. */
    private static final int LEAST_THAT_BUILD = 2;

    private static final double UNKNOWN_AT_MOST = 0.03;
    private static final double UNKNOWN_INITS_AT_MOST = 0.1;

    @Test
    void noVerdictContradictsTheEngine(@TempDir Path directory) throws IOException {
        int count = Integer.getInteger("conformance.count", DEFAULT_COUNT);
        // Without a seed every run has other cases; the name of a case contains its seed.
        long seed = Long.getLong("conformance.seed", System.currentTimeMillis() / 1000);
        DockerEngine engine = DockerEngine.standard().orThrowIfDown();
        OurVerdicts ours = new OurVerdicts(directory);
        RandomRun run = new RandomRun(new EngineAnswers(engine), ours);
        String kept = System.getProperty("conformance.keep");
        for (int i = 0; i < count; i++) {
            run.compare("random/" + seed + "-" + i, RandomCase.text(seed, i));
            if (kept != null) {
                // If the run is interrupted, the answers so far are kept.
                run.answered().write(Path.of(kept));
            }
        }
        System.out.println("seed " + seed + ": " + run.summary());
        ours.unknownBecause().forEach((reason, times) -> System.out.println(times + " UNKNOWN: " + reason));
        List<String> disagreements = run.disagreements();
        disagreements.forEach(System.out::println);
        assertThat(run.asked()).as("cases that build").isGreaterThanOrEqualTo(count / LEAST_THAT_BUILD);
        assertThat(disagreements).isEmpty();
        assertThat(run.unknownShare()).isLessThan(UNKNOWN_AT_MOST);
    }

    @Test
    void whatInitContainersLeaveIsWhatTheEngineFinds(@TempDir Path directory) throws IOException {
        long seed = Long.getLong("conformance.seed", System.currentTimeMillis() / 1000);
        DockerEngine engine = DockerEngine.standard().orThrowIfDown();
        OurVerdicts ours = new OurVerdicts(directory);
        RandomRun run = new RandomRun(new EngineAnswers(engine), ours);
        for (int i = 0; i < Integer.getInteger("conformance.inits", DEFAULT_INITS); i++) {
            run.compare("init/" + seed + "-" + i, RandomInit.text(seed, i));
        }
        System.out.println("init containers of seed " + seed + ": " + run.summary());
        ours.unknownBecause().forEach((reason, times) -> System.out.println(times + " UNKNOWN: " + reason));
        run.disagreements().forEach(System.out::println);
        assertThat(run.disagreements()).isEmpty();
        assertThat(run.unknownShare()).isLessThan(UNKNOWN_INITS_AT_MOST);
    }
}
