// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares our verdicts with the engine's answers to random cases, most of them scripts. The answers come from {@link
 * RandomConformanceTest}:
 *
 * <pre>
 * mvn -Pconformance-random test -Dconformance.count=220 -Dconformance.keep=src/test/resources/conformance/random-builds.txt
 * </pre>
 */
class RecordedRandomTest {
    private static final int CASES = 200;
    private static final int PATHS = 1_000;
    private static final double UNKNOWN_AT_MOST = 0.03;

    @Test
    void noVerdictContradictsTheRecordedAnswersOfTheEngine(@TempDir Path directory) throws IOException {
        AnsweredCases kept = AnsweredCases.read(ConformanceCase.resource("/conformance/random-builds.txt"));
        OurVerdicts ours = new OurVerdicts(directory);
        RandomRun run = new RandomRun(kept, ours);
        kept.asked().forEach(run::compare);
        System.out.println(run.summary());
        ours.unknownBecause().forEach((reason, times) -> System.out.println(times + " UNKNOWN: " + reason));
        assertThat(run.disagreements()).isEmpty();
        assertThat(run.asked()).isGreaterThanOrEqualTo(CASES);
        assertThat(run.paths()).isGreaterThanOrEqualTo(PATHS);
        assertThat(run.unknownShare()).isLessThan(UNKNOWN_AT_MOST);
    }
}
