// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of a file that a report may quote: those that a class that knows the file's grammar calls public, and
 * punctuation. Everything else may be a secret and is masked.
 */
public final class PublicText {

    /** The text shown instead of a word or value that may be secret. */
    public static final String MASK = "***";

    /** Characters around names and paths, but not in them. */
    private static final String PUNCTUATION = "{}[]()<>,:;\"'=|&\\#-!?*+$~^@`";

    private static final String QUOTES = "\"'\\";

    /** A digest of an image is no secret. */
    private static final Pattern DIGEST = Pattern.compile("sha(?:256|384|512):(?:[0-9a-f]{32,128}|[$<{])");

    /** Where a path or a name ends: a login, a URL, an assignment, a question, or a character in disguise. */
    private static final Pattern MORE = Pattern.compile("://|@(?!" + DIGEST + ")|[=?]|\\s#|\\\\u[0-9a-fA-F]{4}");

    /** A value of an option of a mount that is no name: a number, a size, or one of a few words. */
    private static final Pattern OPTION = Pattern.compile(
            "(?:\\d{1,6}[kKmMgG]?|bind|volume|cache|secret|ssh|tmpfs|locked|shared|private|true|false)[\"'\\\\]*");

    private static final Pattern VALUE = Pattern.compile("[A-Za-z][A-Za-z_-]*(?:=\\d{1,5})?|\\d{1,6}");

