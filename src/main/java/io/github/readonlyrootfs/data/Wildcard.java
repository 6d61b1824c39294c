// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.data;

import java.util.ArrayList;
import java.util.List;

/** A pattern in which an asterisk stands for any text, and everything else for itself. */
public final class Wildcard {

    /** The texts between the asterisks. */
    private final List<String> parts = new ArrayList<>();

    private final boolean ignoresCase;

    private Wildcard(String text, boolean ignoresCase) {
        this.ignoresCase = ignoresCase;
        int start = 0;
        for (int star = text.indexOf('*'); star >= 0; star = text.indexOf('*', start)) {
            parts.add(text.substring(start, star));
            start = star + 1;
        }
        parts.add(text.substring(start));
    }

    /** A pattern that ignores case. */
    public static Wildcard of(String text) {
        return new Wildcard(text, true);
    }

    /** A pattern that does not ignore case. */
    public static Wildcard exact(String text) {
        return new Wildcard(text, false);
    }

    /** Patterns that do not ignore case. */
    public static List<Wildcard> exact(List<String> texts) {
        List<Wildcard> wildcards = new ArrayList<>();
        for (String text : texts) {
            wildcards.add(exact(text));
        }
        return wildcards;
    }

    /** The alternatives in a text, separated by a vertical bar between blanks. */
    public static List<String> alternatives(String text) {
        List<String> alternatives = new ArrayList<>();
        int start = 0;
        for (int bar = text.indexOf(" | "); bar >= 0; bar = text.indexOf(" | ", start)) {
            alternatives.add(text.substring(start, bar));
            start = bar + " | ".length();
        }
        alternatives.add(text.substring(start));
        return alternatives;
    }

    /** The alternatives in a text; they ignore case. */
    public static List<Wildcard> choices(String text) {
        List<Wildcard> choices = new ArrayList<>();
        for (String choice : alternatives(text)) {
            choices.add(of(choice));
        }
        return choices;
    }

    /** Whether one of several patterns matches a text. */
    public static boolean any(List<Wildcard> wildcards, String text) {
        for (Wildcard wildcard : wildcards) {
            if (wildcard.matches(text)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the pattern matches a whole text. */
    public boolean matches(String text) {
        String first = parts.get(0);
        if (parts.size() == 1) {
            return text.length() == first.length() && isAt(text, 0, first);
        }
        String last = parts.get(parts.size() - 1);
        int end = text.length() - last.length();
        int at = first.length();
        if (at > end || !isAt(text, 0, first) || !isAt(text, end, last)) {
            return false;
        }
        for (String part : parts.subList(1, parts.size() - 1)) {
            while (at + part.length() <= end && !isAt(text, at, part)) {
                at++;
            }
            at += part.length();
            if (at > end) {
                return false;
            }
        }
        return true;
    }

    private boolean isAt(String text, int position, String part) {
        return text.regionMatches(ignoresCase, position, part, 0, part.length());
    }
}
