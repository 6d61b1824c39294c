// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.observe.Minimiser.Minimum;
import io.github.readonlyrootfs.observe.Minimiser.NoMoreTrialsException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MinimiserTest {

    private final List<Set<String>> trials = new ArrayList<>();

    private Minimum<String, String> needing(Set<String> needed, int most, List<List<String>> groups) {
        return Minimiser.of(groups, left -> {
            if (trials.size() == most) {
                throw new NoMoreTrialsException();
            }
            trials.add(left);
            List<String> missing = needed.stream()
                    .filter(each -> !left.contains(each))
                    .sorted()
                    .toList();
            return missing.isEmpty() ? Optional.empty() : Optional.of("no " + missing);
        });
    }

    @Test
    void whatNothingNeedsGoesInOneTrialForEachGroup() {
        assertThat(needing(Set.of(), 99, List.of(List.of("a", "b", "c"), List.of("d", "e"))))
                .isEqualTo(new Minimum<>(Map.of(), Set.of()));
        assertThat(trials).containsExactly(Set.of("d", "e"), Set.of());
    }

    @Test
    void eachThatIsLeftHasFailedAlone() {
        assertThat(needing(Set.of("b", "e"), 99, List.of(List.of("a", "b", "c", "d"), List.of("e", "f"))))
                .isEqualTo(new Minimum<>(Map.of("b", "no [b]", "e", "no [e]"), Set.of()));
    }

    @Test
    void aFailureThatIsKnownIsNotTriedAgain() {
        needing(Set.of("b"), 99, List.of(List.of("a", "b")));

        assertThat(trials).containsExactly(Set.of(), Set.of("b"));
    }

    @Test
    void ofThingsOfWhichOneIsEnoughTheLastIsLeft() {
        Minimum<String, String> minimum = Minimiser.of(
                List.of(List.of("home", "var", "tmp")),
                left -> left.isEmpty() ? Optional.of("none") : Optional.empty());

        assertThat(minimum).isEqualTo(new Minimum<>(Map.of("tmp", "none"), Set.of()));
    }

    @Test
    void withoutMoreTrialsTheRestIsUntried() {
        assertThat(needing(Set.of("a", "d"), 3, List.of(List.of("a", "b", "c", "d"))))
                .isEqualTo(new Minimum<>(Map.of("a", "no [a]"), Set.of("b", "c", "d")));
    }

    @Test
    void anyNeedsAreFoundWithFewTrials() {
        Random random = new Random(38);
        for (int round = 0; round < 500; round++) {
            trials.clear();
            int size = 1 + random.nextInt(20);
            List<String> all = new ArrayList<>();
            Set<String> needed = new HashSet<>();
            for (int i = 0; i < size; i++) {
                all.add("p" + i);
                if (random.nextInt(5) == 0) {
                    needed.add("p" + i);
                }
            }
            int cut = random.nextInt(size + 1);

            Minimum<String, String> minimum =
                    needing(needed, 1_000, List.of(all.subList(0, cut), all.subList(cut, size)));

            assertThat(minimum.necessary().keySet()).isEqualTo(needed);
            assertThat(minimum.untried()).isEmpty();
            assertThat(new LinkedHashSet<>(trials)).as("no trial twice").hasSameSizeAs(trials);
            assertThat(trials.size()).isLessThanOrEqualTo(2 + 2 * needed.size() * 5 + 1);
            minimum.necessary().forEach((path, how) -> assertThat(how).isEqualTo("no [" + path + "]"));
        }
    }
}
