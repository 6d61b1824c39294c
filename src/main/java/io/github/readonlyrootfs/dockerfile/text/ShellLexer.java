// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

import io.github.readonlyrootfs.source.Truth;
import java.util.List;
import java.util.Optional;

/**
 * Removes quotes and expands variables, as BuildKit's own small shell does. Parts that depend on an unknown variable
 * are evaluated too, because BuildKit reports errors in parts that it does not use.
 */
final class ShellLexer {

    /** How a text is read. */
    enum Mode {
        /** An argument: quotes and escape characters are removed. */
        ARGUMENT(false, false, false, false),
        /** A heredoc's body: quotes are ordinary characters. */
        HEREDOC_BODY(false, false, false, true),
        /** For the search for heredocs: nothing is removed or expanded. */
        RAW(true, true, true, false),
        /** A heredoc's delimiter without its quotes. */
        DELIMITER(false, false, true, false),
        /** A heredoc's delimiter with its quotes. */
        QUOTED_DELIMITER(true, false, true, false);

        private final boolean keepQuotes;
        private final boolean keepEscapes;
        private final boolean keepVariables;
        private final boolean ignoreQuotes;

        Mode(boolean keepQuotes, boolean keepEscapes, boolean keepVariables, boolean ignoreQuotes) {
            this.keepQuotes = keepQuotes;
            this.keepEscapes = keepEscapes;
            this.keepVariables = keepVariables;
            this.ignoreQuotes = ignoreQuotes;
        }
    }

    /** BuildKit has no limit, but people do not nest this deep, and the stack is finite. */
    private static final int MAX_DEPTH = 100;

    /** A variable may double with every line; BuildKit would fill the memory. */
    private static final int MAX_LENGTH = 1 << 16;

    private static final int NO_STOP = -1;

    private final String text;
    private final char escape;
    private final Mode mode;
    private final Variables variables;
    private boolean keepEscapes;
    private int pos;
    private int depth;

    ShellLexer(String text, char escape, Mode mode, Variables variables) {
        this.text = text;
        this.escape = escape;
        this.mode = mode;
        this.variables = variables;
        this.keepEscapes = mode.keepEscapes;
        // BuildKit's scanner drops a byte order mark at its beginning.
        this.pos = text.startsWith("\uFEFF") ? 1 : 0;
    }

    /** The whole text as one word. */
    Expanded word() throws LexingException {
        return until(NO_STOP, keepEscapes, Optional.empty());
    }

    /** The text, split into words. */
    List<String> words() throws LexingException {
        WordCollector words = new WordCollector();
        until(NO_STOP, keepEscapes, Optional.of(words));
        return words.all();
    }

    private Expanded until(int stop, boolean rawEscapes, Optional<WordCollector> words) throws LexingException {
        boolean outerKeepEscapes = keepEscapes;
        keepEscapes = rawEscapes;
        try {
            Expanded result = new Expanded();
            while (pos < text.length()) {
                char c = text.charAt(pos);
                if (c == stop) {
                    pos++;
                    return result;
                }
                append(c, result, words);
                checkLength(result.length());
            }
            if (stop != NO_STOP) {
                throw LexingException.unclosed((char) stop, pos);
            }
            return result;
        } finally {
            keepEscapes = outerKeepEscapes;
        }
    }

    private void checkLength(int length) throws LexingException {
        if (length > MAX_LENGTH) {
            throw LexingException.limit("it expands to more than " + MAX_LENGTH + " characters", pos);
        }
    }

    private void append(char c, Expanded result, Optional<WordCollector> words) throws LexingException {
        if (c == '$') {
            Expanded value = dollar();
            if (words.isPresent()) {
                words.get().addText(value.text());
            }
            result.append(value);
        } else if (!mode.ignoreQuotes && (c == '\'' || c == '"')) {
            Expanded quoted = c == '"' ? doubleQuoted() : singleQuoted();
            if (words.isPresent()) {
                words.get().addQuoted(quoted.text());
            }
            result.append(quoted);
        } else if (c == escape) {
            escaped(result, words);
        } else if (words.isPresent() && text.startsWith("<<", pos)) {
            opener(words.get());
        } else {
            pos++;
            if (words.isPresent()) {
                words.get().add(c);
            }
            result.append(c);
        }
    }

    /** The opener of a heredoc keeps the blanks after it, so that it is one word with its delimiter. */
    private void opener(WordCollector words) {
        int start = pos;
        pos += 2;
        while (pos < text.length() && "\t\r ".indexOf(text.charAt(pos)) >= 0) {
            pos++;
        }
        words.addQuoted(text.substring(start, pos));
    }

