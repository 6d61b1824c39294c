// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a shell script as POSIX shells and bash do, as far as Dockerfiles use them. */
public final class ShellParser {

    private static final int MAX_NESTING = 100;
    private static final Set<String> CLOSING = Set.of("}", "then", "elif", "else", "fi", "do", "done", "esac");
    /** Commands whose operands may be assignments. */
    public static final Set<String> DECLARING = Set.of("export", "readonly", "local", "declare", "typeset");

    private static final List<String> REDIRECTS =
            List.of("<<<", "<<-", "<<", "<>", "<&", "<", "&>>", "&>", ">>", ">|", ">&", ">");

    private final String text;
    private final Iterator<String> givenBodies;
    private int at;
    private int nesting;
    /** Where the last here-document body of the line being read ends; 0 for none. */
    private int bodiesRead;

    private ShellParser(String text, List<String> bodies, int start, int nesting) {
        this.text = text;
        this.givenBodies = bodies.iterator();
        this.at = start;
        this.nesting = nesting;
    }

    /**
     * Reads a script.
     *
     * @param bodies the bodies of its here-documents, if the Dockerfile's reader has removed them from the script
     */
    public static ShellNode parse(String script, List<String> bodies) throws ShellSyntaxException {
        ShellParser parser = new ShellParser(script, bodies, 0, 0);
        ShellNode node = parser.sequence();
        if (parser.at < script.length()) {
            throw new ShellSyntaxException("unexpected " + script.charAt(parser.at));
        }
        return node;
    }

    /** The parenthesis that ends a substitution whose command starts at an offset. */
    static int closing(String text, int start, int nesting) throws ShellSyntaxException {
        ShellParser parser = new ShellParser(text, List.of(), start, nesting + 1);
        try {
            parser.sequence();
            if (text.startsWith(")", parser.at)) {
                return parser.at;
            }
        } catch (ShellSyntaxException e) {
            // A command that cannot be parsed ends at the matching parenthesis; the error is found again when it runs.
            return WordReader.closing(text, start - 1);
        }
        throw new ShellSyntaxException("unterminated parenthesis");
    }

    private ShellNode sequence() throws ShellSyntaxException {
        if (++nesting > MAX_NESTING) {
            throw new ShellSyntaxException("nested too deeply");
        }
        List<ShellNode> nodes = new ArrayList<>();
        while (true) {
            skipSeparators();
            if (at >= text.length()
                    || text.charAt(at) == ')'
                    || text.startsWith(";;", at)
                    || text.startsWith(";&", at)
                    || CLOSING.contains(peekWord())) {
                nesting--;
                return nodes.size() == 1 ? nodes.get(0) : new ShellNode.Sequence(nodes);
            }
            ShellNode node = andOr();
            skipBlanks();
            if (at < text.length() && text.charAt(at) == '&') {
                at++;
                node = new ShellNode.Background(node);
            }
            nodes.add(node);
        }
    }

    private ShellNode andOr() throws ShellSyntaxException {
        List<ShellNode.AndOr.Link> links = new ArrayList<>();
        links.add(new ShellNode.AndOr.Link("", pipeline()));
        while (true) {
            skipBlanks();
            if (!text.startsWith("&&", at) && !text.startsWith("||", at)) {
                return links.size() == 1 ? links.get(0).node() : new ShellNode.AndOr(links);
            }
            String operator = text.substring(at, at + 2);
            at += 2;
            skipLines();
            links.add(new ShellNode.AndOr.Link(operator, pipeline()));
        }
    }

    private ShellNode pipeline() throws ShellSyntaxException {
        boolean negated = false;
        skipBlanks();
        while (peekWord().equals("!")) {
            negated = !negated;
            at++;
            skipBlanks();
        }
        List<ShellNode> nodes = new ArrayList<>();
        nodes.add(command());
        skipBlanks();
        while (at < text.length() && text.charAt(at) == '|' && !text.startsWith("||", at)) {
            at += text.startsWith("|&", at) ? 2 : 1;
            skipLines();
            nodes.add(command());
            skipBlanks();
        }
        return nodes.size() == 1 && !negated ? nodes.get(0) : new ShellNode.Pipeline(negated, nodes);
    }

