// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The words that frameworks take for true and false, in any case. */
public enum BooleanWords {
    /** {@code Boolean.parseBoolean}. */
    JAVA("true", "", false),
    /** {@code StringToBooleanConverter}. */
    SPRING("true on yes 1", "false off no 0", true),
    /** SmallRye Config's {@code BooleanConverter}. */
    SMALLRYE("true 1 yes y on ja j si sim oui", "false 0 no n off nein não non", true),
    /** {@code DefaultMutableConversionService}. */
    MICRONAUT("true yes y on", "", false),
    /** {@code ConfigMappers.toBoolean}, and what MicroProfile Config asks for. */
    HELIDON("true 1 yes y on", "", false);

    private final String yes;
    private final String no;
    private final boolean refuses;

    /** @param refuses whether there are other words than these, with which an application does not start */
    BooleanWords(String yes, String no, boolean refuses) {
        this.yes = yes;
        this.no = no;
        this.refuses = refuses;
    }

    /** What a text means; empty where the application does not start with it. */
    public Optional<Boolean> read(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (isAmong(yes, word)) {
            return Optional.of(true);
        }
        return !refuses || isAmong(no, word) ? Optional.of(false) : Optional.empty();
    }

    private static boolean isAmong(String words, String word) {
        return Set.of(words.split(" ", -1)).contains(word);
    }
}
