// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.source.SourceFile;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The parser directives ({@code # escape=`}) at the top of a file. */
final class Directives {

    private static final Set<String> KEYS = Set.of("syntax", "escape", "check");

    private final SourceFile source;
    private final Set<String> seen = new HashSet<>();
    private boolean ended;
    private char escape = '\\';
    private Optional<String> frontend = Optional.empty();

    Directives(SourceFile source) {
        this.source = source;
    }

    char escape() {
        return escape;
    }

    Optional<String> frontend() {
        return frontend;
    }

    /**
     * Reads the next line of the file; the first one that is not a directive ends the zone.
     *
     * @param start its first character that is not white space
     * @param end without the line terminator
     * @return whether it was a directive
     */
    boolean accept(int start, int end) throws RejectedInstruction {
        if (ended) {
            return false;
        }
        String line = source.text().substring(start, end);
        int equals = line.indexOf('=');
        String key = line.startsWith("#") && equals > 0
                ? strip(line.substring(1, equals)).toLowerCase(Locale.ROOT)
                : "";
        String value = strip(line.substring(equals + 1));
        if (!KEYS.contains(key) || value.isEmpty()) {
            ended = true;
            return false;
        }
        if (!seen.add(key)) {
            throw RejectedInstruction.syntax(
                    source.location(start, end),
                    "the directive " + key + " is given twice",
                    "keep one `# " + key + "=` line");
        }
        switch (key) {
            case "syntax" -> frontend = Optional.of(value.split(" ", 2)[0]);
            case "escape" -> setEscape(value, start, end);
            default -> {
                // check= configures the lint of BuildKit.
            }
        }
        return true;
    }

    private void setEscape(String value, int start, int end) throws RejectedInstruction {
        if (!value.equals("\\") && !value.equals("`")) {
            throw RejectedInstruction.syntax(
                    source.location(start, end),
                    "the escape character can be a backslash or a backtick only",
                    "write \"# escape=\\\" or \"# escape=`\"");
        }
        escape = value.charAt(0);
    }

    /** Strips only these five characters: other white space is part of a directive's value. */
    private static String strip(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && "\t\n\f\r ".indexOf(text.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && "\t\n\f\r ".indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(start, end);
    }
}
