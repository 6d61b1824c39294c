package io.github.readonlyrootfs.dockerfile;

import java.util.Locale;
import java.util.Optional;

/** The instructions there are. */
enum Keyword {
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

    /** The keyword a word spells, in any case. */
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

    /** Whether a JSON array may stand for its arguments. */
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
