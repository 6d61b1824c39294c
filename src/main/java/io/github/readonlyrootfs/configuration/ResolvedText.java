package io.github.readonlyrootfs.configuration;

import java.util.Optional;

/**
 * A text after its placeholders have been put in.
 *
 * @param text all of it; where not all is known, what comes before the first piece that is not
 * @param unknown why the rest is not known, as half a sentence that names no values
 */
public record ResolvedText(String text, Optional<String> unknown) {

    public static ResolvedText known(String text) {
        return new ResolvedText(text, Optional.empty());
    }

    public static ResolvedText unknown(String reason) {
        return new ResolvedText("", Optional.of(reason));
    }

    public boolean isKnown() {
        return unknown.isEmpty();
    }

    /** The whole text, where all of it is known. */
    public Optional<String> whole() {
        return isKnown() ? Optional.of(text) : Optional.empty();
    }
}
