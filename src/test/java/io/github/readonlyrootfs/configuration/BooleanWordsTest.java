// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BooleanWordsTest {

    /** Answers of the frameworks, in the order of {@link BooleanWords}; the recorded answers have more. */
    @ParameterizedTest
    @CsvSource(textBlock = """
            TRUE,     true,  true,  true,  true,  true
            Off,      false, false, false, false, false
            on,       false, true,  true,  true,  true
            Yes,      false, true,  true,  true,  true
            1,        false, true,  true,  false, true
            y,        false, -,     true,  true,  true
            oui,      false, -,     true,  false, false
            maybe,    false, -,     false, false, false
            ' true ', false, true,  true,  false, false
            '',       false, -,     -,     false, false
            """)
    void eachFrameworkReadsItsOwnWordsAsBooleans(
            String word, String java, String spring, String smallRye, String micronaut, String helidon) {
        assertThat(BooleanWords.values())
                .extracting(words -> words.read(word))
                .extracting(meaning -> meaning.map(String::valueOf).orElse("-"))
                .containsExactly(java, spring, smallRye, micronaut, helidon);
    }
}
