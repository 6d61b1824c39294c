// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.shell.text;

import io.github.readonlyrootfs.source.Truth;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** POSIX regular expressions, as far as Java has an equivalent. */
public final class RegularExpression {

    /** Longer texts are not matched: that may take too long. */
    private static final int MAX_TEXT = 1_000;

    private static final int MAX_PATTERN = 500;

    private RegularExpression() {}

    /** The pattern for Java; empty if Java may read it differently, or if matching may take too long. */
    static Optional<Pattern> compile(String written, boolean extended, boolean ignoresCase) {
        if (written.length() > MAX_PATTERN || repeats(written, extended) > 3) {
            return Optional.empty();
        }
        String respelled = extended ? written : basic(written);
        respelled = classes(respelled);
        // A repeated group with a repetition inside may take very long.
        if (respelled.matches("(?s).*\\)[*+{].*")
                || respelled.contains("[.")
                || respelled.contains("[=")
                || respelled.matches(".*\\\\[1-9].*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Pattern.compile(respelled, ignoresCase ? Pattern.CASE_INSENSITIVE : 0));
        } catch (PatternSyntaxException e) {
            return Optional.empty();
        }
    }

    private static long repeats(String written, boolean extended) {
        return written.chars()
                .filter(c -> c == '*' || (extended && (c == '+' || c == '{')))
                .count();
    }

    /** Whether a text has a match; unknown if the pattern is not understood or the text is long. */
    public static Truth find(String written, String text, boolean extended, boolean ignoresCase) {
        return text.length() > MAX_TEXT
                ? Truth.UNKNOWN
                : Truth.of(
                        compile(written, extended, ignoresCase),
                        pattern -> pattern.matcher(text).find());
    }

    /** In a basic regular expression, these characters are special only after a backslash. */
    private static String basic(String written) {
        StringBuilder pattern = new StringBuilder();
        int brackets = -1;
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (brackets >= 0) {
                pattern.append(c);
                if (c == ']' && i > brackets + 1 && !(i == brackets + 2 && written.charAt(i - 1) == '^')) {
                    brackets = -1;
                }
            } else if (c == '[') {
                brackets = i;
                pattern.append(c);
            } else if (c == '\\' && i + 1 < written.length()) {
                char next = written.charAt(++i);
                pattern.append("(){}|+?".indexOf(next) >= 0 ? String.valueOf(next) : "\\" + next);
            } else if ("(){}|+?".indexOf(c) >= 0 || (c == '*' && (i == 0 || (i == 1 && written.startsWith("^"))))) {
                pattern.append('\\').append(c);
            } else {
                pattern.append(c);
            }
        }
        return pattern.toString();
    }

    private static String classes(String pattern) {
        return pattern.replace("[:space:]", "\\s")
                .replace("[:blank:]", " \\t")
                .replace("[:digit:]", "0-9")
                .replace("[:alpha:]", "A-Za-z")
                .replace("[:alnum:]", "A-Za-z0-9")
                .replace("[:upper:]", "A-Z")
                .replace("[:lower:]", "a-z")
                .replace("[:punct:]", "\\p{Punct}")
                .replace("[:xdigit:]", "0-9A-Fa-f");
    }

    /** {@code s/pattern/replacement/}, with {@code &} and {@code \1} in the replacement. */
    static String replace(Pattern pattern, String text, String replacement, boolean all) {
        Matcher matcher = pattern.matcher(text);
        StringBuilder replaced = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(replaced, "");
            for (int i = 0; i < replacement.length(); i++) {
                char c = replacement.charAt(i);
                if (c == '\\' && i + 1 < replacement.length()) {
                    char next = replacement.charAt(++i);
                    int group = next - '0';
                    if (group >= 0 && group <= 9) {
                        String part = group <= matcher.groupCount() ? matcher.group(group) : null;
                        replaced.append(part == null ? "" : part);
                    } else {
                        replaced.append(next == 'n' ? '\n' : next == 't' ? '\t' : next);
                    }
                } else if (c == '&') {
                    replaced.append(matcher.group());
                } else {
                    replaced.append(c);
                }
            }
            if (!all) {
                break;
            }
        }
        return matcher.appendTail(replaced).toString();
    }
}