    private ShellNode command() throws ShellSyntaxException {
        skipBlanks();
        if (at >= text.length()) {
            throw new ShellSyntaxException("a command was expected");
        }
        if (text.startsWith("((", at)) {
            int start = at;
            int close = WordReader.closing(text, at);
            if (text.startsWith("))", close - 1)) {
                at = close + 1;
                Word expression = WordReader.expression(text, start + 2, close - 1, nesting);
                return new ShellNode.Arithmetic(expression, start, at);
            }
        }
        if (text.charAt(at) == '(') {
            at++;
            ShellNode body = sequence();
            expect(")");
            return new ShellNode.Group(body, true, redirects());
        }
        return switch (peekWord()) {
            case "{" -> {
                at++;
                ShellNode body = sequence();
                expect("}");
                yield new ShellNode.Group(body, false, redirects());
            }
            case "if" -> conditional();
            case "for" -> loopOverWords();
            case "while", "until" -> loop();
            case "case" -> choice();
            case "function" -> {
                expect("function");
                skipBlanks();
                String name = readWord().bare();
                skipBlanks();
                if (text.startsWith("()", at)) {
                    at += 2;
                }
                skipLines();
                yield new ShellNode.Function(name, command());
            }
            case "[[" -> extendedTest();
            default -> simple();
        };
    }

    private ShellNode conditional() throws ShellSyntaxException {
        List<ShellNode.If.Branch> branches = new ArrayList<>();
        expect("if");
        while (true) {
            ShellNode condition = sequence();
            expect("then");
            branches.add(new ShellNode.If.Branch(condition, sequence()));
            String next = peekWord();
            if (next.equals("elif")) {
                expect("elif");
                continue;
            }
            ShellNode otherwise = new ShellNode.Sequence(List.of());
            if (next.equals("else")) {
                expect("else");
                otherwise = sequence();
            }
            expect("fi");
            return redirecting(new ShellNode.If(branches, otherwise));
        }
    }

    private ShellNode loopOverWords() throws ShellSyntaxException {
        expect("for");
        skipBlanks();
        if (text.startsWith("((", at)) {
            return counting();
        }
        String variable = readWord().bare();
        skipLines();
        List<Word> words = new ArrayList<>();
        if (peekWord().equals("in")) {
            expect("in");
            skipBlanks();
            while (at < text.length() && ";\n".indexOf(text.charAt(at)) < 0) {
                int before = at;
                words.add(readWord());
                if (at == before) {
                    throw new ShellSyntaxException("unexpected " + text.charAt(at));
                }
                skipBlanks();
            }
        } else {
            words.add(new Word(List.of(new Word.Variable("@", "", "", Word.literal(""), true)), at, at));
        }
        skipSeparators();
        return redirecting(new ShellNode.For(variable, words, body()));
    }

    private ShellNode counting() throws ShellSyntaxException {
        int close = WordReader.closing(text, at);
        if (!text.startsWith("))", close - 1)) {
            throw new ShellSyntaxException(")) was expected");
        }
        List<Word> parts = new ArrayList<>();
        int start = at + 2;
        for (int i = start; i < close; i++) {
            if (text.charAt(i) == ';' || i == close - 1) {
                parts.add(WordReader.expression(text, start, i, nesting));
                start = i + 1;
            }
        }
        if (parts.size() != 3) {
            throw new ShellSyntaxException("three expressions were expected");
        }
        at = close + 1;
        skipSeparators();
        return redirecting(new ShellNode.Counting(parts.get(0), parts.get(1), parts.get(2), body()));
    }

    private ShellNode loop() throws ShellSyntaxException {
        String keyword = peekWord();
        expect(keyword);
        ShellNode condition = sequence();
        return redirecting(new ShellNode.Loop(condition, keyword.equals("until"), body()));
    }

    private ShellNode body() throws ShellSyntaxException {
        expect("do");
        ShellNode body = sequence();
        expect("done");
        return body;
    }

    private ShellNode choice() throws ShellSyntaxException {
        expect("case");
        skipBlanks();
        Word subject = readWord();
        skipLines();
        expect("in");
        List<ShellNode.Case.Arm> arms = new ArrayList<>();
        while (true) {
            skipSeparators();
            if (peekWord().equals("esac")) {
                expect("esac");
                return redirecting(new ShellNode.Case(subject, arms));
            }
            if (at < text.length() && text.charAt(at) == '(') {
                at++;
            }
            List<Word> patterns = new ArrayList<>();
            do {
                skipBlanks();
                patterns.add(readWord());
                skipBlanks();
            } while (take('|'));
            expect(")");
            ShellNode body = sequence();
            String end = text.startsWith(";;&", at) ? ";;&" : text.startsWith(";&", at) ? ";&" : ";;";
            arms.add(new ShellNode.Case.Arm(patterns, body, end));
            if (text.startsWith(end, at)) {
                at += end.length();
            } else if (!peekWord().equals("esac")) {
                throw new ShellSyntaxException("esac was expected");
            }
        }
    }

