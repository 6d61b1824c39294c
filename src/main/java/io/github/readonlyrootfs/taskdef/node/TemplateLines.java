// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.taskdef.node;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.yaml.YamlNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The placeholders that have a line of a YAML file to themselves, where no value can be: a tool puts lines in their
 * place. By their indentation, these belong to some of the objects and arrays around them, and may hold any key or element
 * that is missing there.
 */
final class TemplateLines {

    private static final Pattern INDENTED = Pattern.compile("\\b(n?)indent\\s+(\\d{1,3})\\b");

    private static final Pattern ENDS_WITH_KEY = Pattern.compile(".*:\\s*(?:#.*)?");

    private final List<Line> lines = new ArrayList<>();
    private final Map<Integer, Line> byKey = new HashMap<>();
    private int firstWithoutNext;
    private int before;
    private int columnBefore = 1;
    private boolean keyBefore;

    /** One of them, and the lines around it that are none. */
    static final class Line {

        private final Location location;
        private final List<String> placeholders;
        private final int before;
        private final int column;
        private int behind = Integer.MAX_VALUE;
        private boolean fitsExactly;
        private boolean fits;
        private boolean isValue;

        private Line(Location location, List<String> placeholders, int before, int column) {
            this.location = location;
            this.placeholders = placeholders;
            this.before = before;
            this.column = column;
        }

        Location location() {
            return location;
        }

        /** The text of the line. */
        String text() {
            return String.join("", placeholders);
        }

        /** The first placeholder in it that is not there only to begin or to end a block. */
        String placeholder() {
            return placeholders.stream()
                    .filter(it -> !JsonTemplate.isControl(it))
                    .findFirst()
                    .orElse("");
        }

        /** Whether text inserted there may be part of an object or array that begins in a column. */
        private boolean isPartOf(int start) {
            return fitsExactly ? start == column : !fits || start >= column;
        }
    }

    /** Takes note of a line that a placeholder does not have to itself. */
    void significant(int line, String written, int indent) {
        for (; firstWithoutNext < lines.size(); firstWithoutNext++) {
            lines.get(firstWithoutNext).behind = line;
        }
        before = line;
        columnBefore = YamlTemplate.keyColumn(written, indent) + 1;
        keyBefore = ENDS_WITH_KEY.matcher(written).matches();
    }

    void add(Location location, List<String> placeholders) {
        int column = Math.min(location.column(), columnBefore);
        Matcher indented = INDENTED.matcher(String.join("", placeholders));
        if (indented.find()) {
            int indent = Integer.parseInt(indented.group(2));
            column = indented.group(1).isEmpty() ? location.column() + indent : indent + 1;
        }
        Line line = new Line(location, List.copyOf(placeholders), before, column);
        lines.add(line);
        if (keyBefore) {
            byKey.putIfAbsent(before, line);
        }
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    /** The text below a key that ends its line, if it is the key's value. */
    Optional<Line> valueOf(YamlNode.Entry entry) {
        boolean isMissing = entry.value() instanceof YamlNode.Scalar scalar
                && scalar.plain()
                && scalar.value().isEmpty();
        return Optional.ofNullable(byKey.get(entry.key().location().line())).filter(line -> isMissing);
    }

    /** Looks which keys without a value, and which objects and arrays, there are for the lines to be a part of. */
    void place(YamlNode node, SourceFile source) {
        for (Line line : around(node, source)) {
            line.fitsExactly |= node.location().column() == line.column;
            line.fits |= node.location().column() >= line.column;
        }
        if (node instanceof YamlNode.Mapping mapping) {
            for (YamlNode.Entry entry : mapping.entries()) {
                valueOf(entry).ifPresent(line -> line.isValue = true);
                place(entry.value(), source);
            }
        } else if (node instanceof YamlNode.Sequence sequence) {
            sequence.items().forEach(item -> place(item, source));
        }
    }

    /** The lines that may hold further keys or elements of an object or array. */
    List<Line> in(YamlNode collection, SourceFile source) {
        int column = collection.location().column();
        return around(collection, source).stream()
                .filter(line -> !line.isValue && line.isPartOf(column))
                .toList();
    }

    /** The lines within an object or array, or at its borders. */
    private List<Line> around(YamlNode node, SourceFile source) {
        Location location = node.location();
        if (lines.isEmpty() || node instanceof YamlNode.Scalar || isInBrackets(location, source)) {
            return List.of();
        }
        boolean beginsLine =
                source.line(location.line()).substring(0, location.column() - 1).isBlank();
        List<Line> found = new ArrayList<>();
        for (int i = firstBehind(location.line()); i < lines.size() && lines.get(i).before <= location.endLine(); i++) {
            Line line = lines.get(i);
            if (line.location.line() > location.line() || (line.behind == location.line() && beginsLine)) {
                found.add(line);
            }
        }
        return found;
    }

    private static boolean isInBrackets(Location location, SourceFile source) {
        String line = source.line(location.line());
        return location.column() <= line.length() && "[{".indexOf(line.charAt(location.column() - 1)) >= 0;
    }

    /** The first of the lines that has another one at or behind a line behind it. */
    private int firstBehind(int line) {
        int low = 0;
        int high = lines.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (lines.get(middle).behind >= line) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
