package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The values below {@code environment}, {@code secrets}, {@code options} and the like, and assignments in other
 * strings. It is content with anything: a file that is not JSON, or that holds placeholders, has secrets too.
 */
final class JsonSecrets implements SecretScanner {

    /** Lists of objects whose {@code name} may be shown. */
    private static final Set<String> NAMED = Set.of("environment", "secrets", "secretoptions");

    /** Maps: the keys may be shown. */
    private static final Set<String> MAPS = Set.of("options", "driveropts", "dockerlabels");

    /** What an open bracket holds. */
    private enum Holds {
        OPEN,
        NAMED,
        HIDDEN
    }

    @Override
    public List<Span> secrets(SourceFile source) {
        return new Scan(source.text()).run();
    }

    private static final class Scan {

        private final String text;
        private final List<Span> spans = new ArrayList<>();
        private final Deque<Holds> brackets = new ArrayDeque<>();
        private Holds next = Holds.OPEN;

        Scan(String text) {
            this.text = text;
        }

        List<Span> run() {
            int i = 0;
            while (i < text.length()) {
                char c = text.charAt(i);
                if (c == '"') {
                    i = string(i + 1);
                } else if (c == '{' || c == '[') {
                    brackets.push(next);
                    i++;
                } else if (c == '}' || c == ']') {
                    brackets.poll();
                    next = around();
                    i++;
                } else if (c == ',') {
                    next = around();
                    i++;
                } else if (c == ':' || Character.isWhitespace(c)) {
                    i++;
                } else {
                    i = bare(i);
                }
            }
            return spans;
        }

        private Holds around() {
            Holds around = brackets.peek();
            return around == null ? Holds.OPEN : around;
        }

        /** A string that begins behind its quote; gives the place behind its end. */
        private int string(int start) {
            int end = start;
            while (end < text.length() && text.charAt(end) != '"' && text.charAt(end) != '\n') {
                end += text.charAt(end) == '\\' && end + 1 < text.length() && text.charAt(end + 1) != '\n' ? 2 : 1;
            }
            int behind = end < text.length() && text.charAt(end) == '"' ? end + 1 : end;
            if (isColonNext(behind)) {
                next = behind(text.substring(start, end).toLowerCase(Locale.ROOT));
            } else if (next == Holds.OPEN) {
                Assignments.find(text, start, end, spans::add);
            } else {
                hide(start, end);
            }
            return behind;
        }

        private boolean isColonNext(int start) {
            int i = start;
            while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
                i++;
            }
            return i < text.length() && text.charAt(i) == ':';
        }

        /** What the value of a key is. */
        private Holds behind(String key) {
            Holds around = around();
            if (around == Holds.NAMED) {
                return key.equals("name") ? Holds.OPEN : Holds.HIDDEN;
            }
            if (around == Holds.HIDDEN || MAPS.contains(key)) {
                return Holds.HIDDEN;
            }
            return NAMED.contains(key) ? Holds.NAMED : Holds.OPEN;
        }

        /** A number, a word or a placeholder without quotes; gives the place behind its end. */
        private int bare(int start) {
            int end = start;
            while (end < text.length() && "{}[],:\" \t\r\n".indexOf(text.charAt(end)) < 0) {
                end++;
            }
            if (next != Holds.OPEN) {
                hide(start, end);
            }
            return end;
        }

        private void hide(int start, int end) {
            if (start < end) {
                spans.add(new Span(start, end));
            }
        }
    }
}
