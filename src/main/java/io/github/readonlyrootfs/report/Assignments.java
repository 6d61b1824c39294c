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
                    : new Span(
                            matcher.end(),
                            wordEnd(text, quoteBefore(text, matcher.start(), start), matcher.end(), end));
            if (value.start() < value.end()) {
                values.accept(value);
            }
            matcher.region(value.end(), end);
        }
    }

    /**
     * The end of a word; blanks between quotes belong to it. Where a quote stands before the name, the value ends with its
     * twin, unless the word goes on behind that as a shell's words may.
     */
    private static int wordEnd(String text, char before, int start, int end) {
        boolean quoted = before != 0;
        char quote = before;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (quote == '"' && c == '\\') {
                i++;
            } else if (quote != 0 && c == quote) {
                if (quoted && (i + 1 >= end || isBehindWord(text.charAt(i + 1)))) {
                    return i;
                }
                quote = 0;
                quoted = false;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                return i;
            }
        }
        return end;
    }

    /** The quote right before a name; 0 where there is none. */
    private static char quoteBefore(String text, int name, int start) {
        char before = name > start ? text.charAt(name - 1) : 0;
        return before == '"' || before == '\'' ? before : 0;
    }

    private static boolean isBehindWord(char c) {
        return Character.isWhitespace(c) || c == ',' || c == ']';
    }
}
