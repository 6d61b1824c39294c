// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.image.stage;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * One pattern of a {@code .dockerignore}, as BuildKit's {@code patternmatcher} has it: {@code *}, {@code ?}, {@code
 * **}, classes such as {@code [a-z]} and {@code [^a]}, and a backslash before a literal character. It matches in steps
 * proportional to the lengths of pattern and path.
 */
final class IgnorePattern {

    private sealed interface Token {

        /** One of the code points in these ranges, or one that is not. */
        record One(List<int[]> ranges, boolean negated) implements Token {

            boolean takes(int c) {
                return ranges.stream().anyMatch(range -> range[0] <= c && c <= range[1]) != negated;
            }
        }

        /** Any number of characters, with or without slashes among them. */
        record Any(boolean slashes) implements Token {}

        /** Any number of directories, each followed by a slash; {@link Inside} follows. */
        record Directories() implements Token {}

        /** Within the names of directories, before the slash that ends them. */
        record Inside() implements Token {}
    }

    private static final Token ANYTHING = new Token.Any(true);

    private final List<Token> tokens;

    private IgnorePattern(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Why a pattern is invalid. */
    static final class SyntaxException extends Exception {

        private static final long serialVersionUID = 1;

        SyntaxException(String message) {
            super(message);
        }
    }

    int length() {
        return tokens.size();
    }

    /**
     * Reads a pattern without {@code !}, {@code .}, {@code ..} and slashes at its ends.
     *
     * @return empty if it is unknown how BuildKit reads it
     * @throws SyntaxException where BuildKit rejects it
     */
    static Optional<IgnorePattern> of(String pattern) throws SyntaxException {
        int[] points = pattern.codePoints().toArray();
        List<Token> tokens = new ArrayList<>();
        boolean plain = true;
        boolean suffix = false;
        boolean told = true;
        int at = 0;
        while (at < points.length) {
            int c = points[at++];
            if (c == '*' && at < points.length && points[at] == '*') {
                boolean first = at == 1;
                at++;
                boolean slash = at < points.length && points[at] == '/';
                at += slash ? 1 : 0;
                if (at == points.length) {
                    tokens.add(ANYTHING);
                } else {
                    // Two stars at the beginning of a name match without a slash after them.
                    suffix = first && !slash;
                    plain &= first;
                    tokens.add(new Token.Directories());
                    tokens.add(new Token.Inside());
                }
            } else if (c == '*') {
                tokens.add(new Token.Any(false));
                plain = false;
            } else if (c == '?') {
                tokens.add(new Token.One(List.of(new int[] {'/', '/'}), true));
                plain = false;
            } else if (c == '[') {
                CharacterClass read = CharacterClass.read(points, at);
                tokens.add(read.token);
                told &= read.told;
                at = read.end;
                plain = false;
            } else if (c == '\\') {
                if (at == points.length) {
                    throw new SyntaxException("nothing follows the backslash");
                }
                tokens.add(literal(points[at++]));
                plain = false;
            } else {
                tokens.add(literal(c));
            }
        }
        if (suffix && plain) {
            tokens.subList(0, 2).clear();
            tokens.add(0, ANYTHING);
        }
        return told ? Optional.of(new IgnorePattern(tokens)) : Optional.empty();
    }

    private static Token literal(int c) {
        return new Token.One(List.of(new int[] {c, c}), false);
    }

    /** The characters between brackets, in the syntax of Go's {@code filepath.Match}. */
    private static final class CharacterClass {

        private final int[] points;
        private final List<int[]> ranges = new ArrayList<>();
        private int end;
        private boolean told = true;
        private Token token = ANYTHING;

        private CharacterClass(int[] points, int end) {
            this.points = points;
            this.end = end;
        }

        static CharacterClass read(int[] points, int start) throws SyntaxException {
            CharacterClass read = new CharacterClass(points, start);
            boolean negated = start < points.length && points[start] == '^';
            read.end += negated ? 1 : 0;
            while (read.ranges.isEmpty() || read.peek() != ']') {
                int from = read.next();
                int to = from;
                if (read.peek() == '-') {
                    read.end++;
                    to = read.next();
                }
                if (to < from) {
                    throw new SyntaxException("the range in its brackets is empty");
                }
                read.ranges.add(new int[] {from, to});
            }
            read.end++;
            read.token = new Token.One(read.ranges, negated);
            return read;
        }

        private int peek() throws SyntaxException {
            if (end >= points.length) {
                throw new SyntaxException("its bracket is not closed");
            }
            return points[end];
        }

        private int next() throws SyntaxException {
            int c = peek();
            if (c == '-' || c == ']') {
                throw new SyntaxException("brackets contain `" + Character.toString(c) + "` without a backslash");
            }
            end++;
            if (c == '\\') {
                c = peek();
                end++;
                // BuildKit makes a regular expression of it, in which \d and others have a meaning.
                told &= !Character.isLetterOrDigit(c);
            } else {
                told &= c != '*' && c != '?' && c != '[';
            }
            return c;
        }
    }

    /** Whether a path, or a directory above it, matches. */
    boolean matches(String path) {
        BitSet states = new BitSet();
        enter(states, 0);
        for (int at = 0; at < path.length() && !states.isEmpty(); ) {
            int c = path.codePointAt(at);
            if (c == '/' && states.get(tokens.size())) {
                return true;
            }
            BitSet next = new BitSet();
            for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
                if (state < tokens.size()) {
                    step(state, c, next);
                }
            }
            states = next;
            at += Character.charCount(c);
        }
        return states.get(tokens.size());
    }

    private void step(int state, int c, BitSet next) {
        Token token = tokens.get(state);
        if (token instanceof Token.One one) {
            if (one.takes(c)) {
                enter(next, state + 1);
            }
        } else if (token instanceof Token.Any any) {
            if (any.slashes || c != '/') {
                enter(next, state);
            }
        } else if (token instanceof Token.Inside) {
            next.set(state);
            if (c == '/') {
                enter(next, state + 1);
            }
        }
    }

    /** Adds a state, and those that can be reached from it without a character. */
    private void enter(BitSet states, int first) {
        int state = first;
        while (!states.get(state)) {
            states.set(state);
            if (state == tokens.size()) {
                return;
            }
            Token token = tokens.get(state);
            if (token instanceof Token.Any) {
                state++;
            } else if (token instanceof Token.Directories) {
                states.set(state + 1);
                state += 2;
            } else {
                return;
            }
        }
    }
}
