// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.conformance.ConformanceCase.AskedPath;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Properties of random cases that need no engine. */
@Tag("slow")
class RandomCaseTest {
    private static final long SEED = 20;
    private static final int CASES = 300;

    @Test
    void theSameSeedGeneratesTheSameCases() {
        Set<String> texts = new TreeSet<>();
        for (int i = 0; i < CASES; i++) {
            String text = RandomCase.text(SEED, i);
            assertThat(RandomCase.text(SEED, i)).isEqualTo(text);
            texts.add(text);
        }
        assertThat(texts).hasSize(CASES);
    }

    @Test
    void everyCaseHasItsVerdicts(@TempDir Path directory) {
        OurVerdicts product = new OurVerdicts(directory);
        for (int i = 0; i < CASES; i++) {
            ConformanceCase asked = RandomCase.of(SEED, i);
            Map<String, Map<String, String>> verdicts =
                    product.verdicts(asked, asked.builders().get(0));
            for (AskedPath path : asked.paths()) {
                assertThat(verdicts.get(path.container())).as(asked.name()).containsKey(path.path());
            }
        }
    }

    @Test
    void aCaseIsReducedToTheLinesThatKeepItsDisagreement() {
        String text = RandomCase.text(SEED, 0);
        String reduced = CaseReducer.reduce(text, candidate -> candidate.contains("FROM debian"));

        assertThat(reduced).contains("FROM debian").doesNotContain("--- taskdef.json", "--- context", "RUN");
    }
}