    private void escaped(Expanded result, Optional<WordCollector> words) {
        pos++;
        StringBuilder kept = new StringBuilder();
        if (keepEscapes) {
            kept.append(escape);
        }
        if (pos < text.length()) {
            kept.appendCodePoint(text.codePointAt(pos));
            pos += Character.charCount(text.codePointAt(pos));
        }
        if (words.isPresent()) {
            words.get().addQuoted(kept.toString());
        }
        result.append(kept.toString());
    }

    private Expanded singleQuoted() throws LexingException {
        int close = text.indexOf('\'', pos + 1);
        if (close < 0) {
            throw LexingException.unclosed('\'', pos);
        }
        Expanded result = new Expanded();
        result.append(mode.keepQuotes ? text.substring(pos, close + 1) : text.substring(pos + 1, close));
        pos = close + 1;
        return result;
    }

    private Expanded doubleQuoted() throws LexingException {
        int open = pos++;
        Expanded result = new Expanded();
        if (mode.keepQuotes) {
            result.append('"');
        }
        while (pos < text.length()) {
            char c = text.charAt(pos);
            if (c == '"') {
                pos++;
                if (mode.keepQuotes) {
                    result.append('"');
                }
                return result;
            }
            if (c == '$') {
                result.append(dollar());
                checkLength(result.length());
            } else if (c == escape) {
                escapedInQuotes(result);
            } else {
                pos++;
                result.append(c);
            }
        }
        throw LexingException.unclosed('"', open);
    }

    private void escapedInQuotes(Expanded result) {
        pos++;
        if (keepEscapes) {
            result.append(escape);
        }
        if (pos == text.length()) {
            return;
        }
        char c = text.charAt(pos);
        if (c == '"' || c == '$' || c == escape) {
            pos++;
            result.append(c);
        } else {
            result.append(escape);
        }
    }

    private Expanded dollar() throws LexingException {
        int start = pos++;
        if (peek() != '{') {
            String name = name();
            return name.isEmpty() ? literal("$") : plain(name, "$" + name);
        }
        pos++;
        switch (peek()) {
            case NO_STOP -> throw LexingException.unclosedSubstitution(start);
            case '{', '}', ':' ->
                throw LexingException.of(
                        "the substitution names no variable", "write ${NAME}, or \\$ for a dollar sign", start);
            default -> {
                // A name, or a modifier without one, which is rejected below.
            }
        }
        String name = name();
        int modifier = next();
        if (modifier == '}') {
            return plain(name, "${" + name + "}");
        }
        depth++;
        if (depth > MAX_DEPTH) {
            throw LexingException.limit("its substitutions are nested more than " + MAX_DEPTH + " deep", start);
        }
        Expanded result = modifier == '/' ? replaced(name, start) : modified(name, modifier, start);
        depth--;
        return result;
    }

    private Expanded plain(String name, String written) {
        Variables.State state = state(name);
        if (mode.keepVariables && state instanceof Variables.State.Unset) {
            return literal(written);
        }
        return value(name, state);
    }

    /** The value; for a variable without one, the empty text. */
    private static Expanded value(String name, Variables.State state) {
        Expanded result = new Expanded();
        if (state instanceof Variables.State.Set set) {
            result.append(set.value());
        } else if (state instanceof Variables.State.Unknown unknown) {
            result.addUnknown(name, unknown.reason());
        } else {
            result.addUnset(name);
        }
        return result;
    }

    private Expanded modified(String name, int first, int start) throws LexingException {
        boolean emptyIsUnset = first == ':';
        int modifier = emptyIsUnset ? next() : first;
        if (modifier == NO_STOP) {
            throw LexingException.unclosedSubstitution(start);
        }
        String written = (emptyIsUnset ? ":" : "") + Character.toString(modifier);
        if ((emptyIsUnset ? "+-?" : "+-?#%").indexOf(modifier) < 0) {
            throw unsupported(written, start);
        }
        Expanded word = substitutionPart('}', modifier == '#' || modifier == '%', start);
        Variables.State state = state(name);
        if (mode.keepVariables && state instanceof Variables.State.Unset) {
            return literal("${" + name + written + word.text() + "}");
        }
        return switch (modifier) {
            case '-' -> defaulted(name, state, emptyIsUnset, word);
            case '+' -> alternative(name, state, emptyIsUnset, word);
            case '?' -> required(name, state, emptyIsUnset, start);
            default -> changed(name, "${" + name + written + word.text() + "}");
        };
    }

