package io.github.readonlyrootfs.report;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Copies a line of a file for print, without its secrets, and keeps track of where the marked range ends up. */
final class MaskedLine {

    private static final String MASK = "***";
    private static final String TAB = "    ";

    /** What a secret consists of; the quotes around it tell nothing. */
    private static final Pattern WORD = Pattern.compile("[^\\s\"']+");

    private final String line;
    private final Span marked;
    private final StringBuilder copy = new StringBuilder();
    private int markStart = -1;
    private int markEnd = -1;

    private MaskedLine(String line, Span marked) {
        this.line = line;
        this.marked = marked;
    }

    /**
     * The line as an excerpt.
     *
     * @param marked the range in the line that the excerpt is about
     * @param secrets the pieces of the line that are not shown
     * @param shown whether a word of a secret that lies in the marked range is shown all the same
     */
    static Excerpt excerpt(int number, String line, Span marked, List<Span> secrets, Predicate<String> shown) {
        MaskedLine masked = new MaskedLine(line, marked);
        int done = 0;
        for (Span secret : secrets) {
            Matcher word = WORD.matcher(line).region(secret.start(), secret.end());
            while (word.find()) {
                boolean inRange = word.start() >= marked.start() && word.end() <= marked.end();
                if (!(inRange && shown.test(word.group()))) {
                    masked.copy(done, word.start());
                    masked.mask(word.start(), word.end());
                    done = word.end();
                }
            }
        }
        masked.copy(done, line.length());
        return masked.finish(number);
    }

    private void copy(int start, int end) {
        String plain = Words.plain(line.substring(start, end));
        for (int i = start; i < end; i++) {
            mark(i);
            if (line.charAt(i) == '\t') {
                copy.append(TAB);
            } else {
                copy.append(plain.charAt(i - start));
            }
        }
    }

    private void mask(int start, int end) {
        if (marked.start() >= start && marked.start() < end) {
            markStart = copy.length();
        }
        mark(start);
        copy.append(MASK);
        if (marked.end() > start && marked.end() <= end) {
            markEnd = copy.length();
        }
    }

    private void mark(int index) {
        if (index == marked.start()) {
            markStart = copy.length();
        }
        if (index == marked.end()) {
            markEnd = copy.length();
        }
    }

    private Excerpt finish(int number) {
        int start = markStart < 0 ? copy.length() : markStart;
        int end = markEnd < 0 ? copy.length() : markEnd;
        return new Excerpt(number, copy.toString(), start, Math.max(start, end));
    }
}