    private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9]+");

    /** A word of a name in camel case, or a number. */
    private static final Pattern PIECE = Pattern.compile("[A-Z]?[a-z]+|[A-Z]+|\\d+");

    private static final Pattern UUID = Pattern.compile("\\b[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}");

    /** The key of an instance in the address of a Terraform resource. */
    public static final Pattern INSTANCE = Pattern.compile("(?<=\\[\").*?(?=\"])");

    private static final int SHORTEST_KEY = 12;

    /** The longest word that people write. */
    private static final int LONGEST_WORD = 40;

    private static final int LONGEST_NUMBER = 12;

    /** As long as a path may be. */
    public static final int LONGEST_NAME = 4096;

    private final SourceFile source;
    private final BitSet shown = new BitSet();
    private final BitSet hidden = new BitSet();
    private final List<Span> commands = new ArrayList<>();

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
        return INSTANCE.matcher(address).replaceAll(key -> Matcher.quoteReplacement(name(key.group())));
    }

    /** A value in a message: a path, or what may be one of an enumeration; a template may have put anything there. */
    public static String valueName(String text) {
        return text.startsWith("/") ? name(text) : VALUE.matcher(text).matches() ? text : MASK;
    }

    /** Where a login, a URL, an assignment or a random part begins. */
    public static int nameEnd(String text) {
        int end = Math.min(text.length(), LONGEST_NAME);
        if (isPlain(text)) {
            return end;
        }
        Matcher more = MORE.matcher(text).region(0, end);
        if (more.find()) {
            end = more.group().equals("@") ? beforeLogin(text, more.start()) : more.end();
        }
        Matcher digest = DIGEST.matcher(text).region(0, end);
        int plain = digest.find() ? digest.start() : end;
        Matcher uuid = UUID.matcher(text).region(0, Math.min(plain, end));
        if (uuid.find()) {
            return uuid.start();
        }
        Matcher segment = SEGMENT.matcher(text).region(0, Math.min(plain, end));
        while (segment.find()) {
            if (looksRandom(segment.group())) {
                return segment.start();
            }
        }
        return end;
    }

    /** Whether a text has short words only, and no sign that ends a name; most names are so. */
    private static boolean isPlain(String text) {
        int word = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            word = Character.isLetterOrDigit(c) ? word + 1 : 0;
            if (word == SHORTEST_KEY || "=?@#\\".indexOf(c) >= 0 || (c == ':' && text.startsWith("//", i + 1))) {
                return false;
            }
        }
        return true;
    }

    private static int beforeLogin(String text, int at) {
        int start = at;
        while (start > 0 && text.charAt(start - 1) != '/' && !Character.isWhitespace(text.charAt(start - 1))) {
            start--;
        }
        return start;
    }

    /** Whether a part of a text looks like what a machine made: a UUID, or many short pieces of letters and digits. */
    public static boolean looksRandom(String text) {
        Matcher segment = SEGMENT.matcher(text);
        while (segment.find()) {
            Matcher piece = PIECE.matcher(segment.group());
            int pieces = 0;
            int pairs = 0;
            while (piece.find()) {
                pieces++;
                pairs += piece.end() - piece.start() <= 2 ? 1 : 0;
            }
            int length = segment.end() - segment.start();
            if ((pieces > 4 && pairs * 2 >= pieces && length >= SHORTEST_KEY)
                    || (pieces > 1 && length >= LONGEST_WORD)
                    || (pieces == 1
                            && length > LONGEST_NUMBER
                            && Character.isDigit(segment.group().charAt(0)))) {
                return true;
            }
        }
        return UUID.matcher(text).find();
    }

    /** Shows a keyword or the name of a flag. */
    public void show(int start, int end) {
        shown.set(start, end);
    }

    public void show(Span piece) {
        show(piece.start(), piece.end());
    }

    public void show(Location place) {
        show(source.start(place), source.end(place));
    }

    /** Shows a path or a name, and hides what is more. */
    public void showName(Location place) {
        int start = source.start(place);
        int end = start + nameEnd(source.text(place));
        show(start, end);
        hidden.set(end, source.end(place));
    }

    /** Notes that a command or a script stands here, whose words are judged one by one. */
    public void command(Location place) {
        commands.add(new Span(source.start(place), source.end(place)));
    }

    public List<Span> commands() {
        return commands;
    }

    /** Options of a mount, of which only what may be shown is. */
    public static String options(String text) {
        PublicText options = new PublicText(SourceFile.of("", text));
        options.showOptions(options.source.location(0, text.length()));
        return options.quote(0, text.length());
    }

    /** Shows options of a mount with their values, as far as those are paths, numbers or words of the option itself. */
    public void showOptions(Location place) {
        int start = source.start(place);
        for (String option : source.text(place).split(",", -1)) {
            int key = nameEnd(option);
            String value = option.substring(key);
            boolean shown = option.startsWith("=", key - 1)
                    && (value.startsWith("/") || OPTION.matcher(value).matches());
            int end = start + key + (shown ? nameEnd(value) : 0);
            show(start, end);
            hidden.set(end, start + option.length());
            start += option.length() + 1;
        }
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
        StringBuilder text = new StringBuilder();
        int done = start;
        for (Span mask : masks(start, end, List.of())) {
            text.append(source.text(), done, mask.start()).append(MASK);
            done = mask.end();
        }
        return text.append(source.text(), done, end).toString();
    }

    /**
     * The spans of a piece to mask, in order: words, or whole values.
     *
     * @param also further pieces that are shown
     */
    public List<Span> masks(int start, int end, List<Span> also) {
        List<Span> masks = new ArrayList<>();
        IntPredicate isShown = at -> (shown.get(at) && !hidden.get(at)) || isIn(also, at);
        int at = start;
        while (at < end) {
            int from = at++;
            if (isShown.test(from)) {
                continue;
            }
            boolean value = hidden.get(from);
            while (at < end
                    && hidden.get(at) == value
                    && !isShown.test(at)
                    && (value || !Character.isWhitespace(source.text().charAt(at)))) {
                at++;
            }
            Span word = trimmed(from, at, value ? QUOTES : PUNCTUATION);
            if (word.start() < word.end()) {
                masks.add(word);
            }
        }
        return masks;
    }

    private static boolean isIn(List<Span> spans, int at) {
        for (Span span : spans) {
            if (span.start() <= at && at < span.end()) {
                return true;
            }
        }
        return false;
    }

    private Span trimmed(int from, int to, String around) {
        int start = from;
        int end = to;
        while (start < end && isAround(start, around)) {
            start++;
        }
        while (end > start && isAround(end - 1, around)) {
            end--;
        }
        return new Span(start, end);
    }

    private boolean isAround(int at, String punctuation) {
        char c = source.text().charAt(at);
        return Character.isWhitespace(c) || punctuation.indexOf(c) >= 0;
    }
}
