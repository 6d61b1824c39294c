// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The words that frameworks accept as true and false, in any case. */
public enum BooleanWords {
    /** {@code Boolean.parseBoolean}. */
    JAVA("true", "", false),
    /** {@code StringToBooleanConverter}. */
    SPRING("true on yes 1", "false off no 0", true),
    /** SmallRye Config's {@code BooleanConverter}. */
    SMALLRYE("true 1 yes y on ja j si sim oui", "", true),
    /** {@code DefaultMutableConversionService}. */
    MICRONAUT("true yes y on", "", false),
    /** {@code ConfigMappers.toBoolean}, and those that MicroProfile Config asks for. */
    HELIDON("true 1 yes y on", "", false);

    private final String yes;
    private final String no;
    private final boolean strips;

    /**
     * The words of a framework.
     *
     * @param no the only words for false; if empty, every other word is false
     * @param strips whether blanks around a word are ignored
     */
    BooleanWords(String yes, String no, boolean strips) {
        this.yes = yes;
        this.no = no;
        this.strips = strips;
    }

    /** Whether a text unsets its key, as a blank text does to Spring and SmallRye: the default applies. */
    public boolean isUnset(String text) {
        return strips && text.isBlank();
    }

    /** What a text means; empty if the framework rejects it, or takes the key to be unset. */
    public Optional<Boolean> read(String text) {
        if (isUnset(text)) {
            return Optional.empty();
        }
        String word = (strips ? text.strip() : text).toLowerCase(Locale.ROOT);
        if (isAmong(yes, word)) {
            return Optional.of(true);
        }
        return no.isEmpty() || isAmong(no, word) ? Optional.of(false) : Optional.empty();
    }

    private static boolean isAmong(String words, String word) {
        return Set.of(words.split(" ", -1)).contains(word);
    }
}
