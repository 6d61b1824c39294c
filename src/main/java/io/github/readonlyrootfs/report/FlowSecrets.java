package io.github.readonlyrootfs.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.readonlyrootfs.source.EmbeddedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The secrets in JSON, and in what YAML has in brackets. It is content with anything: what is no JSON, or holds
 * placeholders, has secrets too.
 */
final class FlowSecrets {

    private static final JsonFactory JSON = new JsonFactory();

    private static final String JSON_ENDS = "{}[],:\" \t\r\n";
    private static final String YAML_ENDS = "{}[],: \t\r\n";

    private final SourceFile source;
    private final String text;
    private final SecretSpans spans;
    private final Optional<AnchoredSecrets> yaml;
    private final Deque<Holding> brackets = new ArrayDeque<>();
    private Holding first = Holding.OPEN;
    private Holding next = Holding.OPEN;

    /** Whether a key may stand here: not behind a key or a value without a comma between. */
    private boolean keyPlace = true;

    /** Whether a string goes on over the end of its line: either it does, or its end is missing. */
    private boolean lost;

    private FlowSecrets(SourceFile source, SecretSpans spans, Optional<AnchoredSecrets> yaml) {
        this.source = source;
        this.text = source.text();
        this.spans = spans;
        this.yaml = yaml;
    }

    static FlowSecrets inJson(SourceFile source, SecretSpans spans) {
        return new FlowSecrets(source, spans, Optional.empty());
    }

    static FlowSecrets inYaml(SourceFile source, SecretSpans spans, AnchoredSecrets anchors) {
        return new FlowSecrets(source, spans, Optional.of(anchors));
    }

    /** Finds the secrets in a piece of the text that holds this. */
    void scan(int start, int end, Holding holding) {
        first = holding;
        next = holding;
        int i = start;
        while (i < end) {
            char c = text.charAt(i);
            if (c == '"' || (c == '\'' && yaml.isPresent())) {
                i = string(i, end);
            } else if (c == '{' || c == '[') {
                brackets.push(c == '[' ? next.inArray() : next.inObject());
                next = around();
                keyPlace = true;
                i++;
            } else if (c == '}' || c == ']') {
                brackets.poll();
                spend();
                i++;
            } else if (c == ',') {
                next = around();
                keyPlace = true;
                i++;
            } else if (c == ':' || Character.isWhitespace(c)) {
                i++;
            } else if (c == '#' && yaml.isPresent()) {
                i = comment(i, end);
            } else {
                i = bare(i, end);
            }
        }
    }

    private Holding around() {
        Holding around = brackets.peek();
        return around == null ? first : around;
    }

    /** Behind a value come more words of it, or nothing before the next comma, unless a quote is missing. */
    private void spend() {
        next = around() == Holding.OPEN && next == Holding.OPEN ? Holding.OPEN : Holding.SECRET;
        keyPlace = false;
    }

    /** Takes a key down; says whether it can be one. */
    private boolean key(String name) {
        if (lost || (!keyPlace && !(around() == Holding.OPEN && next == Holding.OPEN))) {
            return false;
        }
        next = around().behind(name);
        keyPlace = false;
        return true;
    }

    private int comment(int start, int end) {
        int stop = SecretSpans.lineEnd(text, start, end);
        spans.comment(lost ? Holding.SECRET : around(), start, stop);
        return stop;
    }

    /** A string that begins with its quote; gives the place behind its end. */
    private int string(int quote, int end) {
        int close = endOfString(text, quote, end, yaml.isEmpty());
        boolean closed = close > quote + 1 && text.charAt(close - 1) == text.charAt(quote);
        int stop = closed ? close - 1 : close;
        lost |= SecretSpans.lineEnd(text, quote, stop) < stop;
        if (isColonNext(close, end, true) && key(text.substring(quote + 1, stop))) {
            return close;
        }
        if (lost) {
            spans.secret(quote + 1, stop);
        } else if (next == Holding.OPEN && isJson(quote + 1, stop)) {
            embedded(quote, stop);
        } else {
            spans.value(next, quote + 1, stop);
        }
        spend();
        return close;
    }

    /** The place behind a string's closing quote; where that is missing, the end of the line, or of the text. */
    static int endOfString(String text, int quote, int end, boolean onOneLine) {
        char mark = text.charAt(quote);
        for (int i = quote + 1; i < end; i++) {
            char c = text.charAt(i);
            if (c == mark) {
                boolean doubled = mark == '\'' && i + 1 < end && text.charAt(i + 1) == mark;
                if (!doubled) {
                    return i + 1;
                }
                i++;
            } else if (c == '\n' && onOneLine) {
                return i;
            } else if (c == '\\' && mark == '"' && i + 1 < end && text.charAt(i + 1) != '\n') {
                i++;
            }
        }
        return end;
    }

    /** Container definitions may be JSON in a string. */
    private boolean isJson(int start, int end) {
        int i = start;
        while (i < end && (Character.isWhitespace(text.charAt(i)) || text.startsWith("\\n", i))) {
            i += text.charAt(i) == '\\' ? 2 : 1;
        }
        return i < end
                && (text.charAt(i) == '[' || text.charAt(i) == '{')
                && text.substring(i, end).contains("\"");
    }

    /** The secrets of JSON in a string. */
    void embedded(int quote, int end) {
        if (text.charAt(quote) == '\'') {
            inJson(source, spans).scan(quote + 1, end, Holding.OPEN);
            return;
        }
        Optional<String> value = value(text.substring(quote, Math.min(end + 1, text.length())));
        if (value.isEmpty()) {
            spans.secret(quote + 1, end);
            return;
        }
        EmbeddedText json = EmbeddedText.of(source, source.location(quote, end + 1), value.get());
        for (Span secret : new JsonSecrets().secrets(SourceFile.of(source.name(), value.get()))) {
            Location at = json.location(secret.start(), secret.end());
            spans.secret(
                    source.lineStart(at.line()) + at.column() - 1, source.lineStart(at.endLine()) + at.endColumn() - 1);
        }
    }

    private static Optional<String> value(String literal) {
        try (JsonParser parser = JSON.createParser(literal)) {
            return parser.nextToken() == JsonToken.VALUE_STRING ? Optional.of(parser.getText()) : Optional.empty();
        } catch (IOException e) {
            // It is no JSON.
            return Optional.empty();
        }
    }

    /** Whether what ends there is a key. */
    private boolean isColonNext(int start, int end, boolean quoted) {
        int i = start;
        while (i < end && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        boolean colon = i < end && text.charAt(i) == ':';
        return colon && (quoted || i + 1 >= end || YAML_ENDS.indexOf(text.charAt(i + 1)) >= 0);
    }

    /** A number, a word or a placeholder without quotes; gives the place behind its end. */
    private int bare(int start, int end) {
        String ends = yaml.isPresent() ? YAML_ENDS : JSON_ENDS;
        int stop = start;
        while (stop < end && ends.indexOf(text.charAt(stop)) < 0) {
            stop++;
        }
        String word = text.substring(start, stop);
        char mark = yaml.isPresent() ? word.charAt(0) : ' ';
        if (mark == '&') {
            next = next.and(yaml.orElseThrow().anchored(word.substring(1)));
            spans.property(next, start, stop);
        } else if (mark == '*') {
            yaml.orElseThrow().alias(word.substring(1), next);
            spans.property(next, start, stop);
        } else if (mark == '!') {
            spans.property(next, start, stop);
        } else if (!(isColonNext(stop, end, false) && key(word))) {
            spans.value(lost ? Holding.SECRET : next, start, stop);
            spend();
        }
        return stop;
    }
}
