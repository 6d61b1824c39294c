package io.github.readonlyrootfs.taskdef;

import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.Arrays;
import java.util.regex.Matcher;

/**
 * YAML with placeholders that would be objects with an object as the key, or no YAML at all, such as {@code {{ x }}} and
 * {@code %VAR%}. They are masked in place, wherever they stand; the others are words like any.
 */
final class YamlTemplate {

    /** No placeholder is longer. */
    private static final int MAX_LENGTH = 304;

    private final SourceFile source;
    private final String text;
    private final char[] masked;
    private final Matcher word;
    private int braces;
    private int percent;
    private int line;

    private YamlTemplate(SourceFile source) {
        this.source = source;
        this.text = source.text();
        this.masked = text.toCharArray();
        this.word = Placeholder.PATTERN.matcher(text);
    }

    /** The file with its placeholders masked, and everything in its place. */
    static SourceFile masked(SourceFile source) throws InvalidSourceException {
        YamlTemplate template = new YamlTemplate(source);
        template.mask();
        return SourceFile.of(source.name(), String.valueOf(template.masked));
    }

    private void mask() throws InvalidSourceException {
        int i = 0;
        while (i < masked.length) {
            int end = end(i);
            if (end > i) {
                rejectBlock(i, end);
                Arrays.fill(masked, i, end, '_');
            }
            i = Math.max(i + 1, end);
        }
    }

    /** Where the placeholder ends that begins at an offset; -1 if none does. */
    private int end(int at) {
        if (text.startsWith("{{", at) || text.startsWith("${{", at)) {
            braces = next("}}", braces, at);
            return endOfBlock(at, braces);
        }
        if (text.startsWith("{%", at)) {
            percent = next("%}", percent, at);
            return endOfBlock(at, percent);
        }
        char c = text.charAt(at);
        return (c == '%' || c == '@') && word.region(at, masked.length).lookingAt() ? word.end() : -1;
    }

    /** The next place of a mark; what was found before is not looked for again, for the sake of hostile files. */
    private int next(String mark, int before, int at) {
        if (before >= at + 2) {
            return before;
        }
        int found = text.indexOf(mark, at + 2);
        return found < 0 ? text.length() : found;
    }

    private int endOfBlock(int at, int mark) {
        line = next("\n", line, at);
        return mark < line && mark + 2 - at <= MAX_LENGTH ? mark + 2 : -1;
    }

    /** What stands between lines that may or may not be there cannot be told apart from what is there for certain. */
    private void rejectBlock(int start, int end) throws InvalidSourceException {
        if (JsonTemplate.isControl(text.substring(start, end))
                && text.substring(text.lastIndexOf('\n', start) + 1, start).isBlank()) {
            throw new InvalidSourceException(new Problem(
                    source.location(start, end),
                    "a block of a template stands among the lines of this YAML file",
                    "name the file that the template becomes"));
        }
    }
}
