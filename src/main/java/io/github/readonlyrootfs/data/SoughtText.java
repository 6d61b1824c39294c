// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.data;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression that is looked for in many texts. Most of them lack the words in it, which is found out far more quickly.
 *
 * @param words one of which each text has that it matches; none if that is not known
 */
public record SoughtText(Pattern pattern, List<String> words) {

    private static final String LETTER = "(?:\\w|\\\\[.(])";

    /** A word, or where a group of what must be there begins, neither left out nor repeated; else what holds no word. */
    private static final Pattern ATOM = Pattern.compile(
            "((?:" + LETTER + "(?![?*+{]))++)|(\\((?:\\?:|(?!\\?)))|\\)(?:[?*]|\\{[^}]*+})?"
                    + "|\\[(?:[^\\]\\\\]|\\\\.)*+]|\\\\.|\\{[^}]*+}|.",
            Pattern.DOTALL);

    public static SoughtText of(Pattern pattern) {
        boolean anyCase = (pattern.flags() & Pattern.CASE_INSENSITIVE) != 0;
        return new SoughtText(pattern, anyCase ? List.of() : words(pattern.pattern()));
    }

    private static List<String> words(String expression) {
        List<String> words = new ArrayList<>();
        for (String alternative : alternatives(expression)) {
            List<String> best = List.of("");
            Matcher atom = ATOM.matcher(alternative);
            int inside = 0;
            for (int depth = 0; atom.find(); ) {
                List<String> choice = List.of("");
                if (atom.group().startsWith("(")) {
                    inside = depth > 0 ? inside : atom.group(2) == null ? -1 : atom.end();
                    depth++;
                } else if (atom.group().startsWith(")")) {
                    depth--;
                    boolean all = depth == 0 && inside >= 0 && atom.group().length() == 1;
                    choice = all ? words(alternative.substring(inside, atom.start())) : choice;
                } else if (depth == 0 && atom.group(1) != null) {
                    choice = List.of(atom.group(1).replace("\\", ""));
                }
                best = !choice.isEmpty() && shortest(choice) > shortest(best) ? choice : best;
            }
            if (shortest(best) == 0) {
                return List.of();
            }
            words.addAll(best);
        }
        return List.copyOf(words);
    }

    private static int shortest(List<String> words) {
        int shortest = Integer.MAX_VALUE;
        for (String word : words) {
            shortest = Math.min(shortest, word.length());
        }
        return shortest;
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

    public boolean mayBeIn(String text) {
        for (String word : words) {
            if (text.contains(word)) {
                return true;
            }
        }
        return words.isEmpty();
    }

    public boolean isIn(String text) {
        return mayBeIn(text) && pattern.matcher(text).find();
    }
}
