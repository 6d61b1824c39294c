// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression that is looked for in many texts. Most of them lack what it begins with, which is found out far more quickly.
 *
 * @param beginnings of its alternatives, with one of which it surely begins; none if an alternative begins with anything else
 */
public record SoughtText(Pattern pattern, List<String> beginnings) {

    /** What takes no character or one of some, then literal text, but not a character that may be left out or repeated. */
    private static final Pattern BEGINNING =
            Pattern.compile("(?:\\\\b|\\^|\\[[^\\]\\\\]*+](?![?*+{]))*+((?:\\w|\\\\[.(])++)");

    public static SoughtText of(Pattern pattern) {
        List<String> beginnings = new ArrayList<>();
        if ((pattern.flags() & Pattern.CASE_INSENSITIVE) == 0) {
            for (String alternative : alternatives(pattern.pattern())) {
                Matcher begins = BEGINNING.matcher(alternative);
                String literal = begins.lookingAt() ? begins.group(1).replace("\\", "") : "";
                boolean repeated = !literal.isEmpty()
                        && begins.end() < alternative.length()
                        && "?*+{".indexOf(alternative.charAt(begins.end())) >= 0;
                literal = repeated ? literal.substring(0, literal.length() - 1) : literal;
                if (literal.isEmpty()) {
                    return new SoughtText(pattern, List.of());
                }
                beginnings.add(literal);
            }
        }
        return new SoughtText(pattern, List.copyOf(beginnings));
    }

    /** The parts between the vertical bars outside of groups and classes. */
    private static List<String> alternatives(String expression) {
        List<String> alternatives = new ArrayList<>();
        int depth = 0;
        int from = 0;
        boolean inClass = false;
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            if (c == '\\') {
                i++;
            } else if (inClass || c == '[') {
                inClass = c != ']';
            } else if (c == '(' || c == ')') {
                depth += c == '(' ? 1 : -1;
            } else if (c == '|' && depth == 0) {
                alternatives.add(expression.substring(from, i));
                from = i + 1;
            }
        }
        alternatives.add(expression.substring(from));
        return alternatives;
    }

    /** Whether a text has a beginning of it. */
    public boolean mayBeIn(String text) {
        for (String beginning : beginnings) {
            if (text.contains(beginning)) {
                return true;
            }
        }
        return beginnings.isEmpty();
    }

    public boolean isIn(String text) {
        return mayBeIn(text) && pattern.matcher(text).find();
    }
}
