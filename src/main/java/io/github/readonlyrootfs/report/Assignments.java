package io.github.readonlyrootfs.report;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The values in any kind of text: of {@code NAME=value}, {@code -Dname=value}, and the login in a URL. */
final class Assignments {

    /**
     * What must not stand before a name keeps {@code --mount=type=cache,target=/x} readable, and keeps a name from
     * being tried again at each of its letters.
     */
    private static final Pattern ASSIGNMENT =
            Pattern.compile("(?<![\\w=,./-])(?:[A-Za-z_]\\w*+|-D[\\w.-]++)=|://(?<login>[^/\\s@\"']++)@");

    private Assignments() {}

    /** Finds the values in a part of a text that has no line break. */
    static void find(String text, int start, int end, Consumer<Span> values) {
        Matcher matcher = ASSIGNMENT.matcher(text).region(start, end);
        while (matcher.find()) {
            boolean login = matcher.start("login") >= 0;
            Span value = login
                    ? new Span(matcher.start("login"), matcher.end("login"))
                    : new Span(matcher.end(), wordEnd(text, matcher.end(), end));
            if (value.start() < value.end()) {
                values.accept(value);
            }
            matcher.region(value.end(), end);
        }
    }

    /** The end of a word; blanks between quotes belong to it. */
    private static int wordEnd(String text, int start, int end) {
        char quote = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (Character.isWhitespace(c)) {
                return i;
            }
        }
        return end;
    }
}
