// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one idea of what may be shown: of a name, what is before a login, a URL, an assignment or a random part; of a file, what
 * a class that knows its grammar calls public, and punctuation. Everything else may be a secret and is masked.
 */
public final class PublicText {

    /** The text shown instead of a word or value that may be secret. */
    public static final String MASK = "***";

    /** As long as a path may be. */
    public static final int LONGEST_NAME = 4096;

    /** What is masked of a value in quotes, and of a word: not the characters around names and paths. */
    private static final Pattern QUOTED = Pattern.compile("(?s)[^\\s\"'\\\\](?:.*[^\\s\"'\\\\])?");

    private static final Pattern WORD = Pattern.compile("(?s)[\\w%./\\P{ASCII}](?:.*[\\w%./\\P{ASCII}])?");

    /** A digest of an image is no secret. */
    private static final String DIGEST = "sha(?:256|384|512):(?:[0-9a-f]{32,128}|[$<{])";

    /** Where a path or a name ends: a login, a URL, an assignment, a question, or a character in disguise. */
    private static final Pattern MORE = Pattern.compile("://|@(?!" + DIGEST + ")|[=?]|\\s#|\\\\u[0-9a-fA-F]{4}");

    /** What is looked at for randomness as a whole. */
    private static final Pattern SEGMENT = Pattern.compile(
            "(" + DIGEST + ")|(\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}|\\d{13,}+(?![A-Za-z]))|[A-Za-z0-9]+");

    /** A word of a name in camel case, or a number. */
    private static final Pattern PIECE = Pattern.compile("[A-Z]?[a-z]+|[A-Z]+|\\d+");

    private static final int SHORTEST_KEY = 12;

    /** The longest word that people write. */
    private static final int LONGEST_WORD = 40;

    private final SourceFile source;
    private final BitSet shown = new BitSet();
    private final BitSet hidden = new BitSet();

    /** A file without public parts so far. */
    public PublicText(SourceFile source) {
        this.source = source;
    }

    public SourceFile source() {
        return source;
    }

    /** Whether a text is a path or a name, without a login, URL or assignment. */
    public static boolean isName(String text) {
        return nameEnd(text) == text.length();
    }

    /** A path or a name for a message, masked from where it is more than that. */
    public static String name(String text) {
        int end = nameEnd(text);
        return end == text.length() ? text : text.substring(0, end) + MASK;
    }

    /** The address of a Terraform resource; the key of an instance in it is a name. */
    public static String address(String address) {
        int key = (address + "[").indexOf('[');
        return address.substring(0, key) + name(address.substring(key));
    }

    /** A value in a message: a path, or what may be one of an enumeration; a template may have put anything there. */
    public static String valueName(String text) {
        return text.startsWith("/")
                ? name(text)
                : text.matches("[A-Za-z][A-Za-z_-]*(?:=\\d{1,5})?|\\d{1,6}") ? text : MASK;
    }

    /** Where a login, a URL, an assignment or a random part begins. */
    public static int nameEnd(String text) {
        int end = Math.min(text.length(), LONGEST_NAME);
        Matcher more = MORE.matcher(text).region(0, end);
        if (more.find()) {
            int at = more.start();
            end = text.charAt(at) == '@'
                    ? 1 + Math.max(text.lastIndexOf('/', at), text.lastIndexOf(' ', at))
                    : more.end();
        }
        return Math.min(end, randomStart(text, end));
    }

    /** Whether a part of a text looks like what a machine made: a UUID, or many short pieces of letters and digits. */
    public static boolean looksRandom(String text) {
        return randomStart(text, text.length()) < text.length();
    }

    private static int randomStart(String text, int end) {
        Matcher segment = SEGMENT.matcher(text).region(0, end);
        while (segment.find() && segment.group(1) == null) {
            int length = segment.end() - segment.start();
            List<MatchResult> pieces = length < SHORTEST_KEY
                    ? List.of()
                    : PIECE.matcher(segment.group()).results().toList();
            long pairs =
                    pieces.stream().filter(it -> it.end() - it.start() <= 2).count();
            if (segment.group(2) != null
                    || (pieces.size() > 4 && pairs * 2 >= pieces.size())
                    || (pieces.size() > 1 && length >= LONGEST_WORD)) {
                return segment.start();
            }
        }
        return text.length();
    }

    /** Shows a keyword or the name of a flag. */
    public void show(int start, int end) {
        shown.set(start, end);
    }

    /** Shows a path or a name, and hides what is more. */
    public void showName(Location place) {
        int start = source.start(place);
        int end = start + nameEnd(source.text(place));
        show(start, end);
        hidden.set(end, source.end(place));
    }

    /** Hides a whole value. Text in two places, one of them public, is hidden. */
    public void hide(Location place) {
        hidden.set(source.start(place), source.end(place));
    }

    /** Whether nothing of a piece is masked. */
    public boolean isPublic(int start, int end) {
        return masks(start, end, List.of()).isEmpty();
    }

    /** A piece of the file, masked. */
    public String quote(int start, int end) {
        return quote(start, end, masks(start, end, List.of()));
    }

    /** A piece of the file with the masks in it. */
    public String quote(int start, int end, List<Span> masks) {
        StringBuilder text = new StringBuilder();
        int done = start;
        for (Span mask : masks) {
            if (mask.start() >= start && mask.end() <= end) {
                text.append(source.text(), done, mask.start()).append(MASK);
                done = mask.end();
            }
        }
        return text.append(source.text(), done, end).toString();
    }

    /**
     * The spans of a piece to mask, in order: words, or whole values.
     *
     * @param also further pieces that are shown
     */
    public List<Span> masks(int start, int end, List<Span> also) {
        BitSet open = shown.get(start, end);
        open.andNot(hidden.get(start, end));
        also.forEach(piece -> open.set(piece.start() - start, piece.end() - start));
        List<Span> masks = new ArrayList<>();
        int from = start + open.nextClearBit(0);
        while (from < end) {
            boolean value = hidden.get(from);
            int at = from + 1;
            while (at < end
                    && !open.get(at - start)
                    && hidden.get(at) == value
                    && (value || !Character.isWhitespace(source.text().charAt(at)))) {
                at++;
            }
            Matcher masked = (value ? QUOTED : WORD).matcher(source.text()).region(from, at);
            if (masked.find()) {
                masks.add(new Span(masked.start(), masked.end()));
            }
            from = start + open.nextClearBit(at - start);
        }
        return masks;
    }
}
