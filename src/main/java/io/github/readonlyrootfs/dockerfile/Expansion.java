package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.source.Problem;
import java.util.List;
import java.util.Set;

/**
 * An argument after quotes were removed and variables put in, as BuildKit does before it runs an instruction.
 *
 * <p>Which variables were used without having a value is told beside the result, because BuildKit itself is silent
 * about them.
 */
public sealed interface Expansion {

    /**
     * The text.
     *
     * @param unset the variables that expanded to nothing because they certainly have no value
     */
    record Known(String text, Set<String> unset) implements Expansion {}

    /**
     * It depends on something the files do not say.
     *
     * @param variables the variables that stay unknown; empty where a template placeholder is the reason
     * @param reason half a sentence naming the variable or placeholder
     */
    record Unknown(List<String> variables, String reason) implements Expansion {}

    /** BuildKit rejects it, as in {@code ${x^^}} or {@code ${x:?message}}. */
    record Rejected(Problem problem) implements Expansion {}

    /**
     * Expands an argument.
     *
     * @param escape the escape character in force, see {@link Dockerfile#escape()}
     */
    static Expansion of(JoinedText argument, char escape, Variables variables) {
        throw new UnsupportedOperationException(argument + " " + escape + " " + variables);
    }
}
