// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the placeholders that template engines replace before a builder sees the file: {@code {{…}}}, <code>{%…%}</code>,
 * {@code <%…%>}, {@code @name@} and Maven's <code>${a.b}</code>.
 */
public final class TemplatePlaceholders {

    private final String text;
    /** Where the last of each closer is, so that a line of opening braces is not searched once for each. */
    private final Map<String, Integer> lastClosers = new HashMap<>();

    public TemplatePlaceholders(String text) {
        this.text = text;
    }

    /** The first one in a text. */
    public static Optional<String> first(String text) {
        TemplatePlaceholders placeholders = new TemplatePlaceholders(text);
        for (int i = 0; i < text.length(); i++) {
            int end = placeholders.end(i);
            if (end >= 0) {
                return Optional.of(text.substring(i, end));
            }
        }
        return Optional.empty();
    }

    /** What closes the block that begins at an index; empty if none begins there. */
    public static String closer(String text, int start) {
        if (text.startsWith("{{", start)) {
            return "}}";
        }
        if (text.startsWith("{%", start)) {
            return "%}";
        }
        return text.startsWith("<%", start) ? "%>" : "";
    }

    /** Where the placeholder that begins at an index ends; -1 if none begins there. */
    int end(int start) {
        return switch (text.charAt(start)) {
            case '{', '<' -> blockEnd(start);
            case '@' -> {
                int end = nameEnd(start + 1);
                yield end > start + 1 && end < text.length() && text.charAt(end) == '@' ? end + 1 : -1;
            }
            case '$' -> propertyEnd(start);
            default -> -1;
        };
    }

    /** Where the block that begins at an index ends; -1 if none begins there, or it does not end. */
    public int blockEnd(int start) {
        String closer = closer(text, start);
        if (closer.isEmpty() || lastClosers.computeIfAbsent(closer, text::lastIndexOf) < start) {
            return -1;
        }
        return text.indexOf(closer, start) + closer.length();
    }

    /** A name that contains a dot, which BuildKit itself would reject. */
    private int propertyEnd(int start) {
        if (!text.startsWith("${", start)) {
            return -1;
        }
        int end = nameEnd(start + 2);
        boolean closed = end < text.length() && text.charAt(end) == '}';
        return closed && text.substring(start, end).contains(".") ? end + 1 : -1;
    }

    private int nameEnd(int start) {
        int end = start;
        while (end < text.length() && isNamePart(text.charAt(end), end == start)) {
            end++;
        }
        return end;
    }

    private static boolean isNamePart(char c, boolean first) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        return letter || (!first && ((c >= '0' && c <= '9') || c == '.' || c == '-'));
    }
}