    private ShellNode extendedTest() throws ShellSyntaxException {
        int start = at;
        at += 2;
        List<Word> words = new ArrayList<>();
        while (true) {
            skipLines();
            if (at >= text.length()) {
                throw new ShellSyntaxException("unterminated [[");
            }
            if (peekWord().equals("]]")) {
                at += 2;
                return redirecting(new ShellNode.Test(words, start, at));
            }
            boolean regex =
                    !words.isEmpty() && words.get(words.size() - 1).bare().equals("=~");
            words.add(regex ? regex() : testWord());
        }
    }

    private Word testWord() throws ShellSyntaxException {
        for (String operator : List.of("&&", "||", "(", ")", "<", ">")) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                return new Word(List.of(new Word.Literal(operator, false)), at - operator.length(), at);
            }
        }
        int before = at;
        Word word = readWord();
        if (at == before) {
            throw new ShellSyntaxException("unexpected " + text.charAt(at));
        }
        return word;
    }

    /** A regular expression: parentheses and bars are part of it. */
    private Word regex() throws ShellSyntaxException {
        WordReader reader = new WordReader(text, at, nesting);
        Word word = reader.readRegex();
        if (reader.end() == at) {
            throw new ShellSyntaxException("a regular expression was expected");
        }
        at = reader.end();
        return word;
    }

    private ShellNode redirecting(ShellNode node) throws ShellSyntaxException {
        List<ShellNode.Redirect> redirects = redirects();
        return redirects.isEmpty() ? node : new ShellNode.Group(node, false, redirects);
    }

    private List<ShellNode.Redirect> redirects() throws ShellSyntaxException {
        List<ShellNode.Redirect> redirects = new ArrayList<>();
        skipBlanks();
        while (isRedirect()) {
            redirects.add(redirect());
            skipBlanks();
        }
        return redirects;
    }

    private ShellNode simple() throws ShellSyntaxException {
        int start = at;
        int end = at;
        List<ShellNode.Assignment> assignments = new ArrayList<>();
        List<Word> words = new ArrayList<>();
        List<ShellNode.Redirect> redirects = new ArrayList<>();
        while (true) {
            skipBlanks();
            if (at >= text.length() || "\n;|)".indexOf(text.charAt(at)) >= 0) {
                break;
            }
            if (isRedirect()) {
                redirects.add(redirect());
                end = at;
                continue;
            }
            if (text.charAt(at) == '&') {
                break;
            }
            if (text.charAt(at) == '(') {
                if (words.size() == 1 && assignments.isEmpty() && text.startsWith("()", at)) {
                    at += 2;
                    skipLines();
                    return new ShellNode.Function(words.get(0).bare(), command());
                }
                throw new ShellSyntaxException("unexpected (");
            }
            boolean declares =
                    !words.isEmpty() && DECLARING.contains(words.get(0).bare()) && startsArray();
            ShellNode.Assignment assignment = words.isEmpty() || declares ? assignment() : null;
            if (assignment != null) {
                assignments.add(assignment);
                if (declares) {
                    words.add(Word.literal(assignment.name()));
                }
            } else {
                words.add(readWord());
            }
            end = at;
        }
        if (words.isEmpty() && assignments.isEmpty() && redirects.isEmpty()) {
            throw new ShellSyntaxException("a command was expected");
        }
        return new ShellNode.Simple(assignments, words, redirects, start, end);
    }

    private ShellNode.@Nullable Assignment assignment() throws ShellSyntaxException {
        int nameEnd = nameEnd();
        int end = nameEnd;
        String subscript = "";
        if (nameEnd > at && text.startsWith("[", end)) {
            int close = text.indexOf(']', end);
            if (close > 0 && text.substring(end, close).matches("[\\[\\w$@*\"'-]+")) {
                subscript = text.substring(end + 1, close);
                end = close + 1;
            }
        }
        boolean append = text.startsWith("+=", end);
        if (nameEnd == at || Character.isDigit(text.charAt(at)) || (!append && !text.startsWith("=", end))) {
            return null;
        }
        String name = text.substring(at, nameEnd);
        at = end + (append ? 2 : 1);
        if (at < text.length() && text.charAt(at) == '(') {
            int start = at++;
            List<Word> elements = elements();
            Word none = new Word(List.of(), start, at);
            return new ShellNode.Assignment(name, subscript, append, none, Optional.of(elements));
        }
        return new ShellNode.Assignment(name, subscript, append, readWord(), Optional.empty());
    }

    private int nameEnd() {
        int end = at;
        while (end < text.length() && Word.isNamePart(text.charAt(end))) {
            end++;
        }
        return end;
    }

    /** Whether an array is assigned next. */
    private boolean startsArray() {
        int end = nameEnd();
        return end > at && (text.startsWith("=(", end) || text.startsWith("+=(", end));
    }

    private List<Word> elements() throws ShellSyntaxException {
        List<Word> elements = new ArrayList<>();
        while (true) {
            skipLines();
            if (take(')')) {
                return elements;
            }
            int before = at;
            elements.add(readWord());
            if (at == before) {
                throw new ShellSyntaxException("unterminated array");
            }
        }
    }

    private boolean isRedirect() {
        int i = at;
        while (i < text.length() && Character.isDigit(text.charAt(i))) {
            i++;
        }
        char c = i < text.length() ? text.charAt(i) : ' ';
        boolean process = text.startsWith("<(", i) || text.startsWith(">(", i);
        return !process && (c == '<' || c == '>' || (i == at && text.startsWith("&>", at)));
    }

    private ShellNode.Redirect redirect() throws ShellSyntaxException {
        int start = at;
        while (Character.isDigit(text.charAt(at))) {
            at++;
        }
        int descriptor = at == start || at - start > 3 ? -1 : Integer.parseInt(text.substring(start, at));
        for (String operator : REDIRECTS) {
            if (text.startsWith(operator, at)) {
                at += operator.length();
                skipBlanks();
                Word target = readWord();
                if (operator.equals("<<") || operator.equals("<<-")) {
                    return heredoc(descriptor, operator, target);
                }
                return new ShellNode.Redirect(descriptor, operator, target, "", false);
            }
        }
        throw new ShellSyntaxException("a redirection was expected");
    }

    private ShellNode.Redirect heredoc(int descriptor, String operator, Word target) {
        StringBuilder delimiter = new StringBuilder();
        boolean expands = true;
        for (Word.Part part : target.parts()) {
            if (part instanceof Word.Literal literal) {
                delimiter.append(literal.text());
                expands &= !literal.quoted();
            }
        }
        if (givenBodies.hasNext()) {
            return new ShellNode.Redirect(descriptor, operator, target, givenBodies.next(), expands);
        }
        // The body starts after the line that is being read; newline() skips it when that line ends.
        int lineEnd = bodiesRead > at ? bodiesRead : lineEnd(at);
        StringBuilder body = new StringBuilder();
        int from = lineEnd + 1;
        while (from <= text.length()) {
            int end = lineEnd(from);
            String line = text.substring(Math.min(from, end), end);
            String stripped = operator.equals("<<-") ? line.replaceFirst("^\t+", "") : line;
            from = end + 1;
            if (stripped.contentEquals(delimiter)) {
                break;
            }
            body.append(stripped).append('\n');
        }
        bodiesRead = Math.min(from - 1, text.length());
        return new ShellNode.Redirect(descriptor, operator, target, body.toString(), expands);
    }

    private int lineEnd(int from) {
        int end = from >= text.length() ? -1 : text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private Word readWord() throws ShellSyntaxException {
        WordReader reader = new WordReader(text, at, nesting);
        Word word = reader.read();
        at = reader.end();
        return word;
    }

    /** The next unquoted word, which is not consumed; empty if there is none. */
    private String peekWord() {
        int end = at;
        while (end < text.length() && " \t\r\n;&|<>()".indexOf(text.charAt(end)) < 0) {
            char c = text.charAt(end++);
            if (c == '\'' || c == '"' || c == '\\' || c == '$' || c == '`' || end - at > 10) {
                return "";
            }
        }
        return text.substring(at, end);
    }

    private void expect(String token) throws ShellSyntaxException {
        skipSeparators();
        boolean found =
                token.equals(")") ? text.startsWith(token, at) : peekWord().equals(token);
        if (!found) {
            throw new ShellSyntaxException(token + " was expected");
        }
        at += token.length();
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == ' ' || c == '\t' || c == '\r') {
                at++;
            } else if (text.startsWith("\\\n", at)) {
                at += 2;
            } else if (text.startsWith("\\\r\n", at)) {
                at += 3;
            } else if (c == '#' && startsComment()) {
                at = lineEnd(at);
            } else {
                return;
            }
        }
    }

    private boolean startsComment() {
        return at == 0 || " \t\r\n;&|()".indexOf(text.charAt(at - 1)) >= 0;
    }

    private void skipLines() {
        skipBlanks();
        while (at < text.length() && text.charAt(at) == '\n') {
            newline();
            skipBlanks();
        }
    }

    /** Skips blanks, comments, line ends and single semicolons. */
    private void skipSeparators() {
        skipLines();
        while (at < text.length()
                && text.charAt(at) == ';'
                && !text.startsWith(";;", at)
                && !text.startsWith(";&", at)) {
            at++;
            skipLines();
        }
    }

    private void newline() {
        at = Math.min(Math.max(at, bodiesRead) + 1, text.length());
        bodiesRead = 0;
    }
}
