// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.hcl;

import io.github.readonlyrootfs.hcl.Expression.Names;
import io.github.readonlyrootfs.hcl.Expression.Part;
import io.github.readonlyrootfs.hcl.Expression.Part.Literal;
import io.github.readonlyrootfs.hcl.Expression.Template;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads strings, heredocs and whole templates. */
final class TemplateReader {

    private static final Pattern HEREDOC = Pattern.compile("<<(-?)([\\p{L}_][\\p{L}\\p{N}_-]*+)\\r?\\n");

    private static final int UNICODE_DIGITS = 4;
    private static final int LONG_UNICODE_DIGITS = 8;
    private static final int HEXADECIMAL = 16;

    private final HclText text;
    private final ExpressionReader expressions;

    /** A piece of a template, before its directives are matched. */
    private sealed interface Token {

        record Whole(Part part) implements Token {}

        /** Where it is, for a directive that lacks its end. */
        record If(int start, Expression condition) implements Token {}

        record Repeat(int start, Names names, Expression collection) implements Token {}

        /** {@code else}, {@code endif} or {@code endfor}. */
        record End(int start, String word) implements Token {}
    }

    TemplateReader(HclText text, ExpressionReader expressions) {
        this.text = text;
        this.expressions = expressions;
    }

    Template quoted() throws UnreadableSourceException {
        int start = text.at();
        text.moveTo(start + 1);
        List<Token> tokens = tokens(start, "\"");
        text.moveTo(text.at() + 1);
        return new Template(text.from(start), tree(tokens));
    }

    /** A string in quotes that has no expressions in it. */
    String label() throws UnreadableSourceException {
        int start = text.at();
        Optional<String> label = quoted().literal();
        if (label.isEmpty()) {
            throw text.error(start, "a name of a block cannot contain an expression", "write it out");
        }
        return label.get();
    }

    Template whole() throws UnreadableSourceException {
        return new Template(text.source().location(0, text.text().length()), tree(tokens(0, "")));
    }

    Template heredoc() throws UnreadableSourceException {
        int start = text.at();
        Matcher opening = HEREDOC.matcher(text.text()).region(start, text.text().length());
        if (!opening.lookingAt()) {
            throw text.error(
                    start, "this is not a value", "a heredoc begins with `<<`, a word and the end of the line");
        }
        text.moveTo(opening.end());
        List<Token> tokens = tokens(start, opening.group(2));
        text.moveTo(text.text().indexOf(opening.group(2), text.at())
                + opening.group(2).length());
        return new Template(text.from(start), tree(opening.group(1).isEmpty() ? tokens : flush(tokens)));
    }

    /** @param end a quote, the word that ends a heredoc, or nothing for the end of the text */
    private List<Token> tokens(int start, String end) throws UnreadableSourceException {
        List<Token> tokens = new ArrayList<>();
        boolean quoted = end.equals("\"");
        boolean trimNext = false;
        boolean lineStart = true;
        while (true) {
            if (text.isAtEnd() && !end.isEmpty()) {
                throw text.error(start, "this text has no end", quoted ? "write `\"`" : "write `" + end + "`");
            }
            if (text.isAtEnd() || (quoted ? text.peek() == '"' : lineStart && isLine(end))) {
                return tokens;
            }
            if ((text.peek() == '$' || text.peek() == '%') && text.peek(1) == '{') {
                boolean control = text.peek() == '%';
                int opening = text.at();
                boolean trim = text.peek(2) == '~';
                text.moveTo(opening + (trim ? 3 : 2));
                if (trim && !trimNext) {
                    trimLast(tokens);
                }
                tokens.add(text.nested(false, () -> control ? directive(opening) : interpolation(opening)));
                trimNext = text.text().charAt(text.at() - 2) == '~';
                lineStart = false;
            } else {
                Literal literal = literal(quoted);
                lineStart = literal.text().endsWith("\n");
                tokens.add(new Token.Whole(trimNext ? trimmed(literal) : literal));
                trimNext = false;
            }
        }
    }

