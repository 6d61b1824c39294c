// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A condition on profiles: {@code prod}, {@code !test}, {@code (prod & eu) | demo}, as Spring's {@code Profiles.of} reads it.
 * A comma means "or".
 */
public final class ProfileExpression {

    /** No real expression nests its parentheses deeper. */
    private static final int MAX_DEPTH = 50;

    /** No real expression is longer; its parts are evaluated recursively. */
    private static final int MAX_LENGTH = 2000;

    private final String text;
    private final Set<String> names;
    private final Predicate<Set<String>> test;

    private ProfileExpression(String text, Set<String> names, Predicate<Set<String>> test) {
        this.text = text;
        this.names = names;
        this.test = test;
    }

    /** Reads an expression; empty if it is invalid. */
    public static Optional<ProfileExpression> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        Parser parser = new Parser(text.strip());
        Predicate<Set<String>> test = parser.either(0, true);
        return test == null || parser.next < parser.text.length()
                ? Optional.empty()
                : Optional.of(new ProfileExpression(parser.text, Set.copyOf(parser.names), test));
    }

    /** The condition that one profile is active. */
    static ProfileExpression of(String name) {
        return new ProfileExpression(name, Set.of(name), active -> active.contains(name));
    }

    public boolean matches(Set<String> active) {
        return test.test(active);
    }

    public Set<String> names() {
        return names;
    }

    @Override
    public String toString() {
        return text;
    }

    private static final class Parser {

        private final String text;
        private final Set<String> names = new TreeSet<>();
        private int next;

        Parser(String text) {
            this.text = text;
        }

        /** Reads terms joined by "or"; null if the text is invalid. */
        @Nullable
        Predicate<Set<String>> either(int depth, boolean commas) {
            Predicate<Set<String>> first = both(depth);
            while (first != null && (take('|') || (commas && take(',')))) {
                Predicate<Set<String>> second = both(depth);
                first = second == null ? null : first.or(second);
            }
            return first;
        }

        private @Nullable Predicate<Set<String>> both(int depth) {
            Predicate<Set<String>> first = one(depth);
            while (first != null && take('&')) {
                Predicate<Set<String>> second = one(depth);
                first = second == null ? null : first.and(second);
            }
            return first;
        }

        private @Nullable Predicate<Set<String>> one(int depth) {
            if (depth > MAX_DEPTH) {
                return null;
            }
            if (take('!')) {
                Predicate<Set<String>> negated = one(depth + 1);
                return negated == null ? null : negated.negate();
            }
            if (take('(')) {
                Predicate<Set<String>> inner = either(depth + 1, false);
                return take(')') ? inner : null;
            }
            int start = next;
            while (next < text.length() && "!()&|,".indexOf(text.charAt(next)) < 0) {
                next++;
            }
            String name = text.substring(start, next).strip();
            if (name.isEmpty()) {
                return null;
            }
            names.add(name);
            return active -> active.contains(name);
        }

        private boolean take(char wanted) {
            while (next < text.length() && Character.isWhitespace(text.charAt(next))) {
                next++;
            }
            if (next < text.length() && text.charAt(next) == wanted) {
                next++;
                return true;
            }
            return false;
        }
    }
}
