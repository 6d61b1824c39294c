// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import io.github.readonlyrootfs.source.Blanks;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.Problem;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * YAML that becomes YAML only after a deployment tool has replaced its placeholders. They are masked in place, wherever
 * they stand, by characters that say which placeholder it is, so that it is known again in the value that the parser
 * makes. Lines that have nothing but comments and assignments of a template become blank.
 */
final class YamlTemplate {

    /** The masks: two digits of the placeholder's number, then as many of the last as are needed. */
    private static final char HIGH = '\uE000';

    private static final int DIGITS = 3200;
    private static final char LOW = HIGH + DIGITS;
    private static final char FILLER = LOW + DIGITS - 1;
    private static final Pattern MASK = Pattern.compile(
            "[" + HIGH + "-" + (char) (LOW - 1) + "][" + LOW + "-" + (char) (FILLER - 1) + "]" + FILLER + "*");

    /** How a line ends below which a text of several lines is. */
    private static final Pattern TEXT_HEADER = Pattern.compile("(?:^|.*[\\s:-])[|>][-+\\d]{0,2}\\s*(?:#.*)?");

    private static final String TO_RENDER = "set taskDefinition to what the template becomes";

    private final SourceFile source;
    private final String text;
    private final char[] masked;
    private final Placeholder.Finder placeholder;
    private final List<String> placeholders = new ArrayList<>();

    /** The lines that have nothing but placeholders. */
    private final TreeMap<Integer, Location> alone = new TreeMap<>();

    private YamlTemplate(SourceFile source) {
        this.source = source;
        this.text = source.text();
        this.masked = text.toCharArray();
        this.placeholder = new Placeholder.Finder(text);
    }

    /** @throws UnreadableSourceException if lines are in the block of a template */
    static YamlTemplate of(SourceFile source) throws UnreadableSourceException {
        YamlTemplate template = new YamlTemplate(source);
        template.mask();
        return template;
    }

    static YamlTemplate none(SourceFile source) {
        return new YamlTemplate(source);
    }

    /** The file with its placeholders masked, and everything in its place. */
    SourceFile masked() {
        return SourceFile.of(source.name(), String.valueOf(masked));
    }

    /** The text of a scalar, with its placeholders as written. */
    String restored(String value) {
        return MASK.matcher(value).replaceAll(mask -> {
            int number = (mask.group().charAt(0) - HIGH) * DIGITS + mask.group().charAt(1) - LOW;
            return Matcher.quoteReplacement(number < placeholders.size() ? placeholders.get(number) : mask.group());
        });
    }

    /** The error of a file that is not YAML: before it, a placeholder may stand for keys or elements, not for a value. */
    UnreadableSourceException because(UnreadableSourceException error) {
        int at = error.problem().location().line();
        Map.Entry<Integer, Location> line = alone.floorEntry(at);
        boolean isReason = line != null
                && IntStream.range(line.getKey() + 1, Math.min(at, source.lineCount() + 1))
                        .allMatch(between -> source.line(between).isBlank());
        return isReason
                ? new UnreadableSourceException(
                        new Problem(line.getValue(), "the placeholder in this line is not a value of YAML", TO_RENDER))
                : error;
    }

    private void mask() throws UnreadableSourceException {
        int textColumn = -1;
        for (int line = 1; line <= source.lineCount(); line++) {
            String written = source.line(line);
            int indent = Blanks.after(written, 0);
            if (indent == written.length()) {
                continue;
            }
            boolean isText = textColumn >= 0 && indent > textColumn;
            int start = source.lineStart(line);
            if (isText || !isSilent(start + indent, start + written.length())) {
                maskPlaceholders(start, start + written.length());
                if (!isText) {
                    textColumn = TEXT_HEADER.matcher(written).matches() ? keyColumn(written, indent) : -1;
                }
            }
        }
    }

    /** Takes a line that has nothing but comments and assignments of a template. */
    private boolean isSilent(int start, int end) throws UnreadableSourceException {
        boolean block = false;
        boolean silent = true;
        for (int i = start; i < end; i++) {
            if (!Character.isWhitespace(text.charAt(i))) {
                if (!placeholder.isAt(i, end)) {
                    return false;
                }
                boolean writesNothing = JsonTemplate.isSilent(placeholder.group());
                block |= JsonTemplate.isControl(placeholder.group()) && !writesNothing;
                silent &= writesNothing;
                i = placeholder.end() - 1;
            }
        }
        if (block) {
            throw new UnreadableSourceException(new Problem(
                    source.location(start, end), "the blocks of a template are not read in YAML", TO_RENDER));
        }
        if (silent) {
            Arrays.fill(masked, start, end, ' ');
        } else {
            Location place = source.location(start, end);
            alone.put(place.line(), place);
        }
        return silent;
    }

    private void maskPlaceholders(int start, int end) {
        int silentEnd = end;
        int i = start;
        while (i < end) {
            if (placeholder.isAt(i, end)) {
                silentEnd = JsonTemplate.isSilent(placeholder.group()) ? Math.min(silentEnd, i) : end;
                mask(i, placeholder.end());
                i = placeholder.end();
            } else {
                silentEnd = Character.isWhitespace(text.charAt(i)) ? silentEnd : end;
                i++;
            }
        }
        // A comment at the end of a line is no part of its value.
        Arrays.fill(masked, silentEnd, end, ' ');
    }

    private void mask(int start, int end) {
        Arrays.fill(masked, start, end, FILLER);
        masked[start] = (char) (HIGH + placeholders.size() / DIGITS);
        masked[start + 1] = (char) (LOW + placeholders.size() % DIGITS);
        placeholders.add(text.substring(start, end));
    }

    /** Where a line's key or element begins, behind dashes. */
    static int keyColumn(String line, int indent) {
        int i = indent;
        while (line.startsWith("- ", i)) {
            i = Blanks.after(line, i + 2);
        }
        return i;
    }
}
