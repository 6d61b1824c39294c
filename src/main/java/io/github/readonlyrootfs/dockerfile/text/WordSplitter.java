// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile.text;

import java.util.ArrayList;
import java.util.List;

/** The two ways in which BuildKit splits arguments into words. A template placeholder is never split. */
public final class WordSplitter {

    private WordSplitter() {}

    /** Splits at blanks, also within quotes: FROM, VOLUME, COPY, ADD, EXPOSE. */
    public static List<JoinedText> atBlanks(JoinedText text) {
        TemplatePlaceholders placeholders = new TemplatePlaceholders(text.text());
        List<JoinedText> words = new ArrayList<>();
        int pos = 0;
        while (pos < text.length()) {
            int start = pos;
            while (pos < text.length() && !Whitespace.isSeparator(text.charAt(pos))) {
                pos = Math.max(pos + 1, placeholders.end(pos));
            }
            words.add(text.slice(start, pos));
            while (pos < text.length() && Whitespace.isSeparator(text.charAt(pos))) {
                pos++;
            }
        }
        return words;
    }

    /** Splits like a shell and keeps the quotes: ENV, LABEL, ARG. */
    public static List<JoinedText> quoted(JoinedText text, char escape) {
        TemplatePlaceholders placeholders = new TemplatePlaceholders(text.text());
        List<JoinedText> words = new ArrayList<>();
        int pos = 0;
        while (pos < text.length()) {
            if (Whitespace.isSpace(text.charAt(pos))) {
                pos++;
                continue;
            }
            int start = pos;
            char quote = 0;
            boolean dangling = false;
            while (pos < text.length()) {
                char c = text.charAt(pos);
                if (quote == 0 && Whitespace.isSpace(c)) {
                    break;
                }
                if (c == escape && quote != '\'') {
                    dangling = pos + 1 == text.length();
                    pos += dangling ? 1 : Character.charCount(text.text().codePointAt(pos + 1)) + 1;
                    continue;
                }
                if (quote == 0 && (c == '\'' || c == '"')) {
                    quote = c;
                } else if (c == quote) {
                    quote = 0;
                }
                pos = Math.max(pos + 1, placeholders.end(pos));
            }
            // An escape character at the end escapes nothing and is dropped.
            int end = dangling ? pos - 1 : pos;
            if (end > start) {
                words.add(text.slice(start, end));
            }
        }
        return words;
    }
}
