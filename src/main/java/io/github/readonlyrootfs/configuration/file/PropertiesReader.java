// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.configuration.file;

import io.github.readonlyrootfs.source.Location;
import io.github.readonlyrootfs.source.SourceFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Reads {@code .properties} files as {@code java.util.Properties} does, with the place of each value. A comment
 * {@code #---} or {@code !---} ends a document, as in Spring Boot since 2.4; other readers treat it as a comment.
 */
public final class PropertiesReader {

    /** More than any properties file of a logging configuration has. */
    private static final int MAX_PROPERTIES = 50_000;

    private final SourceFile source;
    private final String text;
    private final List<List<Property>> documents = new ArrayList<>();
    private List<Property> document = new ArrayList<>();
    private int next;
    private char lastComment;

    private PropertiesReader(SourceFile source) {
        this.source = source;
        this.text = source.text();
    }

    /** The properties of a file, the first {@value #MAX_PROPERTIES} at most. */
    public static List<Property> read(SourceFile source) {
        int[] count = {0};
        return read(source, property -> ++count[0] < MAX_PROPERTIES).stream()
                .flatMap(List::stream)
                .toList();
    }

    /** The documents of a file; the last one may be truncated. */
    static List<List<Property>> read(SourceFile source, Predicate<Property> accepts) {
        PropertiesReader reader = new PropertiesReader(source);
        while (reader.next < reader.text.length()) {
            if (!reader.line(accepts)) {
                break;
            }
        }
        reader.documents.add(reader.document);
        return reader.documents;
    }

    private boolean line(Predicate<Property> accepts) {
        int start = next;
        skip();
        if (next == text.length() || isLineEnd(text.charAt(next))) {
            next++;
            return true;
        }
        if (text.charAt(next) == '#' || text.charAt(next) == '!') {
            comment(start);
            return true;
        }
        lastComment = 0;
        StringBuilder key = new StringBuilder();
        int keyStart = next;
        int keyEnd = take(key, true);
        skip();
        if (next < text.length() && (text.charAt(next) == '=' || text.charAt(next) == ':')) {
            next++;
            skip();
        }
        StringBuilder value = new StringBuilder();
        int valueStart = next;
        int valueEnd = take(value, false);
        Location location = value.isEmpty() ? source.location(keyStart, keyEnd) : source.location(valueStart, valueEnd);
        Property property = new Property(key.toString(), value.toString(), location);
        document.add(property);
        return accepts.test(property);
    }

    /** As in Spring Boot's OriginTrackedPropertiesLoader. */
    private void comment(int start) {
        int end = lineEnd(next);
        char prefix = text.charAt(next);
        boolean hyphens =
                next == start && text.substring(next + 1, end).stripTrailing().equals("---");
        if (hyphens && prefix != lastComment) {
            if (!document.isEmpty()) {
                documents.add(document);
                document = new ArrayList<>();
            }
        } else {
            if (document.isEmpty() && !documents.isEmpty()) {
                document = documents.remove(documents.size() - 1);
            }
            lastComment = prefix;
        }
        next = end + 1;
    }

    /** Takes a key, or the rest of a logical line; returns its end and moves {@code next} behind it. */
    private int take(StringBuilder into, boolean key) {
        int end = next;
        while (next < text.length()) {
            char c = text.charAt(next);
            if (isLineEnd(c) || (key && (c == '=' || c == ':' || isBlank(c)))) {
                break;
            }
            if (c == '\\') {
                next++;
                escape(into);
            } else {
                into.append(c);
                next++;
            }
            end = Math.min(next, text.length());
        }
        return end;
    }

    private void escape(StringBuilder into) {
        if (next >= text.length()) {
            return;
        }
        char c = text.charAt(next);
        if (isLineEnd(c)) {
            next += text.startsWith("\r\n", next) ? 2 : 1;
            skip();
            return;
        }
        next++;
        switch (c) {
            case 't' -> into.append('\t');
            case 'n' -> into.append('\n');
            case 'r' -> into.append('\r');
            case 'f' -> into.append('\f');
            case 'u' -> unicode(into);
            default -> into.append(c);
        }
    }

    /** Takes four hexadecimal digits; without them Java rejects the file, and the application does not start. */
    private void unicode(StringBuilder into) {
        int code = 0;
        int digits = 0;
        while (digits < 4 && next + digits < text.length()) {
            int digit = Character.digit(text.charAt(next + digits), 16);
            if (digit < 0) {
                break;
            }
            code = code * 16 + digit;
            digits++;
        }
        if (digits == 4) {
            next += 4;
            into.append((char) code);
        } else {
            into.append('\uFFFD');
        }
    }

    /** Skips blanks and escaped line ends. */
    private void skip() {
        while (next < text.length()) {
            char c = text.charAt(next);
            if (c == '\\' && next + 1 < text.length() && isLineEnd(text.charAt(next + 1))) {
                next += text.startsWith("\r\n", next + 1) ? 3 : 2;
            } else if (isBlank(c)) {
                next++;
            } else {
                break;
            }
        }
    }

    private int lineEnd(int from) {
        int end = from;
        while (end < text.length() && !isLineEnd(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f';
    }

    private static boolean isLineEnd(char c) {
        return c == '\n' || c == '\r';
    }
}
