// SPDX-License-Identifier: Apache-2.0
package io.github.readonlyrootfs.source;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Words with blanks between them, and quotes of both kinds around blanks, as launchers and build tools take a line apart. */
public final class QuotedWords {

    /** What a shell takes as it is. */
    private static final Pattern PLAIN = Pattern.compile("[\\w./:=,@%+-]+");

    private QuotedWords() {}

    /** A word as a shell takes it: in single quotes if it is not plain. */
    public static String forShell(String word) {
        return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** The words without their quotes; a quote that is not closed lasts to the end. */
    public static List<String> of(String line) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean started = false;
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (quote != 0 ? c == quote : c == '"' || c == '\'') {
                quote = quote == 0 ? c : 0;
                started = true;
            } else if (quote == 0 && Character.isWhitespace(c)) {
                if (started) {
                    words.add(word.toString());
                }
                word.setLength(0);
                started = false;
            } else {
                word.append(c);
                started = true;
            }
        }
        if (started) {
            words.add(word.toString());
        }
        return words;
    }
}
