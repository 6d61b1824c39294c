// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.partial;

/** Shell patterns for one name: {@code *}, {@code ?}, {@code […]}, and a backslash before a literal character. */
public final class Glob {

    private final String pattern;

    public Glob(String pattern) {
        this.pattern = pattern;
    }

    /** Whether a name matches; one that starts with a dot only matches a pattern that does too. */
    public boolean matchesEntry(String name) {
        return (!name.startsWith(".") || pattern.startsWith(".") || pattern.startsWith("\\.")) && matches(name);
    }

    public boolean matches(String name) {
        int p = 0;
        int n = 0;
        int star = -1;
        int starName = 0;
        while (n < name.length()) {
            int width = p < pattern.length() ? widthOf(p) : 0;
            if (width > 0 && pattern.charAt(p) == '*') {
                star = p++;
                starName = n;
            } else if (width > 0 && matchesOne(p, width, name.charAt(n))) {
                p += width;
                n++;
            } else if (star >= 0) {
                p = star + 1;
                n = ++starName;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    private int widthOf(int at) {
        char c = pattern.charAt(at);
        if (c == '\\' && at + 1 < pattern.length()) {
            return 2;
        }
        if (c == '[') {
            int close = pattern.indexOf(']', at + 2);
            return close < 0 ? 1 : close + 1 - at;
        }
        return 1;
    }

    private boolean matchesOne(int at, int width, char c) {
        char first = pattern.charAt(at);
        if (first == '?') {
            return true;
        }
        if (width == 1) {
            return first == c;
        }
        if (first == '\\') {
            return pattern.charAt(at + 1) == c;
        }
        boolean negated = pattern.charAt(at + 1) == '!' || pattern.charAt(at + 1) == '^';
        boolean found = false;
        for (int i = at + (negated ? 2 : 1); i < at + width - 1; i++) {
            if (i + 2 < at + width - 1 && pattern.charAt(i + 1) == '-') {
                found |= pattern.charAt(i) <= c && c <= pattern.charAt(i + 2);
                i += 2;
            } else {
                found |= pattern.charAt(i) == c;
            }
        }
        return found != negated;
    }

    /** A pattern that only this text matches. */
    public static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (isEscaped(text.charAt(i))) {
                escaped.append('\\');
            }
            escaped.append(text.charAt(i));
        }
        return escaped.toString();
    }

    /** Whether it needs a backslash to be literal. */
    public static boolean isEscaped(char c) {
        return isSpecial(c) || c == '\\';
    }

    /** Whether a pattern matches one name only: its special characters are escaped. */
    public static boolean isPlain(String segment) {
        for (int i = 0; i < segment.length(); i++) {
            if (segment.charAt(i) == '\\') {
                i++;
            } else if (isSpecial(segment.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    public static boolean isSpecial(char c) {
        return c == '*' || c == '?' || c == '[';
    }
}
