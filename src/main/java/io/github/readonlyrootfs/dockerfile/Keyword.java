// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.source.NearestName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The names of the instructions. */
public enum Keyword {
    ADD,
    ARG,
    CMD,
    COPY,
    ENTRYPOINT,
    ENV,
    EXPOSE,
    FROM,
    HEALTHCHECK,
    LABEL,
    MAINTAINER,
    ONBUILD,
    RUN,
    SHELL,
    STOPSIGNAL,
    USER,
    VOLUME,
    WORKDIR;

    private static final int LONGEST = "HEALTHCHECK".length();

    static List<String> names() {
        List<String> names = new ArrayList<>();
        for (Keyword keyword : values()) {
            names.add(keyword.name());
        }
        return names;
    }

    /** The keyword that a word spells, in upper or lower case. */
    static Optional<Keyword> of(String word) {
        if (word.length() > LONGEST) {
            return Optional.empty();
        }
        String name = word.toUpperCase(Locale.ROOT);
        for (Keyword keyword : values()) {
            if (keyword.name().equals(name)) {
                return Optional.of(keyword);
            }
        }
        return Optional.empty();
    }

    /** Whether a word is a keyword, or one with a letter or two mistyped. */
    public static boolean isNear(String word) {
        return nearest(word).isPresent();
    }

    static Optional<String> nearest(String word) {
        return NearestName.of(word, names());
    }

    /** Whether its arguments may be a JSON array. */
    boolean takesJson() {
        return switch (this) {
            case ADD, CMD, COPY, ENTRYPOINT, RUN, SHELL, VOLUME -> true;
            default -> false;
        };
    }

    boolean takesHeredocs() {
        return this == ADD || this == COPY || this == RUN;
    }
}