    private static Truth isSet(Variables.State state, boolean emptyIsUnset) {
        if (state instanceof Variables.State.Set set) {
            return Truth.of(!emptyIsUnset || !set.value().isEmpty());
        }
        return state instanceof Variables.State.Unset ? Truth.FALSE : Truth.UNKNOWN;
    }

    private static Expanded defaulted(String name, Variables.State state, boolean emptyIsUnset, Expanded word) {
        Truth set = isSet(state, emptyIsUnset);
        if (!set.isUnknown()) {
            return set.isTrue() ? value(name, state) : word;
        }
        Expanded either = value(name, state);
        either.append(word);
        return either;
    }

    private static Expanded alternative(String name, Variables.State state, boolean emptyIsUnset, Expanded word) {
        Truth set = isSet(state, emptyIsUnset);
        if (!set.isUnknown()) {
            return set.isTrue() ? word : new Expanded();
        }
        if (word.isKnown() && word.text().isEmpty()) {
            // The result is empty in both cases.
            return word;
        }
        Expanded either = value(name, state);
        either.append(word);
        return either;
    }

    private static Expanded required(String name, Variables.State state, boolean emptyIsUnset, int start)
            throws LexingException {
        if (isSet(state, emptyIsUnset).isFalse()) {
            String lack = state instanceof Variables.State.Unset ? "not set" : "empty";
            throw LexingException.of(
                    "the variable " + name + " is " + lack + ", which `?` forbids",
                    "give it a value in an ARG or ENV above, or as a build argument",
                    start);
        }
        return value(name, state);
    }

    /** A value that a pattern changes, which is not evaluated. */
    private static Expanded changed(String name, String written) {
        Expanded result = new Expanded();
        result.addUnknown(name, "the pattern in `" + written + "` is not evaluated");
        return result;
    }

    private Expanded replaced(String name, int start) throws LexingException {
        if (peek() == '/') {
            pos++;
        }
        Expanded pattern = substitutionPart('/', true, start);
        Expanded replacement = substitutionPart('}', true, start);
        String written = "${" + name + "/" + pattern.text() + "/" + replacement.text() + "}";
        return mode.keepVariables && state(name) instanceof Variables.State.Unset
                ? literal(written)
                : changed(name, written);
    }

    /** A part of a substitution up to its closing character; it may contain substitutions. */
    private Expanded substitutionPart(char stop, boolean rawEscapes, int start) throws LexingException {
        try {
            return until(stop, rawEscapes, Optional.empty());
        } catch (LexingException e) {
            if (pos >= text.length() && !e.isLimit()) {
                throw LexingException.unclosedSubstitution(start);
            }
            throw e;
        }
    }

    private static LexingException unsupported(String modifier, int start) {
        return LexingException.of(
                "unknown modifier `" + modifier + "` in a substitution",
                "BuildKit knows ${x:-default} ${x:+alternative} ${x:?message} ${x#prefix} ${x%suffix} ${x/from/to}",
                start);
    }

    private static Expanded literal(String text) {
        Expanded result = new Expanded();
        result.append(text);
        return result;
    }

    private Variables.State state(String name) {
        Variables.State state = variables.lookup(name);
        boolean identifier = !name.isEmpty() && (Character.isLetter(name.codePointAt(0)) || name.charAt(0) == '_');
        // Names such as $1 and $? cannot be defined.
        return state instanceof Variables.State.Unknown && !identifier ? new Variables.State.Unset() : state;
    }

    /** A variable's name: a word, a number, or one of the shell's special characters. */
    private String name() {
        int start = pos;
        int first = peek();
        if (first == NO_STOP) {
            return "";
        }
        if (Character.isDigit(first)) {
            while (peek() != NO_STOP && Character.isDigit(peek())) {
                next();
            }
        } else if ("@*#?-$!".indexOf(first) >= 0) {
            next();
        } else {
            while (peek() != NO_STOP && (Character.isLetterOrDigit(peek()) || peek() == '_')) {
                next();
            }
        }
        return text.substring(start, pos);
    }

    private int peek() {
        return pos < text.length() ? text.codePointAt(pos) : NO_STOP;
    }

    private int next() {
        int c = peek();
        pos += c == NO_STOP ? 0 : Character.charCount(c);
        return c;
    }
}
