// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileExpressionTest {

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            prod;                   prod;       true
            prod;                   test;       false
            !prod;                  test;       true
            prod & eu;              prod;       false
            prod & eu;              prod,eu;    true
            prod&!eu;               prod;       true
            (prod | demo) & eu;     demo,eu;    true
            prod, demo;             demo;       true
            !(a | b);               c;          true
            prod-eu ;               prod-eu;    true
            """)
    void anExpressionMatchesActiveProfiles(String expression, String active, boolean expected) {
        assertThat(ProfileExpression.parse(expression).orElseThrow().matches(Set.of(active.split(","))))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "!", "a &", "(a", "a)", "a | | b", "()", "a b ( c )"})
    void anInvalidExpressionIsRejected(String text) {
        assertThat(ProfileExpression.parse(text)).isEmpty();
    }

    @Test
    void anExpressionListsItsNames() {
        assertThat(ProfileExpression.parse("(a | !b) & c").orElseThrow().names())
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @Test
    void tooDeepOrTooLongExpressionsAreRejected() {
        assertThat(ProfileExpression.parse("(".repeat(500) + "a" + ")".repeat(500)))
                .isEmpty();
        assertThat(ProfileExpression.parse("!".repeat(1500) + "a")).isEmpty();
        assertThat(ProfileExpression.parse("a|".repeat(999) + "b").orElseThrow().matches(Set.of("b")))
                .isTrue();
        assertThat(ProfileExpression.parse("a|".repeat(100_000) + "b")).isEmpty();
    }
}
