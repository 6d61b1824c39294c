// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import io.github.readonlyrootfs.source.Blanks;
import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * YAML that becomes YAML only after a deployment tool has replaced its placeholders. They are masked in place, wherever
 * they stand, by characters that say which placeholder it is, so that it is known again in the value that the parser
 * makes. Lines that begin and end a template's blocks become blank; what is between them may be left out.
 */
final class YamlTemplate {

    /** The masks: two digits of the placeholder's number, then as many of the last as are needed. */
    private static final char HIGH = '\uE000';

    private static final int DIGITS = 3200;
    private static final char LOW = HIGH + DIGITS;
    private static final char FILLER = LOW + DIGITS - 1;
    private static final Pattern MASK = Pattern.compile(
            "[" + HIGH + "-" + (char) (LOW - 1) + "][" + LOW + "-" + (char) (FILLER - 1) + "]" + FILLER + "*");

    /** The depth to which blocks of a template are distinguished; deeper ones belong to the block at that depth. */
    private static final int MAX_BLOCKS = 50;

    /** How a line ends below which a text of several lines is. */
    private static final Pattern TEXT_HEADER = Pattern.compile("(?:^|.*[\\s:-])[|>][-+\\d]{0,2}\\s*(?:#.*)?");

    private final SourceFile source;
    private final String text;
    private final char[] masked;
    private final boolean takesLines;
    private final Placeholder.Finder placeholder;
    private final List<String> placeholders = new ArrayList<>();
    private final TemplateLines lines = new TemplateLines();

    /** By line: the number of the innermost block around it; 0 outside of all. */
    private final int[] blocks;

    /** By number: the block around a block. */
    private final List<Integer> around = new ArrayList<>(List.of(0));

    private final Deque<Integer> open = new ArrayDeque<>();

    private YamlTemplate(SourceFile source, boolean takesLines) {
        this.source = source;
        this.text = source.text();
        this.masked = text.toCharArray();
        this.takesLines = takesLines;
        this.placeholder = new Placeholder.Finder(text);
        this.blocks = new int[source.lineCount() + 2];
    }

    /** @param takesLines whether a placeholder that has a line to itself may stand for lines, not for a value */
    static YamlTemplate of(SourceFile source, boolean takesLines) {
        YamlTemplate template = new YamlTemplate(source, takesLines);
        template.mask();
        return template;
    }

    /** The file as it is. */
    static YamlTemplate none(SourceFile source) {
        return new YamlTemplate(source, false);
    }

    /** The file with its placeholders masked, and everything in its place. */
    SourceFile masked() {
        return SourceFile.of(source.name(), String.valueOf(masked));
    }

    /** The placeholders that stand for lines. */
    TemplateLines lines() {
        return lines;
    }

    /** The text of a scalar, with its placeholders as written. */
    String restored(String value) {
        return MASK.matcher(value).replaceAll(mask -> {
            int number = (mask.group().charAt(0) - HIGH) * DIGITS + mask.group().charAt(1) - LOW;
            return Matcher.quoteReplacement(number < placeholders.size() ? placeholders.get(number) : mask.group());
        });
    }

    /** Whether a condition decides if a value is there, and not if the value around it is there. */
    boolean isConditional(Location inner, Location outer) {
        if (around.size() == 1) {
            return false;
        }
        int block = block(outer);
        for (int at = block(inner); at != 0; at = around.get(at)) {
            if (at == block) {
                return at != block(inner);
            }
        }
        return block(inner) != 0;
    }

    /** Whether there are blocks within something, and not only around it. */
    boolean hasBlocks(Location location) {
        if (around.size() == 1) {
            return false;
        }
        int block = block(location);
        for (int line = location.line(); line <= location.endLine(); line++) {
            if (blocks[line] != block) {
                return true;
            }
        }
        return false;
    }

    /** The innermost block that something is in as a whole. */
    private int block(Location location) {
        int block = blocks[location.line()];
        while (block != 0 && !isIn(block, location.endLine())) {
            block = around.get(block);
        }
        return block;
    }

    private boolean isIn(int block, int line) {
        int at = blocks[line];
        while (at > block) {
            at = around.get(at);
        }
        return at == block;
    }

    private void mask() {
        int textColumn = -1;
        for (int line = 1; line <= source.lineCount(); line++) {
            String written = source.line(line);
            int indent = Blanks.after(written, 0);
            if (indent == written.length()) {
                blocks[line] = block();
                continue;
            }
            boolean isText = textColumn >= 0 && indent > textColumn;
            int start = source.lineStart(line);
            if (isText || !isTemplateLine(start + indent, start + written.length(), line)) {
                blocks[line] = block();
                maskPlaceholders(start, start + written.length());
                if (!isText) {
                    lines.significant(line, written, indent);
                    textColumn = TEXT_HEADER.matcher(written).matches() ? keyColumn(written, indent) : -1;
                }
            }
        }
    }

    private int block() {
        return open.isEmpty() ? 0 : open.element();
    }

    /** Takes a line that has nothing but placeholders. */
    private boolean isTemplateLine(int start, int end, int line) {
        int i = start;
        int last = start;
        boolean control = true;
        List<String> found = new ArrayList<>();
        while (i < end) {
            if (!Character.isWhitespace(text.charAt(i))) {
                if (!placeholder.isAt(i, end)) {
                    return false;
                }
                found.add(placeholder.group());
                control &= JsonTemplate.isControl(placeholder.group());
                i = placeholder.end() - 1;
                last = i + 1;
            }
            i++;
        }
        if (!control && !(takesLines && isBetweenLines(start, end))) {
            return false;
        }
        found.forEach(this::control);
        blocks[line] = block();
        if (!control) {
            lines.add(source.location(start, last), found);
        }
        Arrays.fill(masked, start, end, ' ');
        return true;
    }

    /** Whether a line is outside of arrays and objects in brackets, where a placeholder on its own line is a value. */
    private boolean isBetweenLines(int start, int end) {
        int before = Blanks.before(text, start);
        int behind = Blanks.after(text, end);
        return (before == 0 || "[{".indexOf(text.charAt(before - 1)) < 0)
                && (behind == text.length() || "]},".indexOf(text.charAt(behind)) < 0);
    }

    /** Begins or ends a block, which is what some placeholders do. */
    private void control(String found) {
        if (JsonTemplate.beginsBlock(found)) {
            if (open.size() < MAX_BLOCKS) {
                around.add(block());
                open.push(around.size() - 1);
            } else {
                open.push(block());
            }
        } else if (JsonTemplate.endsBlock(found)) {
            open.poll();
        }
    }

    private void maskPlaceholders(int start, int end) {
        int silentEnd = end;
        int i = start;
        while (i < end) {
            if (placeholder.isAt(i, end)) {
                silentEnd = JsonTemplate.isSilent(placeholder.group()) ? Math.min(silentEnd, i) : end;
                control(placeholder.group());
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
