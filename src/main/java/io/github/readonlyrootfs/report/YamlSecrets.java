package io.github.readonlyrootfs.report;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The values below {@code environment}, {@code secrets}, {@code options} and the like in YAML, in whatever style they
 * are written. It reads the text, not the parsed file: what is no YAML, or holds placeholders, has secrets too. Where in
 * doubt, a piece is secret.
 */
final class YamlSecrets implements SecretScanner {

    /** Aliases in what an alias stands for need one more look at the file each; so deep nobody nests them. */
    private static final int MAX_LOOKS = 10;

    private static final Pattern BLOCK_SCALAR = Pattern.compile("[|>][-+0-9]{0,2}[ \\t]*(?:#.*)?");

    @Override
    public List<Span> secrets(SourceFile source) {
        AnchoredSecrets anchors = new AnchoredSecrets();
        for (int look = 1; ; look++) {
            SecretSpans spans = new SecretSpans(source.text());
            new Scan(source, spans, anchors).run();
            if (!anchors.hasChanged() || look > MAX_LOOKS) {
                return spans.all();
            }
            if (look == MAX_LOOKS) {
                anchors.hideAll();
            }
        }
    }

    /**
     * A key or a dash, and what its value holds.
     *
     * @param column where it stands; what belongs to it stands further to the right
     */
    private record Opened(int column, boolean dash, Holding holding) {}

    private static final class Scan {

        private final SourceFile source;
        private final String text;
        private final SecretSpans spans;
        private final AnchoredSecrets anchors;
        private final Deque<Opened> open = new ArrayDeque<>();

        /** Whether a bracket was never closed: no other one is then expected to be closed on another line. */
        private boolean unbalanced;

        Scan(SourceFile source, SecretSpans spans, AnchoredSecrets anchors) {
            this.source = source;
            this.text = source.text();
            this.spans = spans;
            this.anchors = anchors;
        }

        void run() {
            int i = 0;
            while (i < text.length()) {
                i = line(i) + 1;
            }
        }

        private int lineEnd(int from) {
            return SecretSpans.lineEnd(text, from, text.length());
        }

        private int skipBlanks(int from, int end) {
            int i = from;
            while (i < end && Character.isWhitespace(text.charAt(i))) {
                i++;
            }
            return i;
        }

        /** Reads a line and what its value needs of the next ones; gives the place of the line feed behind that. */
        private int line(int start) {
            int end = lineEnd(start);
            int i = skipBlanks(start, end);
            if (i == end) {
                return end;
            }
            if (text.charAt(i) == '#') {
                spans.comment(holding(), i, end);
                return end;
            }
            if (i == start && (text.startsWith("---", i) || text.startsWith("...", i) || text.charAt(i) == '%')) {
                open.clear();
                return text.startsWith("---", i) ? value(i + 3, Holding.OPEN) : end;
            }
            boolean dashed = false;
            while (i < end && isIndicator(i, end)) {
                char indicator = text.charAt(i);
                int column = i - start;
                if (indicator == ':') {
                    // The value of a key that has a line of its own.
                    closeRightOf(column, false);
                    return value(i + 1, holding());
                }
                if (indicator == '?') {
                    closeRightOf(column - 1, false);
                    return loneKey(i + 1, end, column);
                }
                closeRightOf(column, true);
                open.push(new Opened(column, true, holding().inArray()));
                dashed = true;
                i = skipBlanks(i + 1, end);
            }
            if (!dashed) {
                closeRightOf(i - start - 1, false);
            }
            return keyOrValue(i, end, start);
        }

        /** A dash, a question mark or a colon that stands alone. */
        private boolean isIndicator(int at, int end) {
            return "-?:".indexOf(text.charAt(at)) >= 0
                    && (at + 1 >= end || Character.isWhitespace(text.charAt(at + 1)));
        }

        private void closeRightOf(int column, boolean dash) {
            while (!open.isEmpty()
                    && (open.element().column() > column
                            || (dash && open.element().dash() && open.element().column() == column))) {
                open.pop();
            }
        }

        private Holding holding() {
            return open.isEmpty() ? Holding.OPEN : open.element().holding();
        }

        private int column() {
            return open.isEmpty() ? -1 : open.element().column();
        }

        /** A key whose value follows on a line of its own. */
        private int loneKey(int start, int end, int column) {
            int key = skipBlanks(start, end);
            Holding behind = holding().inObject().behind(unquoted(key, end));
            spans.words(holding(), key, end);
            open.push(new Opened(column, false, behind));
            return end;
        }

        private String unquoted(int start, int end) {
            return text.substring(start, end).strip().replaceAll("^[\"']|[\"']$", "");
        }

        private int keyOrValue(int start, int end, int lineStart) {
            int key = skipProperties(start, end);
            int keyEnd = endOfKey(key, end);
            if (keyEnd < 0) {
                return value(start, holding());
            }
            Holding behind = holding().inObject().behind(unquoted(key, keyEnd));
            open.push(new Opened(start - lineStart, false, behind));
            return value(text.indexOf(':', keyEnd) + 1, behind);
        }

        /** The end of a key with a colon behind it; -1 where none begins there. */
        private int endOfKey(int start, int end) {
            if (start < end && (text.charAt(start) == '"' || text.charAt(start) == '\'')) {
                int close = FlowSecrets.endOfString(text, start, end, true);
                int colon = skipBlanks(close, end);
                return colon < end && text.charAt(colon) == ':' ? close : -1;
            }
            if (start < end && "{[|>*".indexOf(text.charAt(start)) >= 0) {
                return -1;
            }
            for (int i = start; i < end; i++) {
                if (text.charAt(i) == ':' && (i + 1 >= end || Character.isWhitespace(text.charAt(i + 1)))) {
                    return i;
                }
                if (i > start && isComment(i)) {
                    return -1;
                }
            }
            return -1;
        }

