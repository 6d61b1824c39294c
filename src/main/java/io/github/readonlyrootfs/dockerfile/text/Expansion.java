// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

import io.github.readonlyrootfs.source.Problem;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An argument after quotes were removed and variables expanded, as BuildKit does before it runs an instruction.
 *
 * <p>Which variables were used without having a value is returned together with the result, because BuildKit itself is
 * silent about them.
 */
public sealed interface Expansion {

    /**
     * The text.
     *
     * @param unset the variables that expanded to nothing because they certainly have no value
     */
    record Known(String text, Set<String> unset) implements Expansion {}

    /**
     * It depends on something that the files do not say.
     *
     * @param variables the unknown variables; empty if a template placeholder is the reason
     * @param reason half a sentence naming the variable or placeholder
     */
    record Unknown(List<String> variables, String reason) implements Expansion {}

    /** BuildKit rejects it, as in {@code ${x^^}} or {@code ${x:?message}}. */
    record Rejected(Problem problem) implements Expansion {}

    /** Variables may depend on variables without end; a longer reason is not extended. */
    int MAX_REASON = 300;

    /**
     * Expands an argument.
     *
     * @param escape the escape character in force, see {@code Dockerfile.escape}
     */
    static Expansion of(JoinedText argument, char escape, Variables variables) {
        return expand(argument, escape, ShellLexer.Mode.ARGUMENT, variables);
    }

    /** Expands the body of a heredoc of COPY or ADD whose delimiter is not quoted. */
    public static Expansion ofHeredocBody(JoinedText body, Variables variables) {
        // BuildKit always uses the backslash here, whatever the escape directive says.
        return expand(body, '\\', ShellLexer.Mode.HEREDOC_BODY, variables);
    }

    private static Expansion expand(JoinedText argument, char escape, ShellLexer.Mode mode, Variables variables) {
        Optional<String> placeholder = TemplatePlaceholders.first(argument.text());
        if (placeholder.isPresent()) {
            return new Unknown(List.of(), "the template placeholder " + placeholder.get() + " is not filled in");
        }
        try {
            Expanded word = new ShellLexer(argument.text(), escape, mode, variables).word();
            if (word.isKnown()) {
                return new Known(word.text(), Collections.unmodifiableSet(word.unset()));
            }
            return unknown(word.unknown());
        } catch (LexingException e) {
            return e.isLimit()
                    ? new Unknown(List.of(), e.reason())
                    : new Rejected(new Problem(argument.location(e.index(), argument.length()), e.reason(), e.help()));
        }
    }

    private static Unknown unknown(Map<String, String> reasons) {
        Map.Entry<String, String> first = reasons.entrySet().iterator().next();
        String why = first.getValue();
        return new Unknown(
                List.copyOf(reasons.keySet()),
                why.length() > MAX_REASON ? why : "the value of " + first.getKey() + " cannot be determined: " + why);
    }
}