    /** Whether a line has nothing but the word that ends a heredoc; an end of the file does not end it. */
    private boolean isLine(String word) {
        int end = text.text().indexOf('\n', text.at());
        return !word.isEmpty()
                && end >= 0
                && text.text().substring(text.at(), end).strip().equals(word);
    }

    private Token interpolation(int opening) throws UnreadableSourceException {
        Expression value = expressions.read();
        close();
        return new Token.Whole(new Part.Interpolation(text.from(opening), value));
    }

    private Token directive(int opening) throws UnreadableSourceException {
        String word = text.name("`if`, `for`, `else`, `endif` or `endfor`");
        Token token = switch (word) {
            case "if" -> new Token.If(opening, expressions.read());
            case "for" -> new Token.Repeat(opening, expressions.names(), expressions.read());
            case "else", "endif", "endfor" -> new Token.End(opening, word);
            default ->
                throw text.error(opening, "this directive is unknown", "write `%%{` where no directive is meant");
        };
        close();
        return token;
    }

    private void close() throws UnreadableSourceException {
        text.take("~");
        if (text.peek() != '}') {
            throw text.error(text.at(), "`}` was expected here", "write `$${` or `%%{` for the characters themselves");
        }
        text.moveTo(text.at() + 1);
    }

    /** Characters up to the next expression, the end of a quoted string, or behind the end of the line. */
    private Literal literal(boolean quoted) throws UnreadableSourceException {
        int start = text.at();
        // A piece with an escape is one of its own: in all others, each character is where it is written.
        if (isEscaped()) {
            text.moveTo(start + 3);
            return literal(start, text.text().substring(start + 1, start + 3));
        }
        if (quoted && text.peek() == '\\') {
            return escape(start);
        }
        while (!text.isAtEnd()) {
            char c = text.peek();
            boolean special = (c == '$' || c == '%') && (text.peek(1) == '{' || isEscaped());
            if (special || (quoted && (c == '"' || c == '\\'))) {
                break;
            }
            if (quoted && (c == '\n' || c == '\r')) {
                throw text.error(text.at(), "a string in quotes ends on its line", "write `\"`, or a heredoc");
            }
            text.moveTo(text.at() + 1);
            if (c == '\n') {
                break;
            }
        }
        return literal(start, text.text().substring(start, text.at()));
    }

    /** Whether a doubled sign before a brace is next, which stands for the sign and the brace. */
    private boolean isEscaped() {
        char c = text.peek();
        return (c == '$' || c == '%') && text.peek(1) == c && text.peek(2) == '{';
    }

    private Literal literal(int start, String value) {
        return new Literal(text.source(), start, text.at(), value);
    }

