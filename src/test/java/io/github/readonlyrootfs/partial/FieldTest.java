// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.partial;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.readonlyrootfs.source.Truth;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A question mark in the words of these tests is an unknown part. */
class FieldTest {

    @ParameterizedTest
    @CsvSource({
        "shop,  shop,   TRUE",
        "shop,  sh,     FALSE",
        "sh?,   shop,   UNKNOWN",
        "sh?,   app,    FALSE",
        "shop,  sh?,    UNKNOWN",
        "shop,  ap?,    FALSE",
    })
    void knownPartsOfAWordAreCompared(String word, String literal, Truth expected) {
        assertThat(field(word).matches(field(literal))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "shop,  s*p,  TRUE",
        "shop,  a*,   FALSE",
        "sh?,   s*,   UNKNOWN",
        "sh?,   *,    TRUE",
        "?,     *,    TRUE",
    })
    void aPatternForAnythingMatchesUnknownText(String word, String pattern, Truth expected) {
        Field other = new Field(Text.of(pattern), pattern, null);

        assertThat(field(word).matches(other)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"/srv/*.conf, /srv/", "/srv/a, /srv/a", "*, ''"})
    void aPatternIsKnownUpToItsFirstSpecialCharacter(String pattern, String beginning) {
        Field word = new Field(Text.of(pattern), pattern, null);

        assertThat(word.beginning().prefix()).isEqualTo(beginning);
        assertThat(word.beginning().isKnown()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiterString = "=>", textBlock = """
            /docker-entrypoint.sh       => TRUE
            docker-entrypoint.sh        => TRUE
            /x/docker-entrypoint.sh.bak => FALSE
            ?/docker-entrypoint.sh      => TRUE
            ?/other.sh                  => FALSE
            /?/x/docker-entrypoint.sh   => TRUE
            /x/?                        => UNKNOWN
            ?                           => UNKNOWN
            /docker-entrypoint.sh?      => UNKNOWN
            /docker-?.sh                => UNKNOWN
            /docker-?.txt               => FALSE
            /docker-?/other.sh          => FALSE
            """)
    void aScriptOfAPublishedImageIsKnownByItsFileName(String word, Truth named) {
        assertThat(field(word).isNamed("docker-entrypoint.sh")).isEqualTo(named);
    }

    private static Field field(String text) {
        return Field.of(new Text(text.replace('?', Text.HOLE)));
    }
}
