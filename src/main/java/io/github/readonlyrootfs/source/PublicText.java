// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
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

    /** More than a path or a name. */
    private static final Pattern LOGIN = Pattern.compile("://|@(?!sha(?:256|384|512):)");

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
        return isOption(text) && text.indexOf('=') < 0;
    }

    private static boolean isOption(String text) {
        return !LOGIN.matcher(text).find();
    }

    /** A path or a name for a message, masked where it is more than that. */
    public static String name(String text) {
        return isName(text) ? text : MASK;
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

    /** Shows a path or a name; hides any other text. */
    public void showName(Location place) {
        show(place, isName(source.text(place)));
    }

    /** Shows a text that may have an equals sign, such as a mount option; hides a login or URL. */
    public void showOption(Location place) {
        show(place, isOption(source.text(place)));
    }

    private void show(Location place, boolean open) {
        if (open) {
            show(place);
        } else {
            hide(place);
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
        IntPredicate isShown = at -> (shown.get(at) && !hidden.get(at))
                || also.stream().anyMatch(span -> span.start() <= at && at < span.end());
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
