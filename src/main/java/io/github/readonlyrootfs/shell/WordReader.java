// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell;

import java.util.ArrayList;
import java.util.List;

/** Reads one word of a shell script: quotes, escapes, variables and substitutions. */
public final class WordReader {

    private static final int MAX_NESTING = 100;
    private static final String ENDS_WORD = " \t\r\n;&|<>()";

    private final String text;
    private final int nesting;
    /** Whether the text is between double quotes or in a here-document, where single quotes are ordinary characters. */
    private final boolean inQuotes;

    private int at;
    private List<Word.Part> parts = new ArrayList<>();
    private StringBuilder run = new StringBuilder();
    private boolean runQuoted;

    WordReader(String text, int start, int nesting) {
        this(text, start, nesting, false);
    }

    private WordReader(String text, int start, int nesting, boolean inQuotes) {
        this.text = text;
        this.at = start;
        this.nesting = nesting;
        this.inQuotes = inQuotes;
    }

    /** Where the word that was read ends. */
    int end() {
        return at;
    }

    /** Reads to the first unquoted blank or operator. */
    Word read() throws ShellSyntaxException {
        return read(ENDS_WORD);
    }

    /** Reads a regular expression up to the first blank outside of parentheses. */
    Word readRegex() throws ShellSyntaxException {
        int start = at;
        List<Word.Part> all = new ArrayList<>();
        int depth = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            }
            if (depth == 0 && " \t\n".indexOf(c) >= 0) {
                break;
            }
            if ("()|<>&; ".indexOf(c) >= 0) {
                all.add(new Word.Literal(String.valueOf(c), false));
                at++;
            } else {
                parts = new ArrayList<>();
                int before = at;
                all.addAll(read().parts());
                if (at == before) {
                    throw new ShellSyntaxException("unexpected " + c);
                }
            }
        }
        return new Word(List.copyOf(all), start, at);
    }

    /** Reads all of a text that is expanded like one between double quotes, such as the body of a here-document. */
    public static Word document(String text) throws ShellSyntaxException {
        WordReader reader = new WordReader(text, 0, 0, true);
        while (reader.at < text.length()) {
            reader.quotedCharacter("$`\\");
        }
        reader.flush();
        return new Word(List.copyOf(reader.parts), 0, text.length());
    }

    private Word read(String ends) throws ShellSyntaxException {
        if (nesting > MAX_NESTING) {
            throw new ShellSyntaxException("nested too deeply");
        }
        int start = at;
        boolean quotes = false;
        while (at < text.length() && (ends.indexOf(text.charAt(at)) < 0 || startsProcess(ends))) {
            char c = text.charAt(at);
            switch (c) {
                case '\\' -> escape();
                case '\'' -> {
                    if (inQuotes) {
                        add(c, true);
                        at++;
                    } else {
                        quotes = true;
                        singleQuoted();
                    }
                }
                case '"' -> {
                    quotes = true;
                    doubleQuoted();
                }
                case '$' -> dollar(inQuotes);
                case '`' -> backquoted(inQuotes);
                default -> {
                    if ((c == '<' || c == '>') && text.startsWith("(", at + 1)) {
                        process();
                    } else {
                        add(c, inQuotes);
                        at++;
                    }
                }
            }
        }
        flush();
        if (quotes && parts.isEmpty()) {
            parts.add(new Word.Literal("", true));
        }
        return new Word(List.copyOf(parts), start, at);
    }

    /** {@code <(} at the start of a word, or in the middle of one. */
    private boolean startsProcess(String ends) {
        return ends.equals(ENDS_WORD) && (text.startsWith("<(", at) || text.startsWith(">(", at));
    }

    private void process() throws ShellSyntaxException {
        flush();
        int close = ShellParser.closing(text, at + 2, nesting);
        parts.add(new Word.Piped(text.substring(at + 2, close), at + 2));
        at = close + 1;
    }

    private void escape() {
        if (at + 1 < text.length()) {
            if (text.charAt(at + 1) != '\n') {
                add(text.charAt(at + 1), true);
            }
            at += 2;
        } else {
            add('\\', true);
            at++;
        }
    }

    private void singleQuoted() throws ShellSyntaxException {
        int close = text.indexOf('\'', at + 1);
        if (close < 0) {
            throw new ShellSyntaxException("unterminated quote");
        }
        for (int i = at + 1; i < close; i++) {
            add(text.charAt(i), true);
        }
        at = close + 1;
    }

    private void doubleQuoted() throws ShellSyntaxException {
        at++;
        while (at < text.length() && text.charAt(at) != '"') {
            quotedCharacter("$`\"\\");
        }
        if (at >= text.length()) {
            throw new ShellSyntaxException("unterminated quote");
        }
        at++;
    }

    /** One character between double quotes, or the expansion that it begins. */
    private void quotedCharacter(String escapable) throws ShellSyntaxException {
        char c = text.charAt(at);
        if (c == '\\' && at + 1 < text.length()) {
            char next = text.charAt(at + 1);
            if (next != '\n') {
                if (escapable.indexOf(next) < 0) {
                    add('\\', true);
                }
                add(next, true);
            }
            at += 2;
        } else if (c == '$') {
            dollar(true);
        } else if (c == '`') {
            backquoted(true);
        } else {
            add(c, true);
            at++;
        }
    }

    private void dollar(boolean quoted) throws ShellSyntaxException {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (next == '{') {
            flush();
            braced(quoted);
        } else if (next == '(') {
            flush();
            parenthesized(quoted);
        } else if (next == '\'' && !quoted) {
            dollarQuoted();
        } else if (next == '_' || Word.isLetter(next)) {
            flush();
            int end = at + 1;
            while (end < text.length() && Word.isNamePart(text.charAt(end))) {
                end++;
            }
            parts.add(variable(text.substring(at + 1, end), "", quoted));
            at = end;
        } else if ((next >= '0' && next <= '9') || "@*#?-!$".indexOf(next) >= 0) {
            flush();
            parts.add(variable(String.valueOf(next), "", quoted));
            at += 2;
        } else {
            add('$', quoted);
            at++;
        }
    }

    private static Word.Variable variable(String name, String operator, boolean quoted) {
        return new Word.Variable(name, "", operator, Word.literal(""), quoted);
    }

    /** {@code $(command)} or {@code $((expression))}. */
    private void parenthesized(boolean quoted) throws ShellSyntaxException {
        if (text.startsWith("$((", at)) {
            int close = closing(text, at + 1);
            if (text.startsWith("))", close - 1)) {
                parts.add(new Word.Arithmetic(expression(text, at + 3, close - 1, nesting + 1), quoted));
                at = close + 1;
                return;
            }
        }
        int close = ShellParser.closing(text, at + 2, nesting);
        parts.add(new Word.Substitution(text.substring(at + 2, close), at + 2, quoted));
        at = close + 1;
    }

    /** An arithmetic expression, in which variables and substitutions are expanded as between double quotes. */
    static Word expression(String text, int start, int end, int nesting) throws ShellSyntaxException {
        if (nesting > MAX_NESTING) {
            throw new ShellSyntaxException("nested too deeply");
        }
        WordReader reader = new WordReader(text.substring(0, end), start, nesting, true);
        while (reader.at < end) {
            if (reader.text.charAt(reader.at) == '"') {
                reader.at++;
            } else {
                reader.quotedCharacter("$`\"\\");
            }
        }
        reader.flush();
        return new Word(List.copyOf(reader.parts), start, end);
    }

    private void dollarQuoted() throws ShellSyntaxException {
        flush();
        int close = at + 2;
        while (close < text.length() && text.charAt(close) != '\'') {
            close += text.charAt(close) == '\\' ? 2 : 1;
        }
        if (close >= text.length()) {
            throw new ShellSyntaxException("unterminated quote");
        }
        parts.add(new Word.DollarQuoted(text.substring(at + 2, close)));
        at = close + 1;
    }

    private void braced(boolean quoted) throws ShellSyntaxException {
        int name = at + 2;
        String prefix = "";
        if (name + 1 < text.length() && "#!".indexOf(text.charAt(name)) >= 0 && startsName(name + 1)) {
            prefix = text.charAt(name) == '#' ? Word.LENGTH : Word.INDIRECT;
            name++;
        }
        int end = name;
        if (end < text.length() && "@*#?-!$".indexOf(text.charAt(end)) >= 0) {
            end++;
        } else {
            while (end < text.length() && Word.isNamePart(text.charAt(end))) {
                end++;
            }
        }
        if (end == name) {
            throw new ShellSyntaxException("a variable was expected");
        }
        String variable = text.substring(name, end);
        String subscript = "";
        if (text.startsWith("[", end)) {
            int close = text.indexOf(']', end);
            if (close < 0) {
                throw new ShellSyntaxException("unterminated [");
            }
            subscript = text.substring(end + 1, close);
            end = close + 1;
        }
        if (end >= text.length()) {
            throw new ShellSyntaxException("unterminated ${");
        }
        int operatorEnd = operatorEnd(end);
        String operator = text.substring(end, operatorEnd);
        // A pattern may contain quotes; in a default between double quotes they are ordinary characters.
        boolean plain = quoted && operator.matches(":?[-=+?]");
        WordReader inner = new WordReader(text, operatorEnd, nesting + 1, plain);
        Word operand = inner.read("}");
        if (inner.at >= text.length()) {
            throw new ShellSyntaxException("unterminated ${");
        }
        boolean odd = prefix.equals(Word.LENGTH)
                ? !operator.isEmpty()
                : operator.isEmpty() && !operand.parts().isEmpty();
        parts.add(new Word.Variable(variable, subscript, odd ? Word.OTHER : prefix + operator, operand, quoted));
        at = inner.at + 1;
    }

    private boolean startsName(int offset) {
        char c = text.charAt(offset);
        String others = text.charAt(offset - 1) == '!' ? "@*#" : "@*";
        return Word.isNamePart(c) || (others.indexOf(c) >= 0 && text.startsWith("}", offset + 1));
    }

    private int operatorEnd(int end) {
        char first = text.charAt(end);
        if (":-+?=#%/^,@".indexOf(first) < 0) {
            return end;
        }
        char second = end + 1 < text.length() ? text.charAt(end + 1) : '}';
        boolean doubled = second == first && "#%/^,".indexOf(first) >= 0;
        boolean withColon = first == ':' && "-+?=".indexOf(second) >= 0;
        return doubled || withColon ? end + 2 : end + 1;
    }

    private void backquoted(boolean quoted) throws ShellSyntaxException {
        int close = at + 1;
        while (close < text.length() && text.charAt(close) != '`') {
            close += text.charAt(close) == '\\' ? 2 : 1;
        }
        if (close >= text.length()) {
            throw new ShellSyntaxException("unterminated backquote");
        }
        flush();
        String written = text.substring(at + 1, close);
        String command = written.replaceAll("\\\\([\\\\`$])", "$1");
        parts.add(new Word.Substitution(command, command.equals(written) ? at + 1 : -1, quoted));
        at = close + 1;
    }

    /** The parenthesis that closes the one at an offset; quoted ones do not count. */
    static int closing(String text, int open) throws ShellSyntaxException {
        int depth = 0;
        for (int i = open; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '\'') {
                i = text.indexOf('\'', i + 1);
                if (i < 0) {
                    break;
                }
            } else if (c == '"') {
                i = closingQuote(text, i);
            } else if (c == '(') {
                depth++;
            } else if (c == ')' && --depth == 0) {
                return i;
            }
        }
        throw new ShellSyntaxException("unterminated parenthesis");
    }

    private static int closingQuote(String text, int open) throws ShellSyntaxException {
        for (int i = open + 1; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        throw new ShellSyntaxException("unterminated quote");
    }

    private void add(char c, boolean quoted) {
        if (run.length() > 0 && runQuoted != quoted) {
            flush();
        }
        runQuoted = quoted;
        run.append(c);
    }

    private void flush() {
        if (run.length() > 0) {
            parts.add(new Word.Literal(run.toString(), runQuoted));
            run = new StringBuilder();
        }
    }
}