    private Literal escape(int start) throws UnreadableSourceException {
        char selector = text.peek(1);
        int digits = selector == 'u' ? UNICODE_DIGITS : selector == 'U' ? LONG_UNICODE_DIGITS : 0;
        text.moveTo(Math.min(start + 2 + digits, text.text().length()));
        String value = switch (selector) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '"' -> "\"";
            case '\\' -> "\\";
            default -> digits > 0 ? unicode(text.text().substring(start + 2, text.at()), digits) : null;
        };
        if (value == null) {
            throw text.error(start, "this escape is unknown", "write `\\\\` for a backslash");
        }
        return literal(start, value);
    }

    private static @Nullable String unicode(String hexadecimal, int digits) {
        if (!hexadecimal.matches("[0-9a-fA-F]{" + digits + "}")) {
            return null;
        }
        long code = Long.parseLong(hexadecimal, HEXADECIMAL);
        boolean valid =
                code <= Character.MAX_CODE_POINT && (code < Character.MIN_SURROGATE || code > Character.MAX_SURROGATE);
        return valid ? Character.toString((int) code) : null;
    }

    private static void trimLast(List<Token> tokens) {
        int last = tokens.size() - 1;
        if (last >= 0 && tokens.get(last) instanceof Token.Whole whole && whole.part() instanceof Literal literal) {
            String kept = literal.text().stripTrailing();
            int end = isPlain(literal) ? literal.start() + kept.length() : literal.end();
            tokens.set(last, new Token.Whole(new Literal(literal.source(), literal.start(), end, kept)));
        }
    }

    private static Literal trimmed(Literal literal) {
        return without(
                literal, literal.text().length() - literal.text().stripLeading().length());
    }

    /** Without its first characters. */
    private static Literal without(Literal literal, int characters) {
        int start = isPlain(literal) ? literal.start() + characters : literal.start();
        return new Literal(
                literal.source(), start, literal.end(), literal.text().substring(characters));
    }

    private static boolean isPlain(Literal literal) {
        return literal.end() - literal.start() == literal.text().length();
    }

    /** Without the blanks that all lines begin with. */
    private static List<Token> flush(List<Token> tokens) {
        int least = Integer.MAX_VALUE;
        List<Integer> lines = new ArrayList<>();
        boolean lineStart = true;
        for (int i = 0; i < tokens.size(); i++) {
            Optional<Literal> literal = tokens.get(i) instanceof Token.Whole whole && whole.part() instanceof Literal it
                    ? Optional.of(it)
                    : Optional.empty();
            if (lineStart) {
                String line = literal.isPresent() ? literal.get().text() : "";
                if (!line.isBlank() || !line.endsWith("\n")) {
                    least = Math.min(least, line.length() - line.stripLeading().length());
                    lines.add(i);
                }
            }
            lineStart = literal.isPresent() && literal.get().text().endsWith("\n");
        }
        List<Token> flushed = new ArrayList<>(tokens);
        for (int line : lines) {
            if (tokens.get(line) instanceof Token.Whole whole && whole.part() instanceof Literal literal) {
                flushed.set(line, new Token.Whole(without(literal, least)));
            }
        }
        return flushed;
    }

    /** The pieces with each directive up to its end as one part. */
    private final class Tree {

        private final List<Token> tokens;
        private int next;

        Tree(List<Token> tokens) {
            this.tokens = tokens;
        }

        /** @param start of the directive that contains the parts; negative for a whole template */
        List<Part> parts(int start) throws UnreadableSourceException {
            List<Part> parts = new ArrayList<>();
            while (next < tokens.size()) {
                Token token = tokens.get(next);
                if (token instanceof Token.End end) {
                    if (start < 0) {
                        throw text.error(end.start(), "nothing that this ends is open", "remove it");
                    }
                    return List.copyOf(parts);
                }
                next++;
                parts.add(text.nested(text.countsLines(), () -> part(token)));
            }
            if (start >= 0) {
                throw text.error(start, "this directive has no end", "write `%{ endif }` or `%{ endfor }`");
            }
            return List.copyOf(parts);
        }

        private Part part(Token token) throws UnreadableSourceException {
            if (token instanceof Token.If branch) {
                List<Part> then = parts(branch.start());
                boolean both = isEnd("else");
                List<Part> otherwise = both ? parts(branch.start()) : List.of();
                expect("endif");
                return new Part.If(branch.condition(), then, otherwise);
            }
            if (token instanceof Token.Repeat repeat) {
                List<Part> content = parts(repeat.start());
                expect("endfor");
                return new Part.Repeat(repeat.names(), repeat.collection(), content);
            }
            return ((Token.Whole) token).part();
        }

        private boolean isEnd(String word) {
            boolean found =
                    tokens.get(next) instanceof Token.End end && end.word().equals(word);
            next += found ? 1 : 0;
            return found;
        }

        private void expect(String word) throws UnreadableSourceException {
            if (!isEnd(word)) {
                int start = ((Token.End) tokens.get(next)).start();
                throw text.error(start, "`%{ " + word + " }` was expected here", "end the inner directive first");
            }
        }
    }

    private List<Part> tree(List<Token> tokens) throws UnreadableSourceException {
        return new Tree(tokens).parts(-1);
    }
}