        private boolean isComment(int at) {
            return text.charAt(at) == '#' && (at == 0 || Character.isWhitespace(text.charAt(at - 1)));
        }

        private int skipProperties(int start, int end) {
            int i = start;
            while (i < end && (text.charAt(i) == '&' || text.charAt(i) == '!')) {
                int stop = endOfWord(i, end);
                if (text.charAt(i) == '&') {
                    hold(anchors.anchored(text.substring(i + 1, stop)));
                }
                spans.property(holding(), i, stop);
                i = skipBlanks(stop, end);
            }
            return i;
        }

        private int endOfWord(int start, int end) {
            int stop = start;
            while (stop < end && !Character.isWhitespace(text.charAt(stop))) {
                stop++;
            }
            return stop;
        }

        /** What is open holds this, too. */
        private void hold(Holding more) {
            if (!open.isEmpty()) {
                Opened opened = open.pop();
                open.push(new Opened(
                        opened.column(), opened.dash(), opened.holding().and(more)));
            }
        }

        /** A value, or the beginning of one that stands on the next lines; gives the place of the line feed behind it. */
        private int value(int start, Holding expected) {
            int end = lineEnd(start);
            int i = skipProperties(skipBlanks(start, end), end);
            Holding holding = expected.and(holding());
            if (i >= end || text.charAt(i) == '#') {
                spans.comment(holding, i, end);
                return end;
            }
            char c = text.charAt(i);
            if (c == '*') {
                int stop = endOfWord(i, end);
                anchors.alias(text.substring(i + 1, stop), holding);
                spans.property(holding, i, stop);
                return rest(stop, holding);
            }
            if (c == '{' || c == '[') {
                return flow(i, end, holding);
            }
            if (c == '"' || c == '\'') {
                return quoted(i, end, holding);
            }
            int contentEnd = text.charAt(end - 1) == '\r' ? end - 1 : end;
            if (BLOCK_SCALAR.matcher(text).region(i, contentEnd).matches()) {
                return block(end, holding);
            }
            plain(i, end, holding);
            return end;
        }

        private void plain(int start, int end, Holding holding) {
            int comment = start + 1;
            while (comment < end && !isComment(comment)) {
                comment++;
            }
            spans.words(holding, start, comment);
            spans.comment(holding, comment, end);
        }

        /** What stands behind a value on its line: a comment, or something that does not belong there. */
        private int rest(int start, Holding holding) {
            int end = lineEnd(start);
            int i = skipBlanks(start, end);
            if (i < end && isComment(i)) {
                spans.comment(holding, i, end);
            } else {
                spans.secret(i, end);
            }
            return end;
        }

        private int quoted(int start, int end, Holding holding) {
            int close = FlowSecrets.endOfString(text, start, text.length(), false);
            int limit = close <= end ? end : endOfIndented(end, close);
            boolean closed = close > start + 1 && text.charAt(close - 1) == text.charAt(start);
            if (!closed || close > Math.max(limit, end)) {
                spans.secret(start + 1, limit);
                return limit;
            }
            if (holding == Holding.OPEN && isJson(start + 1, close - 1)) {
                FlowSecrets.inYaml(source, spans, anchors).embedded(start, close - 1);
            } else {
                spans.value(holding, start + 1, close - 1);
            }
            return rest(close, holding);
        }

        /** Where the lines end, up to a place, that follow one and are indented more than what is open. */
        private int endOfIndented(int end, int last) {
            int column = column();
            int at = end;
            while (at < last) {
                int next = at + 1;
                int stop = lineEnd(next);
                int content = skipBlanks(next, stop);
                if (content < stop && content - next <= column) {
                    return at;
                }
                at = stop;
            }
            return at;
        }

        /** The lines of a block behind its {@code |}. */
        private int block(int end, Holding holding) {
            int stop = endOfIndented(end, text.length());
            if (holding == Holding.OPEN && isJson(end, stop)) {
                FlowSecrets.inJson(source, spans).scan(end, stop, Holding.OPEN);
            } else {
                spans.value(holding, Math.min(end + 1, stop), stop);
            }
            return stop;
        }

        private boolean isJson(int start, int end) {
            int i = skipBlanks(start, end);
            while (text.startsWith("\\n", i)) {
                i = skipBlanks(i + 2, end);
            }
            return i < end && (text.charAt(i) == '{' || text.charAt(i) == '[');
        }

        private int flow(int start, int end, Holding holding) {
            int close = unbalanced ? end : endOfFlow(start);
            unbalanced |= close < 0;
            int stop = close < 0 ? end : close;
            FlowSecrets.inYaml(source, spans, anchors).scan(start, stop, holding);
            return rest(stop, holding);
        }

        /** The place behind the bracket that closes the one at a place; -1 if none does. */
        private int endOfFlow(int start) {
            int depth = 0;
            for (int i = start; i < text.length(); i++) {
                char c = text.charAt(i);
                boolean begins = i == start || "{}[],: \t\r\n".indexOf(text.charAt(i - 1)) >= 0;
                if ((c == '"' || c == '\'') && begins) {
                    i = FlowSecrets.endOfString(text, i, text.length(), false) - 1;
                } else if (c == '#' && begins) {
                    i = lineEnd(i);
                } else if (c == '{' || c == '[') {
                    depth++;
                } else if (c == '}' || c == ']') {
                    if (--depth == 0) {
                        return i + 1;
                    }
                }
            }
            return -1;
        }
    }
}
