// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TruthTest {

    private static final List<Truth> ALL = Arrays.asList(Truth.values());

    /** The two-valued truths that it may be. */
    private static Set<Boolean> possible(Truth truth) {
        return truth.isUnknown() ? Set.of(true, false) : Set.of(truth.isTrue());
    }

    /** The truth of a result that may have these values. */
    private static Truth known(Stream<Boolean> values) {
        Set<Boolean> all = values.collect(Collectors.toSet());
        return all.size() == 2 ? Truth.UNKNOWN : Truth.of(all.contains(true));
    }

    @Test
    void aResultIsKnownIfItIsTheSameForEachPossibleValue() {
        for (Truth one : ALL) {
            assertThat(one.not())
                    .as("not %s", one)
                    .isEqualTo(known(possible(one).stream().map(a -> !a)));
            for (Truth two : ALL) {
                assertThat(one.and(two))
                        .as("%s and %s", one, two)
                        .isEqualTo(known(possible(one).stream()
                                .flatMap(a -> possible(two).stream().map(b -> a && b))));
                assertThat(one.or(two))
                        .as("%s or %s", one, two)
                        .isEqualTo(known(possible(one).stream()
                                .flatMap(a -> possible(two).stream().map(b -> a || b))));
            }
        }
    }

    @Test
    void theOrderInWhichSeveralAreJoinedDoesNotMatter() {
        for (Truth one : ALL) {
            for (Truth two : ALL) {
                for (Truth three : ALL) {
                    assertThat(one.and(two).and(three)).isEqualTo(three.and(two.and(one)));
                    assertThat(one.or(two).or(three)).isEqualTo(three.or(two.or(one)));
                }
            }
        }
    }

    @Test
    void aTestOfAnUnknownValueIsUnknown() {
        assertThat(Truth.of(Optional.of(""), String::isEmpty)).isEqualTo(Truth.TRUE);
        assertThat(Truth.of(Optional.of("a"), String::isEmpty)).isEqualTo(Truth.FALSE);
        assertThat(Truth.of(Optional.<String>empty(), String::isEmpty)).isEqualTo(Truth.UNKNOWN);
    }

    @Test
    void anAnswerHasTheFirstDoubtIfItIsUnknown() {
        for (Answer one : List.of(Answer.YES, Answer.NO, Answer.unknown("1"))) {
            for (Answer two : List.of(Answer.YES, Answer.NO, Answer.unknown("2"))) {
                Answer both = one.and(() -> two);
                Answer either = one.or(() -> two);
                assertThat(both.truth()).isEqualTo(one.truth().and(two.truth()));
                assertThat(either.truth()).isEqualTo(one.truth().or(two.truth()));
                Optional<String> doubt = one.doubt().or(two::doubt);
                assertThat(both.doubt()).isEqualTo(both.truth().isUnknown() ? doubt : Optional.empty());
                assertThat(either.doubt()).isEqualTo(either.truth().isUnknown() ? doubt : Optional.empty());
            }
        }
    }
}
