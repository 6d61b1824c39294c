// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.request;

import io.github.readonlyrootfs.request.CheckRequest.NamedFile;
import io.github.readonlyrootfs.source.SourceFile;
import io.github.readonlyrootfs.source.UnreadableSourceException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file with a {@code NAME=value} on each line, as shells and Docker Compose read it: {@code export} before a name is
 * allowed, values may be in quotes, and what follows a blank and {@code #} is a comment. Nothing in a value is expanded,
 * but for the escapes of double quotes. Values may be secrets: no message repeats one.
 */
public final class ValuesFile {

    private static final Pattern ASSIGNMENT = Pattern.compile("(?:export[ \\t]+)?([^\\s=\"'#]+)[ \\t]*=[ \\t]*");

    private static final Pattern COMMENT = Pattern.compile("[ \\t]#.*", Pattern.DOTALL);

    private final SourceFile source;
    private final String text;
    private final Map<String, String> values = new LinkedHashMap<>();
    private int at;

    private ValuesFile(SourceFile source) {
        this.source = source;
        this.text = source.text();
    }

    /**
     * The values by name; the last one of a name counts.
     *
     * @throws ConfigurationException with file and line, when it cannot be read as such a file
     */
    public static Map<String, String> read(NamedFile file) throws ConfigurationException {
        try {
            return parse(SourceFile.read(file.file(), file.name()));
        } catch (UnreadableSourceException e) {
            throw new ConfigurationException(
                    file.name(), e.problem().message(), e.problem().help());
        }
    }

    static Map<String, String> parse(SourceFile source) throws ConfigurationException {
        ValuesFile file = new ValuesFile(source);
        file.parse();
        return file.values;
    }

    private void parse() throws ConfigurationException {
        Matcher assignment = ASSIGNMENT.matcher(text);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (Character.isWhitespace(c)) {
                at++;
            } else if (c == '#') {
                at = endOfLine();
            } else if (assignment.region(at, text.length()).lookingAt()) {
                at = assignment.end();
                values.put(assignment.group(1), value());
            } else {
                throw fault(at, "this line is not NAME=value");
            }
        }
    }

    private String value() throws ConfigurationException {
        char quote = at < text.length() ? text.charAt(at) : ' ';
        if (quote != '"' && quote != '\'') {
            int end = endOfLine();
            // From the `=` or the blank after it, so that a comment instead of a value is recognized.
            String line = text.substring(at - 1, end).replaceFirst("^=", "");
            at = end;
            return COMMENT.matcher(line).replaceFirst("").strip();
        }
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            boolean escape = quote == '"' && text.charAt(at) == '\\' && at + 1 < text.length();
            value.append(escape ? unescaped(text.charAt(++at)) : text.substring(at, at + 1));
            at++;
        }
        if (at == text.length()) {
            throw fault(start, "the quote that begins here is not closed");
        }
        at++;
        int end = endOfLine();
        String rest = text.substring(at, end).strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw fault(at, "unexpected text after the closing quote");
        }
        at = end;
        return value.toString();
    }

    private static String unescaped(char c) {
        return switch (c) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '"', '\\', '$', '`' -> String.valueOf(c);
            default -> "\\" + c;
        };
    }

    private int endOfLine() {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private ConfigurationException fault(int offset, String message) {
        return new ConfigurationException(
                source.location(offset, offset),
                message,
                "write NAME=value, NAME=\"value\" or NAME='value', one on each line");
    }
}
