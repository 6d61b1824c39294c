package io.github.readonlyrootfs.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.github.readonlyrootfs.source.EmbeddedText;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

    private static final JsonFactory JSON = new JsonFactory();

    /** What an open bracket holds. */
    private enum Holds {
        OPEN,
        NAMED,
        HIDDEN
    }

    @Override
    public List<Span> secrets(SourceFile source) {
        return new Scan(source).run();
    }

    private static final class Scan {

        private final SourceFile source;
        private final String text;
        private final List<Span> spans = new ArrayList<>();
        private final Deque<Holds> brackets = new ArrayDeque<>();
        private Holds next = Holds.OPEN;

        Scan(SourceFile source) {
            this.source = source;
            this.text = source.text();
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
            } else if (next == Holds.OPEN && isJson(start, end)) {
                embedded(start, end);
            } else if (next == Holds.OPEN) {
                Assignments.find(text, start, end, spans::add);
            } else {
                hide(start, end);
            }
            return behind;
        }

        /** Container definitions may be JSON in a string. */
        private boolean isJson(int start, int end) {
            int i = start;
            while (i < end && (Character.isWhitespace(text.charAt(i)) || text.startsWith("\\n", i))) {
                i += text.charAt(i) == '\\' ? 2 : 1;
            }
            return i < end
                    && (text.charAt(i) == '[' || text.charAt(i) == '{')
                    && text.substring(i, end).contains("\\\"");
        }

        private void embedded(int start, int end) {
            Optional<String> value = value(text.substring(start - 1, Math.min(end + 1, text.length())));
            if (value.isEmpty()) {
                hide(start, end);
                return;
            }
            EmbeddedText json = EmbeddedText.of(source, source.location(start - 1, end + 1), value.get());
            for (Span secret : new JsonSecrets().secrets(SourceFile.of(source.name(), value.get()))) {
                Location at = json.location(secret.start(), secret.end());
                int line = source.lineStart(at.line()) - 1;
                hide(line + at.column(), line + at.endColumn());
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
