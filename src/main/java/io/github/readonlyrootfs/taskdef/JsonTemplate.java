package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.LocatedText;
import java.nio.CharBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * JSON that becomes JSON only after a deployment tool has replaced its placeholders. They are masked in place: every
 * character keeps its offset, so that all positions stay the user's own.
 *
 * <p>A placeholder becomes a string where it stands for a value, a member with an unknown key where it stands for
 * members, and white space where the text around it needs nothing in its place.
 */
final class JsonTemplate {

    /** An unquoted value: placeholders and what sticks to them, or a word that a script replaces, as in {@code PORT}. */
    private static final Pattern RUN = Pattern.compile("(?:[\\w.+-]{0,100}+(?:" + Placeholder.PATTERN.pattern()
            + ")){1,20}+[\\w.+-]{0,100}+|(?!(?:TRUE|FALSE|NULL|NAN)\\b)(?:__)?[A-Z][A-Z0-9_]{2,100}+\\b");

    /** What begins a block of a template whose content may be left out. */
    private static final Pattern CONDITION =
            Pattern.compile("\\{[{%][-~]?\\s*(?:#\\s*)?(?:if|unless|with|range|for|each)\\b.*");

    private static final Pattern ALTERNATIVE = Pattern.compile("\\{[{%][-~]?\\s*(?:else|elif|elseif)\\b.*");

    private static final Pattern END = Pattern.compile("\\{[{%][-~]?\\s*(?:end\\w*\\b|/).*");

    /** How far apart the parts of a block may be that stands in the place of a value. */
    private static final int MAX_BLOCK = 2000;

    private final String original;
    private final char[] masked;
    private final BitSet placeholders = new BitSet();
    private final BitSet quotes = new BitSet();
    private final BitSet conditional = new BitSet();
    private final Map<Integer, Range> others = new HashMap<>();

    private final Deque<Bracket> brackets = new ArrayDeque<>();
    private final Deque<Integer> conditions = new ArrayDeque<>();
    private char last = ' ';

    /** A piece of the text. */
    record Range(int start, int end) {}

    private record Bracket(int start, boolean object) {}

    private JsonTemplate(LocatedText source) {
        this.original = source.text();
        this.masked = original.toCharArray();
    }

    /** The file as it is. */
    static JsonTemplate none(LocatedText source) {
        return new JsonTemplate(source);
    }

    /** The file with its placeholders masked. */
    static JsonTemplate of(LocatedText source) {
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

    /** Whether a condition decides if the member or element that begins there is part of its object or array. */
    boolean isConditional(int start) {
        return conditional.get(start);
    }

    /** The placeholder that stands for further members or elements of the object or array that begins there. */
    Optional<Range> others(int start) {
        return Optional.ofNullable(others.get(start));
    }

    private void mask() {
        Matcher run = RUN.matcher(original);
        int i = 0;
        while (i < masked.length && brackets.size() <= JsonTree.MAX_DEPTH) {
            char c = masked[i];
            boolean word = JsonFault.isWord(c);
            if ((word || Placeholder.canBegin(c))
                    && run.region(i, masked.length).lookingAt()) {
                i = placeholder(i, run.end());
                continue;
            }
            if (last != ':') {
                noteCondition(i);
            }
            if (word) {
                i = word(i);
            } else if (c == '"') {
                i = string(i);
            } else {
                structure(c, i++);
            }
        }
    }

    /** Goes over a number or a word, so that only its beginning is looked at for placeholders. */
    private int word(int start) {
        int i = start;
        while (i < masked.length && JsonFault.isWord(masked[i])) {
            last = masked[i++];
        }
        return i;
    }

    private void noteCondition(int at) {
        conditional.set(at, !conditions.isEmpty() && conditions.element() == bracket());
    }

    /** Where the innermost open object or array begins. */
    private int bracket() {
        return brackets.isEmpty() ? -1 : brackets.element().start();
    }

    private void structure(char c, int at) {
        if (c == '{' || c == '[') {
            brackets.push(new Bracket(at, c == '{'));
        } else if ((c == '}' || c == ']') && !brackets.isEmpty()) {
            brackets.pop();
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
        last = '"';
        return Math.min(i + 1, masked.length);
    }

    /** Masks a placeholder; gives the offset behind what is masked. */
    private int placeholder(int start, int end) {
        String text = original.substring(start, end);
        boolean value = last == ':';
        if (!value && control(text)) {
            blank(start, end);
            return end;
        }
        char next = nextSignificant(end);
        boolean inObject = !brackets.isEmpty() && brackets.element().object();
        boolean first = last == '{' || last == '[';
        boolean expected = first || last == ',';
        if (value) {
            int blockEnd = CONDITION.matcher(text).matches() ? endOfBlock(start, end) : end;
            asString(start, blockEnd);
            return blockEnd;
        }
        if (expected && !inObject && (next == ',' || next == ']')) {
            noteCondition(start);
            asString(start, end);
            return end;
        }
        others.putIfAbsent(bracket(), new Range(start, end));
        if (expected && inObject && next == ':') {
            asString(start, end);
        } else if (expected && inObject && end - start >= 4 && (next == ',' || (next == '}' && !first))) {
            asMember(start, end);
        } else {
            blank(start, end);
        }
        return end;
    }

    /** Whether a placeholder is a part of a template's conditional blocks. */
    private boolean control(String text) {
        if (CONDITION.matcher(text).matches()) {
            conditions.push(bracket());
        } else if (ALTERNATIVE.matcher(text).matches()) {
            return true;
        } else if (END.matcher(text).matches()) {
            conditions.poll();
        } else {
            return false;
        }
        return true;
    }

    /** Whether a placeholder begins, divides or ends a conditional block. */
    static boolean isControl(String placeholder) {
        return CONDITION.matcher(placeholder).matches()
                || ALTERNATIVE.matcher(placeholder).matches()
                || END.matcher(placeholder).matches();
    }

    /** Where the block ends that a condition begins in the place of a value. */
    private int endOfBlock(int start, int end) {
        Matcher part =
                Placeholder.PATTERN.matcher(original).region(start, Math.min(original.length(), start + MAX_BLOCK));
        int depth = 0;
        while (part.find()) {
            if (CONDITION.matcher(part.group()).matches()) {
                depth++;
            } else if (END.matcher(part.group()).matches()) {
                depth--;
            }
            if (depth <= 0) {
                return Math.max(end, part.end());
            }
        }
        return end;
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
