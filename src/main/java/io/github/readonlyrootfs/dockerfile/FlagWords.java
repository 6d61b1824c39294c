// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.dockerfile;

import io.github.readonlyrootfs.dockerfile.text.JoinedText;
import io.github.readonlyrootfs.dockerfile.text.TextBuilder;
import io.github.readonlyrootfs.dockerfile.text.Whitespace;
import java.util.ArrayList;
import java.util.List;

/**
 * The flags after a keyword, without quotes and escapes.
 *
 * @param end where the flags end and the arguments begin
 */
record FlagWords(List<JoinedText> words, int end) {

    static FlagWords read(JoinedText text, int start, char escape) {
        List<JoinedText> words = new ArrayList<>();
        int pos = start;
        while (true) {
            while (pos < text.length() && Whitespace.isBlank(text.charAt(pos))) {
                pos++;
            }
            if (!text.text().startsWith("--", pos)) {
                return new FlagWords(List.copyOf(words), pos);
            }
            TextBuilder word = new TextBuilder(text.source());
            int origin = text.offset(pos);
            pos = word(text, pos, word, escape);
            JoinedText flag = word.build(origin);
            if (flag.text().equals("--")) {
                return new FlagWords(List.copyOf(words), pos);
            }
            words.add(flag);
        }
    }

    /** Reads one word; returns where it ends. */
    private static int word(JoinedText text, int start, TextBuilder word, char escape) {
        char quote = 0;
        int pos = start;
        while (pos < text.length()) {
            char c = text.charAt(pos);
            if (quote == 0 && Whitespace.isBlank(c)) {
                break;
            }
            if (quote == 0 && (c == '\'' || c == '"')) {
                quote = c;
            } else if (quote != 0 && c == quote) {
                quote = 0;
            } else if (c != escape) {
                word.append(c, text.offset(pos));
            } else if (pos + 1 < text.length()) {
                pos++;
                word.append(text.charAt(pos), text.offset(pos));
            }
            pos++;
        }
        return pos;
    }
}
