// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WildcardTest {

    @ParameterizedTest
    @CsvSource({
        "nginx, nginx, true",
        "nginx, nginxx, false",
        "php-fpm*, php-fpm8.3, true",
        "php-fpm*, php-fpm, true",
        "apt:php*-fpm, apt:php8.2-fpm, true",
        "apt:php*-fpm, apt:php-fp, false",
        "*%(*, /var/%(here)s, true",
        "*, '', true",
        "a*a, a, false",
        "*ab*abc*, xababc, true",
        "a.c, abc, false",
    })
    void anAsteriskStandsForAnyText(String written, String text, boolean matches) {
        assertThat(Wildcard.exact(written).matches(text)).isEqualTo(matches);
    }

    @Test
    void onlyAnExactPatternIsCaseSensitive() {
        assertThat(Wildcard.of("jdbc:SQLite:*").matches("JDBC:sqlite:x")).isTrue();
        assertThat(Wildcard.exact("-B").matches("-b")).isFalse();
    }

    /** The same as the regular expression that a wildcard stands for. */
    @Test
    void aWildcardMatchesLikeTheRegularExpression() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            String written = letters(random, "ab*", 6);
            String text = letters(random, "ab", 8);
            Pattern pattern = Pattern.compile(
                    Stream.of(written.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
            assertThat(Wildcard.exact(written).matches(text))
                    .as("%s on %s with seed %d", written, text, seed)
                    .isEqualTo(pattern.matcher(text).matches());
        }
    }

    private static String letters(Random random, String of, int most) {
        return random.ints(random.nextInt(most + 1), 0, of.length())
                .mapToObj(at -> of.substring(at, at + 1))
                .collect(Collectors.joining());
    }
}
