// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import io.github.readonlyrootfs.source.Blanks;
import io.github.readonlyrootfs.source.LocatedText;
import java.nio.CharBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final Pattern RUN = Pattern.compile(
            "(?:[\\w.+-]{0,100}+(?:" + Placeholder.PATTERN.pattern() + ")){1,20}+[\\w.+-]{0,100}+|" + Placeholder.WORD);

    /** What only the statements of templates need. */
    private static final class Statements {

        /** What begins a block of a template whose content may be left out. */
        static final Pattern CONDITION = Pattern.compile("(?:\\{\\{[-~]?\\s*#?|\\{%[-~]?|<%[-~]?|%\\{~?)\\s*"
                + "(?:if|unless|with|range|for|each|define|block|macro|raw|call|filter)\\b.*"
                + "|<%[-~]?[^=#].*\\bdo\\b\\s*(?:\\|.*\\|)?\\s*[-~]?%>");

        static final Pattern ALTERNATIVE =
                Pattern.compile("(?:\\{[{%]|<%|%\\{)[-~]?\\s*(?:else|elif|elseif|elsif)\\b.*");

        static final Pattern END = Pattern.compile("(?:\\{[{%]|<%|%\\{)[-~]?\\s*(?:end\\w*\\b|/(?!\\*)).*");

        /** What writes nothing: a comment, a variable that gets a value, a statement of Ruby's. */
        static final Pattern SILENT = Pattern.compile("\\{#.*"
                + "|\\{\\{[-~]?\\s*(?:/\\*|!|\\$\\w+\\s*:?=).*"
                + "|\\{%[-~]?\\s*(?:(?:set|assign)\\b.*=|(?:do|from|import)\\b).*"
                + "|<%[^-=].*");
    }

    /** How far apart the parts of a block may be that is in the place of a value. */
    private static final int MAX_BLOCK = 2000;

    /** How many characters are looked at for ends of such blocks, over and over, before no more are looked for. */
    private static final int MAX_LOOKED_AHEAD = 20_000_000;

    private final String original;
    private final char[] masked;
    private final BitSet placeholders = new BitSet();
    private final BitSet quotes = new BitSet();
    private final BitSet conditional = new BitSet();
    private final Map<Integer, List<Range>> others = new HashMap<>();

    private final Deque<Bracket> brackets = new ArrayDeque<>();
    private final Deque<Integer> conditions = new ArrayDeque<>();
    private char last = ' ';
    private int lookedAhead;

    /**
     * The place of a placeholder.
     *
     * @param key whether it stands for a key alone
     */
    record Range(int start, int end, boolean key) {}

    private record Bracket(int start, boolean object) {}

    private JsonTemplate(LocatedText source) {
        this.original = source.text();
        this.masked = original.toCharArray();
    }

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

    /** The placeholders that stand for further members or elements of the object or array that begins there. */
    List<Range> others(int start) {
        return others.getOrDefault(start, List.of());
    }

    private void mask() {
        Matcher run = RUN.matcher(original).useTransparentBounds(true);
        int i = 0;
        while (i < masked.length && brackets.size() <= JsonTree.MAX_DEPTH) {
            char c = masked[i];
            boolean word = JsonFault.isWord(c);
            if ((word || Placeholder.canBegin(c))
                    && run.region(i, masked.length).lookingAt()) {
                i = placeholder(i, endOfFirst(i, run.end()));
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

    /** A directive of a template is one by itself, even if others follow at once. */
    private int endOfFirst(int start, int end) {
        Matcher first = Placeholder.matcher(original).region(start, end);
        return first.lookingAt() && first.end() < end && isBlock(first.group()) ? first.end() : end;
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
        Placeholder.Finder placeholder = new Placeholder.Finder(original);
        int i = start + 1;
        while (i < masked.length && masked[i] != '"' && masked[i] != '\n') {
            if (placeholder.isAt(i, masked.length)) {
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
        if (isSilent(text)) {
            blank(start, end);
            return end;
        }
        boolean inArray = !brackets.isEmpty() && !brackets.element().object();
        boolean value = last == ':' || (inArray && (last == '[' || last == ',') && isChoice(start, end, text));
        if (!value && beginsBlock(text)) {
            int comma = Blanks.after(original, end);
            int blockEnd = endOfComma(comma);
            if (blockEnd > 0) {
                comma(start, comma, blockEnd);
                return blockEnd;
            }
        }
        if (!value && control(text)) {
            blank(start, end);
            return end;
        }
        char next = nextSignificant(end);
        boolean inObject = !brackets.isEmpty() && brackets.element().object();
        boolean first = last == '{' || last == '[';
        boolean expected = first || last == ',';
        if (value) {
            int blockEnd = beginsBlock(text) ? endOfBlock(start, end) : end;
            if (inArray) {
                noteCondition(start);
            }
            asString(start, blockEnd);
            return blockEnd;
        }
        if (expected && !inObject && (next == ',' || next == ']')) {
            noteCondition(start);
            asString(start, end);
            return end;
        }
        boolean key = expected && inObject && next == ':';
        noteCondition(start);
        others.computeIfAbsent(bracket(), around -> new ArrayList<>()).add(new Range(start, end, key));
        if (key) {
            asString(start, end);
        } else if (expected && inObject && end - start >= 4 && (next == ',' || (next == '}' && !first))) {
            asMember(start, end);
        } else {
            blank(start, end);
        }
        return end;
    }

    /** Whether a block, in the place of an element, decides which element it is, not whether there is one. */
    private boolean isChoice(int start, int end, String text) {
        if (!beginsBlock(text)) {
            return false;
        }
        String block = original.substring(start, endOfBlock(start, end));
        Matcher part = Placeholder.matcher(block);
        boolean alternatives = false;
        while (part.find()) {
            boolean alternative = Statements.ALTERNATIVE.matcher(part.group()).matches();
            alternatives |= alternative;
            if ((alternative || endsBlock(part.group()))
                    && block.substring(0, part.start()).stripTrailing().endsWith(",")) {
                return false;
            }
        }
        return alternatives;
    }

    /** Where a block ends that has nothing but a comma in it; 0 where it is not such a block. */
    private int endOfComma(int comma) {
        if (comma == original.length() || original.charAt(comma) != ',') {
            return 0;
        }
        Matcher end = Placeholder.matcher(original).region(Blanks.after(original, comma + 1), original.length());
        return end.lookingAt() && endsBlock(end.group()) ? end.end() : 0;
    }

    /** A comma between the elements that a loop makes: here there is one of them, which may have no neighbour. */
    private void comma(int start, int comma, int end) {
        blank(start, end);
        char next = nextBehindBlocks(end);
        if ("[{,:".indexOf(last) < 0 && next != ']' && next != '}') {
            masked[comma] = ',';
            last = ',';
        }
    }

    /** The first character that is no part of a template's blocks. */
    private char nextBehindBlocks(int from) {
        Matcher block = Placeholder.matcher(original);
        int i = Blanks.after(original, from);
        while (i < original.length() && block.region(i, original.length()).lookingAt() && isControl(block.group())) {
            i = Blanks.after(original, block.end());
        }
        return i < original.length() ? original.charAt(i) : ' ';
    }

    /** Whether a placeholder is a part of a template's conditional blocks. */
    private boolean control(String text) {
        if (beginsBlock(text)) {
            conditions.push(bracket());
        } else if (Statements.ALTERNATIVE.matcher(text).matches()) {
            return true;
        } else if (endsBlock(text)) {
            conditions.poll();
        } else {
            return false;
        }
        return true;
    }

    /** Whether a placeholder begins, divides or ends a conditional block, or does something else that writes nothing. */
    static boolean isControl(String placeholder) {
        return isBlock(placeholder) || isSilent(placeholder);
    }

    private static boolean isBlock(String placeholder) {
        return beginsBlock(placeholder)
                || Statements.ALTERNATIVE.matcher(placeholder).matches()
                || endsBlock(placeholder);
    }

    /** Whether nothing is written in the place of a placeholder. */
    static boolean isSilent(String placeholder) {
        return Statements.SILENT.matcher(placeholder).matches() && !isBlock(placeholder);
    }

    static boolean beginsBlock(String placeholder) {
        return Statements.CONDITION.matcher(placeholder).matches();
    }

    static boolean endsBlock(String placeholder) {
        return Statements.END.matcher(placeholder).matches();
    }

    /** Where the block ends that a condition begins in the place of a value. */
    private int endOfBlock(int start, int end) {
        if (lookedAhead > MAX_LOOKED_AHEAD) {
            return end;
        }
        lookedAhead += MAX_BLOCK;
        Matcher part = Placeholder.matcher(original).region(start, Math.min(original.length(), start + MAX_BLOCK));
        int depth = 0;
        while (part.find()) {
            if (beginsBlock(part.group())) {
                depth++;
            } else if (endsBlock(part.group())) {
                depth--;
            }
            if (depth <= 0) {
                return Math.max(end, part.end());
            }
        }
        return end;
    }

    private char nextSignificant(int from) {
        int i = Blanks.after(original, from);
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
