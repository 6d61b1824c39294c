package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.SourceFile;
import java.nio.CharBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON that becomes JSON only after a deployment tool has replaced its placeholders. They are masked in place: every
 * character keeps its offset, so that all positions stay the user's own.
 */
final class JsonTemplate {

    /** An unquoted value: placeholders and what sticks to them, or a word that a script replaces, as in {@code PORT}. */
    private static final Pattern RUN = Pattern.compile("(?:[\\w.+-]{0,100}+(?:" + Placeholder.PATTERN.pattern()
            + "))++[\\w.+-]{0,100}+|(?!(?:TRUE|FALSE|NULL|NAN)\\b)(?:__)?[A-Z][A-Z0-9_]{2,100}+\\b");

    private final String original;
    private final char[] masked;
    private final BitSet placeholders = new BitSet();
    private final BitSet quotes = new BitSet();
    private final BitSet openObjects = new BitSet();
    private int depth;
    private char last = ' ';

    private JsonTemplate(SourceFile source) {
        this.original = source.text();
        this.masked = original.toCharArray();
    }

    /** The file as it is. */
    static JsonTemplate none(SourceFile source) {
        return new JsonTemplate(source);
    }

    /** The file with its placeholders masked. */
    static JsonTemplate of(SourceFile source) {
        JsonTemplate template = new JsonTemplate(source);
        template.mask();
        return template;
    }

    String text() {
        return String.valueOf(masked);
    }

    /** Whether nothing is masked. */
    boolean isPlain() {
        return original.contentEquals(CharBuffer.wrap(masked));
    }

    /** Whether the string that begins there stands for a placeholder. */
    boolean isPlaceholder(int start) {
        return placeholders.get(start);
    }

    /** Whether a string has a placeholder with quotes in it. */
    boolean hasMaskedQuotes(int start, int end) {
        int quote = quotes.nextSetBit(start);
        return quote >= 0 && quote < end;
    }

    private void mask() {
        Matcher run = RUN.matcher(original);
        int i = 0;
        while (i < masked.length) {
            char c = masked[i];
            if (c == '"') {
                i = string(i);
                last = '"';
            } else if (canBegin(c) && run.region(i, masked.length).lookingAt()) {
                placeholder(i, run.end());
                i = run.end();
            } else {
                structure(c);
                i++;
            }
        }
    }

    private static boolean canBegin(char c) {
        return c == '{' || c == '$' || c == '%' || c == '@' || c == '<' || Character.isLetterOrDigit(c) || c == '_';
    }

    private void structure(char c) {
        if (c == '{' || c == '[') {
            openObjects.set(depth++, c == '{');
        } else if ((c == '}' || c == ']') && depth > 0) {
            depth--;
        }
        if (!Character.isWhitespace(c)) {
            last = c;
        }
    }

    /** Goes over a string and masks the quotes within its placeholders, as in {@code "{{ env "TAG" }}"}. */
    private int string(int start) {
        Matcher placeholder = Placeholder.PATTERN.matcher(original);
        int i = start + 1;
        while (i < masked.length && masked[i] != '"' && masked[i] != '\n') {
            if (masked[i] == '{' && placeholder.region(i, masked.length).lookingAt()) {
                for (; i < placeholder.end(); i++) {
                    if (masked[i] == '"' || masked[i] == '\\') {
                        masked[i] = '\'';
                        quotes.set(i);
                    }
                }
            } else {
                i += masked[i] == '\\' ? 2 : 1;
            }
        }
        return Math.min(i + 1, masked.length);
    }

    private void placeholder(int start, int end) {
        char next = nextSignificant(end);
        boolean inObject = depth > 0 && openObjects.get(depth - 1);
        boolean first = last == '{' || last == '[';
        if (last == ':') {
            asString(start, end);
        } else if (depth == 0 || (!first && last != ',')) {
            blank(start, end);
        } else if (!inObject && (next == ',' || next == ']')) {
            asString(start, end);
        } else if (inObject && next == ':') {
            asString(start, end);
        } else if (inObject && end - start >= 4 && (next == ',' || (next == '}' && !first))) {
            asMember(start, end);
        } else {
            blank(start, end);
        }
    }

    private char nextSignificant(int from) {
        int i = from;
        while (i < original.length() && Character.isWhitespace(original.charAt(i))) {
            i++;
        }
        return i < original.length() ? original.charAt(i) : ' ';
    }

    private void asString(int start, int end) {
        Arrays.fill(masked, start, end, '_');
        masked[start] = '"';
        masked[end - 1] = '"';
        placeholders.set(start);
        last = '"';
    }

    /** A member whose key and value are both unknown. */
    private void asMember(int start, int end) {
        asString(start, end - 2);
        masked[end - 2] = ':';
        masked[end - 1] = '0';
        last = '0';
    }

    private void blank(int start, int end) {
        Arrays.fill(masked, start, end, ' ');
    }
}
