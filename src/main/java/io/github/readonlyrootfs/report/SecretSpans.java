package io.github.readonlyrootfs.report;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Gathers the secret pieces of a text, in its order. */
final class SecretSpans {

    private static final Pattern KEY = Pattern.compile("(?<![\\w.-])([\\w.-]++)[\"']?:(?=\\s)");

    /** CloudFormation's. */
    private static final Pattern FUNCTION = Pattern.compile("!(?:Ref|Sub|If|Join|Select|Split|FindInMap|GetAtt"
            + "|ImportValue|Base64|Cidr|GetAZs|Transform|Equals|And|Or|Not|Condition|ToJsonString|Length)");

    private final String text;
    private final List<Span> spans = new ArrayList<>();

    SecretSpans(String text) {
        this.text = text;
    }

    List<Span> all() {
        return spans;
    }

    /** Takes a value down for secret, or the assignments in one that holds anything. */
    void value(Holding holding, int start, int end) {
        int at = start;
        while (at < end) {
            int stop = lineEnd(text, at, end);
            if (holding == Holding.OPEN) {
                Assignments.find(text, at, stop, this::add);
            } else {
                add(new Span(at, stop));
            }
            at = stop + 1;
        }
    }

    /** A piece may be looked at twice: what is secret once is secret. */
    private void add(Span span) {
        int start = spans.isEmpty()
                ? span.start()
                : Math.max(span.start(), spans.get(spans.size() - 1).end());
        if (start < span.end()) {
            spans.add(new Span(start, span.end()));
        }
    }

    /** The end of a line, or of a piece of the text: what is behind that piece is not looked at. */
    static int lineEnd(String text, int start, int end) {
        int at = start;
        while (at < end && text.charAt(at) != '\n') {
            at++;
        }
        return at;
    }

    /** Takes down what is secret in plain words on one line that should be a value: keys among them have values. */
    void words(Holding holding, int start, int end) {
        int secret = end;
        if (holding == Holding.OPEN) {
            Matcher key = KEY.matcher(text).region(start, end);
            while (secret == end && key.find()) {
                secret = Holding.OPEN.behind(key.group(1)) == Holding.OPEN ? end : key.end();
            }
        }
        value(holding, start, secret);
        secret(secret, end);
    }

    /** Takes down YAML's properties and aliases: a password may well begin with {@code *}, {@code &} or {@code !}. */
    void property(Holding holding, int start, int end) {
        if (holding != Holding.OPEN
                && !FUNCTION.matcher(text).region(start, end).matches()) {
            secret(start + 1, end);
        }
    }

    /** The words of a comment where something holds this. */
    void comment(Holding holding, int start, int end) {
        words(holding, Math.min(start + 1, end), end);
    }

    void secret(int start, int end) {
        value(Holding.SECRET, start, end);
    }
}
