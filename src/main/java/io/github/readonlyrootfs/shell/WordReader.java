package io.github.readonlyrootfs.shell;

import java.util.ArrayList;
import java.util.List;

/** Reads one word of a shell script: quotes, escapes, variables and substitutions. */
final class WordReader {

    private static final int MAX_NESTING = 100;
    private static final String ENDS_WORD = " \t\r\n;&|<>()";

    private final String text;
    private final int nesting;
    private int at;
    private List<Word.Part> parts = new ArrayList<>();
    private StringBuilder run = new StringBuilder();
    private boolean runQuoted;

    WordReader(String text, int start) {
        this(text, start, 0);
    }

    private WordReader(String text, int start, int nesting) {
        this.text = text;
        this.at = start;
        this.nesting = nesting;
    }

    /** Where the word that was read ends. */
    int end() {
        return at;
    }

    /** Reads to the first unquoted blank or operator. */
    Word read() throws ShellSyntaxException {
        return read(ENDS_WORD);
    }

    private Word read(String ends) throws ShellSyntaxException {
        if (nesting > MAX_NESTING) {
            throw new ShellSyntaxException("nested too deeply");
        }
        int start = at;
        boolean quotes = false;
        while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
            char c = text.charAt(at);
            switch (c) {
                case '\\' -> escape();
                case '\'' -> {
                    quotes = true;
                    singleQuoted();
                }
                case '"' -> {
                    quotes = true;
                    doubleQuoted();
                }
                case '$' -> dollar(false);
                case '`' -> backquoted(false);
                default -> {
                    add(c, false);
                    at++;
                }
            }
        }
        flush();
        if (quotes && parts.isEmpty()) {
            parts.add(new Word.Literal("", true));
        }
        return new Word(List.copyOf(parts), start, at);
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
            char c = text.charAt(at);
            if (c == '\\' && at + 1 < text.length()) {
                char next = text.charAt(at + 1);
                if (next != '\n') {
                    if ("$`\"\\".indexOf(next) < 0) {
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
        if (at >= text.length()) {
            throw new ShellSyntaxException("unterminated quote");
        }
        at++;
    }

    private void dollar(boolean quoted) throws ShellSyntaxException {
        char next = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        if (next == '{') {
            flush();
            braced(quoted);
        } else if (next == '(') {
            flush();
            int close = closing(text, at + 1);
            boolean arithmetic = text.startsWith("$((", at);
            parts.add(new Word.Substitution(arithmetic ? "" : text.substring(at + 2, close), quoted));
            at = close + 1;
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
        return new Word.Variable(name, operator, Word.literal(""), quoted);
    }

    private void braced(boolean quoted) throws ShellSyntaxException {
        int end = at + 2;
        while (end < text.length() && Word.isNamePart(text.charAt(end))) {
            end++;
        }
        String name = text.substring(at + 2, end);
        if (end >= text.length()) {
            throw new ShellSyntaxException("unterminated ${");
        }
        if (name.isEmpty()) {
            // ${#name}, ${!name}, ${@}: nothing here evaluates them.
            int close = text.indexOf('}', end);
            if (close < 0) {
                throw new ShellSyntaxException("unterminated ${");
            }
            parts.add(new Word.Substitution("", quoted));
            at = close + 1;
            return;
        }
        int operatorEnd = end;
        if (":-+?=#%/^,@".indexOf(text.charAt(end)) >= 0) {
            operatorEnd++;
            char second = operatorEnd < text.length() ? text.charAt(operatorEnd) : '}';
            boolean doubled = second == text.charAt(end) && "#%/^,".indexOf(second) >= 0;
            if (doubled || (text.charAt(end) == ':' && "-+?=".indexOf(second) >= 0)) {
                operatorEnd++;
            }
        }
        String operator = text.substring(end, operatorEnd);
        WordReader inner = new WordReader(text, operatorEnd, nesting + 1);
        Word operand = inner.read("}");
        if (inner.at >= text.length()) {
            throw new ShellSyntaxException("unterminated ${");
        }
        parts.add(new Word.Variable(name, operator, operand, quoted));
        at = inner.at + 1;
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
        parts.add(new Word.Substitution(text.substring(at + 1, close), quoted));
        at = close + 1;
    }

    /** The parenthesis that closes the one at an offset, those within quotes left out. */
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
