// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.edit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.Location;
import org.junit.jupiter.api.Test;

class RemedyTest {

    private static final TextEdit EDIT = new TextEdit(Location.of("a"), "x");

    @Test
    void onlyARemedyWithoutAdviceCanBeAppliedByAProgram() {
        assertThat(Remedy.of(EDIT).isApplicable()).isTrue();
        assertThat(Remedy.of(EDIT).noting("it is slow").isApplicable()).isTrue();
        assertThat(Remedy.of(EDIT)
                        .advising("if the container does not need it,")
                        .isApplicable())
                .isFalse();
        assertThat(Remedy.of(EDIT).and(Remedy.advice("ask")).isApplicable()).isFalse();
        assertThat(Remedy.advice("ask").isApplicable()).isFalse();
        assertThat(Remedy.NONE.isApplicable()).isFalse();
    }

    @Test
    void theSharedEditOfTwoRemediesIsAppliedAndShownOnce() {
        Remedy remedy = Remedy.of(EDIT).noting("it is slow").advising("for a definite answer,");

        assertThat(remedy.and(remedy)).isEqualTo(remedy);
        assertThat(remedy.and(Remedy.NONE)).isEqualTo(remedy);
        assertThat(Remedy.NONE.and(remedy)).isEqualTo(remedy);
    }
}
